"""A square of the heatmap explained: chosen by district and step, opened only when asked for."""

from __future__ import annotations

import streamlit as st

from pages._ui import data
from pages._ui.language import word
from pages._ui.widgets import ICON, origin
from services.present.explain.steps import step_of_district
from services.present.scope import Scope


def square_explained(scope: Scope) -> None:
    """Which cells a district's figure of one step rests on."""
    programme = scope.programme
    opened = st.expander(word("province.square"), icon=ICON, key="square", on_change="rerun")
    if not opened.open:
        return
    with opened:
        left, right = st.columns(2)
        district = left.selectbox(
            word("frame.district"), list(scope.names), format_func=scope.names.__getitem__
        )
        titles = {step.number: f"{step.number} {step.title}" for step in programme.steps}
        number = right.selectbox(programme.ladder, list(titles), format_func=titles.__getitem__)
        origin(data.made(step_of_district, scope.only(district), number))
