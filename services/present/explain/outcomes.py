"""Debt before and after explained, household by household."""

from __future__ import annotations

from collections.abc import Iterator

from services.present.explain.explanation import Explanation, Rest, used
from services.present.outcomes import totals_of
from services.present.scope import Scope
from services.present.words import UNKNOWN, money
from sheets_schema.rules import rule


def _rests(scope: Scope) -> Iterator[Rest]:
    for district in scope.report.districts:
        for household in district.outcomes:
            name = scope.names[household.district]
            words = f"ก่อน {money(household.before)} หลัง {money(household.after)}"
            yield from used(
                name, household.household_id, district.workbook, household.proofs, words
            )


def outcomes(scope: Scope) -> Explanation:
    """Before, after and reduced of all target households of the scope; nothing known is no zero."""
    totals = totals_of(scope)
    known = totals.with_both > 0
    sums = f"ก่อน {money(totals.before)} หลัง {money(totals.after)} · " if known else ""
    return Explanation(
        "หนี้ของครัวเรือนเป้าหมายที่ลดลง",
        f"{money(totals.reduced)} บาท" if known else UNKNOWN,
        rule("outcomes"),
        scope.programme.source,
        f"{sums}รู้ทั้งสองตัวเลข {totals.with_both} จาก {totals.households} ครัวเรือน",
        scope.programme.is_draft,
        lambda: _rests(scope),
    )
