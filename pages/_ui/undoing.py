"""The table of changes, and the button that puts a chosen one back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages._ui import desks
from pages._ui.drafts import tell, told
from pages._ui.frame import Selected
from pages._ui.language import plain, word
from pages._ui.traced import trace
from services.errors import AppError
from services.normalise.workbook import registers_of
from services.present.changes import Seen, changes_table
from services.present.listing import Listing

DONE = "put back"


def changes(selected: Selected, found: Sequence[Seen], search: str) -> None:
    """The latest changes; a chosen one of a register may be put back by who may edit."""
    done = told(DONE, once=True)
    if done:
        st.success(done, icon=":material/check:")
    st.caption(word("history.count", count=f"{len(found):,}"))
    whole = selected.whole
    people = whole.viewer.sees_people
    rows = changes_table(found, registers_of(whole.programme), whole.names, people)
    chosen = st.dataframe(
        Listing(rows).sent,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"changes {len(found)} {found[0].at.isoformat()} {selected.district} {search}",
    )
    for number in chosen["selection"]["rows"]:
        one = found[number]
        if whole.moment is None and one.change.register and whole.viewer.may_edit(one.district):
            _offered(selected, one)


def _offered(selected: Selected, one: Seen) -> None:
    st.markdown(f"{plain(one.change.new) or '–'} → **{plain(one.change.old) or '–'}**")
    if not st.button(word("history.undo"), icon=":material/undo:", type="primary"):
        return
    try:
        fate = desks.undo(selected.whole, one)
    except AppError as failure:
        st.error(plain(failure.thai), icon=":material/error:")
        return
    trace("saved", "history", f"{selected.year} {one.district}")
    written = fate.state != "clash"
    said = word("editing.saved", count=1) if written else word("editing.clashes", count=1)
    tell(DONE, said)
    st.rerun()
