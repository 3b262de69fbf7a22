"""What came of the households, as tables: by district, and household by household."""

from __future__ import annotations

import pandas as pd

from services.compute.consents import Consent
from services.compute.outcomes import OutcomeName, OutcomeTotals, percent_of, total
from services.normalise.tables import told_code
from services.present.scope import Scope
from services.present.words import UNKNOWN, decimal_baht

OUTCOME_WORDS: dict[OutcomeName, str] = {
    "cleared": "ปลดหนี้",
    "reduced": "ลดหนี้",
    "unchanged": "เท่าเดิม",
    "increased": "เพิ่มขึ้น",
    "unknown": "ยังไม่ทราบ",
}
CONSENT_WORDS: dict[Consent, str] = {
    "yes": "ใช่",
    "no": "ไม่",
    "unanswered": "ยังไม่ตอบ",
    "unknown": UNKNOWN,
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


def without_consent(scope: Scope) -> tuple[int, int]:
    """Target households whose consent is not there, and all of them."""
    answers = [one.consent for report in scope.report.districts for one in report.outcomes]
    return sum(answer != "yes" for answer in answers), len(answers)


def households_table(scope: Scope) -> pd.DataFrame:
    """One row per target household: ids, before, after, reduced, outcome, consent; no names."""
    rows = [
        (
            scope.place(report),
            "–" if one.centre_id is None else told_code(one.centre_id),
            told_code(one.household_id),
            decimal_baht(one.before),
            decimal_baht(one.after),
            decimal_baht(one.reduced),
            OUTCOME_WORDS[one.outcome],
            CONSENT_WORDS[one.consent],
        )
        for report in scope.report.districts
        for one in report.outcomes
    ]
    amounts = ["ก่อน (บาท)", "หลัง (บาท)", "ลดลง (บาท)"]
    headers = ["อำเภอ", "ศูนย์", "ครัวเรือน", *amounts, "ผล", "ยินยอม"]
    return pd.DataFrame(rows, columns=headers)
