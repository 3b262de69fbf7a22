"""A conflict as a page shows it: both values, when each was seen, one click either way."""

from __future__ import annotations

import streamlit as st

from pages._ui import desks
from pages._ui.desks import Waiting
from pages._ui.frame import Selected
from pages._ui.freshness import moment
from pages._ui.language import plain, word
from pages._ui.traced import trace
from services.errors import AppError
from services.normalise.workbook import registers_of
from services.writeback.shown import ours, place_of, theirs, why

SETTLED = "just settled"


def conflict(selected: Selected, waiting: Waiting) -> None:
    """The frame with both values and both buttons."""
    one = waiting.conflict
    tab, row, column = place_of(one.want, registers_of(selected.whole.programme))
    district = selected.whole.names[waiting.district]
    with st.container(border=True):
        st.markdown(f"**{plain(tab)} · {plain(row)} · {plain(column)}** — {plain(district)}")
        st.caption(plain(why(one.fate)))
        left, right = st.columns(2)
        with left:
            when = moment(one.save.known_at) if one.save.known_at else "–"
            st.caption(word("conflicts.theirs", when=when))
            st.markdown(plain(theirs(one.fate)))
            kept = st.button(word("conflicts.keep"), key=f"keep {one.id}")
        with right:
            by = "" if one.save.who == desks.ALONE else f" · {plain(one.save.who)}"
            st.caption(word("conflicts.ours", when=moment(one.save.at)) + by)
            st.markdown(plain(ours(one.want)))
            st.caption(word("conflicts.seen", seen=plain(one.want.seen) or "–"))
            taken = st.button(word("conflicts.take"), key=f"take {one.id}", type="primary")
    if kept or taken:
        _settle(selected, waiting, ours=taken)


def _settle(selected: Selected, waiting: Waiting, *, ours: bool) -> None:
    try:
        desks.settle(selected.whole, waiting, ours=ours)
    except AppError as failure:
        st.error(plain(failure.thai), icon=":material/error:")
        return
    trace("settled", "conflicts", f"{selected.year} {waiting.district}")
    st.rerun()


def conflicts_told(selected: Selected) -> None:
    """One sentence on the home page while something waits; nothing otherwise."""
    found = desks.waiting(selected.scope)
    if found:
        st.warning(word("conflicts.waiting", count=len(found)), icon=":material/call_split:")
        st.page_link("pages/registers/conflicts.py", label=word("editing.to_conflicts"))
