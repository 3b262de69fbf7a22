"""A district's readings, kept: whole states now and then, and the way from each to the next.

`history_dir/history/<year>/<district>/`: `changes.jsonl`, one line for each reading that differs
from the one before, and `<number>.json.gz`, the whole workbook after every FULL_EVERY lines, and
where a patch would not give the workbook back. Lines are only ever added. All of it
is its user's only: it holds names and debts.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from filelock import FileLock

from services.history.changes import Change, Ours, as_rows, changes, of_rows
from services.history.patch import applied, of_told, patches, told
from services.lines import USER_ONLY_FILE, Line, append, lines, own_folder
from services.normalise.thai import fold
from services.store import copies
from services.store.base import RawWorkbook
from services.store.digest import cells_digest
from sheets_schema.model import BUDDHIST_OFFSET

FOLDER, LINES = "history", "changes.jsonl"
FULL_EVERY = 50
LAST_MONTH = 9
KEPT_YEARS = 5
"""Draft: a fiscal year's readings go when it is so many years past."""


@dataclass(frozen=True)
class Reading:
    """One line: the state `digest` was first seen `at`; `changes` since the one before."""

    number: int
    at: datetime
    digest: str
    patch: Any
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class History:
    """What is kept of one district's workbook of one year."""

    folder: Path
    year: int
    district: str

    @cached_property
    def place(self) -> Path:
        """Where it is kept."""
        return self.folder / FOLDER / str(self.year) / self.district

    def record(self, book: RawWorkbook, at: datetime, ours: Sequence[Ours] = ()) -> bool:
        """Keep a reading, if it differs from the last one; whether it did.

        Raises:
            OSError: the disk refuses.
        """
        digest = cells_digest(book.tabs)
        own_folder(self.folder, FOLDER, str(self.year), self.district)
        with FileLock(self.place / "lock", mode=USER_ONLY_FILE):
            known = list(self._lines())
            if known and known[-1]["digest"] == digest:
                return False
            number = known[-1]["number"] + 1 if known else 0
            before = self._state(known, known[-1]["number"]) if known else None
            line: dict[str, Any] = {"number": number, "at": at.isoformat(), "digest": digest}
            whole = number % FULL_EVERY == 0
            if before is not None:
                patch = patches(before.tabs, book.tabs)
                found = changes(before.tabs, book.tabs, patch, ours)
                line |= {"patch": told(patch), "changes": as_rows(found)}
                whole |= cells_digest(applied(of_told(line["patch"]), before.tabs)) != digest
            if whole or before is None:
                copies.save(self._full(number), book, at)
            append(self.place / LINES, line)
        return True

    def readings(self) -> list[Reading]:
        """All of them, oldest first."""
        return [_reading(line) for line in self._lines()]

    def found(
        self,
        search: str = "",
        most: int = 500,
        hidden: Callable[[Change], bool] = lambda _: False,
    ) -> list[tuple[datetime, Change]]:
        """Changes that hold the searched words, newest first.

        What a `hidden` one held and holds is not searched: who may not see it learns nothing of it.
        """
        wanted = fold(search)
        hits: list[tuple[datetime, Change]] = []
        for reading in reversed(self.readings()):
            hits += [(reading.at, one) for one in reading.changes if _holds(one, wanted, hidden)]
            if len(hits) >= most:
                break
        return hits[:most]

    def at(self, moment: datetime) -> RawWorkbook | None:
        """The workbook as it was last read by then; None where it had not been."""
        digest = self.digest_at(moment)
        return None if digest is None else self.of(digest)

    def digest_at(self, moment: datetime) -> str | None:
        """The name of what it held by then; None where it had not been read."""
        known = [str(line["digest"]) for line in self._lines() if _moment(line) <= moment]
        return known[-1] if known else None

    def of(self, digest: str) -> RawWorkbook | None:
        """The workbook that had this `cells_digest`."""
        lines = list(self._lines())
        numbers = [line["number"] for line in lines if line["digest"] == digest]
        return self._state(lines, numbers[-1]) if numbers else None

    def _state(self, lines: list[Line], number: int) -> RawWorkbook | None:
        """The state after a line: the last whole one before it, and the patches from there."""
        way: list[Line] = []
        for line in reversed([line for line in lines if line["number"] <= number]):
            whole = copies.load(self._full(line["number"]))
            if whole is not None:
                book, _ = whole
                for step in reversed(way):
                    book = replace(book, tabs=applied(of_told(step["patch"]), book.tabs))
                return replace(book, digest=lines_digest(lines, number))
            way.append(line)
        return None

    def _full(self, number: int) -> Path:
        return self.place / f"{number:06}.json.gz"

    def _lines(self) -> Iterator[Line]:
        return (line for line in lines(self.place / LINES) if "digest" in line)


def prune(folder: Path, now: datetime) -> None:
    """Remove what is kept of years that ended KEPT_YEARS ago; a fiscal year ends in September.

    Within a year everything is kept: a submitted figure may be asked about until then.
    """
    for year in (folder / FOLDER).glob("*"):
        fiscal = now.year + BUDDHIST_OFFSET + (now.month > LAST_MONTH)
        if year.name.isdecimal() and int(year.name) + KEPT_YEARS < fiscal:
            shutil.rmtree(year)


def lines_digest(lines: list[Line], number: int) -> str:
    """The content's name after a line."""
    return next(str(line["digest"]) for line in lines if line["number"] == number)


def _moment(line: Line) -> datetime:
    return datetime.fromisoformat(line["at"])


def _reading(line: Line) -> Reading:
    found = tuple(of_rows(line.get("changes", ())))
    return Reading(line["number"], _moment(line), line["digest"], line.get("patch"), found)


def _holds(change: Change, wanted: str, hidden: Callable[[Change], bool]) -> bool:
    """Whether some word of the change holds the folded words."""
    told = () if wanted and hidden(change) else (change.old, change.new)
    words = (change.row, change.who, *told)
    return not wanted or any(wanted in fold(word) for word in words)
