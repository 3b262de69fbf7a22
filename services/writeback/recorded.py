"""A store whose readings are remembered, with the author of what came through the product."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from services.history.changes import Ours, Spot
from services.history.record import History
from services.normalise.columns import shown
from services.store.base import (
    Annotated,
    Notes,
    OwnTab,
    RawWorkbook,
    RefusedError,
    SheetStore,
    Trouble,
    WorkbookRef,
    Writing,
)
from services.writeback.journal import Journal, Save
from services.writeback.wants import WHOLE_ROW

LOG = logging.getLogger(__name__)
RECENT = timedelta(hours=1)
"""A save this old is in no reading that is new."""


@dataclass
class Recorded:
    """`store`, each of whose readings is kept in `folder` where it differs from the last one.

    `forgetful`: the disk refuses.
    """

    store: SheetStore
    folder: Path
    now: Callable[[], datetime]
    forgetful: bool = False
    _known: dict[tuple[int, str], str] = field(default_factory=dict)

    def years(self) -> tuple[int, ...]:
        """As the store says."""
        return self.store.years()

    def workbooks(self, year: int) -> tuple[WorkbookRef, ...]:
        """As the store says."""
        return self.store.workbooks(year)

    def read(self, ref: WorkbookRef, year: int, *, unless: str | None = None) -> RawWorkbook | None:
        """As the store says; what is new is remembered."""
        book = self.store.read(ref, year, unless=unless)
        if book is not None and book.tabs and ref.district is not None:
            self._remember(book, year, ref.district)
        return book

    def write(self, book: RawWorkbook, year: int, wanted: Sequence[Writing]) -> None:
        """As the store does; a disk that refuses is a refusal like any other."""
        with _refusals():
            self.store.write(book, year, wanted)

    def annotate(self, book: RawWorkbook, year: int, wanted: Notes) -> Annotated:
        """The same."""
        with _refusals():
            return self.store.annotate(book, year, wanted)

    def post(self, book: RawWorkbook, year: int, tab: OwnTab) -> bool:
        """The same."""
        with _refusals():
            return self.store.post(book, year, tab)

    def _remember(self, book: RawWorkbook, year: int, district: str) -> None:
        if self._known.get((year, district)) == book.digest:
            return
        ours = list(_ours(Journal(self.folder, year, district), self.now()))
        try:
            History(self.folder, year, district).record(book, self.now(), ours)
        except OSError as failure:
            self.forgetful = True
            LOG.warning("a reading could not be kept: %s", type(failure).__name__)
        else:
            self.forgetful = False
            self._known[year, district] = book.digest


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except OSError as refusal:
        trouble: Trouble = "not_writable"
        raise RefusedError(trouble) from refusal


def _ours(journal: Journal, now: datetime) -> Iterator[Ours]:
    """What was saved lately, newest first."""
    for save in reversed(journal.saves().values()):
        if now - (save.known_at or save.at) > RECENT:
            return
        yield Ours(save.who, save.via, dict(_cells(save)))


def _cells(save: Save) -> Iterator[tuple[Spot, str]]:
    for want in save.wants:
        new = shown(want.new if isinstance(want.new, str) else float(want.new))
        if want.column == WHOLE_ROW:
            yield (want.register, want.key, ""), ""
        else:
            yield (want.register, want.key, want.column), new
            yield (want.register, new, want.column), new  # where it is the key that was changed
