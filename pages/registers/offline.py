"""แก้แบบออฟไลน์: take the district's registers away as a workbook, and bring it back merged."""

import streamlit as st

from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.returning import bring_back, take_away

with page("offline") as selected:
    st.caption(word("offline.how"))
    if selected.district is None or not selected.may_edit:
        st.info(word("offline.choose_a_district"), icon=":material/arrow_upward:")
        st.stop()
    take_away(selected, selected.district)
    bring_back(selected, selected.district)
