"""จัดลำดับหมู่บ้าน: ranks by district with the reason, who is not ranked, and what if."""

import streamlit as st

from pages._ui import data
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.supposed import weights_asked
from pages._ui.widgets import chart, figure, table
from services.present.charts.villages import marks
from services.present.explain.villages import ranks
from services.present.villages import ranks_table, unranked_table

with page("villages") as selected:
    scope, readiness = selected.scope, selected.scope.programme.readiness
    explained = data.made(ranks, scope)
    if readiness is None or explained is None:
        st.info(word("villages.none_this_year", year=selected.year))
        st.stop()
    with st.columns([2, 3])[0]:
        figure(word("villages.ranked"), explained)
    rows = data.listed(ranks_table, scope, readiness)
    st.subheader(word("villages.ranks", reported=readiness.ranks_reported))
    table(rows, f"ลำดับหมู่บ้าน {selected.year}")
    drawing = data.made(marks, scope)
    if drawing is None:
        st.caption(word("villages.choose_for_marks"))
    else:
        chart(scope, drawing)
    st.subheader(word("villages.unranked"))
    table(data.listed(unranked_table, scope), f"หมู่บ้านที่ไม่จัดลำดับ {selected.year}")
    st.subheader(word("villages.what_if"))
    weights_asked(scope, readiness)
