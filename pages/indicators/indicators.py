"""ตัวชี้วัด: the year's figures against their targets, with what they rest on."""

import streamlit as st

from pages._ui import data
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.widgets import chart, figure, table
from services.present.charts.indicators import indicator_bars
from services.present.explain.indicators import indicators
from services.present.indicators import indicators_table, national_table

IN_A_ROW = 3

with page("indicators") as selected:
    scope = selected.scope
    columns = st.columns(IN_A_ROW)
    for number, explained in enumerate(data.made(indicators, scope)):
        with columns[number % IN_A_ROW]:
            figure(explained.title, explained)
    drawing = data.made(indicator_bars, scope)
    if drawing is not None:
        chart(scope, drawing)
    with st.expander(word("indicators.table")):
        table(data.listed(indicators_table, scope), f"ตัวชี้วัด {selected.year}")
    national = data.listed(national_table, scope)
    if len(national):
        st.subheader(word("indicators.national"))
        table(national, f"ตัวเลขทั้งประเทศ {selected.year}")
