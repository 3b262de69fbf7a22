"""Stacked bars whose parts carry their number: never told by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from services.present.charts.drawing import INK, PAPER, ROW

PALE = ("#dcdcdc", "#d98a2b")
"""Colours that carry dark words."""


@dataclass(frozen=True)
class Stack:
    """Column of the bars' names, of the parts and of the counts; the parts with their colours."""

    names: str
    parts: str
    counts: str
    colours: dict[str, str]
    unit: str


def stacked(rows: pd.DataFrame, what: Stack, names: list[str]) -> alt.LayerChart | alt.FacetChart:
    """One bar a name, also where it has no part; a part's count stands in it."""
    parts = list(what.colours)
    dark = [part for part, colour in what.colours.items() if colour in PALE]
    place = {part: number for number, part in enumerate(parts)}
    shown = rows[rows[what.counts] > 0]
    base = alt.Chart(shown.assign(order=shown[what.parts].map(place))).encode(
        y=alt.Y(
            f"{what.names}:N",
            sort=None,
            title=None,
            scale=alt.Scale(domain=names),
            axis=alt.Axis(ticks=False, domain=False),
        ),
        order="order:O",
        tooltip=[
            alt.Tooltip(f"{what.names}:N", title="อำเภอ"),
            alt.Tooltip(f"{what.parts}:N", title=what.parts),
            alt.Tooltip(f"{what.counts}:Q", title=what.unit),
        ],
    )
    count = f"{what.counts}:Q"
    scale = alt.Scale(domain=parts, range=list(what.colours.values()))
    bars = base.mark_bar(height=ROW - 8).encode(
        x=alt.X(count, title=what.unit, stack="zero", axis=alt.Axis(tickMinStep=1, format="d")),
        color=alt.Color(f"{what.parts}:N", scale=scale, sort=parts),
    )
    ink = alt.condition(
        alt.FieldOneOfPredicate(field=what.parts, oneOf=dark), alt.value(INK), alt.value(PAPER)
    )
    words = base.mark_text(fontSize=12).encode(
        x=alt.X(count, stack="zero", bandPosition=0.5), text=count, color=ink
    )
    return alt.layer(bars, words).properties(height=alt.Step(ROW))
