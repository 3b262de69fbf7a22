"""A spreadsheet: its sheets, their lines and cells, and what is declared over ranges."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.support.google import a1
from tests.support.google.a1 import Box, Dimension, Span
from tests.support.google.answers import RefusedError
from tests.support.google.cells import EMPTY, Cell

ROWS, COLUMNS = 1000, 26
MOST_CELLS = 10_000_000
KEYS = itertools.count(1)


@dataclass(slots=True)
class Line:
    """A row or a column. Its key stays with it wherever it moves; cells hang on rows."""

    key: int = field(default_factory=KEYS.__next__)
    cells: dict[int, Cell] = field(default_factory=dict)
    hidden: bool = False
    pixels: int | None = None

    def copy(self) -> Line:
        return Line(self.key, dict(self.cells), self.hidden, self.pixels)

    def last(self, counts: Callable[[Cell], bool]) -> int:
        """One past the last cell that counts."""
        return max((c + 1 for c, cell in self.cells.items() if counts(cell)), default=0)


@dataclass(frozen=True)
class Ranged:
    """A named range, a protection, a filter, a conditional rule: JSON over ranges."""

    spans: tuple[Span, ...]
    body: dict[str, Any]
    sheet_id: int = 0


@dataclass(frozen=True)
class Group:
    """Lines folded together."""

    start: int
    end: int
    depth: int = 1
    collapsed: bool = False


@dataclass
class Sheet:
    """One tab."""

    sheet_id: int
    title: str
    rows: list[Line]
    columns: list[Line]
    looks: dict[str, Any] = field(default_factory=dict)  # SheetProperties beside these
    grid_looks: dict[str, Any] = field(default_factory=dict)
    merges: list[Box] = field(default_factory=list)
    protections: list[Ranged] = field(default_factory=list)
    conditions: list[Ranged] = field(default_factory=list)
    basic_filter: Ranged | None = None
    groups: dict[str, list[Group]] = field(default_factory=dict)

    @classmethod
    def blank(cls, sheet_id: int, title: str, rows: int = ROWS, columns: int = COLUMNS) -> Sheet:
        return cls(sheet_id, title, lines(rows), lines(columns))

    def copy(self) -> Sheet:
        return replace(
            self,
            rows=[line.copy() for line in self.rows],
            columns=[line.copy() for line in self.columns],
            looks=dict(self.looks),
            grid_looks=dict(self.grid_looks),
            merges=list(self.merges),
            protections=list(self.protections),
            conditions=list(self.conditions),
            groups={name: list(groups) for name, groups in self.groups.items()},
        )

    def lines(self, dimension: Dimension) -> list[Line]:
        return self.rows if dimension == "ROWS" else self.columns

    @property
    def whole(self) -> Box:
        return Box(0, len(self.rows), 0, len(self.columns))

    def cell(self, row: int, column: int) -> Cell:
        if row >= len(self.rows):
            return EMPTY
        return self.rows[row].cells.get(column, EMPTY)

    def put(self, row: int, column: int, cell: Cell) -> None:
        if cell == EMPTY:
            self.rows[row].cells.pop(column, None)
        else:
            self.rows[row].cells[column] = cell

    def clip(self, span: Span) -> Box:
        return span.clipped(len(self.rows), len(self.columns))

    def rewrite(self, to: Callable[[str], str]) -> None:
        """Write every formula anew."""
        for line in self.rows:
            for column, cell in line.cells.items():
                if cell.formula is not None:
                    line.cells[column] = cell.with_formula(to(cell.formula))

    def checked(self, span: Span) -> Box:
        """Clip a range; refuse one that begins outside of the grid."""
        box = self.clip(span)
        if box.top >= len(self.rows) or box.left >= len(self.columns):
            raise beyond(self, a1.span_name(self.title, span))
        return box

    def filled(self) -> Iterator[tuple[int, int]]:
        """Where values stand, row by row."""
        for number, line in enumerate(self.rows):
            for column in sorted(line.cells):
                if line.cells[column].entered is not None:
                    yield number, column

    def grow(self, dimension: Dimension, size: int) -> None:
        have = self.lines(dimension)
        have.extend(lines(size - len(have)))

    def merge_at(self, row: int, column: int) -> Box | None:
        here = Box(row, row + 1, column, column + 1)
        return next((box for box in self.merges if box.holds(here)), None)


def lines(count: int) -> list[Line]:
    return [Line() for _ in range(max(0, count))]


def beyond(sheet: Sheet, name: str) -> Exception:
    rows, columns = len(sheet.rows), len(sheet.columns)
    return RefusedError(
        400, f"Range ({name}) exceeds grid limits. Max rows: {rows}, max columns: {columns}"
    )


@dataclass(frozen=True)
class Metadata:
    """Developer metadata; `line` is the key of the row or column it hangs on."""

    metadata_id: int
    key: str | None
    value: str | None
    visibility: str
    sheet_id: int | None = None
    dimension: Dimension | None = None
    line: int | None = None


@dataclass
class Book:
    """A spreadsheet's content."""

    properties: dict[str, Any]
    sheets: list[Sheet]
    named: list[Ranged] = field(default_factory=list)
    metadata: dict[int, Metadata] = field(default_factory=dict)

    def copy(self) -> Book:
        return Book(
            dict(self.properties),
            [sheet.copy() for sheet in self.sheets],
            list(self.named),
            dict(self.metadata),
        )

    @property
    def locale(self) -> str:
        return str(self.properties["locale"])

    def sheet(self, sheet_id: int | None) -> Sheet:
        for sheet in self.sheets:
            if sheet.sheet_id == (sheet_id or 0):
                return sheet
        raise RefusedError(400, f"No grid with id: {sheet_id or 0}")

    def titled(self, title: str) -> Sheet | None:
        exact = [sheet for sheet in self.sheets if sheet.title == title]
        folded = [s for s in self.sheets if s.title.casefold() == title.casefold()]
        return next(iter(exact or folded), None)

    def find(self, text: str) -> tuple[Sheet, Span]:
        """Read a range: A1 notation; a bare word is a named range first, then a sheet."""
        title, rest = a1.split_title(text)
        sheet = self.titled(title) if title is not None else self._first_visible()
        span = a1.parse_span(rest) if rest else Span()
        if sheet and span and (title is not None or rest):
            return sheet, span
        named = self._named(rest)
        if named and (title is None or named[0] is sheet):
            return named
        by_title = self.titled(text) if title is None else None
        if by_title:
            return by_title, Span()
        raise RefusedError(400, f"Unable to parse range: {text}")

    def _first_visible(self) -> Sheet:
        return next(sheet for sheet in self.sheets if not sheet.looks.get("hidden"))

    def _named(self, text: str) -> tuple[Sheet, Span] | None:
        for named in self.named:
            if named.body["name"].casefold() == text.casefold():
                return self.sheet(named.sheet_id), named.spans[0]
        return None

    def check_size(self) -> None:
        if sum(len(sheet.rows) * len(sheet.columns) for sheet in self.sheets) > MOST_CELLS:
            raise RefusedError(
                400,
                "This action would increase the number of cells in the workbook "
                f"above the limit of {MOST_CELLS} cells.",
            )

    def where(self, metadata: Metadata) -> int | None:
        """Give the index of the line a piece of metadata hangs on now."""
        if metadata.dimension is None:
            return None
        found = self.sheet(metadata.sheet_id).lines(metadata.dimension)
        return next((n for n, line in enumerate(found) if line.key == metadata.line), None)

    def drop_lost_metadata(self) -> None:
        """A deleted row, column or sheet takes its metadata along."""
        if not self.metadata:
            return
        keys = {line.key for s in self.sheets for line in (*s.rows, *s.columns)}
        sheets = {s.sheet_id for s in self.sheets}
        self.metadata = {
            number: m
            for number, m in self.metadata.items()
            if (m.sheet_id is None or m.sheet_id in sheets) and (m.line is None or m.line in keys)
        }
