"""ภาพรวมจังหวัด: how far each district's centres are on the year's ladder."""

import streamlit as st

from pages._ui import data
from pages._ui.frame import page
from services.present.tables import headline, steps_table

with page("ภาพรวมจังหวัด") as selected:
    report, programme = data.report(selected.year), data.programme(selected.year)
    for column, (label, value, note) in zip(
        st.columns(3), headline(report, programme), strict=True
    ):
        column.metric(label, value, help=note, border=True, height="stretch")
    st.subheader(f"{programme.ladder}ที่ครบ รายอำเภอ")
    st.caption(" · ".join(f"{step.number} {step.title}" for step in programme.steps))
    st.vega_lite_chart(
        spec=data.steps_spec(selected.year),
        width="stretch",
        alt=f"ตารางสีของสัดส่วน{programme.body_short}ที่ครบ ตัวเลขเดียวกันอยู่ในตารางด้านล่าง",
    )
    with st.expander("ดูเป็นตาราง"):
        st.dataframe(steps_table(report, programme), hide_index=True)
    if programme.is_draft:
        st.caption("วิธีพิสูจน์แต่ละข้อเป็นร่าง – ยังไม่ใช่เกณฑ์กรมฯ")
