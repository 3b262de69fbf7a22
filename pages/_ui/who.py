"""Who looks: whoever sits at this machine, or who has logged in; asked at every run."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from services import settings
from services.access import (
    ALONE,
    Person,
    Viewer,
    narrowed,
    only_here,
    people_of,
    with_login,
    without_login,
)
from services.secrets_file import Login

FORWARDED = "X-Forwarded-For"
VOUCHED = (None, True, "true")
"""What a provider says of an e-mail it stands for: some say nothing, some say it in words."""


def login() -> Login | None:
    """How people log in; None where nobody does."""
    return settings.login()


def person() -> Person | None:
    """Who has logged in, as the provider tells."""
    if login() is None or not st.user.get("is_logged_in"):
        return None
    email, vouched = st.user.get("email"), st.user.get("email_verified")
    return Person(str(email or ""), vouched=bool(email) and vouched in VOUCHED)


def viewer() -> Viewer:
    """This run's viewer; nobody, unless it is said who."""
    known = login()
    if known is None:
        found = without_login(on_loopback=on_loopback())
    else:
        found = with_login(people_of(known.roles), person())
    return narrowed(found, settings.settings().viewer)


def is_still(one: Person | None, seen: Viewer) -> bool:
    """Whether the table of people says the same of this person by now; asked where no page runs."""
    known = login()
    if known is None:
        return one is None
    found = with_login(people_of(known.roles), one)
    return narrowed(found, settings.settings().viewer) == seen


def on_loopback() -> bool:
    """Whether this machine serves itself only, and no proxy stands before it."""
    asked = get_script_run_ctx(suppress_warning=True)  # none while the caches are filled
    headers = {} if asked is None else st.context.headers
    served = str(st.get_option("server.address") or "")
    return only_here(served, headers.get("Host"), forwarded=FORWARDED in headers)


def most_likely() -> Viewer:
    """Whom the caches are filled for before anybody comes."""
    return ALONE if login() is None else Viewer("province_viewer")
