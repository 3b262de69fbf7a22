"""A chart ready to show: its specification, its table, and what it says in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa

INK, SOFT, PAPER = "#1f2933", "#5b6770", "white"
GREENS = ["#eef5f2", "#8cc3b0", "#1f6f5c"]
NOTHING_KNOWN = "#dcdcdc"
BLUE, ORANGE, GREEN, RED, GREY = "#2f6d9e", "#d98a2b", "#1f6f5c", "#a23b3b", "#9aa5ab"
"""Told apart also by those who do not see red and green alike, and by their lightness in print."""
FONT = "Sarabun"
ROW = 30
"""Height of a bar with its label, in pixels."""

TONE_MARKS_NEED = 14
"""Pixels above the title: without them its tone marks are cut off."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """`name` is its file name; `unit` stands under the title; `table` has Thai headers.

    The specification's data is one Arrow table: a page hands it on without turning it over again.
    """

    name: str
    title: str
    unit: str
    alt: str
    spec: dict[str, Any]
    table: pd.DataFrame


def drawing(
    chart: alt.LayerChart | alt.FacetChart | alt.Chart,
    name: str,
    words: tuple[str, str, str],
    table: pd.DataFrame,
) -> Drawing:
    """Set the chart in the house's type; `words` are its title, its unit and what it says."""
    title, unit, says = words
    set_up = chart.properties(
        title=alt.TitleParams(title, subtitle=unit),
        padding={"top": TONE_MARKS_NEED, "left": 5, "right": 5, "bottom": 5},
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    ).configure(
        font=FONT,
        background=PAPER,
        title=alt.TitleConfig(
            anchor="start", fontSize=16, fontWeight=600, color=INK, offset=12,
            subtitleFontSize=13, subtitleColor=SOFT, subtitlePadding=5,
        ),
        axis=alt.AxisConfig(
            labelFontSize=13, titleFontSize=13, labelColor=INK, titleColor=SOFT,
            titleFontWeight="normal", gridColor="#e7ecea", domainColor="#c9d2cf",
            tickColor="#c9d2cf", labelOverlap=False, labelLimit=330,
        ),
        legend=alt.LegendConfig(
            labelFontSize=13, titleFontSize=13, orient="top", title=None, labelLimit=260, columns=3
        ),
        view=alt.ViewConfig(stroke=None),
    )  # fmt: skip
    spec = set_up.to_dict(validate=False)
    rows = {key: pa.Table.from_pylist(_drawn(held)) for key, held in spec["datasets"].items()}
    return Drawing(name, title, unit, says, {**spec, "datasets": rows}, table)


def _drawn(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with lengths instead of exact amounts: a picture's renderer knows no Decimal."""
    return [
        {key: float(value) if isinstance(value, Decimal) else value for key, value in row.items()}
        for row in rows
    ]
