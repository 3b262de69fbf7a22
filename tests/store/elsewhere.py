"""A store elsewhere, and a clock, for the tests of its copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.settings import BANGKOK
from services.store.base import (
    Annotated,
    NotAsSeenError,
    Notes,
    OwnTab,
    RawTab,
    RawWorkbook,
    RefusedError,
    Trouble,
    WorkbookRef,
    Writing,
)

YEAR = 2565
MORNING = datetime(2022, 7, 19, 8, 0, tzinfo=BANGKOK)


@dataclass
class Elsewhere:
    """Districts whose sheets hold one word each; counts what is asked of it."""

    words: dict[str, str]
    stamps: dict[str, int] = field(default_factory=dict)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    no_hints: bool = False
    wrongly_linked: dict[str, Trouble] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    home: str = "S"

    def years(self) -> tuple[int, ...]:
        return (YEAR,)

    def look_for_changes(self) -> None:
        self.asked["hint"] += 1
        if self.no_hints:
            trouble: Trouble = "google_away"
            raise RefusedError(trouble)
        self.stamps = {code: len(word) for code, word in self.words.items()}

    def workbooks(self, year: int) -> tuple[WorkbookRef, ...]:
        assert year == YEAR
        return tuple(
            WorkbookRef(code, code, str(self.stamps.get(code, "")), wrong, home=self.home)
            for code in self.words
            for wrong in [self.wrongly_linked.get(code)]
        )

    def read(self, ref: WorkbookRef, year: int, *, unless: str | None = None) -> RawWorkbook | None:
        assert (year, ref.district) == (YEAR, ref.name)
        self.asked[ref.name] += 1
        trouble = self.troubles.get(ref.name)
        if trouble is not None:
            return RawWorkbook(ref, trouble, (), trouble)
        word = self.words[ref.name]
        return None if word == unless else RawWorkbook(ref, word, (RawTab("ก", [[word]]),))

    def write(self, book: RawWorkbook, year: int, wanted: Sequence[Writing]) -> None:
        assert year == YEAR
        if book.digest != self.words[book.ref.name]:
            raise NotAsSeenError
        self.words[book.ref.name] = str(wanted[0].cells[0, 0])

    def annotate(self, book: RawWorkbook, year: int, wanted: Notes) -> Annotated:
        assert year == YEAR
        assert set(wanted) == {"ก"}
        if book.digest != self.words[book.ref.name]:
            raise NotAsSeenError
        return Annotated(len(wanted["ก"]))

    def post(self, book: RawWorkbook, year: int, tab: OwnTab) -> bool:
        raise NotImplementedError

    def calls(self) -> dict[str, int]:
        counted, self.asked = dict(self.asked), Counter()
        return counted


@dataclass
class Clock:
    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now
