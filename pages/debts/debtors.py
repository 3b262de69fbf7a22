"""ลูกหนี้และผลการแก้หนี้: who owes what to whom, how old it is, and what came of it."""

import streamlit as st

from pages._ui import data
from pages._ui.consent import consent_told
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.widgets import chart, figure, table
from services.present.charts.debts import debt_ageing, debt_classes, debt_creditors, funds_owed
from services.present.charts.outcomes import before_and_after, outcomes_by_district
from services.present.debts import several_funds_table
from services.present.explain import debts as explain_debts
from services.present.explain.outcomes import outcomes as explain_outcomes
from services.present.outcomes import households_table, outcomes_table

with page("debtors") as selected:
    scope = selected.scope
    for column, explain, label in zip(
        st.columns(3),
        (explain_debts.outstanding, explain_debts.several_funds, explain_outcomes),
        ("outstanding", "several", "outcomes"),
        strict=True,
    ):
        with column:
            figure(word(f"debtors.{label}"), data.made(explain, scope))
    st.subheader(word("debtors.what_came"))
    left, right = st.columns([2, 3], gap="large")
    with left:
        chart(scope, data.made(before_and_after, scope))
    with right:
        chart(scope, data.made(outcomes_by_district, scope))
    st.subheader(word("debtors.debtors"))
    left, right = st.columns(2, gap="large")
    with left:
        chart(scope, data.made(debt_classes, scope))
    with right:
        chart(scope, data.made(debt_ageing, scope))
        chart(scope, data.made(funds_owed, scope))
    chart(scope, data.made(debt_creditors, scope))
    with st.expander(word("debtors.several_list")):
        table(data.listed(several_funds_table, scope), f"หนี้หลายกองทุน {selected.year}")
    with st.expander(word("debtors.outcomes_list")):
        table(data.listed(outcomes_table, scope), f"ผลรายอำเภอ {selected.year}")
    with st.expander(word("debtors.households_list")):
        table(data.listed(households_table, scope), f"ผลรายครัวเรือน {selected.year}")
    consent_told(selected)
