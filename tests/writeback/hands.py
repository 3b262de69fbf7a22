"""A person at work in each kind of store."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.secrets_file import GoogleAccount
from services.store.base import (
    Annotated,
    Notes,
    OwnTab,
    RawTab,
    RawWorkbook,
    SheetStore,
    Stored,
    WorkbookRef,
    Writing,
)
from services.store.google_http import GoogleHTTP, Pace
from services.store.google_sheets import GoogleSheets
from services.store.memory import MemoryStore
from services.store.xlsx_folder import XlsxFolder
from tests.support.files import write_workbook
from tests.support.google.books import add_workbook, key
from tests.support.google.client import LocalGoogle
from tests.writeback.office import DISTRICT, HEADERS, YEAR, Rows, debts
from tests.writeback.story import BEGAN, WIDTH

EDITOR = "district@office.example"
TAB = "ลูกหนี้"


def _nobody() -> None:
    """Nobody acts."""


@dataclass
class Watched:
    """A store; before every reading and writing somebody may act."""

    store: SheetStore
    between: Callable[[], None] = _nobody

    def years(self) -> tuple[int, ...]:
        return self.store.years()

    def workbooks(self, year: int) -> tuple[WorkbookRef, ...]:
        return self.store.workbooks(year)

    def read(self, ref: WorkbookRef, year: int, *, unless: str | None = None) -> RawWorkbook | None:
        self.between()
        return self.store.read(ref, year, unless=unless)

    def write(self, book: RawWorkbook, year: int, wanted: Sequence[Writing]) -> None:
        self.between()
        self.store.write(book, year, wanted)

    def annotate(self, book: RawWorkbook, year: int, wanted: Notes) -> Annotated:
        self.between()
        return self.store.annotate(book, year, wanted)

    def post(self, book: RawWorkbook, year: int, tab: OwnTab) -> bool:
        self.between()
        return self.store.post(book, year, tab)


def rows_in(store: SheetStore) -> Rows:
    """What stands below the header."""
    book = store.read(store.workbooks(YEAR)[0], YEAR)
    assert book is not None
    return [[*row, *[""] * WIDTH][:WIDTH] for row in book.tabs[0].rows[1:]]


@dataclass
class InMemory:
    """The sheet is a list."""

    is_far_away = False

    store: Watched = field(default_factory=lambda: _in_memory(debts(BEGAN)))

    @property
    def between(self) -> Callable[[], None]:
        return self.store.between

    @between.setter
    def between(self, act: Callable[[], None]) -> None:
        self.store.between = act

    def fails(self, dice: random.Random) -> None:
        assert dice

    def rows(self) -> Rows:
        return rows_in(self.store.store)

    def leaves(self, header: list[Stored], rows: Rows, act: tuple[str, int, int]) -> bool:
        assert act
        self.store.store = MemoryStore({YEAR: {DISTRICT: (RawTab(TAB, [header, *rows]),)}})
        return True


def _in_memory(tab: RawTab) -> Watched:
    return Watched(MemoryStore({YEAR: {DISTRICT: (tab,)}}))


class InFile(InMemory):
    """The sheet is a file, saved by a spreadsheet program."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / f"{YEAR}/{DISTRICT} ก.xlsx"
        super().__init__(Watched(XlsxFolder(folder)))
        self.leaves([*HEADERS, "row_id"], BEGAN, ("", 0, 0))

    def leaves(self, header: list[Stored], rows: Rows, act: tuple[str, int, int]) -> bool:
        assert act is not None
        write_workbook(self.place, [RawTab(TAB, [header, *rows])])
        return True


class _Acted(Pace):
    """Before every call somebody may act; nobody waits."""

    between: Callable[[], None] = staticmethod(_nobody)

    def wait(self) -> None:
        self.between()


class OnGoogle:
    """The sheet is online; the person is an editor, whom a lock stops."""

    is_far_away = True

    def __init__(self, google: LocalGoogle, actor: str = EDITOR) -> None:
        self.google, self.pace = google, _Acted(sleep=lambda _: None)
        self.id = add_workbook(google, "เมืองพะเยา", [debts(BEGAN)])
        google.share(self.id, EDITOR, "writer")
        account, links = GoogleAccount(key(), google.address), {YEAR: {DISTRICT: self.id}}
        self.store = GoogleSheets(GoogleHTTP(account, self.pace), links)
        self._unseen = GoogleSheets(GoogleHTTP(account, _Acted(sleep=lambda _: None)), links)
        book = self._unseen.read(self._unseen.workbooks(YEAR)[0], YEAR)
        assert book is not None
        self.number = int((book.tabs[0].url or "").rpartition("=")[2])
        self.actor = actor

    @property
    def between(self) -> Callable[[], None]:
        return self.pace.between

    @between.setter
    def between(self, act: Callable[[], None]) -> None:
        self.pace.between = act

    def fails(self, dice: random.Random) -> None:
        how: tuple[Any, ...] = ({"status": 503}, {"status": 429}, {"drop": True})
        self.google.fault(**dice.choice(how), when=dice.choice(["before", "after"]))

    def rows(self) -> Rows:
        self.google.clear_faults()  # only the product's own calls go wrong
        return rows_in(self._unseen)

    def leaves(self, header: list[Stored], rows: Rows, act: tuple[str, int, int]) -> bool:
        kind, at, column = act
        match kind:
            case "type" | "undo":
                told = [self._typed(1 + at, column, [rows[at][column]])]
            case "rename":
                told = [self._typed(0, column, [header[column]])]
            case "insert":
                told = [{"insertDimension": {"range": self._row(at)}}]
            case "copy":
                told = [{"insertDimension": {"range": self._row(at)}}]
                told.append(self._typed(1 + at, 0, rows[at]))
            case "delete":
                told = [{"deleteDimension": {"range": self._row(at)}}]
            case "sort":
                told = list(self._moves(rows))
            case _:
                told = [self._typed(1 + n, 0, row[:-1]) for n, row in enumerate(rows)]
        if not told:
            return True
        path = f"/v4/spreadsheets/{self.id}:batchUpdate"
        status, _ = self.google.act(self.actor, "POST", path, None, {"requests": told})
        return status == 200

    def _row(self, at: int) -> dict[str, Any]:
        where = {"sheetId": self.number, "dimension": "ROWS"}
        return {**where, "startIndex": 1 + at, "endIndex": 2 + at}

    def _typed(self, row: int, column: int, cells: Sequence[Stored]) -> dict[str, Any]:
        start = {"sheetId": self.number, "rowIndex": row, "columnIndex": column}
        held = [{"userEnteredValue": {"stringValue": str(c)}} if c != "" else {} for c in cells]
        told = {"start": start, "rows": [{"values": held}], "fields": "userEnteredValue"}
        return {"updateCells": told}

    def _moves(self, rows: Rows) -> Iterator[dict[str, Any]]:
        """The rows as they stand, moved one by one until they stand like that."""
        now = self.rows()
        now += [[""] * WIDTH for _ in rows[len(now) :]]
        for goal, wanted in enumerate(rows):
            here = now.index(wanted, goal)
            if here != goal:
                yield {"moveDimension": {"source": self._row(here), "destinationIndex": 1 + goal}}
                now.insert(goal, now.pop(here))
