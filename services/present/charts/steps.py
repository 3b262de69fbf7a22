"""Steps at a glance: a heatmap of districts and steps, and the districts as tiles of a map."""

from __future__ import annotations

import altair as alt
import pandas as pd

from services.present.charts.drawing import (
    GREENS,
    INK,
    NOTHING_KNOWN,
    PAPER,
    Drawing,
    drawing,
)
from services.present.scope import Scope
from services.present.steps import steps_by_district, steps_table

CELL, AXIS = 38, 48
"""Heights of a district's row and of the axis above, in pixels."""
TILE = 74
IS_KNOWN = "datum.known > 0"
NOT_DRAWN = -1.0
"""Stands where there is no share: a missing number would be coloured like zero."""
DARK_FROM = 0.6
"""Shares from here on carry white text."""
ON_DARK = f"{IS_KNOWN} && datum.share >= {DARK_FROM}"
GREEN = alt.Color("share:Q", scale=alt.Scale(domain=[0, 1], range=GREENS), legend=None)


def _coloured(chart: alt.Chart) -> alt.Chart:
    """Green by share; grey where nothing is known."""
    return chart.encode(color=alt.condition(IS_KNOWN, GREEN, alt.value(NOTHING_KNOWN)))


def _drawable(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(share=rows["share"].astype("float64").where(rows["known"] > 0, NOT_DRAWN))


def steps_heatmap(scope: Scope) -> Drawing:
    """District × step: centres done ÷ centres whose registers could be read.

    Cells where nothing is known are grey and say so; they are in no share.
    """
    programme = scope.programme
    rows = steps_by_district(scope)
    counts = zip(rows["done"], rows["known"], rows["centres"], rows["words"], strict=True)
    short = [
        f"{done}/{known}" + (f" ?{of - known}" if of > known else "") if known else words
        for done, known, of, words in counts
    ]
    rows = rows.assign(short=short)
    base = alt.Chart(_drawable(rows)).encode(
        x=alt.X(
            "step:O",
            title=programme.ladder,
            axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False),
        ),
        y=alt.Y("district:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        tooltip=[
            alt.Tooltip("district:N", title="อำเภอ"),
            alt.Tooltip("title:N", title=programme.ladder),
            alt.Tooltip("words:N", title=f"{programme.body_short}ที่ครบ"),
        ],
    )
    squares = _coloured(base.mark_rect(cornerRadius=4, stroke=PAPER, strokeWidth=3))
    words = base.mark_text(fontSize=13).encode(
        text="short:N", color=alt.condition(ON_DARK, alt.value(PAPER), alt.value(INK))
    )
    chart = alt.layer(squares, words).properties(height=CELL * rows["district"].nunique() + AXIS)
    body = programme.body_short
    return drawing(
        chart,
        f"ขั้นตอนรายอำเภอ {programme.year}",
        (
            f"{programme.ladder}ที่ครบ รายอำเภอ",
            f"{body}ที่ครบ จาก{body}ที่อ่านทะเบียนได้ · สีเข้มคือครบมาก สีเทาคือยังไม่ทราบ",
            f"ตารางสีของ{body}ที่ครบในแต่ละ{programme.ladder}ของแต่ละอำเภอ ตัวเลขเดียวกันอยู่ในตาราง",
        ),
        steps_table(scope),
    )


def district_tiles(scope: Scope) -> Drawing:
    """The districts where they lie, coloured by the share of all their steps that are done."""
    rows = steps_by_district(scope)
    sums = rows.groupby("district", sort=False)[["done", "known", "centres"]].sum().reset_index()
    tiles = {district.name: district.tile for district in scope.districts}
    sums = sums.assign(
        column=[tiles[name][0] for name in sums["district"]],
        row=[tiles[name][1] for name in sums["district"]],
        share=sums["done"] / sums["known"].where(sums["known"] > 0),
    )
    sums = sums.assign(
        words=[
            (f"{done}/{known}" if known else "–")
            + (f" ไม่ทราบ {all_ - known}" if all_ > known else "")
            for done, known, all_ in zip(sums["done"], sums["known"], sums["centres"], strict=True)
        ]
    )
    base = alt.Chart(_drawable(sums)).encode(
        x=alt.X("column:O", axis=None),
        y=alt.Y("row:O", axis=None),
        tooltip=[
            alt.Tooltip("district:N", title="อำเภอ"),
            alt.Tooltip(
                "words:N", title=f"{scope.programme.ladder}ที่ครบ รวมทุก{scope.programme.body_short}"
            ),
        ],
    )
    on_tile = alt.condition(ON_DARK, alt.value(PAPER), alt.value(INK))
    chart = alt.layer(
        _coloured(base.mark_rect(cornerRadius=8, stroke=PAPER, strokeWidth=4)),
        base.mark_text(fontSize=14, fontWeight=600, dy=-9).encode(text="district:N", color=on_tile),
        base.mark_text(fontSize=13, dy=12).encode(text="words:N", color=on_tile),
    ).properties(height=TILE * (1 + max(tile[1] for tile in tiles.values())))
    table = sums.rename(columns={"district": "อำเภอ", "done": "ครบ", "known": "ทราบผล"})[
        ["อำเภอ", "ครบ", "ทราบผล"]
    ]
    ladder, body = scope.programme.ladder, scope.programme.body_short
    return drawing(
        chart,
        f"แผนที่อำเภอ {scope.programme.year}",
        (
            "ภาพรวมตามที่ตั้งอำเภอ",
            f"{ladder}ที่ครบ/ทราบผล · ตำแหน่งโดยประมาณ",
            f"ช่องสี่เหลี่ยมแทนอำเภอตามที่ตั้ง บอก{ladder}ที่ครบของทุก{body}",
        ),
        table,
    )
