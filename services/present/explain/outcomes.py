"""Debt before and after explained, household by household."""

from __future__ import annotations

from collections.abc import Iterator

from services.compute.outcomes import total
from services.present.explain.explanation import Explanation, Rest, used
from services.present.scope import Scope
from services.present.words import money
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
    """Before, after and reduced of all target households of the scope."""
    totals = total(tuple(h for d in scope.report.districts for h in d.outcomes))
    return Explanation(
        "หนี้ของครัวเรือนเป้าหมายที่ลดลง",
        f"{money(totals.reduced)} บาท",
        rule("outcomes"),
        scope.programme.source,
        f"ก่อน {money(totals.before)} หลัง {money(totals.after)} · "
        f"รู้ทั้งสองตัวเลข {totals.with_both} จาก {totals.households} ครัวเรือน",
        scope.programme.is_draft,
        lambda: _rests(scope),
    )
