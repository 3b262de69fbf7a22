"""A spreadsheet as the office left it: what stands on its tabs, and what is set on their cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from services.store.base import Position, RawTab
from services.store.google_grid import Json, cells_of, tabs_of

LOOKS = "backgroundColorStyle,textFormat,wrapStrategy,verticalAlignment"
"""What is set on a header cell."""
FIELDS = (
    "sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount,frozenRowCount)),"
    "merges,protectedRanges(range,description,warningOnly,requestingUserCanEdit),"
    "data(startRow,startColumn,columnMetadata(pixelSize),"
    "rowData(values(effectiveValue,userEnteredValue(formulaValue),note,"
    f"dataValidation(condition(type)),userEnteredFormat(numberFormat(type),{LOOKS})))))"
)
USUAL_WIDTH = 100
"""Pixels of a column nobody has changed."""
Says = Callable[[Json], object]


@dataclass(frozen=True, eq=False)
class FoundTab:
    """One tab: a Sheet resource read with FIELDS, and its cells as every store gives them."""

    sheet: Json
    raw: RawTab

    @classmethod
    def empty(cls, properties: Json) -> FoundTab:
        """A tab that is about to be added."""
        return cls({"properties": properties}, RawTab(properties["title"], ()))

    @property
    def sheet_id(self) -> int:
        """Google's number of the tab; the first one may be 0."""
        number: int = self.sheet["properties"].get("sheetId", 0)
        return number

    @cached_property
    def size(self) -> tuple[int, int]:
        """How many rows and columns the grid has."""
        grid = self.sheet["properties"]["gridProperties"]
        return grid["rowCount"], grid["columnCount"]

    @property
    def frozen(self) -> bool:
        """Whether rows stay in sight."""
        return bool(self.sheet["properties"]["gridProperties"].get("frozenRowCount"))

    @cached_property
    def cells(self) -> Mapping[Position, Json]:
        """The cells of which the spreadsheet says anything."""
        return dict(cells_of(self.sheet))

    def says(self, row: int, column: int, what: Says) -> bool:
        """Whether a cell says it."""
        return bool(what(self.cells.get((row, column), {})))

    def label(self, row: int, column: int) -> str:
        """What a cell shows; nothing where no cell is."""
        cells = self.raw.rows[row]
        return str(cells[column]).strip() if column < len(cells) else ""

    def said_below(self, row: int, what: Says) -> frozenset[int]:
        """Columns where a cell below the row says it."""
        return frozenset(
            column for (at, column), cell in self.cells.items() if at > row and what(cell)
        )

    def free_row(self) -> int:
        """The first row below everything that stands or is merged on the tab."""
        typed = (row + 1 for (row, _), cell in self.cells.items() if holds(cell))
        merged = (end for _, end in self._merged_rows())
        return max((*typed, *merged), default=0)

    def merged_over(self, edge: int) -> bool:
        """Whether a merge reaches over the edge above this row; rows cannot be frozen there."""
        return any(first < edge < end for first, end in self._merged_rows())

    def _merged_rows(self) -> list[tuple[int, int]]:
        merges = self.sheet.get("merges", ())
        return [(one.get("startRowIndex", 0), one["endRowIndex"]) for one in merges]

    def usual_width(self, column: int) -> bool:
        """Whether nobody has set the column's width, or the column is not there yet."""
        told = [
            one for block in self.sheet.get("data", ()) for one in block.get("columnMetadata", ())
        ]
        widths = dict(enumerate(one.get("pixelSize", USUAL_WIDTH) for one in told))
        return bool(widths.get(column, USUAL_WIDTH) == USUAL_WIDTH)

    def marked(self, mark: str) -> bool:
        """Whether a protection of the product's stands here."""
        ranges = self.sheet.get("protectedRanges", ())
        return any(mark in one.get("description", "") for one in ranges)

    @cached_property
    def locked(self) -> tuple[Json, ...]:
        """Ranges that the office allows others only; empty: the whole tab."""
        return tuple(
            one.get("range", {})
            for one in self.sheet.get("protectedRanges", ())
            if not (one.get("warningOnly") or one.get("requestingUserCanEdit"))
        )

    def locks(self, top: int, first: int) -> bool:
        """Whether such a range reaches into cells from this row down, this column to the right."""
        return any(
            one.get("endRowIndex", top + 1) > top and one.get("endColumnIndex", first + 1) > first
            for one in self.locked
        )


@dataclass(frozen=True)
class Found:
    """The spreadsheet: its tabs of cells by name; titles and numbers of tabs of any kind."""

    tabs: Mapping[str, FoundTab]
    titles: frozenset[str]
    numbers: frozenset[int]

    def has(self, title: str) -> bool:
        """Whether a tab has the title; Google tells no capitals apart."""
        return title.casefold() in self.titles


def found_in(answer: Json) -> Found:
    """The spreadsheet that Google answered with."""
    by_title = {sheet["properties"]["title"]: sheet for sheet in answer["sheets"]}
    tabs = {raw.name: FoundTab(by_title[raw.name], raw) for raw in tabs_of(answer, "")}
    numbers = frozenset(sheet["properties"].get("sheetId", 0) for sheet in by_title.values())
    return Found(tabs, frozenset(title.casefold() for title in by_title), numbers)


def holds(cell: Json) -> bool:
    """Whether anything stands in the cell, also a formula that shows nothing."""
    return "effectiveValue" in cell or "userEnteredValue" in cell
