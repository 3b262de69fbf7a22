"""Rows sorted as sortRange sorts them."""

from __future__ import annotations

from typing import Any

from tests.support.google import a1
from tests.support.google.a1 import Box
from tests.support.google.answers import RefusedError
from tests.support.google.cells import Cell
from tests.support.google.change import Change
from tests.support.google.references import shifted
from tests.support.google.results import Results
from tests.support.google.sheets import Line, Sheet


def sort_range(change: Change) -> dict[str, Any]:
    """Sort the rows of a range; hidden rows stay, metadata goes with its row."""
    sheet = change.book.sheet(change.body["range"].get("sheetId"))
    span, size = a1.span_of(change.body["range"]), len(sheet.rows)
    if (span.top or 0) >= size:
        raise RefusedError(400, f"range.startRowIndex is larger than current grid size ({size})")
    box = sheet.checked(span)
    change.check(sheet, box)
    _check_merges(sheet, box)
    results = Results(change.book)
    places = [row for row in range(box.top, box.bottom) if not sheet.rows[row].hidden]
    order = list(places)
    for spec in reversed(change.body.get("sortSpecs") or [{"dimensionIndex": box.left}]):
        column = spec.get("dimensionIndex", 0)
        down = spec.get("sortOrder") == "DESCENDING"
        values = {row: results.effective(sheet, row, column) for row in order}
        filled = [row for row in order if values[row] is not None]
        blank = [row for row in order if values[row] is None]
        filled.sort(key=lambda row: _sort_key(values[row] or {}), reverse=down)
        order = filled + blank
    moved = [
        _taken(sheet, row, box, by=place - row) for place, row in zip(places, order, strict=True)
    ]
    for row, (key, cells) in zip(places, moved, strict=True):
        line = sheet.rows[row]
        line.key = key
        line.cells = {c: v for c, v in line.cells.items() if not box.left <= c < box.right} | cells
    return {}


def _check_merges(sheet: Sheet, box: Box) -> None:
    for merge in sheet.merges:
        if merge.meets(box) and merge.height > 1:
            _, _, name = a1.box_name(sheet.title, merge).rpartition("!")
            raise RefusedError(
                400,
                "You can't sort a range containing vertical merges. "
                f"There is a vertical merge at {name}",
            )


def _taken(sheet: Sheet, row: int, box: Box, *, by: int) -> tuple[int, dict[int, Cell]]:
    """Take what goes to another row; relative references go along."""
    line: Line = sheet.rows[row]
    cells = {column: cell for column, cell in line.cells.items() if box.left <= column < box.right}
    return line.key, {
        column: cell if cell.formula is None else cell.with_formula(shifted(cell.formula, by, 0))
        for column, cell in cells.items()
    }


def _sort_key(value: dict[str, Any]) -> tuple[int, Any]:
    """Numbers, then text, then truth values, then errors."""
    if "numberValue" in value:
        return 0, value["numberValue"]
    if "stringValue" in value:
        return 1, value["stringValue"].casefold()
    return (2, value["boolValue"]) if "boolValue" in value else (3, "")
