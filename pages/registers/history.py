"""ประวัติการแก้ไข: every change that was seen, ours and those made in the sheet; ours undo them."""

import streamlit as st

from pages._ui import desks
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.undoing import changes

with page("history") as selected:
    st.caption(word("history.how"))
    search = st.text_input(word("history.search"), placeholder=word("history.search_help"))
    found = desks.changed(selected.scope, search)
    if found:
        changes(selected, found, search)
    else:
        st.info(word("history.none"))
