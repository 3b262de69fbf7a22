"""ภาพรวมจังหวัด: whom to call today and why, what is due, how far the centres are."""

import streamlit as st

from pages._ui import data
from pages._ui.cards import calls, countdown
from pages._ui.conflicts import conflicts_told
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.squares import square_explained
from pages._ui.widgets import chart, figure, table
from services.present.explain.outcomes import outcomes
from services.present.explain.reporting import reports
from services.present.explain.steps import passed
from services.present.overview import overview

with page("province") as selected:
    scope, programme = selected.scope, selected.scope.programme
    view = data.made(overview, scope, data.today())
    conflicts_told(selected)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        calls(view)
    with right:
        countdown(view)
    words = {"body": programme.body_short, "ladder": programme.ladder}
    for column, explain, label in zip(
        st.columns(3), (reports, passed, outcomes), ("reports", "passed", "reduced"), strict=True
    ):
        with column:
            figure(word(f"province.{label}", **words), data.made(explain, scope))
    st.markdown(" · ".join(f"**{step.number}** {step.title}" for step in programme.steps))
    chart(scope, view.heatmap)
    square_explained(scope)
    left, right = st.columns([2, 3], gap="large")
    with left:
        chart(scope, view.tiles)
    with right:
        chart(scope, view.outcomes)
    st.subheader(word("province.workbooks"))
    if data.is_demo() and not data.is_copied():
        st.caption(word("province.demo_saved"))
    table(view.workbooks, f"สมุดงาน {selected.year}")
    st.page_link("pages/quality/findings.py", label=word("province.to_findings"))
