"""Plain bars with their value beside them: the form most figures are read from best."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from services.present.charts.drawing import GREEN, INK, Drawing, drawing

TALL, BAR, ABOVE = 50, 12, 23
"""Of a row with its two lines of words and of the bar, and how far the words stand above it."""


@dataclass(frozen=True)
class Bars:
    """Columns of the bars' names, of their lengths, and of the words that say the value.

    `colours` are one for all bars, or one each.
    """

    names: str
    lengths: str
    words: str
    colours: tuple[str, ...] = (GREEN,)


def bars(
    rows: pd.DataFrame, what: Bars, name: str, words: tuple[str, str, str], table: pd.DataFrame
) -> Drawing:
    """One bar a row, in the rows' order; name and value stand above it: a phone cuts none."""
    longest = max(rows[what.lengths].max(), 1) if len(rows) else 1
    both = [f"{n} · {w}" for n, w in zip(rows[what.names], rows[what.words], strict=True)]
    base = alt.Chart(rows.assign(both=both)).encode(
        y=alt.Y(f"{what.names}:N", sort=None, axis=None),
        tooltip=[
            alt.Tooltip(f"{what.names}:N", title=words[0]),
            alt.Tooltip(f"{what.words}:N", title=words[1]),
        ],
    )
    scale = alt.Scale(domain=rows[what.names].tolist(), range=list(what.colours))
    length = alt.X(f"{what.lengths}:Q", axis=None, scale=alt.Scale(domain=[0, longest], nice=False))
    chart = alt.layer(
        base.mark_bar(height=BAR, cornerRadiusEnd=3, yOffset=ABOVE // 2).encode(
            x=length, color=alt.Color(f"{what.names}:N", scale=scale, legend=None)
        ),
        base.mark_text(align="left", dy=-8, fontSize=13, color=INK).encode(
            x=alt.value(0), text="both:N"
        ),
    ).properties(height=alt.Step(TALL))
    return drawing(chart, name, words, table)
