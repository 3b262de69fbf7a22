"""What came of the households, as a table by district."""

from __future__ import annotations

import pandas as pd

from services.compute.outcomes import OutcomeName, OutcomeTotals, percent_of, total
from services.present.scope import Scope
from services.present.words import decimal_baht

OUTCOME_WORDS: dict[OutcomeName, str] = {
    "cleared": "ปลดหนี้",
    "reduced": "ลดหนี้",
    "unchanged": "เท่าเดิม",
    "increased": "เพิ่มขึ้น",
    "unknown": "ยังไม่ทราบ",
}


def totals_of(scope: Scope, code: str | None = None) -> OutcomeTotals:
    """Outcomes of the scope, or of one of its districts."""
    reports = scope.report.districts if code is None else scope.only(code).report.districts
    return total(tuple(household for report in reports for household in report.outcomes))


def outcomes_table(scope: Scope) -> pd.DataFrame:
    """One row per district: households, with both figures, before, after, reduced, by outcome."""
    rows = [_row(district.name, totals_of(scope, district.code)) for district in scope.districts]
    if len(scope.districts) > 1:
        rows.append(_row("รวม", totals_of(scope)))
    return pd.DataFrame(rows)


def _row(name: str, totals: OutcomeTotals) -> dict[str, object]:
    known = totals.with_both > 0
    return {
        "อำเภอ": name,
        "ครัวเรือนเป้าหมาย": totals.households,
        "รู้ก่อนและหลัง": totals.with_both,
        "ก่อน (บาท)": decimal_baht(totals.before if known else None),
        "หลัง (บาท)": decimal_baht(totals.after if known else None),
        "ลดลง (บาท)": decimal_baht(totals.reduced if known else None),
        "ลดลง (ร้อยละ)": percent_of(totals.reduced, totals.before) if totals.before else None,
        **{words: totals.outcomes[name] for name, words in OUTCOME_WORDS.items()},
    }
