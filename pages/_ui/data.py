"""The only caches: what this process has read, and what pages made of it.

Keys are (view, data version, viewer, words chosen); never a table (Streamlit hashes only a sample
of large ones).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import TypeVar

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages._ui.kept import Kept, Look
from pages._ui.refreshing import Rounds
from services.access import Viewer, allowed, only_here, viewer_of
from services.checkup import Check
from services.compute.reports import Opened, ProvinceReport
from services.doctor import Source, examined
from services.errors import AppError
from services.pipeline import open_workbooks, programme_of, province_report
from services.present.listing import Listing
from services.present.overview import overview
from services.present.papers.bundle import bundle
from services.present.papers.offered import asked, filled
from services.present.papers.paper import Paper
from services.present.papers.xlsx import workbook
from services.present.programme import programme_table
from services.present.registers import Wanted, register_table
from services.present.scope import Scope
from services.secrets_file import GoogleSettings
from services.settings import BANGKOK, Settings, settings, today_in_bangkok
from services.store.base import SheetStore
from services.store.chosen import store_of
from services.store.mirror import Mirror
from sheets_schema.loader import province
from sheets_schema.model import Programme

T = TypeVar("T")
FORWARDED = "X-Forwarded-For"
FIRST_ROUND_SECONDS = 20.0


@lru_cache(maxsize=4)
def _kept(_data: Path, _history: Path, _google: GoogleSettings | None) -> Kept:
    """One memory for all viewers of a store."""
    return Kept(store_of(chosen()))


def _memory() -> Kept:
    now = chosen()
    return _kept(now.data, now.history, now.google)


def chosen() -> Settings:
    """This run's settings."""
    return settings()


def store() -> SheetStore:
    """Where the workbooks are."""
    return _memory().store


def mirror() -> Mirror | None:
    """The copies, where the workbooks live elsewhere."""
    known = store()
    return known if isinstance(known, Mirror) else None


def _round() -> None:
    copied = mirror()
    if copied is not None:
        copied.refresh()


ROUNDS = Rounds(_round)
"""What keeps the copies fresh, whoever looks."""


def now() -> datetime:
    """The moment in Thailand."""
    return datetime.now(BANGKOK)


def viewer() -> Viewer:
    """Who looks: whoever sits at this machine, unless the pages are served beyond it."""
    return viewer_of(chosen().viewer, on_loopback=_on_loopback())


def _on_loopback() -> bool:
    """Whether this machine serves itself only, and no proxy stands before it."""
    asked = get_script_run_ctx(suppress_warning=True)  # none while the caches are filled
    headers = {} if asked is None else st.context.headers
    served = str(st.get_option("server.address") or "")
    return only_here(served, headers.get("Host"), forwarded=FORWARDED in headers)


def as_of() -> date:
    """The day figures are for: today in Thailand, or the demo's own day."""
    return chosen().demo_day or today_in_bangkok()


def today() -> date:
    """The day in Thailand now, by which workbooks are old."""
    return today_in_bangkok()


def years() -> tuple[int, ...]:
    """Fiscal years that have workbooks, latest first; the last known ones if the store is away."""
    memory = _memory()
    try:
        memory.years = store().years()
    except AppError:
        if not memory.years:
            raise
    return memory.years


def usual_year(known: tuple[int, ...]) -> int:
    """The latest year that has workbooks and a programme; the latest of all if none has both."""
    ready = (year for year in known if _is_ready(year))
    return next(ready, known[0])


def _is_ready(year: int) -> bool:
    try:
        return bool(look(year).report.districts)
    except AppError:
        return False


def programme(year: int) -> Programme:
    """The year's programme."""
    return programme_of(year, chosen())


def look(year: int) -> Look:
    """The province; only workbooks changed since the last look are read.

    If the store cannot be reached, the last good look with the failure beside it.

    Raises:
        AppError: there is no last good look.
    """
    if mirror() is not None:
        ROUNDS.keep_going()
    memory, day = _memory(), as_of()
    with memory.lock:
        memory.forget(day, monotonic())
        last = memory.good.get(year)
        try:
            report = province_report(store(), programme(year), day, known=memory.known)
        except AppError as failure:
            if last is None:
                raise
            return replace(last, failure=failure)
        report = memory.with_last_read(report)
        if last is not None and last.report.version != report.version:
            memory.views.forget()
        memory.good[year] = Look(report, now(), chosen().is_demo)
        return memory.good[year]


def scope(year: int, report: ProvinceReport) -> Scope:
    """What this viewer may see of the report."""
    who = viewer()
    codes = allowed(who, province().by_code)
    districts = tuple(district for district in province().districts if district.code in codes)
    return Scope(report if who.sees_all else report.of(codes), programme(year), districts, who)


def made(make: Callable[..., T], of: Scope, *words: Hashable) -> T:
    """What the view's function makes of the scope, made once per content, viewer and words."""
    return _kept_view(make, of, words, lambda: make(of, *words))


def listed(make: Callable[..., pd.DataFrame], of: Scope, *words: Hashable) -> Listing:
    """The same of a view that is a table."""
    return _kept_view(make, of, ("listed", *words), lambda: Listing(make(of, *words)))


def _kept_view(
    make: Callable[..., object], of: Scope, words: tuple[Hashable, ...], view: Callable[[], T]
) -> T:
    return _memory().views.get(_key(make, of, words), view)


def _key(make: Callable[..., object], of: Scope, words: tuple[Hashable, ...]) -> Hashable:
    """View, data version, viewer, and what was chosen."""
    districts = tuple(district.code for district in of.districts)
    return make, of.report.version, of.viewer, districts, words


def opened(of: Scope, district: str) -> Opened | None:
    """A district's workbook with its tables; None where it has none.

    Kept only if it still holds what the look has seen: a workbook may be saved in between.
    """
    known = of.of(district)
    if known is None:
        return None
    key = (of.report.year, of.report.as_of, district, known.digest)
    kept = _memory().workbooks
    found: Opened | None = kept.at_hand(key)
    if found is None:
        fresh = open_workbooks(store(), of.programme, of.report.as_of, district)
        found = next(iter(fresh), None)
        if found is not None and found.report.digest == known.digest:
            kept.keep(key, found)
    return found


def register(of: Scope, district: str, code: str, wanted: Wanted) -> Listing:
    """The wanted rows of a district's register, without personal columns for whom they are not."""
    narrow = of.only(district)
    if wanted.search:  # somebody's words, perhaps a name: not kept
        return Listing(_register(narrow, code, wanted))
    return listed(_register, narrow, code, wanted)


def _register(of: Scope, code: str, wanted: Wanted) -> pd.DataFrame:
    district = of.districts[0].code
    found, people = opened(of, district), of.viewer.sees_people(district)
    if found is None or found.history is None:
        return pd.DataFrame()
    table = found.history.facts.tables[code]
    return register_table(table, found.report.findings, wanted, people=people)


def paper(of: Scope, name: str, district: str | None) -> tuple[Paper, ...]:
    """A paper of a district, or of the whole province, as this viewer may see it."""
    return made(_paper, of, name, district)


def _paper(of: Scope, name: str, district: str | None) -> tuple[Paper, ...]:
    codes = [district] if district else [one.code for one in of.districts]
    found = tuple(one for code in codes if (one := opened(of, code)) is not None)
    people = all(of.viewer.sees_people(code) for code in codes)
    want = asked(of, name, district, sample=chosen().is_demo)
    return filled(want, found, people=people)


def bundled(of: Scope, name: str, told: Callable[[int], None]) -> bytes:
    """The paper of every district in one ZIP; `told` hears how many are done."""

    def files() -> Iterator[tuple[str, bytes]]:
        for district in of.districts:
            file = f"{asked(of, name, district.code).name}.xlsx"
            yield file, workbook(paper(of, name, district.code))

    return _kept_view(bundled, of, (name,), lambda: bundle(files(), told))


def bundle_at_hand(of: Scope, name: str) -> bytes | None:
    """That ZIP if it was made already."""
    return _memory().views.at_hand(_key(bundled, of, (name,)))


def checked() -> list[Check]:
    """The check-up, on what is read already."""
    source = Source(store(), lambda year: look(year).report)
    return examined(chosen(), today_in_bangkok(), source, viewer())


def programme_rows(of: Scope) -> Listing:
    """The year's programme as a table."""
    return listed(_programme_rows, of)


def _programme_rows(of: Scope) -> pd.DataFrame:
    return programme_table(of.programme)


def warm() -> None:
    """Read every year before the first viewer comes, and open the latest one's workbooks."""
    if mirror() is not None:
        ROUNDS.keep_going()
        ROUNDS.first.wait(FIRST_ROUND_SECONDS)
    known = years()
    ready = [year for year in known if _is_ready(year)]
    for year in ready[:1]:
        seen = scope(year, look(year).report)
        if not seen.districts:
            return
        made(overview, seen, today())
        for district in seen.districts:
            opened(seen, district.code)
