"""คุณภาพข้อมูล: what is to be put right, where, what was read, what is accepted, how to mend it."""

from functools import partial

import streamlit as st

from pages._ui import data
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.noting import notes_in_sheet
from pages._ui.widgets import chart, file_button, table
from services.present.charts.findings import findings_by_district
from services.present.findings import (
    SEVERITIES,
    counts,
    findings_table,
    rules_found,
)
from services.present.papers.offered import todo_file

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
    where = selected.whole.names.get(selected.district or "", word("frame.all_districts"))
    file = f"รายการแก้ไข {where} {selected.year}.xlsx"
    file_button(word("findings.todo"), partial(todo_file, scope), file, "checklist")
    rules = data.made(rules_found, scope, severity)
    if not rules:
        st.success(word("findings.none"), icon=":material/check_circle:")
        notes_in_sheet(selected)
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
    table(data.listed(findings_table, scope, severity, rule), f"ข้อที่ต้องแก้ {where} {selected.year}")
    chart(scope, data.made(findings_by_district, scope))
    notes_in_sheet(selected)
