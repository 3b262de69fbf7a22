"""ตั้งค่าและตรวจระบบ: which store, what the check-up says, the year's programme with its sources."""

import streamlit as st

from pages._ui import data
from pages._ui.checkup import checkup
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.widgets import table

with page("doctor", first=checkup) as selected:
    st.subheader(word("doctor.programme", year=selected.year))
    table(data.programme_rows(selected.scope), f"แฟ้มของปี {selected.year}")
    if selected.viewer.sets_up:
        st.subheader(word("doctor.traces"))
        st.caption(word("doctor.traces_kept"))
        table(data.traces(), "บันทึกการใช้งาน")
