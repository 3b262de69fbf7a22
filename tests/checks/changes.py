"""What an office does to its sheets next: a cell put right, rows taken out, a tab left away."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from xlsxwriter import Workbook

from services.issues import Issue
from services.normalise.locate import ROW_ID
from services.store.base import RawTab, Stored
from sheets_schema.loader import registers
from sheets_schema.model import Register
from tests.support.sheets import place, report_on

Sheets = tuple[RawTab, ...]
Said = tuple[str, str | None, str, str | None, str | None]
"""Severity, register, «tab!A1», what was read, and the row's id."""
ADDRESS = re.compile(r"(?P<tab>.+)!(?P<letter>[A-Z])(?P<row>\d+)")


def told(code: str, sheets: Sheets, cells: Mapping[str, Stored] | None = None) -> list[Said]:
    """What is said of the sheets, with other cells at «tab!A1»."""
    issues = findings(put(sheets, cells)) if cells else findings(sheets)
    return [
        (i.severity, i.register, place(i.cell), i.value, i.row_id) for i in issues if i.code == code
    ]


@cache
def findings(sheets: Sheets) -> tuple[Issue, ...]:
    """Everything that is said of the sheets; worked out once for the same ones."""
    return tuple(report_on(*sheets).issues())


def first(code: str, sheets: Sheets) -> Issue:
    """The first finding of the code."""
    return next(issue for issue in findings(sheets) if issue.code == code)


def put(sheets: Sheets, cells: Mapping[str, Stored]) -> Sheets:
    """The sheets with other cells at «tab!A1»."""
    for address, value in cells.items():
        at = ADDRESS.fullmatch(address)
        assert at is not None, address
        where = (int(at["row"]) - 1, ord(at["letter"]) - ord("A"))
        assert at["tab"] in {tab.name for tab in sheets}, address
        sheets = tuple(_put(t, where, value) if t.name == at["tab"] else t for t in sheets)
    return sheets


def _put(tab: RawTab, where: tuple[int, int], value: Stored) -> RawTab:
    rows = [list(row) for row in tab.rows]
    width = max(where[1] + 1, *map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    rows += [[""] * width for _ in range(where[0] + 1 - len(rows))]
    rows[where[0]][where[1]] = value
    faults = {at: fault for at, fault in tab.faults.items() if at != where}
    return replace(tab, rows=rows, faults=faults)


def emptied(sheets: Sheets, *names: str) -> Sheets:
    """The sheets with only the header row left in these tabs."""
    return tuple(RawTab(t.name, t.rows[:1]) if t.name in names else t for t in sheets)


def without(sheets: Sheets, *names: str) -> Sheets:
    """The sheets without these tabs."""
    return tuple(tab for tab in sheets if tab.name not in names)


def without_column(sheets: Sheets, name: str, header: str) -> Sheets:
    """The sheets, one of which lacks a column."""
    return tuple(_without_column(tab, header) if tab.name == name else tab for tab in sheets)


def _without_column(tab: RawTab, header: str) -> RawTab:
    at = list(tab.rows[0]).index(header)
    return RawTab(tab.name, [[*row[:at], *row[at + 1 :]] for row in tab.rows])


def with_column(tab: RawTab, header: str, cells: Callable[[int], str]) -> RawTab:
    """The tab with a column filled in every row: the one of that header, else a new last one."""
    heads = list(tab.rows[0])
    at = heads.index(header) if header in heads else len(heads)
    rows: list[list[Stored]] = [
        [*row[:at], header if number == 0 else cells(number), *row[at + 1 :]]
        for number, row in enumerate(tab.rows)
    ]
    return replace(tab, rows=rows)


def with_row_ids(sheets: Sheets) -> Sheets:
    """The sheets with the product's hidden column filled."""
    return tuple(with_column(tab, ROW_ID, lambda number: f"r-{number}") for tab in sheets)


def register_of(tab: RawTab) -> Register | None:
    """The register a tab is named after."""
    return next((held for held in registers().values() if held.tab == tab.name), None)


def silent_where_empty(code: str, sheets: Sheets) -> None:
    """No finding of the code where its register is empty or absent; no crash where another is."""
    own = registers()[first(code, sheets).register or ""].tab
    every = [tab.name for tab in sheets]
    for fewer in (emptied(sheets, own), without(sheets, own), emptied(sheets, *every)):
        assert told(code, fewer) == []
    for other in set(every) - {own}:
        assert findings(emptied(sheets, other))
        assert findings(without(sheets, other))


def save(sheets: Sheets, path: Path) -> None:
    """Write the sheets as a workbook of texts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Workbook(str(path)) as book:
        for tab in sheets:
            sheet = book.add_worksheet(tab.name)
            for number, row in enumerate(tab.rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, str(cell))
