"""Charts as Altair specifications; drawn once per content of the data."""

from __future__ import annotations

import altair as alt

from services.compute.reports import ProvinceReport
from services.present.tables import steps_by_district as rows_by_district
from sheets_schema.model import Programme

CELL, AXIS = 40, 48
"""Heights of a district's row and of the axis above, in pixels."""
INK, PAPER = "#1f2933", "white"
GREENS = ["#eef5f2", "#8cc3b0", "#1f6f5c"]
IS_KNOWN = "datum.known > 0"
NOT_DRAWN = -1.0
"""Stands where there is no share: a missing number would be coloured like zero."""
NOTHING_KNOWN = "#dcdcdc"
DARK_FROM = 0.6
"""Shares from here on carry white text."""


def steps_by_district(
    report: ProvinceReport, programme: Programme
) -> alt.LayerChart | alt.FacetChart:
    """Heatmap district × step: centres done ÷ centres whose registers could be read.

    Cells where nothing is known are grey and say so; they are in no share.
    """
    rows = rows_by_district(report, programme)
    rows = rows.assign(share=rows["share"].astype("float64").where(rows["known"] > 0, NOT_DRAWN))
    base = alt.Chart(rows).encode(
        x=alt.X(
            "step:O",
            title=programme.ladder,
            axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=13, ticks=False, domain=False),
        ),
        y=alt.Y("district:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        tooltip=[
            alt.Tooltip("district:N", title="อำเภอ"),
            alt.Tooltip("title:N", title=programme.ladder),
            alt.Tooltip("words:N", title=f"{programme.body_short}ที่ครบ"),
        ],
    )
    green = alt.Color("share:Q", scale=alt.Scale(domain=[0, 1], range=GREENS), legend=None)
    squares = base.mark_rect(cornerRadius=4, stroke=PAPER, strokeWidth=3).encode(
        color=alt.condition(IS_KNOWN, green, alt.value(NOTHING_KNOWN))
    )
    on_dark = f"{IS_KNOWN} && datum.share >= {DARK_FROM}"
    words = base.mark_text(fontSize=13).encode(
        text="words:N", color=alt.condition(on_dark, alt.value(PAPER), alt.value(INK))
    )
    return alt.layer(squares, words).properties(height=CELL * rows["district"].nunique() + AXIS)
