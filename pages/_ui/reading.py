"""What this process has read: every district; pages ask `data`, which asks who looks.

The only module, with `data`, that remembers anything between runs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from time import monotonic

from pages._ui.kept import Kept, Look
from pages._ui.refreshing import Rounds
from services.errors import AppError
from services.history.past import PastStore
from services.pipeline import programme_of, province_report
from services.secrets_file import GoogleSettings
from services.settings import BANGKOK, Settings, settings, today_in_bangkok
from services.store.base import SheetStore
from services.store.chosen import store_of
from services.store.mirror import Mirror
from services.writeback.recorded import Recorded
from sheets_schema.model import Programme


@lru_cache(maxsize=4)
def _kept(_data: Path, history: Path, _google: GoogleSettings | None) -> Kept:
    """One memory for all viewers of a store, whose readings are remembered."""
    return Kept(Recorded(store_of(chosen()), history, now))


@lru_cache(maxsize=4)
def _kept_then(data: Path, history: Path, google: GoogleSettings | None, at: datetime) -> Kept:
    """The same of the store as it stood at a moment."""
    return Kept(PastStore(_kept(data, history, google).store, history, at))


def memory(at: datetime | None = None) -> Kept:
    """What is remembered of this run's store, as it is or as it stood."""
    here = chosen()
    names = here.data, here.history, here.google
    return _kept(*names) if at is None else _kept_then(*names, at)


def chosen() -> Settings:
    """This run's settings."""
    return settings()


def store(at: datetime | None = None) -> SheetStore:
    """Where the workbooks are, or as they stood."""
    return memory(at).store


def mirror() -> Mirror | None:
    """The copies, where the workbooks live elsewhere."""
    known = store()
    inside = known.store if isinstance(known, Recorded) else known
    return inside if isinstance(inside, Mirror) else None


def _round() -> None:
    copied = mirror()
    if copied is not None:
        copied.refresh()
        _remember()


def _remember() -> None:
    """Let the history see what was read, also while nobody looks; no call."""
    here = store()
    for year in here.years():
        for ref in here.workbooks(year):
            here.read(ref, year)


ROUNDS = Rounds(_round)
"""What keeps the copies fresh, whoever looks."""


def now() -> datetime:
    """The moment in Thailand."""
    return datetime.now(BANGKOK)


def as_of(at: datetime | None = None) -> date:
    """The day figures are for: today in Thailand, the demo's own day, or that of the moment."""
    return chosen().demo_day or (today_in_bangkok() if at is None else at.date())


def today() -> date:
    """The day in Thailand now, by which workbooks are old."""
    return today_in_bangkok()


def years() -> tuple[int, ...]:
    """Fiscal years that have workbooks, latest first; the last known ones if the store is away."""
    kept = memory()
    try:
        kept.years = store().years()
    except AppError:
        if not kept.years:
            raise
    return kept.years


def usual_year(known: tuple[int, ...]) -> int:
    """The latest year that has workbooks and a programme; the latest of all if none has both."""
    ready = (year for year in known if is_ready(year))
    return next(ready, known[0])


def is_ready(year: int) -> bool:
    """Whether the year has workbooks and a programme."""
    try:
        return bool(look(year).report.districts)
    except AppError:
        return False


def programme(year: int) -> Programme:
    """The year's programme."""
    return programme_of(year, chosen())


def look(year: int, at: datetime | None = None) -> Look:
    """The province, as it is or as it stood; only what changed since the last look is read.

    If the store cannot be reached, the last good look with the failure beside it.

    Raises:
        AppError: there is no last good look.
    """
    if mirror() is not None:
        ROUNDS.keep_going()
    kept, day = memory(at), as_of(at)
    with kept.lock:
        kept.forget(day, monotonic())
        last = kept.good.get(year)
        try:
            report = province_report(kept.store, programme(year), day, known=kept.known)
        except AppError as failure:
            if last is None:
                raise
            return replace(last, failure=failure)
        report = kept.with_last_read(report)
        if last is not None and last.report.version != report.version:
            kept.views.forget()
        kept.good[year] = Look(report, now(), chosen().is_demo)
        return kept.good[year]
