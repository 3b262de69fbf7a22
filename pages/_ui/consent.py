"""How many target households have not agreed that their data is used, and where to put it right."""

from __future__ import annotations

import streamlit as st

from pages._ui import data
from pages._ui.frame import Selected
from pages._ui.language import language, word
from services.present.outcomes import without_consent
from sheets_schema.loader import registers


def consent_told(selected: Selected) -> None:
    """One sentence with the count, and the way to the register; nothing where all have agreed."""
    lacking, households = data.made(without_consent, selected.scope)
    if not lacking:
        return
    st.caption(word("debtors.without_consent", count=f"{lacking:,}", all=f"{households:,}"))
    address = {"year": str(selected.year), "lang": language()}
    if selected.district is not None:
        named = selected.whole.names[selected.district]
        address |= {"district": named, "register": registers()["households"].tab}
    label = word("debtors.to_registers")
    st.page_link("pages/registers/registers.py", label=label, query_params=address)
