"""แบบรายงาน: the year's official papers as workbooks, with a preview and what is incomplete."""

import streamlit as st

from pages._ui import data
from pages._ui.bundles import all_districts, paper_shown
from pages._ui.frame import page
from pages._ui.language import word
from pages._ui.widgets import figure, table
from services.present.explain.reporting import reports
from services.present.papers.offered import offered
from services.present.reporting import missing_table, reporting_table

with page("papers") as selected:
    scope = selected.scope
    papers = offered(scope.programme)
    if papers:
        name = st.segmented_control(
            word("papers.paper"),
            list(papers),
            default=next(iter(papers)),
            required=True,
            format_func=papers.__getitem__,
            key="paper",
            bind="query-params",
        )
        paper_shown(scope, name, selected.district)
        all_districts(selected, name, papers[name])
    else:
        st.info(word("papers.none", year=selected.year))
    st.subheader(word("papers.sent"))
    left, right = st.columns([2, 3], gap="large")
    with left:
        figure(word("papers.received"), data.made(reports, scope))
    with right:
        table(data.listed(reporting_table, scope), f"การส่งรายงาน {selected.year}")
    st.subheader(word("papers.missing"))
    missing = data.listed(missing_table, scope)
    if len(missing):
        table(missing, f"รายงานที่ยังขาด {selected.year}")
    else:
        st.success(word("papers.complete"), icon=":material/check_circle:")
