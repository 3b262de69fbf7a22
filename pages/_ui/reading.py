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
from services.pipeline import programme_of, province_report
from services.secrets_file import GoogleSettings
from services.settings import BANGKOK, Settings, settings, today_in_bangkok
from services.store.base import SheetStore
from services.store.chosen import store_of
from services.store.mirror import Mirror
from sheets_schema.model import Programme


@lru_cache(maxsize=4)
def _kept(_data: Path, _history: Path, _google: GoogleSettings | None) -> Kept:
    """One memory for all viewers of a store."""
    return Kept(store_of(chosen()))


def memory() -> Kept:
    """What is remembered of this run's store."""
    now = chosen()
    return _kept(now.data, now.history, now.google)


def chosen() -> Settings:
    """This run's settings."""
    return settings()


def store() -> SheetStore:
    """Where the workbooks are."""
    return memory().store


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


def as_of() -> date:
    """The day figures are for: today in Thailand, or the demo's own day."""
    return chosen().demo_day or today_in_bangkok()


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


def look(year: int) -> Look:
    """The province; only workbooks changed since the last look are read.

    If the store cannot be reached, the last good look with the failure beside it.

    Raises:
        AppError: there is no last good look.
    """
    if mirror() is not None:
        ROUNDS.keep_going()
    kept, day = memory(), as_of()
    with kept.lock:
        kept.forget(day, monotonic())
        last = kept.good.get(year)
        try:
            report = province_report(store(), programme(year), day, known=kept.known)
        except AppError as failure:
            if last is None:
                raise
            return replace(last, failure=failure)
        report = kept.with_last_read(report)
        if last is not None and last.report.version != report.version:
            kept.views.forget()
        kept.good[year] = Look(report, now(), chosen().is_demo)
        return kept.good[year]
