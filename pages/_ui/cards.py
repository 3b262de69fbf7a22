"""The overview's first cards: whom to call today and why, and what is due when."""

from __future__ import annotations

import streamlit as st

from pages._ui.language import plain, word
from services.compute.attention import DistrictAttention
from services.present.overview import Overview
from services.present.words import day_in_thai
from sheets_schema.loader import offices

FIRST_REASONS, NEXT_DISTRICTS = 3, 2


def calls(view: Overview) -> None:
    """The most urgent district with its reasons, the next ones in short, all behind a button."""
    with st.container(border=True, height="stretch"):
        if not view.calls:
            said = word("province.over") if view.is_over else word("province.nobody")
            st.markdown(f":material/check_circle: {said}")
            return
        first, *others = view.calls
        st.caption(word("province.call"))
        st.markdown(f"### :material/call: อำเภอ{first.name} {offices()[first.district].telephone}")
        st.markdown(
            "\n".join(f"- {plain(cause.sentence)}" for cause in first.causes[:FIRST_REASONS])
        )
        if others:
            then = (
                f"- **อำเภอ{o.name}** · {plain(o.causes[0].sentence)}"
                for o in others[:NEXT_DISTRICTS]
            )
            st.markdown("\n".join([f"{word('province.then')}\n", *then]))
        with st.popover(word("province.all_calls"), type="tertiary", icon=":material/list:"):
            st.markdown("\n\n".join(map(_all_of, view.calls)))
            st.caption(view.rule)


def _all_of(one: DistrictAttention) -> str:
    reasons = "".join(f"\n- {plain(cause.sentence)}" for cause in one.causes)
    return f"**อำเภอ{one.name}**{reasons}"


def countdown(view: Overview) -> None:
    """Days to the next due day, and what is due then."""
    with st.container(border=True, height="stretch"):
        due = view.due
        if due is None:
            st.markdown(word("province.nothing_due"))
            return
        st.caption(day_in_thai(due.due))
        left = word("province.days_left", days=due.days_left)
        st.markdown(f"### :material/event: {left if due.days_left else word('province.due_today')}")
        for name, count in view.due_reports.items():
            words = word("province.received", name=name, there=count.received, all=count.expected)
            st.progress(count.received / max(count.expected, 1), text=words)
