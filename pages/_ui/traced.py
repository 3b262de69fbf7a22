"""Leaves a line when a page is opened, a file downloaded or something changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial

from pages._ui import reading, who
from services.access import Person, Viewer
from services.errors import NoLongerAllowedError
from services.traces import Deed, Trace, record

AGAIN_MINUTES = 10
"""The same page of the same viewer is told once in so many minutes, not at every rerun."""
LOG = logging.getLogger(__name__)


def trace(deed: Deed, what: str, of: str = "") -> None:
    """Leave the line; a disk that refuses stops nobody's work, and is logged."""
    person, now = who.person(), reading.now()
    name = "alone" if person is None else person.email
    line = Trace(now.isoformat(timespec="seconds"), name, who.viewer().role, deed, what, of)
    _write(line)


def opened(page: str, of: str) -> None:
    """A page was opened."""
    person, now = who.person(), reading.now()
    name = "alone" if person is None else person.email
    _once(page, of, name, who.viewer().role, _ten_minutes(now))


def _ten_minutes(now: datetime) -> str:
    tens = now.minute // AGAIN_MINUTES * AGAIN_MINUTES
    return now.replace(minute=tens, second=0, microsecond=0).isoformat(timespec="seconds")


@lru_cache(maxsize=2_000)
def _once(page: str, of: str, name: str, role: str, at: str) -> None:
    _write(Trace(at, name, role, "opened", page, of))


def _write(line: Trace) -> None:
    try:
        record(reading.chosen().history, line)
    except OSError as failure:
        LOG.warning("no trace could be left: %s", type(failure).__name__)


def downloaded(make: Callable[[], bytes | str], file: str) -> Callable[[], bytes | str]:
    """The same file; made, and told, when somebody asks for it."""
    return partial(_downloaded, make, file, who.person(), who.viewer())


def _downloaded(
    make: Callable[[], bytes | str], file: str, person: Person | None, viewer: Viewer
) -> bytes | str:
    if not who.is_still(person, viewer):
        raise NoLongerAllowedError
    name = "alone" if person is None else person.email
    at = reading.now().isoformat(timespec="seconds")
    _write(Trace(at, name, viewer.role, "downloaded", file))
    return make()
