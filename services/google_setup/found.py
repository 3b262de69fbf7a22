"""A spreadsheet as the office left it: what stands on its tabs, and what it keeps for others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from services.store.base import RawTab
from services.store.google_grid import Json, cells_of, tabs_of

FIELDS = (
    "sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount)),"
    "merges,protectedRanges(range,description,warningOnly,requestingUserCanEdit),"
    "data(startRow,startColumn,"
    "rowData(values(effectiveValue,userEnteredValue(formulaValue)))))"
)


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

    def free(self) -> tuple[int, int]:
        """The first row below and column right of everything that stands or is merged here."""
        typed = [at for at, cell in cells_of(self.sheet) if holds(cell)]
        merges = self.sheet.get("merges", ())
        return (
            max((*(row + 1 for row, _ in typed), *(one["endRowIndex"] for one in merges), 0)),
            max((*(at + 1 for _, at in typed), *(one["endColumnIndex"] for one in merges), 0)),
        )

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
