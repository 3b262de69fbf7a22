"""How near each indicator is to its target."""

from __future__ import annotations

import altair as alt
import pandas as pd

from services.present.charts.bars import ABOVE, BAR, TALL
from services.present.charts.drawing import BLUE, GREEN, GREY, INK, ORANGE, Drawing, drawing
from services.present.indicators import MET, figures, indicators_table, value_words, verdict
from services.present.scope import Scope

MOST = 120
"""Percent of the target at which a bar ends: what lies beyond is as good as the line."""
VERDICTS = list(MET.values())


def indicator_bars(scope: Scope) -> Drawing | None:
    """Value in percent of the target, with the target's line; None where no indicator has one."""
    rows = [
        {
            "name": figure.title,
            "percent": min(float(figure.value * 100 / figure.target), MOST),
            "words": f"{value_words(figure)} {figure.unit}",
            "verdict": verdict(figure),
            "both": f"{figure.title} · {value_words(figure)}",
        }
        for figure in figures(scope)
        if figure.target and figure.value is not None
    ]
    if not rows:
        return None
    table = pd.DataFrame(rows)
    base = alt.Chart(table).encode(
        y=alt.Y("name:N", sort=None, axis=None),
        x=alt.X(
            "percent:Q",
            title="ร้อยละของเป้า",
            scale=alt.Scale(domain=[0, MOST], nice=False),
            axis=alt.Axis(values=[0, 50, 100]),
        ),
        tooltip=[
            alt.Tooltip("name:N", title="ตัวชี้วัด"),
            alt.Tooltip("words:N", title="ค่า"),
            alt.Tooltip("verdict:N", title="ผล"),
        ],
    )
    bars = base.mark_bar(height=BAR, cornerRadiusEnd=3, yOffset=ABOVE // 2).encode(
        color=alt.Color(
            "verdict:N",
            scale=alt.Scale(domain=VERDICTS, range=[GREEN, ORANGE, GREY]),
            sort=VERDICTS,
        )
    )
    words = base.mark_text(align="left", dy=-8, fontSize=13, color=INK).encode(
        x=alt.value(0), text="both:N"
    )
    line = alt.Chart(table).mark_rule(color=BLUE, strokeWidth=2).encode(x=alt.datum(100))
    return drawing(
        alt.layer(bars, line, words).properties(height=alt.Step(TALL)),
        f"ตัวชี้วัด {scope.programme.year}",
        (
            "ตัวชี้วัดเทียบเป้า",
            "ร้อยละของเป้า · เส้นคือเป้า",
            "แท่งร้อยละของเป้าของแต่ละตัวชี้วัด",
        ),
        indicators_table(scope),
    )
