"""Papers made from text-table workbooks, and read back the way an office would open them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from services.compute.reports import Opened
from services.pipeline import open_workbooks
from services.present.papers import papers
from services.present.papers.paper import Asked, Paper
from services.present.papers.xlsx import workbook
from services.store.base import RawTab
from services.store.memory import MemoryStore
from sheets_schema.loader import programme
from tests.support.centres import Rows, tabs_of
from tests.support.sheets import AS_OF, DISTRICT


def asked(
    name: str,
    district: str | None = DISTRICT,
    *,
    centre: str | None = None,
    year: int = 2565,
    as_of: date = AS_OF,
) -> Asked:
    """A paper of the year by its name."""
    form = next(form for form in programme(year).forms if form.name == name)
    assert form.paper is not None
    return Asked(programme(year), form, form.paper, as_of, district, centre)


def opened(*districts: tuple[str, Rows]) -> tuple[Opened, ...]:
    """Workbooks of these rows, opened."""
    tabs: Mapping[str, tuple[RawTab, ...]] = {d: tuple(tabs_of(rows)) for d, rows in districts}
    return open_workbooks(MemoryStore({2565: tabs}), programme(2565), AS_OF)


def paper(name: str, rows: Rows, *, centre: str | None = None) -> Paper:
    """The district's paper on these rows."""
    (one,) = papers(asked(name, centre=centre), opened((DISTRICT, rows)))
    return one


def column(one: Paper, code: str) -> list[Any]:
    """What stands in a column, row by row."""
    place = [heading.code for heading in one.columns].index(code)
    return [row[place] for row in one.rows]


def total_of(one: Paper, code: str) -> Any:
    """What stands below a column."""
    assert one.totals is not None
    return one.totals[[heading.code for heading in one.columns].index(code)]


def sheets(made: Sequence[Paper]) -> list[Worksheet]:
    """The tabs of the papers' workbook, read back."""
    return read_back(workbook(made))


def read_back(content: bytes) -> list[Worksheet]:
    """The tabs of a workbook's bytes."""
    return list(load_workbook(BytesIO(content)).worksheets)


def texts(sheet: Worksheet) -> list[str]:
    """Every text on a tab."""
    cells = (value for row in sheet.iter_rows(values_only=True) for value in row)
    return [cell for cell in cells if isinstance(cell, str)]
