"""Sheets written as text tables, read the way the product reads a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.cells import Cell
from services.compute.reports import DistrictReport
from services.issues import Issue
from services.normalise.workbook import registers_of
from services.pipeline import Job, district_report, province_report
from services.present.scope import Scope
from services.store.base import Fault, RawTab, Stored, WorkbookRef
from services.store.memory import MemoryStore
from sheets_schema.loader import programme, province, registers
from sheets_schema.model import Programme

AS_OF = date(2022, 7, 19)
DISTRICT = "5601"


def tab(name: str, table: str, odd: Mapping[str, Stored | Fault] | None = None) -> RawTab:
    """A tab from a text table `| … | … |`; `odd` puts other cells at A1 addresses."""
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    rows: list[list[Stored]] = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines
    ]
    faults: dict[tuple[int, int], Fault] = {}
    for a1, value in (odd or {}).items():
        row, column = int(a1[1:]) - 1, ord(a1[0]) - ord("A")
        if isinstance(value, Fault):
            faults[row, column] = value
        else:
            rows[row][column] = value
    width = max(map(len, rows), default=0)
    return RawTab(name, [row + [""] * (width - len(row)) for row in rows], faults)


def register_tab(code: str, *rows: Mapping[str, Stored]) -> RawTab:
    """A register's tab: its headers (in the schema's order) and rows given by column code.

    The questionnaire has the items of 2565.
    """
    known = registers_of(programme(2565)) if code == "readiness" else registers()
    register = known[code]
    header: list[Stored] = [column.header for column in register.columns]
    body = [[row.get(column.code, "") for column in register.columns] for row in rows]
    return RawTab(register.tab, [header, *body])


def report_on(
    *tabs: RawTab, year: int = 2565, as_of: date = AS_OF, of: Programme | None = None
) -> DistrictReport:
    """The district's report on a workbook of these tabs."""
    store = MemoryStore({year: {DISTRICT: tabs}})
    ref = WorkbookRef(DISTRICT, f"{DISTRICT}.xlsx", "1")
    report = district_report(Job(store, ref, of or programme(year), as_of))
    assert report is not None
    return report


def found(report: DistrictReport, code: str) -> list[Issue]:
    """The report's findings of one code."""
    return [issue for issue in report.issues() if issue.code == code]


def at(issues: list[Issue]) -> list[str]:
    """Where findings stand: «tab!A1»."""
    return [place(issue.cell) for issue in issues]


def place(cell: Cell | None) -> str:
    """«tab!A1», or a dash."""
    return "–" if cell is None else f"{cell.tab}!{cell.a1}"


def scope_on(districts: Mapping[str, tuple[RawTab, ...]], year: int = 2565) -> Scope:
    """What pages speak of: a province with these districts' workbooks, all nine looked at."""
    store = MemoryStore({year: districts})
    report = province_report(store, programme(year), AS_OF)
    return Scope(report, programme(year), province().districts)
