"""Rows sorted as sortRange sorts them."""

from __future__ import annotations

from typing import Any

from tests.support.google import a1
from tests.support.google.a1 import Box
from tests.support.google.answers import RefusedError
from tests.support.google.cells import Cell
from tests.support.google.change import Change
from tests.support.google.results import Results
from tests.support.google.sheets import Line, Sheet


def sort_range(change: Change) -> dict[str, Any]:
    """Sort the rows of a range; hidden rows stay, metadata goes with its row."""
    sheet = change.book.sheet(change.body["range"].get("sheetId"))
    box = sheet.checked(a1.span_of(change.body["range"]))
    change.check(sheet, box)
    if any(merge.meets(box) and merge.height > 1 for merge in sheet.merges):
        raise RefusedError(400, "You can't sort a range with vertical merges.")
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
    moved = [_taken(sheet, row, box) for row in order]
    for row, (key, cells) in zip(places, moved, strict=True):
        line = sheet.rows[row]
        line.key = key
        line.cells = {c: v for c, v in line.cells.items() if not box.left <= c < box.right} | cells
    return {}


def _taken(sheet: Sheet, row: int, box: Box) -> tuple[int, dict[int, Cell]]:
    line: Line = sheet.rows[row]
    return line.key, {c: v for c, v in line.cells.items() if box.left <= c < box.right}


def _sort_key(value: dict[str, Any]) -> tuple[int, Any]:
    """Numbers, then text, then truth values, then errors."""
    if "numberValue" in value:
        return 0, value["numberValue"]
    if "stringValue" in value:
        return 1, value["stringValue"].casefold()
    return (2, value["boolValue"]) if "boolValue" in value else (3, "")
