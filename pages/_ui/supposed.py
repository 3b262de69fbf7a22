"""What if the readiness items weighed otherwise: asked and shown, never stored."""

from __future__ import annotations

import streamlit as st

from pages._ui.gate import again
from pages._ui.language import word
from pages._ui.widgets import table
from services.present.listing import Listing
from services.present.scope import Scope
from services.present.villages import supposed_table
from sheets_schema.model import Readiness

IN_A_ROW, MOST = 4, 100


@st.fragment
def weights_asked(scope: Scope, readiness: Readiness) -> None:
    """One number per item; the ranks that would follow, beside those that hold."""
    again(scope.viewer)
    st.warning(word("villages.supposed"), icon=":material/science:")
    weights: dict[str, int] = {}
    columns = st.columns(IN_A_ROW)
    for number, item in enumerate(readiness.items):
        column = columns[number % IN_A_ROW]
        weights[item.code] = column.number_input(
            item.title, 0, MOST, item.weight, 5, key=f"weight {item.code}"
        )
    if not any(weights.values()):
        st.info(word("villages.all_zero"))
        return
    st.caption(word("villages.scaled", total=sum(weights.values())))
    table(Listing(supposed_table(scope, readiness, weights)), "ลำดับสมมติ – ไม่บันทึก")
