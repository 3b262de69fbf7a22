"""รอตัดสิน: cells that a person and the page both changed; the sheet's value stands until settled."""

import streamlit as st

from pages._ui import desks
from pages._ui.conflicts import conflict
from pages._ui.frame import page
from pages._ui.language import word

MOST = 50

with page("conflicts") as selected:
    found = desks.waiting(selected.scope)
    if not found:
        st.success(word("conflicts.none"), icon=":material/check_circle:")
    for one in found[:MOST]:
        conflict(selected, one)
    if len(found) > MOST:
        st.caption(word("conflicts.more", count=len(found) - MOST))
