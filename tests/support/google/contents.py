"""Requests of a batch that change cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.support.google import a1, parsing
from tests.support.google.a1 import Box, Span
from tests.support.google.answers import RefusedError
from tests.support.google.cells import Cell
from tests.support.google.change import Change
from tests.support.google.references import shifted
from tests.support.google.results import Results
from tests.support.google.sheets import Sheet, beyond
from tests.support.google.values import without_zeros

Spot = tuple[int, int]
Typed = dict[str, Any]


def where(change: Change, grid_range: dict[str, Any]) -> tuple[Sheet, Box]:
    """Read a GridRange that must lie on the grid, and that the caller may edit."""
    sheet = change.book.sheet(grid_range.get("sheetId"))
    span = a1.span_of(grid_range)
    box = sheet.checked(span)
    if (span.bottom or 0) > len(sheet.rows) or (span.right or 0) > len(sheet.columns):
        raise beyond(sheet, a1.span_name(sheet.title, span))
    change.check(sheet, box)
    return sheet, box


def spots(box: Box) -> Iterator[Spot]:
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            yield row, column


def update_cells(change: Change) -> dict[str, Any]:
    """Cells of the range that the rows do not reach lose the masked parts."""
    mask, rows = change.mask("CellData"), change.body.get("rows", [])
    if change.body.get("start"):
        sheet, box = _from_start(change, rows)
    else:
        sheet, box = where(change, change.body.get("range", {}))
        if len(rows) > box.height:
            raise RefusedError(
                400,
                f"Attempting to write row: {box.bottom}, beyond the last requested row of: "
                f"{box.bottom - 1}",
            )
    for row, column in spots(box):
        data = _data_at(rows, row - box.top, column - box.left)
        if data is None and change.body.get("start"):
            continue
        sheet.put(row, column, sheet.cell(row, column).written(data or {}, mask))
    return {}


def _from_start(change: Change, rows: list[dict[str, Any]]) -> tuple[Sheet, Box]:
    start = change.body["start"]
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    width = max((len(row.get("values", [])) for row in rows), default=0)
    ends = {
        "sheetId": start.get("sheetId"),
        "startRowIndex": top,
        "endRowIndex": top + len(rows),
        "startColumnIndex": left,
        "endColumnIndex": left + width,
    }
    return where(change, ends)


def _data_at(rows: list[dict[str, Any]], row: int, column: int) -> dict[str, Any] | None:
    if row >= len(rows):
        return None
    values = rows[row].get("values", [])
    return values[column] if column < len(values) else None


def repeat_cell(change: Change) -> dict[str, Any]:
    mask, data = change.mask("CellData"), change.body.get("cell", {})
    sheet, box = where(change, change.body["range"])
    for row, column in spots(box):
        sheet.put(row, column, sheet.cell(row, column).written(data, mask))
    return {}


def append_cells(change: Change) -> dict[str, Any]:
    """Write after the last row that holds a value, from column A on."""
    mask, rows = change.mask("CellData"), change.body.get("rows", [])
    sheet = change.book.sheet(change.body.get("sheetId"))
    top = max((row + 1 for row, _ in sheet.filled()), default=0)
    width = max((len(row.get("values", [])) for row in rows), default=0)
    sheet.grow("ROWS", top + len(rows))
    sheet.grow("COLUMNS", width)
    change.book.check_size()
    change.check(sheet, Box(top, top + len(rows), 0, max(width, 1)))
    for down, row in enumerate(rows):
        for column, data in enumerate(row.get("values", [])):
            spot = (top + down, column)
            sheet.put(*spot, sheet.cell(*spot).written(data or {}, mask))
    return {}


def set_data_validation(change: Change) -> dict[str, Any]:
    sheet, box = where(change, change.body["range"])
    rule = change.body.get("rule")
    for spot in spots(box):
        sheet.put(*spot, replace(sheet.cell(*spot), validation=rule or None))
    return {}


# --- copying and moving ------------------------------------------------------------------

PASTED: dict[str, tuple[str, ...]] = {
    "PASTE_NORMAL": ("entered", "given", "format", "note", "validation", "more"),
    "PASTE_VALUES": ("entered", "given"),
    "PASTE_FORMAT": ("format",),
    "PASTE_NO_BORDERS": ("entered", "given", "format", "note", "validation", "more"),
    "PASTE_FORMULA": ("entered", "given"),
    "PASTE_DATA_VALIDATION": ("validation",),
}


def _paste(change: Change, source: Cell, value: Typed | None, over: Cell) -> Cell:
    kind = change.body.get("pasteType") or "PASTE_NORMAL"
    if kind not in PASTED:
        raise RefusedError(400, f"Unsupported pasteType: {kind}")
    cell = replace(over, **{part: getattr(source, part) for part in PASTED[kind]})
    return replace(cell, entered=value, given=None) if kind == "PASTE_VALUES" else cell


def copy_paste(change: Change) -> dict[str, Any]:
    """Copy a range, as often as it fits into the destination."""
    sheet = change.book.sheet(change.body["source"].get("sheetId"))
    source = sheet.checked(a1.span_of(change.body["source"]))
    target_sheet, target = where(change, change.body["destination"])
    turned = change.body.get("pasteOrientation") == "TRANSPOSE"
    height, width = (source.width, source.height) if turned else (source.height, source.width)
    target = _tiled(target_sheet, target, height, width)
    change.check(target_sheet, target)
    results = Results(change.book)
    taken = {spot: (sheet.cell(*spot), results.effective(sheet, *spot)) for spot in spots(source)}
    for row, column in spots(target):
        down, across = (row - target.top) % height, (column - target.left) % width
        if turned:
            down, across = across, down
        cell, value = taken[source.top + down, source.left + across]
        if cell.formula is not None and not turned:
            by = (row - source.top - down, column - source.left - across)
            cell = cell.with_formula(shifted(cell.formula, *by))
        over = target_sheet.cell(row, column)
        target_sheet.put(row, column, _paste(change, cell, value, over))
    return {}


def _tiled(sheet: Sheet, target: Box, height: int, width: int) -> Box:
    """A destination that is no multiple of the source takes it once, whole."""
    fits_down, fits_across = target.height % height == 0, target.width % width == 0
    box = Box(
        target.top,
        target.bottom if fits_down else target.top + height,
        target.left,
        target.right if fits_across else target.left + width,
    )
    if box.bottom > len(sheet.rows) or box.right > len(sheet.columns):
        raise beyond(sheet, a1.box_name(sheet.title, box))
    return box


def cut_paste(change: Change) -> dict[str, Any]:
    sheet, source = where(change, change.body["source"])
    to = change.body["destination"]
    top, left = to.get("rowIndex", 0), to.get("columnIndex", 0)
    target_sheet = change.book.sheet(to.get("sheetId"))
    target = Box(top, top + source.height, left, left + source.width)
    if target.bottom > len(target_sheet.rows) or target.right > len(target_sheet.columns):
        raise beyond(target_sheet, a1.box_name(target_sheet.title, target))
    change.check(target_sheet, target)
    results = Results(change.book)
    taken = {spot: (sheet.cell(*spot), results.effective(sheet, *spot)) for spot in spots(source)}
    for spot in taken:
        sheet.put(*spot, Cell())
    for (row, column), (cell, value) in taken.items():
        spot = (top + row - source.top, left + column - source.left)
        target_sheet.put(*spot, _paste(change, cell, value, target_sheet.cell(*spot)))
    return {}


# --- finding -----------------------------------------------------------------------------


def find_replace(change: Change) -> dict[str, Any]:
    body = change.body
    if not body.get("find"):
        raise RefusedError(400, "find must not be empty.")
    pattern = _pattern(body)
    counts = {"valuesChanged": 0, "formulasChanged": 0, "occurrencesChanged": 0}
    rows: set[tuple[int, int]] = set()
    results = Results(change.book)
    for sheet, box in _searched(change):
        for row, column in sheet.filled():
            if not box.holds(Box(row, row + 1, column, column + 1)):
                continue
            hits = _replaced(change, results, sheet, (row, column), pattern)
            if hits:
                formula = sheet.cell(row, column).formula is not None
                counts["formulasChanged" if formula else "valuesChanged"] += 1
                counts["occurrencesChanged"] += hits
                rows.add((sheet.sheet_id, row))
    counts |= {"rowsChanged": len(rows), "sheetsChanged": len({sheet for sheet, _ in rows})}
    return without_zeros(counts)


def _pattern(body: dict[str, Any]) -> re.Pattern[str]:
    text = body["find"] if body.get("searchByRegex") else re.escape(body["find"])
    whole = f"^(?:{text})$" if body.get("matchEntireCell") else text
    return re.compile(whole, 0 if body.get("matchCase") else re.IGNORECASE)


def _searched(change: Change) -> list[tuple[Sheet, Box]]:
    body, book = change.body, change.book
    if "range" in body:
        sheet = book.sheet(body["range"].get("sheetId"))
        return [(sheet, sheet.checked(a1.span_of(body["range"])))]
    if body.get("allSheets"):
        return [(sheet, sheet.whole) for sheet in book.sheets]
    if "sheetId" not in body:
        raise RefusedError(400, "No scope was specified: range, sheetId or allSheets.")
    sheet = book.sheet(body["sheetId"])
    return [(sheet, sheet.clip(Span()))]


def _replaced(
    change: Change, results: Results, sheet: Sheet, spot: Spot, pattern: re.Pattern[str]
) -> int:
    """Replace in one cell as if a person typed the new text; give how often it was found."""
    cell, with_text = sheet.cell(*spot), change.body.get("replacement", "")
    if cell.formula is not None:
        if not change.body.get("includeFormulas"):
            return 0
        text = cell.formula
    else:
        text = results.formatted(sheet, *spot) or ""
    new, hits = pattern.subn(
        with_text if change.body.get("searchByRegex") else lambda _: with_text, text
    )
    if hits:
        change.check(sheet, Box(spot[0], spot[0] + 1, spot[1], spot[1] + 1))
        read = parsing.typed(new, change.book.locale)
        cell = cell.with_value(read.value)
        sheet.put(*spot, cell.with_format(read.number_format) if read.number_format else cell)
    return hits
