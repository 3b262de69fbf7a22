"""Notes of what was found, in the district's own sheet: put, renewed, taken away."""

from __future__ import annotations

import streamlit as st

from pages._ui import desks
from pages._ui.drafts import tell, told
from pages._ui.frame import Selected
from pages._ui.language import plain, word
from pages._ui.traced import trace
from services.errors import AppError
from services.normalise.workbook import registers_of

DONE, FOUND, MENDED = "noted", "ids found", "ids mended"


def notes_in_sheet(selected: Selected) -> None:
    """The buttons, for who may edit the chosen district; what the last press did."""
    if not selected.may_edit or selected.district is None:
        return
    is_on = desks.has_notes(selected.whole, selected.district)
    with st.container(border=True):
        st.markdown(f"**{word('noting.title')}**")
        st.caption(word("noting.is_on") if is_on else word("noting.is_off"))
        with st.container(horizontal=True):
            label = word("noting.renew") if is_on else word("noting.put")
            put = st.button(label, icon=":material/add_comment:")
            taken = is_on and st.button(word("noting.take"), icon=":material/comments_disabled:")
        done = told(DONE, once=True)
        if done:
            st.success(done, icon=":material/check:")
        if put or taken:
            _do(selected, selected.district, on=put)
    _ids(selected, selected.district)


def _do(selected: Selected, district: str, *, on: bool) -> None:
    try:
        with st.spinner(word("noting.writing")):
            done = desks.note(selected.whole, district, on=on)
    except AppError as failure:
        st.error(plain(failure.thai), icon=":material/error:")
        return
    trace("saved", "notes", f"{selected.year} {district}")
    said = word("noting.done", count=done.changed) if done.changed else word("noting.same")
    tell(DONE, said + (f" · {word('noting.left', count=done.left)}" if done.left else ""))
    st.rerun()


def _ids(selected: Selected, district: str) -> None:
    """The rows' ids: looked at when asked, mended when asked again."""
    with st.container(border=True):
        st.markdown(f"**{word('ids.title')}**")
        st.caption(word("ids.how"))
        done = told(MENDED, once=True)
        if done is not None:
            st.success(word("ids.mended", count=done), icon=":material/check:")
        try:
            if st.button(word("ids.look"), icon=":material/search:"):
                tell(FOUND, desks.id_troubles(selected.whole, district))
            found = told(FOUND)
            if found is None:
                return
            tabs = registers_of(selected.whole.programme)
            for one in found:
                counts = word(
                    "ids.found",
                    missing=one.missing,
                    copied=one.copied,
                    jumped=one.jumped,
                    unclear=one.unclear,
                )
                st.markdown(f"- **{plain(tabs[one.register].tab)}** {counts}")
            if not found:
                st.success(word("ids.well"), icon=":material/check_circle:")
            elif st.button(word("ids.mend"), icon=":material/build:", type="primary"):
                tell(MENDED, desks.mend_ids(selected.whole, district))
                tell(FOUND, None)
                trace("saved", "row ids", f"{selected.year} {district}")
                st.rerun()
        except AppError as failure:
            st.error(plain(failure.thai), icon=":material/error:")
