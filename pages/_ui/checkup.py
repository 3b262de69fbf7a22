"""The check-up on the settings' page: shown also where no data can be read."""

from __future__ import annotations

import streamlit as st

from pages._ui import data, reading, who
from pages._ui.language import plain, word
from pages._ui.linking import linking


def checkup() -> None:
    """Where the data is, what is to be put right, and what is well."""
    if who.viewer().sets_up:
        if reading.mirror() is None:
            st.markdown(word("doctor.folder", folder=reading.chosen().data))
        else:
            st.markdown(word("doctor.google"))
    st.subheader(word("doctor.checkup"))
    checks = data.checked()
    wrong = [check for check in checks if not check.ok]
    if wrong:
        st.warning(word("doctor.to_do", count=len(wrong)), icon=":material/build:")
        lines = [f"- {plain(check.message)}  \n  → {plain(check.fix)}" for check in wrong]
        st.markdown("\n".join(lines))
    else:
        st.success(word("doctor.all_well"), icon=":material/check_circle:")
    with st.expander(word("doctor.right", count=len(checks) - len(wrong))):
        right = [f"- :material/check: {plain(check.message)}" for check in checks if check.ok]
        st.markdown("\n".join(right))
    linking()
