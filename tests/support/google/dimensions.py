"""Rows and columns: inserted, deleted, moved, hidden, folded, sorted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from tests.support.google.a1 import MOST_COLUMNS, Box, Dimension, Span
from tests.support.google.answers import RefusedError
from tests.support.google.cells import Cell
from tests.support.google.change import Change
from tests.support.google.references import respanned
from tests.support.google.results import Results
from tests.support.google.sheets import (
    Book,
    Metadata,
    Ranged,
    Sheet,
    lines,
)

ROW_PIXELS, COLUMN_PIXELS = 21, 100
PIXELS_A_LETTER, PIXELS_BESIDE = 7, 10
Place = tuple[Dimension, int, int]  # which lines, from where on, how many
Respan = Callable[[Span], "Span | None"]


def place_of(book: Book, dimension_range: dict[str, Any]) -> tuple[Sheet, Place]:
    """Read Google's DimensionRange; open ends are the sheet's."""
    sheet = book.sheet(dimension_range.get("sheetId"))
    dimension: Dimension = dimension_range.get("dimension", "ROWS")
    start = dimension_range.get("startIndex", 0)
    end = dimension_range.get("endIndex", len(sheet.lines(dimension)))
    if end <= start:
        raise RefusedError(400, f"endIndex[{end}] must be greater than startIndex[{start}].")
    return sheet, (dimension, start, end - start)


def box_of(sheet: Sheet, place: Place) -> Box:
    dimension, start, count = place
    if dimension == "ROWS":
        return Box(start, start + count, 0, len(sheet.columns))
    return Box(0, len(sheet.rows), start, start + count)


def dimension_range(sheet_id: int, place: Place) -> dict[str, Any]:
    dimension, start, count = place
    ends = {"dimension": dimension, "startIndex": start, "endIndex": start + count}
    return ({"sheetId": sheet_id} if sheet_id else {}) | ends


def noun(dimension: Dimension) -> str:
    return "row" if dimension == "ROWS" else "column"


def insert_lines(book: Book, sheet: Sheet, place: Place, *, like: int | None = None) -> None:
    """Insert empty lines; they look like the line `like`."""
    dimension, start, count = place
    have = sheet.lines(dimension)
    looks = _looks(sheet, dimension, like)
    have[start:start] = lines(count)
    if dimension == "COLUMNS":
        _shift_cells(sheet, lambda column: column + count if column >= start else column)
    for number in range(start, start + count):
        for other, cell in looks.items():
            row, column = (number, other) if dimension == "ROWS" else (other, number)
            sheet.put(row, column, cell)
    _check_columns(sheet)
    book.check_size()
    _respan(book, sheet, lambda span: span.inserted(dimension, start, count))
    _regroup(sheet, dimension, lambda place_: place_ + count if place_ >= start else place_)


def _looks(sheet: Sheet, dimension: Dimension, like: int | None) -> dict[int, Cell]:
    """Give what an inserted line inherits: formats and validation, no content."""
    if like is None or not 0 <= like < len(sheet.lines(dimension)):
        return {}
    if dimension == "ROWS":
        cells = sheet.rows[like].cells
    else:
        cells = {n: row.cells[like] for n, row in enumerate(sheet.rows) if like in row.cells}
    bare = {n: Cell(format=cell.format, validation=cell.validation) for n, cell in cells.items()}
    return {n: cell for n, cell in bare.items() if cell != Cell()}


def _shift_cells(sheet: Sheet, to: Callable[[int], int | None]) -> None:
    for row in sheet.rows:
        moved = {to(column): cell for column, cell in row.cells.items()}
        row.cells = {column: cell for column, cell in moved.items() if column is not None}


def _check_columns(sheet: Sheet) -> None:
    if len(sheet.columns) > MOST_COLUMNS:
        raise RefusedError(
            400,
            "This action would increase the number of columns in the sheet "
            f"above the limit of {MOST_COLUMNS} columns.",
        )


def delete_lines(book: Book, sheet: Sheet, place: Place) -> None:
    dimension, start, count = place
    end = start + count
    del sheet.lines(dimension)[start:end]
    if dimension == "COLUMNS":
        _shift_cells(sheet, lambda c: c if c < start else (None if c < end else c - count))
    _respan(book, sheet, lambda span: span.deleted(dimension, start, end))
    _regroup(sheet, dimension, lambda n: n - max(0, min(n, end) - start))
    book.drop_lost_metadata()


def _respan(book: Book, sheet: Sheet, to: Respan) -> None:
    """Let everything that is declared over ranges follow, and the formulas."""
    for other in book.sheets:
        other.rewrite(partial(respanned, home=other.title, title=sheet.title, to=to))
    spans = [to(merge.span()) for merge in sheet.merges]
    sheet.merges = [sheet.clip(span) for span in spans if span and not span.one_cell()]
    sheet.protections = _following(sheet.protections, to)
    sheet.conditions = _following(sheet.conditions, to)
    book.named = [
        follower
        for named in book.named
        for follower in (_following([named], to) if named.sheet_id == sheet.sheet_id else [named])
    ]
    if sheet.basic_filter:
        sheet.basic_filter = next(iter(_following([sheet.basic_filter], to)), None)


def _following(declared: list[Ranged], to: Respan) -> list[Ranged]:
    moved = [replace(one, spans=tuple(filter(None, map(to, one.spans)))) for one in declared]
    return [new for old, new in zip(declared, moved, strict=True) if new.spans or not old.spans]


def _regroup(sheet: Sheet, dimension: Dimension, to: Callable[[int], int]) -> None:
    moved = [replace(g, start=to(g.start), end=to(g.end)) for g in sheet.groups.get(dimension, [])]
    sheet.groups[dimension] = [group for group in moved if group.end > group.start]


def resize(book: Book, sheet: Sheet, dimension: Dimension, size: int) -> None:
    """Give a sheet this many rows or columns, cutting off or adding at the end."""
    have = len(sheet.lines(dimension))
    if size < have:
        delete_lines(book, sheet, (dimension, size, have - size))
    else:
        sheet.grow(dimension, size)
    _check_columns(sheet)
    book.check_size()


# --- requests of a batch -----------------------------------------------------------------


def insert_dimension(change: Change) -> dict[str, Any]:
    sheet, place = place_of(change.book, change.body["range"])
    dimension, start, _ = place
    size = len(sheet.lines(dimension))
    before = bool(change.body.get("inheritFromBefore"))
    if start > size:
        raise RefusedError(400, f"range.startIndex is larger than current grid size ({size})")
    if start == size and not before:
        raise RefusedError(
            400,
            f"range.startIndex must be less than the grid size ({size}) "
            "if inheritFromBefore is false.",
        )
    if before and start == 0:
        raise RefusedError(400, "inheritFromBefore cannot be true if inserting at index 0")
    _check_straddled(change, sheet, place)
    insert_lines(change.book, sheet, place, like=start - 1 if before else start)
    return {}


def _check_straddled(change: Change, sheet: Sheet, place: Place) -> None:
    """An insertion touches a protection only where it parts it."""
    dimension, start, _ = place
    above = box_of(sheet, (dimension, start - 1, 1))
    below = box_of(sheet, (dimension, start, 1))
    for protection in sheet.protections:
        both = [sheet.clip(s).meets(above) and sheet.clip(s).meets(below) for s in protection.spans]
        if any(both):
            change.check(sheet, below)


def delete_dimension(change: Change) -> dict[str, Any]:
    sheet, place = place_of(change.book, change.body["range"])
    dimension, start, count = place
    size = len(sheet.lines(dimension))
    what = noun(dimension)
    if start + count > size:
        raise RefusedError(
            400,
            f"Cannot delete a {what} that doesn't exist. Tried to delete {what} index "
            f"{start + count - 1} but there are only {size} {what}s.",
        )
    if count == size:
        raise RefusedError(400, f"You can't delete all the {what}s on the sheet.")
    change.check(sheet, box_of(sheet, place))
    delete_lines(change.book, sheet, place)
    return {}


def append_dimension(change: Change) -> dict[str, Any]:
    sheet = change.book.sheet(change.body.get("sheetId"))
    dimension: Dimension = change.body["dimension"]
    length = change.body.get("length", 0)
    if length <= 0:
        raise RefusedError(400, "length must be greater than 0")
    resize(change.book, sheet, dimension, len(sheet.lines(dimension)) + length)
    return {}


def move_dimension(change: Change) -> dict[str, Any]:
    """The destination counts before the removal."""
    sheet, place = place_of(change.book, change.body["source"])
    dimension, start, count = place
    to, size = change.body.get("destinationIndex", 0), len(sheet.lines(dimension))
    if start + count > size or to > size:
        raise RefusedError(400, f"Cannot move {noun(dimension)}s beyond the grid size[{size}].")
    if start <= to < start + count and to != start:
        raise RefusedError(400, "The destination index cannot be within the source range.")
    change.check(sheet, box_of(sheet, place))
    _check_merges(sheet, place, to)
    order = list(range(size))
    taken = order[start : start + count]
    rest = order[:start] + order[start + count :]
    at = to if to <= start else to - count
    order = rest[:at] + taken + rest[at:]
    _reorder(sheet, dimension, order)
    return {}


def _check_merges(sheet: Sheet, place: Place, to: int) -> None:
    """Neither the lines nor the place they go to may part a merge."""
    dimension, start, count = place
    for merge in sheet.merges:
        first, last = (
            (merge.top, merge.bottom) if dimension == "ROWS" else (merge.left, merge.right)
        )
        if last - first > 1 and (first < to < last or (first < start + count and start < last)):
            raise RefusedError(
                400,
                f"Sorry, it is not possible to move a {noun(dimension)} to a position "
                "that crosses a merged cell. Please unmerge and try again.",
            )


def _reorder(sheet: Sheet, dimension: Dimension, order: list[int]) -> None:
    have = sheet.lines(dimension)
    have[:] = [have[number] for number in order]
    if dimension == "COLUMNS":
        new_place = {old: new for new, old in enumerate(order)}
        _shift_cells(sheet, new_place.__getitem__)


def update_dimension_properties(change: Change) -> dict[str, Any]:
    sheet, (dimension, start, count) = place_of(change.book, change.body["range"])
    properties, mask = change.body.get("properties", {}), change.mask("DimensionProperties")
    for line in sheet.lines(dimension)[start : start + count]:
        if "hiddenByUser" in mask or "*" in mask:
            line.hidden = bool(properties.get("hiddenByUser"))
        if "pixelSize" in mask or "*" in mask:
            line.pixels = properties.get("pixelSize")
    return {}


def auto_resize(change: Change) -> dict[str, Any]:
    """Widths by the number of letters; Google measures the font."""
    sheet, (dimension, start, count) = place_of(change.book, change.body["dimensions"])
    results = Results(change.book)
    for number in range(start, min(start + count, len(sheet.lines(dimension)))):
        if dimension == "COLUMNS":
            texts = [results.formatted(sheet, row, number) for row in range(len(sheet.rows))]
            longest = max((len(text) for text in texts if text), default=0)
            sheet.columns[number].pixels = (
                PIXELS_BESIDE + PIXELS_A_LETTER * longest if longest else COLUMN_PIXELS
            )
    return {}


def metadata_place(book: Book, metadata: Metadata) -> Place | None:
    index = book.where(metadata)
    return None if index is None or metadata.dimension is None else (metadata.dimension, index, 1)
