"""How old the figures are where they are copies of sheets elsewhere, and reading them anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages._ui import reading
from pages._ui.language import word
from pages._ui.traced import trace
from services.compute.reports import DistrictReport
from services.present.scope import Scope
from services.store.mirror import Mirror

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def moment(when: datetime | None) -> str:
    """Day and time of day; a dash for never."""
    return f"{when:%d/%m %H:%M} น." if when else "–"


def freshness(scope: Scope) -> None:
    """The age of the page's oldest figure, of every district's on asking; and «refresh now»."""
    mirror = reading.mirror()
    if mirror is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover(_oldest(scope), icon=":material/schedule:", type="tertiary"):
            st.markdown("\n".join(f"- {_line(scope, one)}" for one in scope.report.districts))
            if mirror.forgetful:
                st.caption(word("fresh.forgetful"))
        asked = st.button(word("fresh.now"), icon=":material/refresh:")
    if asked:
        _refresh(mirror)


def _refresh(mirror: Mirror) -> None:
    bar = st.progress(0.0, word("fresh.reading", done=0, all="…"))
    trace("refreshed", "google")
    done = mirror.refresh(whole=True, told=partial(_told, bar))
    bar.empty()
    if done:
        st.rerun()
    st.info(word("fresh.busy"), icon=":material/hourglass_top:")


def _told(bar: DeltaGenerator, done: int, of: int) -> None:
    bar.progress(done / of if of else 1.0, word("fresh.reading", done=done, all=of))


def _oldest(scope: Scope) -> str:
    read = [(one.read_at, scope.place(one)) for one in scope.report.districts if one.read_at]
    if not read:
        return word("fresh.never")
    when, district = min(read)
    if len(read) == 1 or when > reading.now() - MINUTE:
        return word("fresh.read", when=moment(when), age=_age(when))
    return word("fresh.oldest", district=district, when=moment(when), age=_age(when))


def _line(scope: Scope, one: DistrictReport) -> str:
    """One district's age."""
    district, when = scope.place(one), one.read_at
    if when is None:
        return word("fresh.one_never", district=district)
    if one.stale:
        return word("fresh.one_stale", district=district, when=moment(when), age=_age(when))
    return word("fresh.one", district=district, when=moment(when), age=_age(when))


def _age(when: datetime) -> str:
    passed = reading.now() - when
    if passed < -MINUTE:
        return word("fresh.clock")
    if passed >= DAY:
        return word("fresh.days", count=passed // DAY)
    if passed >= HOUR:
        return word("fresh.hours", count=passed // HOUR)
    if passed >= MINUTE:
        return word("fresh.minutes", count=passed // MINUTE)
    return word("fresh.moments")
