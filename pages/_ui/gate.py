"""The gate before every page: whoever may see nothing sees nothing, not even the years."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._ui import who
from pages._ui.language import word
from services.access import Viewer
from services.secrets_file import Login

NO_MENU = "<style>[data-testid=stSidebarNav] {display: none}</style>"
"""Whoever may see nothing gets no list of pages either: each would say the same sentence."""


def let_in() -> None:
    """Go on for a viewer; anybody else is asked to log in, or told whom to ask, and no more.

    Raises:
        AppError: the secrets, the table of people or the setting cannot be used.
    """
    viewer, login = who.viewer(), who.login()
    if viewer.role == "nobody":
        _turned_away(login)
    with st.sidebar:
        if login is None:
            st.caption(f":material/person: {word('gate.alone')}")
        else:
            _logged_in()


def again(viewer: Viewer) -> None:
    """For a part of a page that runs alone: the whole page runs if this is somebody else by now."""
    if who.viewer() != viewer:
        st.rerun()


def _turned_away(login: Login | None) -> None:
    st.html(NO_MENU)
    person = who.person()
    if login is None:
        st.error(word("gate.only_here"), icon=":material/lock:")
    elif person is None:
        st.info(word("gate.please_log_in"), icon=":material/lock:")
        for provider in login.providers:
            label = word("gate.log_in_with", name=provider) if provider else word("gate.log_in")
            st.button(label, on_click=partial(st.login, provider or None), type="primary")
    else:
        said = word("gate.unknown") if person.vouched else word("gate.unvouched")
        st.warning(said, icon=":material/lock:")
        _logged_in()
    st.stop()


def _logged_in() -> None:
    """Who this is, and the way out."""
    person = who.person()
    if person is not None:
        st.text(person.email)  # as it stands: it is copied into the table of people
        st.button(word("gate.log_out"), on_click=st.logout, icon=":material/logout:")
