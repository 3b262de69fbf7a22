"""The workbooks as they stood at a moment in the past, as a store like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from services.history.record import History
from services.store.base import (
    Annotated,
    NotAsSeenError,
    Notes,
    OwnTab,
    RawWorkbook,
    SheetStore,
    WorkbookRef,
    Writing,
)


@dataclass(frozen=True)
class PastStore:
    """What `store` held at the `moment`, as far as it had been read by then; never written."""

    store: SheetStore
    folder: Path
    moment: datetime

    def years(self) -> tuple[int, ...]:
        """As today."""
        return self.store.years()

    def workbooks(self, year: int) -> tuple[WorkbookRef, ...]:
        """Today's list; one that had not been read by then says so."""
        return tuple(self._then(ref, year) for ref in self.store.workbooks(year))

    def _then(self, ref: WorkbookRef, year: int) -> WorkbookRef:
        history = None if ref.district is None else History(self.folder, year, ref.district)
        digest = history.digest_at(self.moment) if history else None
        if digest is None:
            return replace(ref, stamp="", trouble="not_recorded_then", modified=None)
        return replace(ref, stamp=digest, trouble=None, modified=None, read_at=None, read_only=True)

    def read(self, ref: WorkbookRef, year: int, *, unless: str | None = None) -> RawWorkbook | None:
        """The workbook as it stood."""
        if ref.trouble is not None or ref.district is None:
            return RawWorkbook(ref, ref.stamp, (), ref.trouble, ref.name)
        if ref.stamp == unless:
            return None
        book = History(self.folder, year, ref.district).of(ref.stamp)
        if book is None:
            return RawWorkbook(ref, ref.stamp, (), "not_recorded_then", ref.name)
        return replace(book, ref=ref)

    def write(self, book: RawWorkbook, year: int, wanted: Sequence[Writing]) -> None:
        """Refused: what is past cannot be changed."""
        raise NotAsSeenError(book.ref.name, year, len(wanted))

    def annotate(self, book: RawWorkbook, year: int, wanted: Notes) -> Annotated:
        """Refused, as well."""
        raise NotAsSeenError(book.ref.name, year, len(wanted))

    def post(self, book: RawWorkbook, year: int, tab: OwnTab) -> bool:
        """Refused, as well."""
        raise NotAsSeenError(book.ref.name, year, tab.name)
