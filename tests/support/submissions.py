"""The product's own tab of what was sent, and what a district is then expected to report."""

from __future__ import annotations

from datetime import date

from services.compute.reporting import ExpectedReport
from services.store.base import RawTab, Stored
from sheets_schema.loader import product_tabs
from tests.support.centres import Row, Rows, tabs_of
from tests.support.sheets import place, report_on

TAB = "_รายงาน"
LATER = date(2022, 7, 31)
EARLY = "2022-07-19T09:00:00+07:00"


def sent(form: str, unit: str, at: str, **cells: str) -> dict[str, str]:
    """A submission of round 1."""
    held = {"submission_id": f"{form} {unit} {at}", "form": form, "round": "1", "unit_id": unit}
    return {**held, "submitted_at": at, **cells}


def submissions_tab(*rows: dict[str, str]) -> RawTab:
    """The tab with these rows."""
    columns = product_tabs()["submissions"].columns
    header: list[Stored] = [column.header for column in columns]
    return RawTab(TAB, [header, *([row.get(c.code, "") for c in columns] for row in rows)])


def told(
    rows: Rows, *submissions: dict[str, str], as_of: date = LATER, year: int = 2565
) -> dict[tuple[str, int, str], ExpectedReport]:
    """What the district is expected to report, by form, round and unit."""
    tabs = tabs_of(rows)
    if submissions:
        tabs.append(submissions_tab(*submissions))
    report = report_on(*tabs, year=year, as_of=as_of)
    return {(one.form, one.round, one.unit_id): one for one in report.expected}


def form_2(rows: Rows, *submissions: dict[str, str], as_of: date = LATER) -> ExpectedReport:
    return told(rows, *submissions, as_of=as_of)["form_2", 1, "C1"]


def lacks(report: ExpectedReport) -> list[tuple[str, str | None, str]]:
    """Reason, household and cell of everything missing."""
    return [
        (batch.reason, one.household_id, place(one.cell))
        for batch in report.missing
        for one in batch.each("w")
    ]


def village(number: int, **cells: str) -> Row:
    code = f"560101{number:02}"
    return {"village_code": code, "governance_level": "3", "village": "บ้านสมมติ", **cells}
