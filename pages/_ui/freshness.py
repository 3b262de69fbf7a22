"""How old the figures are where they are copies of sheets elsewhere, and reading them anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages._ui import reading
from pages._ui.language import plain, word
from pages._ui.traced import trace
from services.issues import reason
from services.present.scope import Scope
from services.present.words import day_in_thai
from services.store.base import WorkbookRef
from services.store.mirror import Mirror

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NEVER = "not_read_yet"


def moment(when: datetime) -> str:
    """The time of day; with the day where that is another one."""
    day = "" if when.date() == reading.now().date() else f"{day_in_thai(when)} "
    return f"{day}{when:%H:%M} น."


def freshness(scope: Scope) -> None:
    """The age of the page's oldest figure, of every district's on asking; and «refresh now»."""
    mirror = reading.mirror()
    if mirror is not None:
        st.fragment(_row, run_every=MINUTE)(scope, mirror)


def never_read(scope: Scope) -> frozenset[str]:
    """Names of districts that are about to be read for the first time: not their fault."""
    mirror = reading.mirror()
    refs = mirror.workbooks(scope.report.year) if mirror else ()
    waiting = {ref.district for ref in refs if ref.trouble == NEVER}
    return frozenset(name for code, name in scope.names.items() if code in waiting)


def _row(scope: Scope, mirror: Mirror) -> None:
    """Drawn anew every minute, also while nobody touches the page."""
    seen = {one.workbook: one.stamp for one in scope.report.districts}
    refs = [ref for ref in mirror.workbooks(scope.report.year) if ref.name in seen]
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover(_oldest(scope, refs), icon=":material/schedule:", type="tertiary"):
            st.markdown("\n".join(f"- {_line(scope, ref)}" for ref in refs))
            if mirror.forgetful:
                st.caption(word("fresh.forgetful"))
        asked = st.button(word("fresh.now"), icon=":material/refresh:")
    room = st.empty()
    if asked:
        _refresh(mirror, room)
    elif any(ref.stamp != seen[ref.name] for ref in refs):
        with room.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/update: {word('fresh.newer')}")
            if st.button(word("fresh.show")):
                st.rerun()
    elif mirror.hint_trouble is not None:
        why, cure = reason(mirror.hint_trouble), reason(f"{mirror.hint_trouble}_fix")
        room.warning(
            word("fresh.away", why=plain(why), cure=plain(cure)), icon=":material/cloud_off:"
        )


def _refresh(mirror: Mirror, room: DeltaGenerator) -> None:
    trace("refreshed", "google")
    bar = room.progress(0.0, word("fresh.asking"))
    if mirror.refresh(whole=True, told=partial(_told, bar)):
        st.toast(word("fresh.done"), icon=":material/check:")
        st.rerun()
    room.info(word("fresh.busy"), icon=":material/hourglass_top:")


def _told(bar: DeltaGenerator, done: int, of: int) -> None:
    if of:
        bar.progress(done / of, word("fresh.reading", done=done, all=of))


def _oldest(scope: Scope, refs: list[WorkbookRef]) -> str:
    read = [(ref.read_at, _place(scope, ref)) for ref in refs if ref.read_at]
    if len(read) < len(refs) and any(ref.trouble == NEVER for ref in refs):
        return word("fresh.first", read=len(read), all=len(refs))
    if not read:
        return word("fresh.first", read=0, all=len(refs))
    when, district = min(read)
    if len(read) == 1 or when > reading.now() - MINUTE:
        return word("fresh.read", when=moment(when), age=_age(when))
    return word("fresh.oldest", district=district, when=moment(when), age=_age(when))


def _place(scope: Scope, ref: WorkbookRef) -> str:
    return scope.names.get(ref.district or "", ref.name)


def _line(scope: Scope, ref: WorkbookRef) -> str:
    """One district's age."""
    district, when = _place(scope, ref), ref.read_at
    if when is None:
        return word("fresh.one_never", district=district)
    if ref.trouble is not None:
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
