"""ขั้นตอนรายศูนย์: one centre's ladder, what proves each step, what would complete it."""

import streamlit as st

from pages._ui import data
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.widgets import origin, table
from services.present.explain.steps import step_of_centre
from services.present.steps import centre_names, centres_table, first_undone, ladder_table

with page("centres") as selected:
    scope, programme = selected.scope, selected.scope.programme
    names = data.made(centre_names, scope)
    if not names:
        st.info(word("centres.none", body=programme.body_short))
        st.stop()
    centre = st.selectbox(
        programme.body,
        list(names),
        format_func=names.__getitem__,
        key="centre",
        bind="query-params",
    )
    ladder = data.listed(ladder_table, scope, centre)
    chosen = st.dataframe(
        ladder.sent,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"ladder {centre}",
        column_config={
            "ร้อยละ": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
        },
    )
    st.caption(word("centres.choose_a_step", ladder=programme.ladder))
    rows = chosen.selection.rows
    number = rows[0] + 1 if rows else data.made(first_undone, scope, centre)
    with st.container(border=True):
        origin(data.made(step_of_centre, scope, centre, number))
    with st.expander(word("centres.all", body=programme.body_short)):
        table(data.listed(centres_table, scope), f"ขั้นตอนราย{programme.body_short}")
