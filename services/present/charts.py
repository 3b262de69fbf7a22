"""Charts as Altair specifications; drawn once per content of the data."""

from __future__ import annotations

import altair as alt

from services.compute.reports import ProvinceReport
from services.present.tables import steps_by_district as rows_by_district
from sheets_schema.model import Programme

CELL = 44
"""Height of a district's row, in pixels."""
INK = "#1f2933"
GREENS = ["#eef5f2", "#8cc3b0", "#1f6f5c"]
NOTHING_KNOWN = "#d9d9d9"
DARK_FROM = 0.6
"""Shares from here on carry white text."""


def steps_by_district(
    report: ProvinceReport, programme: Programme
) -> alt.LayerChart | alt.FacetChart:
    """Heatmap district × step: centres done ÷ centres whose registers could be read.

    Cells where nothing is known are grey and say so; they are in no share.
    """
    rows = rows_by_district(report, programme)
    rows = rows.assign(
        share=rows["share"].astype(object).where(rows["share"].notna(), None),
        axis=[f"{programme.ladder} {number}" for number in rows["step"]],
    )
    base = alt.Chart(rows).encode(
        x=alt.X("axis:N", sort=None, title=None, axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("district:N", sort=None, title=None),
        tooltip=[
            alt.Tooltip("district:N", title="อำเภอ"),
            alt.Tooltip("title:N", title=programme.ladder),
            alt.Tooltip("words:N", title=f"{programme.body_short}ที่ครบ"),
        ],
    )
    known = alt.FieldOneOfPredicate("words", ["ไม่มีข้อมูล", "ไม่ทราบ"])
    squares = base.mark_rect(cornerRadius=4, stroke="white", strokeWidth=3).encode(
        color=alt.condition(
            known,
            alt.value(NOTHING_KNOWN),
            alt.Color(
                "share:Q",
                scale=alt.Scale(domain=[0, 1], range=GREENS),
                legend=alt.Legend(title="ครบ", format="%", orient="bottom", gradientLength=160),
            ),
        )
    )
    words = base.mark_text(fontSize=13).encode(
        text="words:N",
        color=alt.condition(f"datum.share >= {DARK_FROM}", alt.value("white"), alt.value(INK)),
    )
    return alt.layer(squares, words).properties(height=CELL * rows["district"].nunique())
