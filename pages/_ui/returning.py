"""A workbook that goes away and comes back: the button, and what merging it would do."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._ui import desks
from pages._ui.drafts import tell, told
from pages._ui.frame import Selected
from pages._ui.freshness import moment
from pages._ui.language import plain, word
from pages._ui.traced import trace
from pages._ui.widgets import file_button, frame
from services.errors import AppError
from services.normalise.workbook import registers_of
from services.present.listing import Listing
from services.present.signs import file_name
from services.writeback.offline import Returned
from services.writeback.shown import wants_table
from services.writeback.wants import Fate

DONE = "returned"


def take_away(selected: Selected, district: str) -> None:
    """The download, made when somebody asks for it."""
    name = f"ทะเบียน {selected.whole.names[district]} {selected.year}"
    make = partial(desks.take_away, selected.whole, district)
    file_button(word("offline.download"), make, file_name(name, ".xlsx"))


def bring_back(selected: Selected, district: str) -> None:
    """The upload, what it would change, and the button that merges it."""
    done = told(DONE, once=True)
    if done:
        st.success(word("editing.saved", count=done[0]), icon=":material/check:")
        if done[1]:
            st.warning(word("editing.clashes", count=done[1]), icon=":material/call_split:")
            st.page_link("pages/registers/conflicts.py", label=word("editing.to_conflicts"))
    file = st.file_uploader(word("offline.upload"), type=["xlsx"])
    if file is None:
        return
    try:
        back, fates = desks.brought_back(selected.whole, district, file.getvalue())
        before = desks.merged_at(selected.whole, district, back)
        if before is not None:
            st.info(word("offline.before", when=moment(before)), icon=":material/check:")
            return
        _foreseen(selected, back, fates)
        if back.wants and st.button(word("offline.merge"), type="primary", icon=":material/merge:"):
            ends = desks.merge_back(selected.whole, district, back)
            trace("saved", "offline", f"{selected.year} {district}")
            states = [fate.state for fate in ends]
            tell(DONE, (len(states) - states.count("clash"), states.count("clash")))
            st.rerun()
    except AppError as failure:
        st.error(plain(failure.thai), icon=":material/error:")


def _foreseen(selected: Selected, back: Returned, fates: tuple[Fate, ...]) -> None:
    if back.unclear:
        places = ", ".join(f"{plain(tab)} {row}" for tab, row in back.unclear)
        st.warning(word("offline.unclear", rows=places), icon=":material/content_copy:")
    if back.missing:
        names = ", ".join(map(plain, back.missing))
        st.warning(word("offline.missing", names=names), icon=":material/help:")
    if not back.wants:
        st.info(word("offline.nothing"))
        return
    states = [fate.state for fate in fates]
    counts = {"merge": states.count("written"), "already": states.count("already")}
    st.markdown(word("offline.will", **counts, clash=states.count("clash")))
    words = {
        "written": word("offline.written"),
        "already": word("offline.already"),
        "clash": word("offline.clash"),
    }
    rows = wants_table(back.wants, registers_of(selected.whole.programme))
    frame(Listing(rows.assign(**{word("offline.fate"): [words[state] for state in states]})))
