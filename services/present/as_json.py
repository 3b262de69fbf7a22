"""The command line's JSON: exact keys, money and scores as decimal strings, Common Era dates."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal

from services.cells import Cell
from services.compute.outcomes import HouseholdOutcome
from services.compute.readiness import Village
from services.compute.reporting import ReportCount, count_reports
from services.compute.reports import ProvinceReport
from services.compute.steps import CentreProgress, StepState
from services.issues import Issue
from services.normalise.numbers import baht
from sheets_schema.loader import province
from sheets_schema.model import Programme

Json = dict[str, object]


def _cell(cell: Cell | None) -> Json | None:
    return None if cell is None else asdict(cell)


def _money(satang: int | None) -> str | None:
    return None if satang is None else baht(satang)


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def findings(issues: list[Issue]) -> Json:
    """`check`."""
    return {"findings": [{**asdict(issue), "cell": _cell(issue.cell)} for issue in issues]}


def progress(report: ProvinceReport) -> Json:
    """`progress`: steps of 2565 and criteria of 2560 in one shape."""
    return {
        "year": report.year,
        "as_of": report.as_of.isoformat(),
        "centres": [
            _centre(centre, district.workbook)
            for district in report.districts
            for centre in district.centres
        ],
    }


def _centre(centre: CentreProgress, workbook: str) -> Json:
    return {
        "district": centre.district,
        "centre_id": centre.centre_id,
        "passed": centre.passed,
        "steps": [_step(step, workbook) for step in centre.steps],
    }


def _step(step: StepState, workbook: str) -> Json:
    return {
        "number": step.number,
        "unit": step.unit,
        "state": step.state,
        "achieved": step.achieved,
        "required": step.required,
        "proofs": [_cell(cell) for cells in step.proofs for cell in cells.each(workbook)],
        "missing": [
            {
                "reason": one.reason,
                "fund_id": one.fund_id,
                "household_id": one.household_id,
                "cell": _cell(one.cell),
            }
            for missing in step.missing
            for one in missing.each(workbook)
        ],
    }


def outcomes(report: ProvinceReport) -> Json:
    """`outcomes`: each target household, and totals over those with both figures."""
    totals = report.totals()
    return {
        "households": [_household(h) for d in report.districts for h in d.outcomes],
        "totals": {
            "households": totals.households,
            "with_both": totals.with_both,
            "before": baht(totals.before),
            "after": baht(totals.after),
            "reduced": baht(totals.reduced),
            "outcomes": dict(totals.outcomes),
        },
    }


def _household(household: HouseholdOutcome) -> Json:
    return {
        "district": household.district,
        "centre_id": household.centre_id,
        "household_id": household.household_id,
        "before": _money(household.before),
        "after": _money(household.after),
        "reduced": _money(household.reduced),
        "percent": _decimal(household.percent),
        "outcome": household.outcome,
    }


def ranks(report: ProvinceReport) -> Json:
    """`rank`: every district that has a readable questionnaire."""
    return {
        "districts": [
            {"district": district.district, "villages": [_village(v) for v in district.villages]}
            for district in report.districts
            if district.villages
        ]
    }


def _village(village: Village) -> Json:
    return {
        "village_code": village.village_code,
        "eligible": village.eligible,
        "score": _decimal(village.score),
        "rank": village.rank,
        "decided_by": village.decided_by,
        "reason": village.reason,
        "coverage": {"items": village.items, "filled": village.filled},
    }


def indicators(report: ProvinceReport, programme: Programme) -> Json:
    """`indicators`: the year's, in the year file's order."""
    return {
        "indicators": [
            {
                "id": one.id,
                "value": _decimal(one.value),
                "target": _decimal(one.target),
                "unit": one.unit,
                "coverage": {"rows": one.part.rows, "read": one.part.read},
                "met": one.met,
            }
            for one in report.indicators(programme)
        ]
    }


def reporting(report: ProvinceReport, programme: Programme) -> Json:
    """`reporting`: the province, and each of its districts."""
    reports = report.expected_reports(programme)
    return {
        **_counts(count_reports(reports)),
        "districts": [
            {"district": code, **_counts(count_reports(r for r in reports if r.district == code))}
            for code in province().by_code
        ],
    }


def _counts(count: ReportCount) -> Json:
    return asdict(count)
