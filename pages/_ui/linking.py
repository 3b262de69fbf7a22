"""Connecting a district's Google spreadsheet: paste a link, hear what is wrong, lay it out."""

from __future__ import annotations

import streamlit as st

from pages._ui import reading, who
from pages._ui.language import plain, word
from pages._ui.traced import trace
from services.errors import AppError
from services.google_setup.inspect import Inspection, inspect
from services.google_setup.lay_out import LaidOut, lay_out
from services.google_setup.shown import columns_table
from services.settings import google_account, google_links
from services.store.google_http import GoogleHTTP
from services.store.google_sheets import spreadsheet_id
from sheets_schema.loader import programme_files, province
from sheets_schema.model import Programme

NEEDED = ("sheet_empty", "sheet_tabs", "sheet_headers", "sheet_twice")


def linking() -> None:
    """The form and what it found; only for whoever sits at this machine."""
    if not who.viewer().sets_up:
        return
    st.subheader(word("link.title"))
    account = google_account()
    st.markdown(word("link.steps"))
    if account.email:
        st.code(account.email, language=None)
    else:
        st.caption(word("link.no_email"))
    years = sorted(programme_files(reading.chosen().programmes), reverse=True)
    names = {one.code: one.name for one in province().districts}
    with st.form("link", border=True):
        left, right = st.columns([1, 2])
        year = left.selectbox(word("frame.year"), years)
        district = right.selectbox(
            word("frame.district"), list(names), format_func=names.__getitem__
        )
        link = st.text_input(word("link.link"), placeholder=word("link.example"))
        sure = st.checkbox(word("link.confirm"))
        with st.container(horizontal=True):
            asked = st.form_submit_button(word("link.look"), icon=":material/search:")
            wanted = st.form_submit_button(word("link.lay_out"), icon=":material/table:")
    if not (asked or wanted):
        return
    if not link.strip():
        st.warning(word("link.paste_first"))
        return
    http, programme = GoogleHTTP(account).soon(), reading.programme(year)
    with st.spinner(word("link.looking")):
        found = inspect(http, link, programme, _linked())
        if wanted and not sure:
            st.warning(word("link.confirm_first"))
        elif wanted and found.sheet_id is not None and not found.may_write:
            st.warning(word("link.not_laid_out"))
        elif wanted and found.sheet_id is not None:
            found = _laid_out(http, link, found.sheet_id, programme) or found
    _show(found)
    if found.sheet_id is not None:
        _then(year, district, link.strip(), found)


def _then(year: int, district: str, link: str, found: Inspection) -> None:
    """What is to be put into the secrets, once nothing that is needed is wrong."""
    known = google_links().get(year, {})
    used = [code for code, one in known.items() if spreadsheet_id(one) == found.sheet_id]
    others = [province().by_code[code].name for code in used if code in province().by_code]
    if used and district not in used:
        st.warning(word("link.already", districts=", ".join(others)))
        return
    if any(not one.ok and one.id in NEEDED for one in found.checks) or district in used:
        return
    line = f'{district} = "{link}"'
    if district in known:
        st.markdown(word("link.then_instead", year=year, code=district))
    elif known:
        st.markdown(word("link.then_line", year=year))
    else:
        st.markdown(word("link.then_both"))
        line = f"[google.years.{year}]\n{line}"
    st.code(line, language="toml")


def _laid_out(
    http: GoogleHTTP, link: str, sheet_id: str, programme: Programme
) -> Inspection | None:
    """What stands there afterwards; None where it was refused, which is told."""
    try:
        _tell(lay_out(http, sheet_id, programme))
        trace("laid_out", "google", str(programme.year))
    except AppError as refusal:
        st.error(plain(refusal.thai), icon=":material/error:")
        return None
    return inspect(http, link, programme, _linked())


def _linked() -> int:
    """How many spreadsheets a round may have to read."""
    google = reading.chosen().google
    links = sum(map(len, google.links.values())) if google else 0
    return max(links, len(province().districts))


def _tell(done: LaidOut) -> None:
    """What was laid out, and what was left alone because only a person can decide."""
    if done.changes:
        st.success(word("link.laid_out", tabs=len(done.tabs), columns=len(done.columns)))
    else:
        st.success(word("link.nothing_to_do"))
    if done.left:
        st.warning(word("link.left", registers=", ".join(done.left)))


def _show(found: Inspection) -> None:
    for check in found.checks:
        if check.ok:
            st.markdown(f":green[:material/check:] {plain(check.message)}")
        else:
            st.markdown(f":red[:material/close:] {plain(check.message)}  \n→ {plain(check.fix)}")
    if found.columns:
        with st.expander(word("link.columns")):
            st.dataframe(columns_table(found.columns), hide_index=True)
