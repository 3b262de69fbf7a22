"""A district's ranks explained: the marks of every village's questionnaire."""

from __future__ import annotations

from collections.abc import Iterator

from services.present.explain.explanation import Explanation, Rest, used
from services.present.scope import Scope
from services.present.villages import villages_of
from sheets_schema.rules import rule


def _rests(scope: Scope) -> Iterator[Rest]:
    for report in scope.report.districts:
        for village in report.villages:
            words = f"ลำดับ {village.rank}" if village.rank else village.reason or ""
            about = village.village_code or "–"
            name = scope.names[village.district]
            yield from used(name, about, report.workbook, village.proofs, words)


def ranks(scope: Scope) -> Explanation | None:
    """The rule of the ranking and its cells; None in a year without one."""
    readiness = scope.programme.readiness
    if readiness is None:
        return None
    villages = villages_of(scope)
    ranked = sum(village.rank is not None for village in villages)
    return Explanation(
        "หมู่บ้านที่จัดลำดับความพร้อม",
        f"{ranked} จาก {len(villages)} หมู่บ้าน",
        rule("readiness", top=readiness.top_mark, gate=readiness.gate_level),
        f"{scope.programme.source} {readiness.source}",
        f"ให้คะแนนครบทุกข้อ {sum(v.filled == v.items for v in villages)} จาก {len(villages)} หมู่บ้าน",
        readiness.draft,
        lambda: _rests(scope),
    )
