"""The last good copy of every district's workbook: what is shown while its home is slow or gone.

Readers never cause a call. `refresh` reads what seems changed, or is older than OLD, and keeps each
copy on disk for the next start.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, cast

from services.settings import BANGKOK
from services.store import copies
from services.store.base import (
    Annotated,
    NotAsSeenError,
    Notes,
    OwnTab,
    RawWorkbook,
    RefusedError,
    SheetStore,
    Trouble,
    WorkbookRef,
    Writing,
)
from services.store.own_tab import is_as_wanted, standing

OLD = timedelta(minutes=5)
"""Drive tells of a change late, sometimes by minutes: a copy this old is read again in any case."""
TO_ALL_ALIKE: tuple[Trouble, ...] = ("quota", "no_key", "no_scope", "wrong_key", "api_disabled")
"""What every other workbook would hear as well: they are not asked."""
WHOLE_AGAIN = timedelta(seconds=20)
"""Asked for everything sooner than this, only what seems changed is read."""
AWAY_IN_A_ROW = 2
"""After so many unanswered calls the rest are not asked; in the next round they come first."""


class RemoteStore(SheetStore, Protocol):
    """A store that has to be asked what changed."""

    def look_for_changes(self) -> None:
        """Ask, in one call; `workbooks` then tells new stamps without any.

        Raises:
            RefusedError: what was known before stays.
        """
        ...


@dataclass(frozen=True, eq=False)
class Copy:
    """How a workbook stands: its last good content, as stamped by its home, and why no newer one.

    `asked_at` is when it was last asked for, `read_at` when it last answered.
    """

    asked_at: datetime
    stamp: str = ""
    book: RawWorkbook | None = None
    read_at: datetime | None = None
    trouble: Trouble | None = None

    @property
    def digest(self) -> str:
        """Names the content and the trouble."""
        return f"{self.book.digest if self.book else ''} {self.trouble or ''}"


Told = Callable[[int, int], None]
"""Hears how many workbooks are done, of how many."""


def _nobody(_done: int, _of: int) -> None:
    """Nobody listens."""


@dataclass(eq=False)
class Mirror:
    """A store of copies in `folder`; `now` is the clock.

    `forgetful`: the disk refuses copies, so a restart begins without them. `hint_trouble`: why
    nobody tells what changed, so that only ages decide.
    """

    remote: RemoteStore
    folder: Path
    now: Callable[[], datetime] = lambda: datetime.now(BANGKOK)
    forgetful: bool = False
    hint_trouble: Trouble | None = None
    _copies: dict[tuple[int, str], Copy] = field(default_factory=dict)
    _whole_at: datetime | None = None
    _refreshing: threading.Lock = field(default_factory=threading.Lock)

    def years(self) -> tuple[int, ...]:
        """As its home is set up; no call."""
        return self.remote.years()

    def workbooks(self, year: int) -> tuple[WorkbookRef, ...]:
        """The year's copies with their age; no call."""
        return tuple(self._as_copied(ref, year) for ref in self.remote.workbooks(year))

    def read(self, ref: WorkbookRef, year: int, *, unless: str | None = None) -> RawWorkbook | None:
        """The copy; no call. One never read comes back with its trouble and no tabs."""
        copy = self._copy(ref, year)
        if copy is None or copy.book is None:
            return RawWorkbook(ref, ref.stamp, (), ref.trouble or "not_read_yet", ref.name)
        if copy.digest == unless:
            return None
        return replace(copy.book, ref=ref, digest=copy.digest, trouble=copy.trouble)

    def write(self, book: RawWorkbook, year: int, wanted: Sequence[Writing]) -> None:
        """Write where the workbook lives, then read it again, whether or not that was possible."""
        known = self._as_copied_then(book, year)
        try:
            self.remote.write(known, year, wanted)
        finally:
            self._read_again(book.ref, year)

    def annotate(self, book: RawWorkbook, year: int, wanted: Notes) -> Annotated:
        """Where the workbook lives; no copy holds notes, but a refused one is read again."""
        known = self._as_copied_then(book, year)
        try:
            return self.remote.annotate(known, year, wanted)
        except NotAsSeenError:
            self._read_again(book.ref, year)
            raise

    def post(self, book: RawWorkbook, year: int, tab: OwnTab) -> bool:
        """Where the workbook lives; then it is read again, unless nothing was to be done."""
        known = self._as_copied_then(book, year)
        if is_as_wanted(standing(known, tab), tab):
            return False
        try:
            return self.remote.post(known, year, tab)
        finally:
            self._read_again(book.ref, year)

    def _as_copied_then(self, book: RawWorkbook, year: int) -> RawWorkbook:
        """The copy, which is still the one that was read."""
        copy = self._copy(book.ref, year)
        if copy is None or copy.book is None or copy.digest != book.digest:
            raise NotAsSeenError
        return copy.book

    def _read_again(self, ref: WorkbookRef, year: int) -> None:
        now = next(one for one in self.remote.workbooks(year) if one.name == ref.name)
        self._read_one(year, now)

    def _as_copied(self, ref: WorkbookRef, year: int) -> WorkbookRef:
        if ref.trouble is not None:
            return ref
        copy = self._copy(ref, year)
        if copy is None:
            return replace(ref, stamp="", trouble="not_read_yet")
        return replace(ref, stamp=copy.digest, trouble=copy.trouble, read_at=copy.read_at)

    def _copy(self, ref: WorkbookRef, year: int) -> Copy | None:
        """What is known of the workbook; at the first question, what the disk knows."""
        key = (year, ref.name)
        if key not in self._copies and ref.trouble is None:
            kept = copies.load(self._place(ref, year))
            if kept is not None and kept[0].ref.home == ref.home:
                book, read_at = kept
                copy = Copy(read_at, book.ref.stamp, book, read_at)
                self._copies.setdefault(key, copy)
        return self._copies.get(key)

    def _place(self, ref: WorkbookRef, year: int) -> Path:
        return self.folder / str(year) / f"{ref.district}.json.gz"

    def refresh(
        self,
        years: Collection[int] | None = None,
        *,
        whole: bool = False,
        told: Told = _nobody,
    ) -> bool:
        """Read what seems changed, or with `whole` everything; of these years or of all.

        What cannot be read keeps its copy, and says why. Whoever asks for everything while a round
        runs does not wait for another one: False.
        """
        if not self._refreshing.acquire(blocking=not whole):
            return False
        try:
            began = self.now()
            whole = whole and (self._whole_at is None or began - self._whole_at >= WHOLE_AGAIN)
            self._whole_at = began if whole else self._whole_at
            self.hint_trouble = self._ask_what_changed()
            due = self._due(years or self.years(), whole=whole)
            if whole and self.hint_trouble == "google_away":
                self._note_all(due, "google_away")  # somebody waits: not asked one by one
            else:
                self._read_in_turn(due, told)
        finally:
            self._refreshing.release()
        return True

    def _ask_what_changed(self) -> Trouble | None:
        """Only a hint: without it ages decide, and workbooks tell their own trouble."""
        try:
            self.remote.look_for_changes()
        except RefusedError as refused:
            return refused.trouble
        return None

    def _due(self, years: Collection[int], *, whole: bool) -> list[tuple[int, WorkbookRef]]:
        """What is to be read, longest waiting first."""
        waiting: list[tuple[datetime, int, WorkbookRef]] = []
        for year in years:
            for ref in self.remote.workbooks(year):
                copy = self._copy(ref, year)
                if ref.trouble is None and (whole or copy is None or self._is_due(copy, ref)):
                    since = copy.asked_at if copy else datetime.min.replace(tzinfo=BANGKOK)
                    waiting.append((since, year, ref))
        waiting.sort(key=lambda one: one[0])
        return [(year, ref) for _, year, ref in waiting]

    def _is_due(self, copy: Copy, ref: WorkbookRef) -> bool:
        return (
            copy.trouble is not None
            or copy.stamp != ref.stamp
            or copy.read_at is None
            or not timedelta(0) <= self.now() - copy.read_at < OLD  # also if the clock was ahead
        )

    def _read_in_turn(self, due: list[tuple[int, WorkbookRef]], told: Told) -> None:
        away = 1 if self.hint_trouble == "google_away" else 0
        for done, (year, ref) in enumerate(due):
            told(done, len(due))
            trouble = self._read_one(year, ref)
            away = away + 1 if trouble == "google_away" else 0
            if trouble is not None and (trouble in TO_ALL_ALIKE or away == AWAY_IN_A_ROW):
                self._note_all(due[done + 1 :], trouble)
                return
        told(len(due), len(due))

    def _note_all(self, due: list[tuple[int, WorkbookRef]], trouble: Trouble) -> None:
        """What holds for every one of them; when they were asked for stays, so they come first."""
        for year, ref in due:
            copy = self._copy(ref, year) or Copy(datetime.min.replace(tzinfo=BANGKOK))
            self._copies[year, ref.name] = replace(copy, trouble=trouble)

    def _read_one(self, year: int, ref: WorkbookRef) -> Trouble | None:
        """Read one workbook; what is the matter with it now."""
        copy, asked_at = self._copy(ref, year), self.now()
        known = copy.book if copy else None
        fresh = self.remote.read(ref, year, unless=known.digest if known else None)
        if fresh is not None and fresh.trouble is not None:
            return self._note(year, ref, fresh.trouble)
        book = cast("RawWorkbook", fresh or known)  # None is told only of what is known
        self._copies[year, ref.name] = Copy(asked_at, ref.stamp, book, asked_at)
        self._save(year, replace(book, ref=ref), asked_at)
        return None

    def _note(self, year: int, ref: WorkbookRef, trouble: Trouble) -> Trouble:
        copy = self._copy(ref, year) or Copy(self.now())
        self._copies[year, ref.name] = replace(copy, asked_at=self.now(), trouble=trouble)
        return trouble

    def _save(self, year: int, book: RawWorkbook, read_at: datetime) -> None:
        try:
            copies.save(self._place(book.ref, year), book, read_at)
        except OSError:
            self.forgetful = True
        else:
            self.forgetful = False
