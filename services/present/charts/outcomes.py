"""Debt before and after, and how many households came to what."""

from __future__ import annotations

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
    Drawing,
    drawing,
)
from services.present.charts.stacked import Stack, stacked
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
        Bars("when", "baht", "words", (ORANGE, GREEN)),
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
    colours = {OUTCOME_WORDS[name]: colour for name, colour in zip(OUTCOMES, COLOURS, strict=True)}
    rows = table[table["อำเภอ"] != "รวม"].melt("อำเภอ", list(colours), "ผล", "ครัวเรือน")
    stack = Stack("อำเภอ", "ผล", "ครัวเรือน", colours, "ครัวเรือน")
    return drawing(
        stacked(rows, stack, list(scope.names.values())),
        f"ผลรายอำเภอ {scope.programme.year}",
        ("ผลของครัวเรือนเป้าหมาย รายอำเภอ", "ครัวเรือน", "แท่งซ้อนจำนวนครัวเรือนตามผล ของแต่ละอำเภอ"),
        table,
    )
