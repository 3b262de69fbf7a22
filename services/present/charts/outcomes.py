"""Debt before and after, and how many households came to what."""

from __future__ import annotations

import altair as alt
import pandas as pd

from services.compute.outcomes import OUTCOMES
from services.present.charts.bars import Bars, bars
from services.present.charts.drawing import (
    BLUE,
    GREEN,
    GREY,
    NOTHING_KNOWN,
    ORANGE,
    RED,
    ROW,
    Drawing,
    drawing,
)
from services.present.outcomes import OUTCOME_WORDS, outcomes_table, totals_of
from services.present.scope import Scope
from services.present.words import money

COLOURS = [GREEN, BLUE, GREY, RED, NOTHING_KNOWN]
"""In the order of OUTCOMES."""


def before_and_after(scope: Scope) -> Drawing:
    """Two bars: what households with both figures owed on joining, and owe now."""
    totals = totals_of(scope)
    known = totals.with_both > 0
    rows = pd.DataFrame(
        {
            "when": ["ก่อน", "หลัง"],
            "baht": [totals.before / 100, totals.after / 100],
            "words": [money(sum_ if known else None) for sum_ in (totals.before, totals.after)],
        }
    )
    title = f"หนี้ลดลง {money(totals.reduced)} บาท" if known else "หนี้ก่อนและหลัง"
    return bars(
        rows,
        Bars("when", "baht", "words", (ORANGE, GREEN), room=1.35),
        f"หนี้ก่อนและหลัง {scope.programme.year}",
        (
            title,
            f"บาท · เฉพาะ {totals.with_both} จาก {totals.households} ครัวเรือนที่รู้ทั้งสองตัวเลข",
            "แท่งหนี้ก่อนและหลังเข้าร่วมกระบวนการ",
        ),
        outcomes_table(scope),
    )


def outcomes_by_district(scope: Scope) -> Drawing:
    """Households by outcome, one bar a district."""
    table = outcomes_table(scope)
    words = [OUTCOME_WORDS[name] for name in OUTCOMES]
    rows = table[table["อำเภอ"] != "รวม"].melt("อำเภอ", words, "outcome", "households")
    rows = rows.assign(order=rows["outcome"].map({word: n for n, word in enumerate(words)}))
    base = alt.Chart(rows[rows["households"] > 0]).encode(
        y=alt.Y(
            "อำเภอ:N",
            sort=None,
            title=None,
            scale=alt.Scale(domain=list(scope.names.values())),
            axis=alt.Axis(ticks=False, domain=False),
        ),
        x=alt.X("households:Q", title="ครัวเรือน", stack="zero", axis=alt.Axis(tickMinStep=1)),
        order="order:O",
        tooltip=[
            "อำเภอ:N",
            alt.Tooltip("outcome:N", title="ผล"),
            alt.Tooltip("households:Q", title="ครัวเรือน"),
        ],
    )
    bars = base.mark_bar(height=ROW - 8).encode(
        color=alt.Color("outcome:N", scale=alt.Scale(domain=words, range=COLOURS), sort=words)
    )
    return drawing(
        bars.properties(height=alt.Step(ROW)),
        f"ผลรายอำเภอ {scope.programme.year}",
        ("ผลของครัวเรือนเป้าหมาย รายอำเภอ", "ครัวเรือน", "แท่งซ้อนจำนวนครัวเรือนตามผล ของแต่ละอำเภอ"),
        table,
    )
