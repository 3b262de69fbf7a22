"""ทะเบียน: a district's registers as read, to search and put in order, or to edit."""

import streamlit as st

from pages._ui import data
from pages._ui.editing import editor, unsaved
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.widgets import table
from services.present.registers import ROW, Wanted, readable_columns, registers_at_hand

TALL = 560

with page("registers") as selected:
    if selected.district is None:
        st.info(word("registers.choose_a_district"), icon=":material/arrow_upward:")
        st.stop()
    opened = data.opened(selected.scope, selected.district)
    if opened is None or opened.history is None:
        st.info(word("registers.no_workbook"))
        st.stop()
    found = registers_at_hand(opened.history.facts.tables)
    code = st.segmented_control(
        word("registers.register"),
        list(found),
        default=next(iter(found), None),
        required=True,
        format_func=lambda code: found[code].register.tab,
        key="register",
        bind="query-params",
    )
    if code is None:
        st.info(word("registers.none"))
        st.stop()
    if selected.may_edit and st.toggle(word("editing.edit")):
        editor(selected, selected.district, code)
        st.stop()
    unsaved(selected, selected.district, code)
    people = selected.viewer.sees_people(selected.district)
    headers = [column.header for column in readable_columns(found[code], people=people)]
    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    wanted = Wanted(
        left.text_input(word("registers.search"), placeholder=word("registers.search_help")),
        middle.selectbox(word("registers.order"), headers, index=None, placeholder=ROW),
        right.toggle(word("registers.descending")),
        right.toggle(word("registers.only_asked")),
    )
    rows = data.register(selected.scope, selected.district, code, wanted)
    st.caption(
        word("registers.rows", shown=f"{len(rows):,}", all=f"{len(found[code].frame):,}")
        + (f" · {word('registers.masked')}" if rows.masked else "")
    )
    table(
        rows, f"ทะเบียน {found[code].register.tab} {selected.district} {selected.year}", height=TALL
    )
