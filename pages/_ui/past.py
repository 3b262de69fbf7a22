"""Any page as it stood at a moment that was remembered; kept in the address bar."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from pages._ui import reading
from pages._ui.language import word
from services.present.words import day_in_thai
from services.settings import BANGKOK

KEY = "at"
STEP = timedelta(minutes=5)


def choose_moment() -> datetime | None:
    """The choice in the side bar, and what it means; None for now."""
    with st.sidebar:
        chosen = st.datetime_input(
            word("past.choose"),
            value=None,
            max_value=reading.now().replace(tzinfo=None),
            step=STEP,
            format="DD/MM/YYYY",
            key=KEY,
            bind="query-params",
        )
    if chosen is None:
        return None
    moment = chosen.replace(tzinfo=BANGKOK)
    st.info(word("past.told", when=told(moment)), icon=":material/history:")
    return moment


def told(moment: datetime) -> str:
    """The moment in words."""
    return f"{day_in_thai(moment)} {moment:%H:%M} น."
