"""The data rows of one tab, column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from services.cells import Rows
from services.store.base import Fault, RawTab, Stored


@dataclass(frozen=True, eq=False)
class Body:
    """`data` are the tab's rows (from 0) that belong to the register."""

    tab: RawTab
    data: Rows

    @cached_property
    def _rows(self) -> Sequence[Sequence[Stored]]:
        data = self.data
        if len(data) and data[-1] - data[0] + 1 == len(data):
            return self.tab.rows[data[0] : data[-1] + 1]
        return [self.tab.rows[number] for number in data.tolist()]

    @cached_property
    def _formats(self) -> Mapping[tuple[int, int], str]:
        return self.tab.formats()

    def cell(self, place: int, column: int) -> Stored:
        """One cell, by data row and sheet column from 0."""
        return self._rows[place][column]

    @cached_property
    def _columns(self) -> Sequence[Sequence[Stored]]:
        return tuple(zip(*self._rows, strict=True))

    def column(self, at: int) -> Sequence[Stored]:
        """A sheet column's cells in the data rows."""
        return self._columns[at] if self._columns else ()

    def formats(self, at: int) -> list[str] | None:
        """The column's number formats, if the tab has any that change what a number means."""
        by_cell = self._formats
        if not any(column == at for _, column in by_cell):
            return None
        return [by_cell.get((number, at), "") for number in self.data.tolist()]

    @cached_property
    def _faults(self) -> Mapping[int, Mapping[int, Fault]]:
        """Sheet column -> data row -> the cell that shows no value."""
        places = {number: place for place, number in enumerate(self.data.tolist())}
        by_column: dict[int, dict[int, Fault]] = {}
        for (number, column), fault in self.tab.faults.items():
            if number in places:
                by_column.setdefault(column, {})[places[number]] = fault
        return by_column

    def faults(self, at: int) -> Mapping[int, Fault]:
        """Cells of the column that show no value, by data row."""
        return self._faults.get(at, {}) if self.tab.faults else {}
