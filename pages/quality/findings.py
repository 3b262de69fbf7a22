"""คุณภาพข้อมูล: what is to be put right, where, what was read, what is accepted, how to mend it."""

import streamlit as st

from pages._ui import data
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.widgets import chart, table
from services.present.findings import (
    SEVERITIES,
    counts,
    findings_by_district,
    findings_table,
    rules_found,
)

with page("findings") as selected:
    scope = selected.scope
    severity = st.segmented_control(
        word("findings.severity"),
        list(SEVERITIES),
        default="error",
        required=True,
        format_func=SEVERITIES.__getitem__,
        key="severity",
        bind="query-params",
    )
    st.caption(" · ".join(f"{SEVERITIES[s]} {n:,} ข้อ" for s, n in data.made(counts, scope).items()))
    rules = data.made(rules_found, scope, severity)
    if not rules:
        st.success(word("findings.none"), icon=":material/check_circle:")
        st.stop()
    rule = st.selectbox(
        word("findings.rule"),
        list(rules),
        index=None,
        placeholder=word("findings.all_rules"),
        format_func=rules.__getitem__,
        key="rule",
        bind="query-params",
    )
    where = selected.district or word("frame.all_districts")
    table(data.listed(findings_table, scope, severity, rule), f"ข้อที่ต้องแก้ {where} {selected.year}")
    chart(data.made(findings_by_district, scope))
