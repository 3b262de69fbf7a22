"""What a district means to write in one year, before anybody types it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from services.template import Written
from sheets_schema.places import District

YES, NO = "ใช่", "ไม่"


@dataclass(frozen=True)
class Typed:
    """A cell that holds exactly this, whatever the column is."""

    value: Written


Meant = str | int | float | date | Typed | None
"""What a cell means: the typist finds the spelling, unless it is `Typed`."""


@dataclass
class Row:
    """One row by column code; `odd` are the findings seeded in it: (finding, column)."""

    cells: dict[str, Meant]
    odd: list[tuple[str, str]] = field(default_factory=list)

    def text(self, column: str) -> str:
        """A code or name of the row."""
        return str(self.cells[column])

    def baht(self, column: str) -> int:
        """An amount of the row in whole baht."""
        return int(str(self.cells[column]))

    def seed(self, finding: str, column: str) -> None:
        """Say that the row's cell needs attention."""
        self.odd.append((finding, column))

    def type(self, column: str, value: Written, *findings: str) -> None:
        """Have exactly this typed into the cell, and say what it needs attention for."""
        self.cells[column] = Typed(value)
        self.odd += [(finding, column) for finding in findings]


@dataclass
class Ledger:
    """One district's year: the rows of each register, and what is odd about whole tabs.

    `under_total`: rows typed below the total row. `twice`, `without_header`: register -> column.
    """

    year: int
    district: District
    rows: dict[str, list[Row]] = field(default_factory=dict)
    under_total: dict[str, list[Row]] = field(default_factory=dict)
    twice: dict[str, str] = field(default_factory=dict)
    without_header: dict[str, str] = field(default_factory=dict)
    without_tab: set[str] = field(default_factory=set)
    strange_tab: dict[str, str] = field(default_factory=dict)

    def add(self, register: str, *rows: Row) -> None:
        """Write rows into a register."""
        self.rows.setdefault(register, []).extend(rows)

    def of(self, register: str, **cells: Meant) -> list[Row]:
        """The register's rows that say this."""
        return [
            row
            for row in self.rows.get(register, [])
            if all(row.cells.get(code) == value for code, value in cells.items())
        ]
