"""Who has reported what, as tables: by district, and every report still missing."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pandas as pd

from services.compute.attention import Awaited, NextDue
from services.compute.reporting import ExpectedReport, ReportCount, count_reports
from services.present.scope import Scope
from services.present.words import day_in_thai
from sheets_schema.forms import Form


def expected(scope: Scope) -> tuple[ExpectedReport, ...]:
    """Reports expected of the scope's districts, also of those without a workbook."""
    codes = {district.code for district in scope.districts}
    found = scope.report.expected_reports(scope.programme)
    return tuple(report for report in found if report.district in codes)


def counted(scope: Scope) -> ReportCount:
    """How many are expected, received, and came in time."""
    return count_reports(expected(scope))


def awaited(scope: Scope) -> Awaited:
    """Reports that are not there though their due day is past, or near by the year's own rule."""
    within = timedelta(days=scope.programme.attention.reports_within_days)
    latest = scope.report.as_of + within
    due: defaultdict[str, list[date]] = defaultdict(list)
    for report in expected(scope):
        if not report.received and report.due <= latest:
            due[report.district].append(report.due)
    return Awaited({district: (len(days), min(days)) for district, days in due.items()})


def short_names(scope: Scope) -> dict[str, str]:
    """Form -> what the office calls it, its title where it has no shorter name."""
    return {form.name: _short(form) for form in scope.programme.forms}


def _short(form: Form) -> str:
    return form.title if form.paper is None else form.paper.short


def due_counts(scope: Scope, due: NextDue | None) -> dict[str, ReportCount]:
    """Of the reports of the next due day, how many are there: by what the office calls them."""
    forms = short_names(scope)
    reports = expected(scope)
    return {
        forms[form.name]: count_reports(
            report for report in reports if (report.form, report.due) == (form.name, one.due)
        )
        for form, one in (due.rounds if due else ())
    }


def reporting_table(scope: Scope) -> pd.DataFrame:
    """One row per district: expected, received, in time; the sum last."""
    reports = expected(scope)
    rows = [
        (district.name, count_reports(r for r in reports if r.district == district.code))
        for district in scope.districts
    ]
    if len(rows) > 1:
        rows.append(("รวม", count_reports(reports)))
    return pd.DataFrame(
        [(name, c.expected, c.received, c.on_time) for name, c in rows],
        columns=["อำเภอ", "ต้องส่ง", "ได้รับแล้ว", "ทันกำหนด"],
    )


def missing_table(scope: Scope) -> pd.DataFrame:
    """Every report that is not there: district, form, round, due, whose, what is missing, where."""
    names, forms = scope.names, short_names(scope)
    workbooks = {r.district: r.workbook for r in scope.report.districts}
    rows = [
        (
            names[report.district],
            forms[report.form],
            report.round,
            day_in_thai(report.due),
            report.unit_id,
            one.reason,
            one.cell.tab if one.cell else "–",
            one.cell.a1 if one.cell else "–",
        )
        for report in expected(scope)
        if not report.received
        for missing in report.missing
        for one in missing.each(workbooks.get(report.district, "–"))
    ]
    headers = ["อำเภอ", "แบบ", "รอบ", "กำหนดส่ง", "ศูนย์/อำเภอ", "ยังขาด", "แท็บ", "ช่อง"]
    return pd.DataFrame(rows, columns=headers)
