"""Workbooks kept in memory, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.errors import DataFolderError
from services.store.base import (
    Annotated,
    CannotWriteError,
    NotAsSeenError,
    Notes,
    OwnTab,
    Position,
    RawTab,
    RawWorkbook,
    Stored,
    WorkbookRef,
    Writing,
)
from services.store.notes import BARE, COLOUR, Standing, check_tabs, planned
from services.store.own_tab import is_as_wanted, standing


@dataclass
class MemoryStore:
    """`by_year` maps year -> district -> tabs; the stamp is the tabs' identity.

    `hung`: year and district -> tab -> what hangs on its cells.
    """

    by_year: Mapping[int, Mapping[str, tuple[RawTab, ...]]]
    hung: dict[tuple[int, str], dict[str, dict[Position, Standing]]] = field(default_factory=dict)

    def years(self) -> tuple[int, ...]:
        """The years given, latest first."""
        return tuple(sorted(self.by_year, reverse=True))

    def workbooks(self, year: int) -> tuple[WorkbookRef, ...]:
        """One workbook per district, in district order."""
        if year not in self.by_year:
            raise DataFolderError(str(year))
        return tuple(
            WorkbookRef(district, f"{district}.xlsx", str(id(tabs)))
            for district, tabs in sorted(self.by_year[year].items())
        )

    def read(self, ref: WorkbookRef, year: int, *, unless: str | None = None) -> RawWorkbook | None:
        """The tabs as given."""
        if unless == ref.stamp or ref.district is None:
            return None
        return RawWorkbook(ref, ref.stamp, self.by_year[year][ref.district])

    def write(self, book: RawWorkbook, year: int, wanted: Sequence[Writing]) -> None:
        """Put changed tabs where the old ones were."""
        district = self._as_read(book, year)
        new = {one.seen.name: _changed(one) for one in wanted}
        tabs = tuple(new.get(tab.name, tab) for tab in book.tabs)
        self.by_year = {**self.by_year, year: {**self.by_year[year], district: tabs}}

    def annotate(self, book: RawWorkbook, year: int, wanted: Notes) -> Annotated:
        """Hang notes and fills on cells."""
        check_tabs(book, wanted)
        tabs = self.hung.setdefault((year, self._as_read(book, year)), {})
        changed, left = 0, []
        for tab in book.tabs:
            cells = tabs.setdefault(tab.name, {})
            plan = planned(cells, wanted.get(tab.name, {}))
            for position, change in plan.changes.items():
                fill = cells.get(position, BARE).fill if change.fill is None else ""
                cells[position] = Standing(change.note, COLOUR if change.fill else fill)
            changed += len(plan.changes)
            left += [(tab.name, position) for position in plan.left]
        return Annotated(changed, tuple(sorted(left)))

    def post(self, book: RawWorkbook, year: int, tab: OwnTab) -> bool:
        """Put the product's tab behind the others, or in its own place."""
        district, now = self._as_read(book, year), standing(book, tab)
        if is_as_wanted(now, tab):
            return False
        made = RawTab(tab.name, [list(row) for row in tab.rows])
        tabs = tuple(made if one is now else one for one in book.tabs)
        new = tabs if now else (*tabs, made)
        self.by_year = {**self.by_year, year: {**self.by_year[year], district: new}}
        return True

    def _as_read(self, book: RawWorkbook, year: int) -> str:
        """The district whose tabs are still those that were read."""
        district = book.ref.district or ""
        if self.by_year[year].get(district) is not book.tabs:
            raise NotAsSeenError
        return district


def _changed(wanted: Writing) -> RawTab:
    tab = wanted.seen
    for position in wanted.cells:
        if position in tab.formulas():
            raise CannotWriteError(obstacle="formula", position=position)
    height = max([len(tab.rows), *(row + 1 for row, _ in wanted.cells)])
    width = max([*map(len, tab.rows), *(column + 1 for _, column in wanted.cells)])
    rows: list[list[Stored]] = [[""] * width for _ in range(height)]
    for number, row in enumerate(tab.rows):
        rows[number][: len(row)] = row
    for (row_number, column), value in wanted.cells.items():
        rows[row_number][column] = value if isinstance(value, str) else float(value)
    faults = {at: fault for at, fault in tab.faults.items() if at not in wanted.cells}
    return replace(tab, rows=rows, faults=faults)
