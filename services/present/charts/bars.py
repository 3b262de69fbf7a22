"""Plain bars with their value beside them: the form most figures are read from best."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from services.present.charts.drawing import GREEN, INK, ROW, Drawing, drawing


@dataclass(frozen=True)
class Bars:
    """Columns of the bars' names, of their lengths, and of the words at their ends.

    `room` is how much wider than the longest bar the chart is, for the words; `colours` are one
    for all bars, or one each.
    """

    names: str
    lengths: str
    words: str
    colours: tuple[str, ...] = (GREEN,)
    room: float = 1.2


def bars(
    rows: pd.DataFrame, what: Bars, name: str, words: tuple[str, str, str], table: pd.DataFrame
) -> Drawing:
    """One bar a row, in the rows' order; the value stands at its end."""
    longest = max(rows[what.lengths].max(), 1) if len(rows) else 1
    base = alt.Chart(rows).encode(
        y=alt.Y(f"{what.names}:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X(
            f"{what.lengths}:Q",
            title=None,
            axis=None,
            scale=alt.Scale(domain=[0, longest * what.room], nice=False),
        ),
        tooltip=[
            alt.Tooltip(f"{what.names}:N", title=words[0]),
            alt.Tooltip(f"{what.words}:N", title=words[1]),
        ],
    )
    scale = alt.Scale(domain=rows[what.names].tolist(), range=list(what.colours))
    chart = alt.layer(
        base.mark_bar(height=ROW - 12, cornerRadiusEnd=3).encode(
            color=alt.Color(f"{what.names}:N", scale=scale, legend=None)
        ),
        base.mark_text(align="left", dx=6, fontSize=13, color=INK).encode(text=f"{what.words}:N"),
    ).properties(height=alt.Step(ROW))
    return drawing(chart, name, words, table)
