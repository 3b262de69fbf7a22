"""ภาพรวมจังหวัด: whom to call today and why, how far the centres are, what came of it."""

import streamlit as st

from pages._ui import data
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.widgets import chart, table
from services.present.charts.outcomes import before_and_after
from services.present.charts.steps import district_tiles, steps_heatmap
from services.present.workbooks import workbooks_table

with page("overview") as selected:
    scope = selected.scope
    chart(data.made(steps_heatmap, scope))
    left, right = st.columns([2, 3], gap="large")
    with left:
        chart(data.made(district_tiles, scope))
    with right:
        chart(data.made(before_and_after, scope))
    st.subheader(word("overview.workbooks"))
    table(data.made(workbooks_table, scope, data.as_of()), "สมุดงาน")
