"""What pages show again and again: charts with their table, figures with their origin, tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages._ui.language import plain, word
from pages._ui.traced import downloaded
from services.present.charts.drawing import Drawing
from services.present.charts.pictures import footnote, png
from services.present.csv import csv
from services.present.explain.explanation import LACKING, USED, Explanation, cells_table
from services.present.listing import MOST_ROWS, Listing
from services.present.scope import Scope
from services.present.signs import file_name

FILE = ".csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AMOUNT = st.column_config.NumberColumn(format="%,.2f")
ICON = ":material/account_tree:"


def chart(scope: Scope, drawing: Drawing) -> None:
    """The chart; behind one button its table, as picture and as CSV."""
    st.vega_lite_chart(spec=drawing.spec, width="stretch", theme=None, alt=drawing.alt)
    behind = st.popover(
        word("widget.table_and_files"),
        type="tertiary",
        icon=":material/table_view:",
        key=f"files {drawing.name}",
        on_change="rerun",
    )
    if behind.open:
        with behind:
            frame(Listing(drawing.table))
            left, right = st.columns(2)
            left.download_button(
                "PNG", downloaded(partial(png, drawing, footnote(scope)), f"{drawing.name}.png"),
                f"{drawing.name}.png", "image/png",
                icon=":material/image:", on_click="ignore", key=f"chart png {drawing.name}",
            )  # fmt: skip
            right.download_button(
                "CSV", downloaded(partial(csv, drawing.table), f"{drawing.name}{FILE}"),
                f"{drawing.name}{FILE}", "text/csv",
                icon=":material/download:", on_click="ignore", key=f"chart csv {drawing.name}",
            )  # fmt: skip


def table(listing: Listing, name: str, height: int | None = None) -> None:
    """A table, and as CSV all of it that may be taken away."""
    frame(listing, height)
    file = file_name(name, FILE)
    st.download_button(
        "CSV", downloaded(partial(csv, listing.for_files), file), file, "text/csv",
        icon=":material/download:", type="tertiary", on_click="ignore", key=f"csv {name}",
    )  # fmt: skip


def file_button(label: str, make: Callable[[], bytes], file: str, icon: str = "download") -> None:
    """A workbook, made only when somebody asks for it."""
    st.download_button(
        label,
        downloaded(make, file),
        file,
        XLSX,
        icon=f":material/{icon}:",
        type="primary",
        on_click="ignore",
    )


def frame(listing: Listing, height: int | None = None) -> None:
    """At most MOST_ROWS rows, amounts with two decimals; a blank is a dash."""
    st.dataframe(
        listing.sent,
        hide_index=True,
        height="auto" if height is None else height,
        column_config=dict.fromkeys(listing.amounts, AMOUNT),
        placeholder="–",
    )
    if len(listing) > MOST_ROWS:
        st.caption(word("widget.first_rows", shown=MOST_ROWS, all=f"{len(listing):,}"))


def figure(label: str, explanation: Explanation) -> None:
    """A figure in its frame, with the button that opens where it comes from."""
    with st.container(border=True, height="stretch"):
        st.metric(plain(label), explanation.value)
        st.caption(plain(explanation.coverage))
        if st.button(word("widget.origin"), key=f"origin {label}", type="tertiary", icon=ICON):
            _dialog(explanation)


def _dialog(explanation: Explanation) -> None:
    named = st.dialog(plain(explanation.title), width="large", icon=ICON)
    named(_without_heading)(explanation)


def origin(explanation: Explanation) -> None:
    """Where a figure comes from, under its name."""
    st.subheader(plain(explanation.title))
    _without_heading(explanation)


def _without_heading(explanation: Explanation) -> None:
    """The value, the rule, its paper, the coverage, the cells."""
    draft = f" :orange-badge[{word('widget.draft')}]" if explanation.draft else ""
    st.markdown(f"**{plain(explanation.value)}** · {plain(explanation.coverage)}{draft}")
    st.markdown(plain(explanation.rule))
    st.caption(f"{word('widget.source')}: {plain(explanation.source)}")
    rests = explanation.cells()
    counts = {state: sum(r.count for r in rests if r.state == state) for state in (USED, LACKING)}
    st.markdown(word("widget.cells", used=f"{counts[USED]:,}", lacking=f"{counts[LACKING]:,}"))
    if rests:
        table(Listing(cells_table(rests)), f"ที่มา {explanation.title}")
