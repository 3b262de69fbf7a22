"""ตั้งค่าและตรวจระบบ: which store, what the check-up says, the year's programme with its sources."""

import streamlit as st

from pages._ui import data
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.widgets import table

with page("doctor") as selected:
    st.subheader(word("doctor.store"))
    st.markdown(word("doctor.folder", folder=data.chosen().data))
    st.subheader(word("doctor.checkup"))
    checks = data.checked()
    wrong = [check for check in checks if not check.ok]
    if wrong:
        st.warning(word("doctor.to_do", count=len(wrong)), icon=":material/build:")
    else:
        st.success(word("doctor.all_well"), icon=":material/check_circle:")
    for check in wrong:
        st.markdown(f":material/close: {check.message}  \n→ {check.fix}")
    with st.expander(word("doctor.right", count=len(checks) - len(wrong))):
        for check in checks:
            if check.ok:
                st.markdown(f":material/check: {check.message}")
    st.subheader(word("doctor.programme", year=selected.year))
    table(data.programme_rows(selected.scope), f"แฟ้มของปี {selected.year}")
