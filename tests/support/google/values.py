"""The values endpoints: get, update, append, clear, alone and in batches."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.support.google import a1, parsing
from tests.support.google.a1 import Box, Span
from tests.support.google.answers import RefusedError, violations
from tests.support.google.cells import Cell, check_length
from tests.support.google.dimensions import insert_lines
from tests.support.google.protection import check_box
from tests.support.google.results import Results, number_format
from tests.support.google.sheets import Book, Sheet, beyond

Rows = list[list[Any]]
DATES = {"DATE", "TIME", "DATE_TIME"}


@dataclass(frozen=True)
class Reading:
    """How values are to be given back."""

    dimension: str = "ROWS"
    render: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"


def reading(asked: dict[str, Any]) -> Reading:
    return Reading(
        asked.get("majorDimension") or "ROWS",
        asked.get("valueRenderOption") or "FORMATTED_VALUE",
        asked.get("dateTimeRenderOption") or "SERIAL_NUMBER",
    )


def value_range(results: Results, sheet: Sheet, span: Span, how: Reading) -> dict[str, Any]:
    """Read a range: what stands beyond the last value is left out."""
    box = sheet.checked(span)
    rows = [
        [_read(results, sheet, row, column, how) for column in range(box.left, box.right)]
        for row in range(box.top, box.top + _used_rows(sheet, box))
    ]
    if how.dimension == "COLUMNS":
        rows = transposed(rows)
    rows = [_trimmed(row) for row in rows]
    while rows and not rows[-1]:
        rows.pop()
    answer = {"range": a1.box_name(sheet.title, box), "majorDimension": how.dimension}
    shown = [["" if value is None else value for value in row] for row in rows]
    return answer | ({"values": shown} if rows else {})


def transposed(rows: Rows) -> Rows:
    width = max((len(row) for row in rows), default=0)
    return [[row[n] if n < len(row) else None for row in rows] for n in range(width)]


def _used_rows(sheet: Sheet, box: Box) -> int:
    lines = sheet.rows[box.top : box.bottom]
    return max((n + 1 for n, line in enumerate(lines) if line.cells), default=0)


def _trimmed(row: list[Any]) -> list[Any]:
    last = max((n + 1 for n, value in enumerate(row) if value is not None), default=0)
    return row[:last]


def _read(results: Results, sheet: Sheet, row: int, column: int, how: Reading) -> Any:
    cell = sheet.cell(row, column)
    if cell.entered is None:
        return None
    if how.render == "FORMULA" and cell.formula is not None:
        return cell.formula
    value = results.effective(sheet, row, column) or {}
    date = number_format(cell).get("type") in DATES and "numberValue" in value
    if how.render == "FORMATTED_VALUE" or "errorValue" in value:
        return results.formatted(sheet, row, column)
    if date and how.dates == "FORMATTED_STRING":
        return results.formatted(sheet, row, column)
    return next(iter(value.values()), "")


@dataclass(frozen=True)
class Writing:
    """Who writes values, where, and how they are read."""

    book: Book
    caller: str
    owner: str
    option: str

    def cell(self, old: Cell, value: Any) -> Cell:
        check_length(value)
        if self.option == "RAW":
            return old.with_value(parsing.raw(value).value)
        if number_format(old).get("type") == "TEXT" and not str(value).startswith("="):
            return old.with_value(parsing.raw(str(value)).value)
        read = parsing.typed(value, self.book.locale)
        cell = old.with_value(read.value)
        if read.number_format is None or number_format(old).get("type") == "TEXT":
            return cell
        return cell.with_format(read.number_format)


def as_rows(data: dict[str, Any], field: str = "data.values") -> Rows:
    """Give the rows of a ValueRange; refuse what is no list of lists, in Google's words."""
    values = data.get("values") or []
    alone = not isinstance(values, list)
    found = [
        ("", values) if alone else (f"[{place}]", row)
        for place, row in enumerate([values] if alone else values)
        if alone or not isinstance(row, list)
    ]
    if found:
        raise violations([(field + place, _no_list(field + place, row)) for place, row in found])
    for row_number, row in enumerate(values):
        for column_number, value in enumerate(row):
            if isinstance(value, dict | list):
                kind = "struct_value" if isinstance(value, dict) else "list_value"
                raise RefusedError(
                    400, f"Invalid values[{row_number}][{column_number}]: {kind} {{\n}}\n"
                )
    return transposed(values) if data.get("majorDimension") == "COLUMNS" else values


def _no_list(field: str, value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return f"Invalid value at '{field}' (type.googleapis.com/google.protobuf.ListValue), {shown}"


def extent(rows: Rows) -> tuple[int, int]:
    return len(rows), max((len(row) for row in rows), default=0)


def write(
    writing: Writing, place: tuple[Sheet, Span], rows: Rows, asked: str | None = None
) -> Written:
    """Write values from a range's first cell on; null leaves a cell alone."""
    sheet, span = place
    box = sheet.checked(span)
    height, width = extent(rows)
    target = Box(box.top, box.top + height, box.left, box.left + width)
    _check_inside(place, target, asked or a1.span_name(sheet.title, span))
    check_box(writing.book, sheet, target, writing.caller, owner=writing.owner)
    touched = []
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            if value is None:
                continue
            spot = (box.top + down, box.left + across)
            sheet.put(*spot, writing.cell(sheet.cell(*spot), value))
            touched.append(spot)
    return Written(sheet, target if rows and width else box, touched)


def _check_inside(place: tuple[Sheet, Span], target: Box, asked: str) -> None:
    """A range of several cells bounds what is written; one cell only says where to begin."""
    sheet, span = place
    if (span.bottom or 0) > len(sheet.rows) or (span.right or 0) > len(sheet.columns):
        raise beyond(sheet, a1.span_name(sheet.title, span))
    box = sheet.whole if span.one_cell() else sheet.clip(span)
    bounds = f"Requested writing within range [{asked}], but tried writing to "
    if target.bottom > box.bottom:
        raise RefusedError(400, bounds + f"row [{box.bottom + 1}]")
    if target.right > box.right:
        raise RefusedError(400, bounds + f"column [{a1.column_name(box.right)}]")


@dataclass(frozen=True)
class Written:
    """What an update did."""

    sheet: Sheet
    box: Box
    touched: list[tuple[int, int]]

    def answer(self) -> dict[str, Any]:
        counts = {
            "updatedRows": len({row for row, _ in self.touched}),
            "updatedColumns": len({column for _, column in self.touched}),
            "updatedCells": len(self.touched),
        }
        name = a1.box_name(self.sheet.title, self.box)
        return {"updatedRange": name, **without_zeros(counts)}


def totals(written: Iterable[Written]) -> dict[str, Any]:
    """Count rows, columns and cells of several updates, each once."""
    done = [(one.sheet.sheet_id, *spot) for one in written for spot in one.touched]
    return without_zeros(
        {
            "totalUpdatedRows": len({(sheet, row) for sheet, row, _ in done}),
            "totalUpdatedColumns": len({(sheet, column) for sheet, _, column in done}),
            "totalUpdatedCells": len(set(done)),
            "totalUpdatedSheets": len({sheet for sheet, _, _ in done}),
        }
    )


def without_zeros(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def clear(writing: Writing, sheet: Sheet, span: Span) -> str:
    box = sheet.checked(span)
    check_box(writing.book, sheet, box, writing.caller, owner=writing.owner)
    for row in range(box.top, box.bottom):
        for column in [c for c in sheet.rows[row].cells if box.left <= c < box.right]:
            sheet.put(row, column, sheet.cell(row, column).with_value(None))
    return a1.box_name(sheet.title, box)


def append(
    writing: Writing, place: tuple[Sheet, Span], rows: Rows, *, insert: bool
) -> tuple[Box | None, Written]:
    """Write after the table that stands in a range, as far as it is one."""
    sheet, span = place
    table = last_table(sheet, sheet.checked(span))
    height, width = extent(rows)
    box = sheet.clip(span)
    top, left = (table.bottom, table.left) if table else (box.top, box.left)
    if insert and table:
        insert_lines(writing.book, sheet, ("ROWS", top, height), like=top - 1)
    sheet.grow("ROWS", top + height)
    sheet.grow("COLUMNS", left + width)
    writing.book.check_size()
    start = Span(top, top + 1, left, left + 1)
    return table, write(writing, (sheet, start), rows)


def last_table(sheet: Sheet, box: Box) -> Box | None:
    """Find the last block of neighbouring values that reaches into a range."""
    filled = set(sheet.filled())
    found: list[Box] = []
    for spot in sorted(filled, reverse=True):
        if any(block.holds(_one(*spot)) for block in found):
            continue
        found.append(_block(filled, spot))
        if found[-1].meets(box):
            return found[-1]
    return None


def _block(filled: set[tuple[int, int]], start: tuple[int, int]) -> Box:
    """Give the box around all values that neighbour each other, corners included."""
    known, edge = {start}, [start]
    while True:
        while edge:
            row, column = edge.pop()
            near = {(row + dr, column + dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1)}
            fresh = (near & filled) - known
            known |= fresh
            edge.extend(fresh)
        rows, columns = [row for row, _ in known], [column for _, column in known]
        box = Box(min(rows), max(rows) + 1, min(columns), max(columns) + 1)
        rim = Box(box.top - 1, box.bottom + 1, box.left - 1, box.right + 1)
        edge = [spot for spot in filled - known if rim.holds(_one(*spot))]
        if not edge:
            return box
        known.update(edge)


def _one(row: int, column: int) -> Box:
    return Box(row, row + 1, column, column + 1)
