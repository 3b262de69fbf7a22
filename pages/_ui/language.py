"""Which language the words around the figures are in: Thai, or English with ?lang=en."""

from __future__ import annotations

import re

import streamlit as st

from services.present.signs import without_orders
from sheets_schema.chrome import Language, phrase

LANGUAGES: dict[str, Language] = {"th": "th", "en": "en"}


SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$:~^])")
"""Signs that mean something in Markdown."""
LINK, NO_BREAK = re.compile(r"(?i)(https?:|www|@)"), "\u2060"
"""What becomes a link even where its signs are escaped, and an unseen sign that stops it."""


def plain(text: str) -> str:
    """A text from a sheet or a file as it stands: nothing in it is formatted or made a link."""
    shown = LINK.sub(lambda found: found[0] + NO_BREAK, without_orders(text))
    return SIGNS.sub(r"\\\1", shown)


def choose_language() -> None:
    """The switch at the foot of the menu; kept in the address bar."""
    st.sidebar.segmented_control(
        "ภาษา / Language",
        list(LANGUAGES),
        default="th",
        required=True,
        key="lang",
        bind="query-params",
    )


def language() -> Language:
    """The language of this address."""
    return LANGUAGES.get(st.query_params.get("lang", "th"), "th")


def word(key: str, **blanks: object) -> str:
    """A phrase in this address's language."""
    return phrase(key, language(), **blanks)
