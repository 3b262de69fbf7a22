"""The districts' workbooks: when each was saved, and whether it could be read."""

from __future__ import annotations

from datetime import date

import pandas as pd

from services.compute.reports import DistrictReport
from services.present.scope import Scope
from services.present.words import day_in_thai

INCOMPLETE = ("missing_tab", "header_missing", "header_twice")
"""Findings that say a tab or a column could not be read."""


def workbooks_table(scope: Scope, today: date) -> pd.DataFrame:
    """One row per district: workbook, state, saved on, days since, errors in the data."""
    rows = [_row(district.name, scope.of(district.code), today) for district in scope.districts]
    headers = ["อำเภอ", "สมุดงาน", "สถานะ", "บันทึกล่าสุด", "กี่วันแล้ว", "ข้อผิดพลาด"]
    return pd.DataFrame(rows, columns=headers).astype({"กี่วันแล้ว": "Int64", "ข้อผิดพลาด": "Int64"})


def _row(name: str, report: DistrictReport | None, today: date) -> tuple[object, ...]:
    if report is None:
        return (name, "–", "✗ ยังไม่มีแฟ้ม", "–", None, None)
    state = _state(report)
    saved = report.modified
    days = None if saved is None else max((today - saved.date()).days, 0)
    when = "–" if saved is None else f"{day_in_thai(saved)} {saved:%H:%M} น."
    return (name, report.workbook, state, when, days, report.count("error"))


def _state(report: DistrictReport) -> str:
    if not report.readable:
        return "✗ อ่านไม่ได้"
    lacking = any(batch.code in INCOMPLETE for batch in report.findings)
    return "◐ อ่านได้บางส่วน" if lacking else "✓ อ่านได้ครบ"
