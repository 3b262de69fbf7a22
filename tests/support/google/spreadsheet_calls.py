"""The calls to a spreadsheet as a whole."""

from __future__ import annotations

from typing import Any

from tests.support.google import a1, batch, metadata
from tests.support.google.calls import Call
from tests.support.google.masks import Mask, parse_mask
from tests.support.google.sheets import Sheet
from tests.support.google.spreadsheet import View, sheet_properties
from tests.support.google.tabs import twin
from tests.support.google.world import sheet_id


def get_spreadsheet(call: Call) -> dict[str, Any]:
    ranges = call.request.query.get("ranges", [])
    wanted = [call.book.find(text) for text in ranges]
    return _shown(call, wanted, grid=call.request.truth("includeGridData"))


def get_by_data_filter(call: Call) -> dict[str, Any]:
    filters = call.body.get("dataFilters", [])
    wanted = [spot for one in filters for spot in metadata.ranges(call.book, one)]
    return _shown(call, wanted, grid=bool(call.body.get("includeGridData")), narrowed=bool(filters))


def _shown(
    call: Call, wanted: list[tuple[Sheet, a1.Span]], *, grid: bool, narrowed: bool | None = None
) -> dict[str, Any]:
    """A mask that names `data` turns grid data on, whatever includeGridData says."""
    fields = call.request.last("fields")
    mask: Mask = parse_mask(fields) if fields else {}
    grid = grid or (bool(mask) and "*" not in mask and _names_data(mask))
    view = View(call.file, call.book, call.request.caller.email, mask)
    only = bool(wanted) if narrowed is None else narrowed
    return view.spreadsheet(wanted, grid=grid, narrowed=only)


def _names_data(mask: Mask) -> bool:
    inside = mask.get("sheets", {})
    return "sheets" in mask and bool(inside) and "data" in inside


def batch_update(call: Call) -> dict[str, Any]:
    body, caller = call.body, call.request.caller.email
    replies = batch.apply(call.world, call.file, caller, body.get("requests", []))
    answer = call.answer(replies=replies)
    if body.get("includeSpreadsheetInResponse") and call.file.book:
        book = call.file.book
        wanted = [book.find(text) for text in body.get("responseRanges", [])]
        fields = call.request.last("fields")
        mask: Mask = parse_mask(fields).get("updatedSpreadsheet", {}) if fields else {}
        view = View(call.file, book, caller, mask)
        grid = _names_data(mask) if fields else bool(body.get("responseIncludeGridData"))
        answer["updatedSpreadsheet"] = view.spreadsheet(wanted, grid=grid, narrowed=bool(wanted))
    return answer


def copy_to(call: Call) -> dict[str, Any]:
    source = call.book.sheet(int(call.parts["sheet"]))
    caller, wanted = call.request.caller.email, call.body["destinationSpreadsheetId"]
    file, book = call.world.spreadsheet(wanted, caller, writing=True)
    title = f"Copy of {source.title}"
    made = twin(source, call.world.new_id("sheets", sheet_id()), title)
    book.sheets.append(made)
    call.world.edited(file)
    return sheet_properties(book, made)


def get_metadata(call: Call) -> dict[str, Any]:
    return metadata.get(call.book, int(call.parts["metadata"]))


def search_metadata(call: Call) -> dict[str, Any]:
    return metadata.search(call.book, call.body.get("dataFilters", []))
