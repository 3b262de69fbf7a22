"""Why a village has its rank: its marks, item by item."""

from __future__ import annotations

import altair as alt
import pandas as pd

from services.present.charts.drawing import GREENS, INK, PAPER, ROW, Drawing, drawing
from services.present.scope import Scope
from services.present.villages import marks_rows, villages_of

DARK_MARK = 4


def marks(scope: Scope) -> Drawing | None:
    """Ranked villages of one district × items: the mark in each square; None without a rank."""
    readiness = scope.programme.readiness
    rows = marks_rows(villages_of(scope), readiness) if readiness else []
    if readiness is None or not rows or len(scope.districts) != 1:
        return None
    table = pd.DataFrame(rows)
    base = alt.Chart(table).encode(
        x=alt.X(
            "rank:O",
            title="ลำดับ",
            axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False),
        ),
        y=alt.Y("item:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        tooltip=[
            alt.Tooltip("village:N", title="หมู่บ้าน"),
            alt.Tooltip("item:N", title="รายการ"),
            alt.Tooltip("mark:Q", title="คะแนนที่ให้"),
            alt.Tooltip("weight:Q", title="น้ำหนัก"),
        ],
    )
    top = readiness.top_mark
    chart = alt.layer(
        base.mark_rect(stroke=PAPER, strokeWidth=3, cornerRadius=4).encode(
            color=alt.Color("mark:Q", scale=alt.Scale(domain=[0, top], range=GREENS), legend=None)
        ),
        base.mark_text(fontSize=13).encode(
            text="mark:Q",
            color=alt.condition(f"datum.mark >= {DARK_MARK}", alt.value(PAPER), alt.value(INK)),
        ),
    ).properties(height=alt.Step(ROW))
    wide = table.pivot_table(
        index="village", columns="item", values="mark", aggfunc="first", sort=False
    )
    district = scope.districts[0].name
    return drawing(
        chart,
        f"คะแนนความพร้อม {district} {scope.programme.year}",
        (
            f"คะแนนรายข้อ อำเภอ{district}",
            f"หมู่บ้านตามลำดับ · คะแนน 0–{top} สีเข้มคือสูง",
            "ตารางสีของคะแนนแต่ละข้อของหมู่บ้าน เรียงตามลำดับของหมู่บ้าน",
        ),
        wide.reset_index(names="หมู่บ้าน"),
    )
