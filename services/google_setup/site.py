"""Where a register stands on a tab, or will: its header row, columns there and columns to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from services.google_setup.found import FoundTab
from services.normalise.locate import BRACKETED, ROW_ID, Header, find_header
from sheets_schema.model import Column, Register

MOST_TITLES = 5
"""At most so many rows above a header are taken for titles, or kept in sight with it."""


@dataclass(frozen=True, eq=False)
class Site:
    """`there` and `fresh`: sheet columns by code name, of columns that stand and that will.

    Of a tab with cells kept from us, none that stand are ours to add to.
    `top` and `bottom` are the header's rows from 0.
    """

    tab: FoundTab
    register: Register
    top: int
    bottom: int
    there: Mapping[str, int]
    fresh: Mapping[str, int]

    @property
    def to_append(self) -> range:
        """Columns that come to the right of the grid."""
        columns = self.tab.size[1]
        return range(columns, max((columns - 1, *self.fresh.values())) + 1)

    @property
    def shut(self) -> bool:
        """Whether the office keeps the cells of the columns to come for others."""
        return bool(self.fresh) and self.tab.locks(self.top, min(self.fresh.values()))

    def header(self, code: str) -> str:
        """What stands over the column."""
        column = self.register.by_code.get(code)
        return column.header if column else ROW_ID

    def columns(self) -> dict[int, Column]:
        """The register's columns by sheet column, without the row ids."""
        places = {**self.there, **self.fresh}
        known = self.register.by_code
        return {at: known[code] for code, at in places.items() if code in known}

    def header_row(self, column: int) -> int:
        """The row of the cell that names the column: of two rows the lower, if not only a unit."""
        for row in range(self.bottom, self.top, -1):
            label = self.tab.label(row, column)
            if label and not BRACKETED.fullmatch(label):
                return row
        return self.top


def site_on(tab: FoundTab, header: Header | None, register: Register) -> Site:
    """The register on this tab: beside the header found there, below titles, or to the right."""
    codes = (*register.by_code, ROW_ID)
    rows, columns = tab.raw.rows, tab.size[1]
    header = header or find_header(rows, register, enough=1)
    if header is not None:
        known = {*header.columns, *header.twice}
        there = {} if tab.locked else header.columns
        fresh = dict(zip((code for code in codes if code not in known), count(columns)))
        return Site(tab, register, header.top, header.bottom, there, fresh)
    free = tab.free_row()
    top, first = (free, 0) if free <= MOST_TITLES else (0, columns)
    return Site(tab, register, top, top, {}, dict(zip(codes, count(first))))
