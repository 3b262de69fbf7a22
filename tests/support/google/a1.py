"""Where cells stand: A1 notation, Google's GridRange, and clipping to a grid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

Dimension = Literal["ROWS", "COLUMNS"]
LETTERS = 26
MOST_COLUMNS = 18_278
CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?")
PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")


@dataclass(frozen=True)
class Box:
    """Cells of one grid, both ends known; the ends stand outside."""

    top: int
    bottom: int
    left: int
    right: int

    def meets(self, other: Box) -> bool:
        return (
            self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def holds(self, other: Box) -> bool:
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def span(self) -> Span:
        return Span(self.top, self.bottom, self.left, self.right)


@dataclass(frozen=True)
class Span:
    """Cells whose ends may be open: a whole column, a whole sheet."""

    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    def clipped(self, rows: int, columns: int) -> Box:
        return Box(
            self.top or 0,
            rows if self.bottom is None else min(self.bottom, rows),
            self.left or 0,
            columns if self.right is None else min(self.right, columns),
        )

    def one_cell(self) -> bool:
        return (
            None not in (self.top, self.bottom, self.left, self.right)
            and (self.bottom or 0) - (self.top or 0) == 1
            and (self.right or 0) - (self.left or 0) == 1
        )

    def inserted(self, dimension: Dimension, at: int, count: int) -> Span:
        start, end = self._ends(dimension)
        if start is not None and start >= at:
            start += count
        if end is not None and end > at:
            end += count
        return self._with_ends(dimension, start, end)

    def deleted(self, dimension: Dimension, start: int, end: int) -> Span | None:
        """Give what is left, or None where nothing is left."""
        first, last = self._ends(dimension)
        first = None if first is None else first - _within(start, end, first)
        last = None if last is None else last - _within(start, end, last)
        if last is not None and last <= (first or 0):
            return None
        return self._with_ends(dimension, first, last)

    def _ends(self, dimension: Dimension) -> tuple[int | None, int | None]:
        return (self.top, self.bottom) if dimension == "ROWS" else (self.left, self.right)

    def _with_ends(self, dimension: Dimension, start: int | None, end: int | None) -> Span:
        if dimension == "ROWS":
            return replace(self, top=start, bottom=end)
        return replace(self, left=start, right=end)


def _within(start: int, end: int, place: int) -> int:
    """How many of the lines start…end stand before this place."""
    return max(0, min(end, place) - start)


def column_name(index: int) -> str:
    name, index = "", index + 1
    while index:
        index, letter = divmod(index - 1, LETTERS)
        name = chr(ord("A") + letter) + name
    return name


def column_index(name: str) -> int:
    index = 0
    for letter in name.upper():
        index = index * LETTERS + ord(letter) - ord("A") + 1
    return index - 1


def _corner(text: str) -> tuple[int | None, int | None] | None:
    """Row and column of `B7`, `B` or `7`."""
    found = CORNER.fullmatch(text)
    if not found or not text:
        return None
    letters, digits = found.groups()
    row = int(digits) - 1 if digits else None
    return row, column_index(letters) if letters else None


def parse_span(text: str) -> Span | None:
    """Read `A1`, `A1:B2`, `A:C`, `A2:C`, `3:4`; None where it is no range."""
    first, colon, last = text.partition(":")
    start = _corner(first)
    end = _corner(last) if colon else start
    if start is None or end is None or (not colon and None in start):
        return None
    top, bottom = _ordered(start[0], end[0])
    left, right = _ordered(start[1], end[1])
    return Span(top, bottom, left, right)


def _ordered(start: int | None, end: int | None) -> tuple[int | None, int | None]:
    """Both ends in order, the second standing outside; an open end stays open."""
    if start is not None and end is not None:
        return min(start, end), max(start, end) + 1
    if start is None and end is not None:
        return end, None  # Google reads `A:C5` as from row 5 on
    return start, None


def split_title(text: str) -> tuple[str | None, str]:
    """Part `'it''s'!A1` into the title and the rest; a quoted title may stand alone."""
    if text.startswith("'"):
        end = re.match(r"'((?:[^']|'')*)'(?:!(.*))?$", text, re.DOTALL)
        if end:
            return end[1].replace("''", "'"), end[2] or ""
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)


def quoted(title: str) -> str:
    """Give a title as Google writes it: bare only where nothing could be mistaken."""
    if PLAIN_TITLE.fullmatch(title) and not LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def cell_name(row: int, column: int) -> str:
    return f"{column_name(column)}{row + 1}"


def box_name(title: str, box: Box) -> str:
    first = cell_name(box.top, box.left)
    last = cell_name(box.bottom - 1, box.right - 1)
    return f"{quoted(title)}!{first}" + ("" if first == last else f":{last}")


def span_name(title: str, span: Span) -> str:
    """Name a range as it was asked for, open ends left open."""
    first = _half(span.top or 0, span.left or 0)
    last = _half(
        None if span.bottom is None else span.bottom - 1,
        None if span.right is None else span.right - 1,
    )
    return f"{quoted(title)}!{first}" + ("" if first == last or not last else f":{last}")


def _half(row: int | None, column: int | None) -> str:
    letters = "" if column is None else column_name(column)
    return letters + ("" if row is None else str(row + 1))


ENDS = (
    ("startRowIndex", "top"),
    ("endRowIndex", "bottom"),
    ("startColumnIndex", "left"),
    ("endColumnIndex", "right"),
)


def span_of(grid_range: Mapping[str, Any]) -> Span:
    return Span(**{end: grid_range[key] for key, end in ENDS if grid_range.get(key) is not None})


def grid_range(sheet_id: int, span: Span) -> dict[str, Any]:
    """Give Google's form: sheet 0 is left out, open ends too."""
    ends = {key: getattr(span, end) for key, end in ENDS if getattr(span, end) is not None}
    return ({"sheetId": sheet_id} if sheet_id else {}) | ends
