"""Villages by readiness: who is ranked and why, who is not and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from services.compute.readiness import Village, distances, what_if
from services.issues import reason
from services.present.scope import Scope
from services.present.words import decimal_baht
from sheets_schema.model import Readiness


def _place(village: Village) -> str:
    moo = "" if village.moo is None else f"หมู่ {village.moo} "
    return f"{moo}ต.{village.tambon or '–'}"


def villages_of(scope: Scope) -> tuple[Village, ...]:
    """Every village of the scope, district by district, ranked ones first."""
    return tuple(village for report in scope.report.districts for village in report.villages)


def ranks_table(scope: Scope, readiness: Readiness) -> pd.DataFrame:
    """Ranked villages: district, rank, village, place, score, points behind, what decided."""
    rows = []
    for report in scope.report.districts:
        for far in distances(report.villages, readiness):
            village = far.village
            rows.append(
                (
                    scope.names[village.district],
                    village.rank,
                    "✓" if (village.rank or 0) <= readiness.ranks_reported else "",
                    village.village or village.village_code,
                    _place(village),
                    village.score,
                    far.behind,
                    reason(f"decided_{far.decided_by}") if far.decided_by else "–",
                    decimal_baht(village.capital),
                    village.members,
                )
            )
    headers = [
        "อำเภอ", "ลำดับ", "ส่งจังหวัด", "หมู่บ้าน", "ที่ตั้ง", "คะแนน", "ห่างจากลำดับก่อนหน้า", "ตัดสินด้วย",
        "เงินทุน (บาท)", "สมาชิก",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=headers).astype({"สมาชิก": "Int64"})


def unranked_table(scope: Scope) -> pd.DataFrame:
    """Villages without a rank, and why."""
    rows = [
        (
            scope.names[village.district],
            village.village or village.village_code or "–",
            _place(village),
            "มีสิทธิ์" if village.eligible else "ไม่มีสิทธิ์",
            village.reason,
            village.score,
        )
        for village in villages_of(scope)
        if village.rank is None
    ]
    headers = ["อำเภอ", "หมู่บ้าน", "ที่ตั้ง", "สิทธิ์", "เหตุผล", "คะแนน (ไม่ใช้จัดลำดับ)"]
    return pd.DataFrame(rows, columns=headers)


def supposed_table(scope: Scope, readiness: Readiness, weights: Mapping[str, int]) -> pd.DataFrame:
    """Ranks as they are, beside ranks under other weights; nothing is kept.

    Raises:
        WeightsError: no weight is above zero.
    """
    rows = []
    for report in scope.report.districts:
        now = {village.village_code: village for village in report.villages}
        for village in what_if(report.villages, readiness, weights):
            if village.rank is not None:
                was = now[village.village_code]
                rows.append(
                    (
                        scope.names[village.district],
                        village.village or village.village_code,
                        was.rank,
                        village.rank,
                        _moved(was.rank, village.rank),
                        was.score,
                        village.score,
                    )
                )
    headers = ["อำเภอ", "หมู่บ้าน", "ลำดับจริง", "ลำดับสมมติ", "เปลี่ยน", "คะแนนจริง", "คะแนนสมมติ"]
    return pd.DataFrame(rows, columns=headers)


def _moved(was: int | None, now: int) -> str:
    if was is None or was == now:
        return "="
    return f"▲ {was - now}" if now < was else f"▼ {now - was}"


def marks_rows(
    villages: Iterable[Village], readiness: Readiness
) -> list[dict[str, str | int | None]]:
    """One row per ranked village and item: names, mark, order."""
    return [
        {
            "rank": village.rank,
            "village": f"{village.rank}. {village.village or village.village_code}",
            "item": item.title,
            "weight": item.weight,
            "mark": village.marks.get(item.code),
        }
        for village in villages
        if village.rank is not None
        for item in readiness.items
    ]
