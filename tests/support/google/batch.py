"""spreadsheets.batchUpdate: many requests, all or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.google import (
    contents,
    declared,
    dimensions,
    groups,
    metadata,
    shifting,
    sorting,
    tabs,
)
from tests.support.google.answers import NotModelledError, RefusedError
from tests.support.google.change import Change
from tests.support.google.sheets import Book
from tests.support.google.world import File, World

KINDS: dict[str, Callable[[Change], dict[str, Any]]] = {
    "addConditionalFormatRule": declared.add_condition,
    "addDimensionGroup": groups.add_group,
    "addNamedRange": declared.add_named_range,
    "addProtectedRange": declared.add_protected_range,
    "addSheet": tabs.add_sheet,
    "appendCells": contents.append_cells,
    "appendDimension": dimensions.append_dimension,
    "autoResizeDimensions": dimensions.auto_resize,
    "clearBasicFilter": declared.clear_basic_filter,
    "copyPaste": contents.copy_paste,
    "createDeveloperMetadata": metadata.create,
    "cutPaste": contents.cut_paste,
    "deleteConditionalFormatRule": declared.delete_condition,
    "deleteDeveloperMetadata": metadata.delete,
    "deleteDimension": dimensions.delete_dimension,
    "deleteDimensionGroup": groups.delete_group,
    "deleteNamedRange": declared.delete_named_range,
    "deleteProtectedRange": declared.delete_protected_range,
    "deleteRange": shifting.delete_range,
    "deleteSheet": tabs.delete_sheet,
    "duplicateSheet": tabs.duplicate_sheet,
    "findReplace": contents.find_replace,
    "insertDimension": dimensions.insert_dimension,
    "insertRange": shifting.insert_range,
    "mergeCells": declared.merge_cells,
    "moveDimension": dimensions.move_dimension,
    "repeatCell": contents.repeat_cell,
    "setBasicFilter": declared.set_basic_filter,
    "setDataValidation": contents.set_data_validation,
    "sortRange": sorting.sort_range,
    "unmergeCells": declared.unmerge_cells,
    "updateCells": contents.update_cells,
    "updateConditionalFormatRule": declared.update_condition,
    "updateDeveloperMetadata": metadata.update,
    "updateDimensionGroup": groups.update_group,
    "updateDimensionProperties": dimensions.update_dimension_properties,
    "updateNamedRange": declared.update_named_range,
    "updateProtectedRange": declared.update_protected_range,
    "updateSheetProperties": tabs.update_sheet_properties,
    "updateSpreadsheetProperties": tabs.update_spreadsheet_properties,
}
ANSWERED = {  # kinds that have a reply of their own, if only an empty one
    "addDimensionGroup",
    "addNamedRange",
    "addProtectedRange",
    "addSheet",
    "createDeveloperMetadata",
    "deleteConditionalFormatRule",
    "deleteDeveloperMetadata",
    "deleteDimensionGroup",
    "duplicateSheet",
    "findReplace",
    "updateConditionalFormatRule",
    "updateDeveloperMetadata",
}


def apply(world: World, file: File, caller: str, requests: list[dict[str, Any]]) -> list[Any]:
    """Do all requests on a copy, and keep the copy only if none is refused."""
    if not requests:
        raise RefusedError(400, "Must specify at least one request.")
    if file.book is None:
        raise TypeError(file.file_id)
    copy = file.book.copy()
    named = (file.name, file.renamed)
    try:
        replies = [
            _one(world, file, copy, (caller, number, request))
            for number, request in enumerate(requests)
        ]
    except RefusedError:
        file.name, file.renamed = named
        raise
    file.book = copy
    world.edited(file)
    return replies


def _one(
    world: World, file: File, book: Book, asked: tuple[str, int, dict[str, Any]]
) -> dict[str, Any]:
    caller, number, request = asked
    kinds = list(request)
    if len(kinds) != 1:
        raise RefusedError(400, f"Invalid requests[{number}]: No request set.")
    kind = kinds[0]
    if kind not in KINDS:
        raise NotModelledError(kind)
    try:
        reply = KINDS[kind](Change(request[kind], book, file, world, caller))
    except RefusedError as refused:
        place = f"requests[{number}].{kind}"
        raise refused.in_request(place) from refused
    return {kind: reply} if kind in ANSWERED else {}
