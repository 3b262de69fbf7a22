"""The gate before every page: whoever may see nothing sees nothing, not even the years."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._ui import who
from pages._ui.language import plain, word
from services.secrets_file import Login


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


def _turned_away(login: Login | None) -> None:
    if login is None:
        st.error(word("gate.only_here"), icon=":material/lock:")
    elif who.person() is None:
        st.info(word("gate.please_log_in"), icon=":material/lock:")
        for provider in login.providers:
            label = word("gate.log_in_with", name=provider) if provider else word("gate.log_in")
            st.button(label, on_click=partial(st.login, provider or None), type="primary")
    else:
        st.warning(word("gate.unknown"), icon=":material/lock:")
        _logged_in()
    st.stop()


def _logged_in() -> None:
    """Who this is, and the way out."""
    person = who.person()
    if person is not None:
        st.caption(f":material/person: {plain(person.email)}")
        st.button(word("gate.log_out"), on_click=st.logout, icon=":material/logout:")
