"""Institutions of 2560 that reach every target, to take one thing away from."""

from __future__ import annotations

from datetime import date

from services.compute.indicators import IndicatorFigure
from services.compute.reports import ProvinceReport
from services.pipeline import province_report
from services.store.memory import MemoryStore
from sheets_schema.loader import programme
from sheets_schema.model import IndicatorId
from tests.support.centres import Row, Rows, finished_centre, tabs_of
from tests.support.sheets import AS_OF

DAY = date(2017, 8, 1)
COURSE = "สำนึกดี แผนดี บริหารหนี้ได้"


def institutions(count: int = 1, households: int = 30) -> Rows:
    """Institutions of 2560 that reach every target."""
    rows = finished_centre(households)
    held: Rows = {code: [] for code in programme(2560).registers}
    for number in range(1, count + 1):
        for code, register_rows in rows.items():
            if code in held:
                held[code] += [
                    {
                        column: f"{value}.{number}" if column.endswith(("_id", "_no")) else value
                        for column, value in row.items()
                    }
                    for row in register_rows
                ]
        centre = f"C1.{number}"
        plan = {"evidence_id": centre, "centre_id": centre, "kind": "3", "dated": "01/02/2560"}
        held["evidence"].append(plan)
        held["activities"].append(course(centre))
    for contract in held["contracts"]:
        contract["signed_on"] = "01/04/2560"
    for household in held["households"]:
        household["trained"] = "ใช่"
    return held


def course(centre: str, **cells: str) -> Row:
    """The course for households, as an institution enters it."""
    held = {"days": "4", "budget_received": "40,000", "finished_on": "30/05/2560"}
    return {"activity_id": f"A{centre}", "centre_id": centre, "activity": COURSE, **held, **cells}


def on(*districts: Rows, year: int = 2560) -> ProvinceReport:
    """The province of these districts' workbooks."""
    books = {f"560{n}": tuple(tabs_of(rows)) for n, rows in enumerate(districts, 1)}
    as_of = DAY if year == 2560 else AS_OF
    return province_report(MemoryStore({year: books}), programme(year), as_of)


def figure(name: IndicatorId, *districts: Rows, year: int = 2560) -> IndicatorFigure:
    told = on(*districts, year=year).indicators(programme(year))
    return next(one for one in told if one.id == name)
