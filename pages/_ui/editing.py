"""Editing a register: what is typed stays until it is saved or thrown away, whatever reruns."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any

import streamlit as st

from pages._ui import desks
from pages._ui.drafts import Work, in_hand, put_down, take, tell, told
from pages._ui.frame import Selected
from pages._ui.language import plain, word
from pages._ui.traced import trace
from pages._ui.widgets import frame
from services.errors import AppError
from services.normalise.workbook import registers_of
from services.present.listing import Listing
from services.writeback.draft import Draft, typed_into
from services.writeback.shown import wants_table

MOST_SENTENCES = 8
YES_NO = ("ใช่", "ไม่")
SAVED = "just saved"


def editor(selected: Selected, district: str, code: str) -> None:
    """The grid, what the checks say of it, and the buttons."""
    saved = st.container()
    search = st.text_input(word("registers.search"), placeholder=word("registers.search_help"))
    work = _work(selected, district, code, search)
    if work is None:
        st.info(word("editing.no_header"))
        return
    if not work.stands or work.search != search:
        work.anew(work.draft, search)
    columns = work.shown.columns
    locked = [c.header for c in columns if c.code in work.draft.worked_out]
    if locked:
        st.caption(word("editing.formulas", columns=", ".join(map(plain, locked))))
    st.data_editor(
        work.shown.frame,
        key=work.key,
        num_rows="dynamic",
        hide_index=True,
        height=480,
        disabled=locked,
        placeholder="",
        column_config=_config(work),
        on_change=partial(_take_in, _name(selected, district, code)),
    )
    if work.shown.found > len(work.shown.tokens):
        count, found = f"{len(work.shown.tokens):,}", f"{work.shown.found:,}"
        st.caption(word("editing.first_rows", shown=count, all=found))
    now = typed_into(work.begun, work.shown, work.state, work.turn)
    if now.wants() != work.draft.wants():
        work.steps.append(work.draft)
        work.draft = now
    with saved:
        _just_saved(district, work)
    buttons = st.container()
    _sentences(selected, work.draft)
    with buttons:  # last of all: a dialog is pressed only once the page has run
        _buttons(selected, district, work)


def _take_in(name: str) -> None:
    """What was just typed, before anything else of the run: whatever stops it, the draft has it."""
    work = in_hand(name)
    if work is not None and work.stands:
        now = typed_into(work.begun, work.shown, work.state, work.turn)
        if now.wants() != work.draft.wants():
            work.steps.append(work.draft)
            work.draft = now


def unsaved(selected: Selected, district: str, code: str) -> None:
    """One sentence where something typed waits to be saved."""
    work = in_hand(_name(selected, district, code))
    if work is not None and not work.draft.is_empty:
        count = len(work.draft.wants())
        st.warning(word("editing.unsaved", count=count), icon=":material/edit_note:")


def _work(selected: Selected, district: str, code: str, search: str) -> Work | None:
    """The draft in hand; a new one where nothing was typed and the sheet is another by now."""
    name = _name(selected, district, code)
    work = in_hand(name)
    if work is not None and not (
        work.draft.is_empty and desks.stands_otherwise(selected.whole, district, work.draft)
    ):
        return work
    draft = desks.fresh_draft(selected.whole, district, code)
    return None if draft is None else take(name, Work.on(draft, search))


def _name(selected: Selected, district: str, code: str) -> str:
    return f"draft {selected.year} {district} {code}"


def _config(work: Work) -> dict[str, Any]:
    """Drop-downs where the register has a list; a word outside it that stands there is kept."""
    config: dict[str, Any] = {}
    for column in work.shown.columns:
        choices = YES_NO if column.type == "yesno" else column.choices
        held = work.shown.frame[column.header].dropna().unique().tolist()
        if choices:
            options = [*choices, *(word for word in held if word not in choices)]
            config[column.header] = st.column_config.SelectboxColumn(
                options=options, help=column.help or None
            )
        else:
            config[column.header] = st.column_config.TextColumn(
                help=column.help or None,
                alignment="right" if column.type in ("int", "baht") else None,
            )
    return config


def _buttons(selected: Selected, district: str, work: Work) -> None:
    count = len(work.draft.wants())
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            word("editing.save"), type="primary", icon=":material/save:", disabled=not count
        )
        if st.button(word("editing.undo"), icon=":material/undo:", disabled=not work.steps):
            work.anew(work.steps.pop(), work.search)
            st.rerun()
        if st.button(word("editing.throw_away"), icon=":material/delete:", disabled=not count):
            work.steps.append(work.draft)
            work.anew(_empty(work.draft), work.search)
            st.rerun()
        st.caption(word("editing.count", count=count) if count else word("editing.nothing"))
    if pressed:
        titled = st.dialog(word("editing.preview"), width="large")
        titled(_preview)(selected, district, work)


def _empty(draft: Draft) -> Draft:
    return Draft(draft.register, draft.seen, draft.tab, draft.header)


def _preview(selected: Selected, district: str, work: Work) -> None:
    """Exactly what will change, and the button that does it."""
    registers = registers_of(selected.whole.programme)
    frame(Listing(wants_table(work.draft.wants(), registers)))
    st.caption(word("editing.merged"))
    if not st.button(word("editing.confirm"), type="primary", icon=":material/check:"):
        return
    try:
        fates = desks.press(selected.whole, district, work.draft)
    except AppError as failure:
        st.error(plain(failure.thai), icon=":material/error:")
        return
    trace("saved", "registers", f"{selected.year} {district}")
    if desks.has_notes(selected.whole, district):
        with suppress(AppError):  # the notes are renewed at the next press
            desks.note(selected.whole, district, on=True)
    states = [fate.state for fate in fates]
    tell(
        f"{SAVED} {district} {work.draft.register.code}",
        (len(states) - states.count("clash"), states.count("clash")),
    )
    put_down(_name(selected, district, work.draft.register.code))
    st.rerun()


def _just_saved(district: str, work: Work) -> None:
    """What became of the last save, until something else is typed."""
    name = f"{SAVED} {district} {work.draft.register.code}"
    done = told(name, once=not work.draft.is_empty)
    if done is None or not work.draft.is_empty:
        return
    written, clashes = done
    st.success(word("editing.saved", count=written), icon=":material/check:")
    if clashes:
        st.warning(word("editing.clashes", count=clashes), icon=":material/call_split:")
        st.page_link("pages/registers/conflicts.py", label=word("editing.to_conflicts"))


def _sentences(selected: Selected, draft: Draft) -> None:
    """What the checks say of the typed cells, before anything is saved."""
    if draft.is_empty:
        return
    found = desks.told(selected.whole, draft)
    for message, fix in found[:MOST_SENTENCES]:
        st.markdown(f":orange[:material/warning:] {plain(message)} → {plain(fix)}")
    if len(found) > MOST_SENTENCES:
        st.caption(word("editing.more", count=len(found) - MOST_SENTENCES))
