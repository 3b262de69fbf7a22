"""Where a register stands on a tab, or will: its header row, and its columns to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from services.google_setup.found import FoundTab
from services.normalise.locate import ROW_ID, Header, find_header
from services.store.google_hold import Line
from sheets_schema.model import Register

MOST_TITLES = 5
"""At most so many rows above a header are taken for titles."""


@dataclass(frozen=True, eq=False)
class Site:
    """`top` and `bottom` are the header's rows from 0.

    `fresh` are the sheet columns to come by code name, side by side.
    """

    tab: FoundTab
    register: Register
    top: int
    bottom: int
    fresh: Mapping[str, int]

    @property
    def block(self) -> tuple[int, int]:
        """The first column to come, and one past the last."""
        return min(self.fresh.values()), max(self.fresh.values()) + 1

    @property
    def shut(self) -> bool:
        """Whether the office keeps the cells of the columns to come for others."""
        return bool(self.fresh) and self.tab.locks(self.top, self.block[0])

    def lines(self) -> Iterator[Line]:
        """What must not have moved: then the header stands where it stood, and so does the edge.

        Whatever row or column is inserted or deleted, the last one moves.
        """
        rows, columns = self.tab.size
        for row in sorted({min(self.top, rows - 1), rows - 1}):
            yield Line(self.tab.sheet_id, "ROWS", row)
        yield Line(self.tab.sheet_id, "COLUMNS", columns - 1)

    def header(self, code: str) -> str:
        """What stands over the column."""
        column = self.register.by_code.get(code)
        return column.header if column else ROW_ID


def site_on(tab: FoundTab, header: Header | None, register: Register) -> Site:
    """The register on this tab: beside the header found there, below titles, or at the right end.

    On an empty tab its columns come before the others.
    """
    codes = (*register.by_code, ROW_ID)
    header = header or find_header(tab.raw.rows, register, enough=1)
    right_end = tab.size[1]
    if header is not None:
        known = {*header.columns, *header.twice}
        missing = (code for code in codes if code not in known)
        return Site(tab, register, header.top, header.bottom, dict(zip(missing, count(right_end))))
    below, beside = tab.free()
    top, first = (below, beside) if below <= MOST_TITLES else (0, right_end)
    return Site(tab, register, top, top, dict(zip(codes, count(first))))
