"""One workbook read, and what it says, in words a test can compare."""

from datetime import date
from typing import Any

import pandas as pd

from services.issues import Issue, each
from services.normalise.tables import Table
from services.normalise.workbook import Tables, normalise_workbook
from services.store.base import RawTab, RawWorkbook, WorkbookRef
from sheets_schema.loader import programme
from tests.support.sheets import DISTRICT, place


def read(*tabs: RawTab, year: int = 2565) -> tuple[Tables, list[Issue]]:
    """Read a workbook of these tabs; tabs that are not there are not complained of."""
    raw = RawWorkbook(WorkbookRef(DISTRICT, "5601.xlsx", "1"), "1", tabs)
    tables, problems = normalise_workbook(raw, DISTRICT, programme(year))
    issues = each(problems, DISTRICT, "5601.xlsx")
    return tables, [issue for issue in issues if issue.code != "missing_tab"]


def said(issues: list[Issue]) -> list[str]:
    """Tell each finding as «code tab!A1 value»."""
    return [f"{i.code} {place(i.cell)} {i.value or ''}".strip() for i in issues]


def column(table: Table, code: str) -> list[Any]:
    """Give a column's values; None where there is none, days as days."""
    values = table.frame[code].astype(object).where(table.frame[code].notna(), None).tolist()
    return [v.date() if isinstance(v, pd.Timestamp) else v for v in values]


def days(table: Table, code: str) -> list[tuple[date, date]]:
    """Give a date column's first and last possible days."""
    first, last = table.frame[code], table.last(code)
    return [(a.date(), b.date()) for a, b in zip(first, last, strict=True)]
