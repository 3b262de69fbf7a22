"""A district's debts in a store, somebody at the page, and somebody in the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from services.normalise.columns import as_typed
from services.normalise.locate import ROW_ID
from services.settings import BANGKOK
from services.store.base import (
    Annotated,
    Notes,
    OwnTab,
    RawTab,
    RawWorkbook,
    Stored,
    WorkbookRef,
    Writing,
    Written,
)
from services.store.digest import cells_digest
from services.store.memory import MemoryStore
from services.writeback.journal import Journal, Save
from services.writeback.save import Desk, save
from services.writeback.wants import WHOLE_ROW, Fate, Want
from sheets_schema.loader import programme, registers

YEAR, DISTRICT = 2565, "5601"
CODES = ("debt_id", "household_id", "fund_id", "outstanding", "contract_no")
HEADERS: list[Stored] = [registers()["debts"].by_code[code].header for code in CODES]
Rows = list[list[Stored]]
_numbers = count(1)


def debts(rows: Sequence[Sequence[Stored]], *, ids: bool = True) -> RawTab:
    """The tab: headers, then rows of CODES and (with `ids`) the row's id."""
    headers = [*HEADERS, ROW_ID] if ids else HEADERS
    return RawTab("ลูกหนี้", [headers, *map(list, rows)])


def usual(*, ids: bool = True) -> RawTab:
    """Five debts."""
    rows: Rows = [[f"D{n}", f"H{n}", "F1", float(n * 1000), f"0{n}"] for n in range(1, 6)]
    return debts([[*row, f"id{n}"] if ids else row for n, row in enumerate(rows, 1)], ids=ids)


@dataclass
class Sheet:
    """A store with one district's workbook; `meanwhile` acts once, before the next write."""

    store: MemoryStore
    meanwhile: list[RawTab] = field(default_factory=list)

    @classmethod
    def of(cls, *tabs: RawTab) -> Sheet:
        return cls(MemoryStore({YEAR: {DISTRICT: tabs}}))

    def years(self) -> tuple[int, ...]:
        return self.store.years()

    def workbooks(self, year: int) -> tuple[WorkbookRef, ...]:
        return self.store.workbooks(year)

    def read(self, ref: WorkbookRef, year: int, *, unless: str | None = None) -> RawWorkbook | None:
        return self.store.read(ref, year, unless=unless)

    def write(self, book: RawWorkbook, year: int, wanted: Sequence[Writing]) -> None:
        if self.meanwhile:
            self.type(self.meanwhile.pop(0))
        self.store.write(book, year, wanted)

    def annotate(self, book: RawWorkbook, year: int, wanted: Notes) -> Annotated:
        return self.store.annotate(book, year, wanted)

    def post(self, book: RawWorkbook, year: int, tab: OwnTab) -> bool:
        return self.store.post(book, year, tab)

    def type(self, *tabs: RawTab) -> None:
        """Somebody leaves the workbook like this."""
        self.store.by_year = {YEAR: {DISTRICT: tabs}}

    @property
    def book(self) -> RawWorkbook:
        found = self.read(self.workbooks(YEAR)[0], YEAR)
        assert found is not None
        return found

    @property
    def rows(self) -> Rows:
        return [list(row) for row in self.book.tabs[0].rows[1:]]


def desk(store: object, history: Path, at: datetime | None = None) -> Desk:
    moments = _clock(at or datetime(2022, 7, 19, 9, tzinfo=BANGKOK))
    journal = Journal(history, YEAR, DISTRICT)
    return Desk(store, journal, programme(YEAR), lambda: next(moments))  # type: ignore[arg-type]


def _clock(start: datetime) -> Iterator[datetime]:
    for seconds in count():
        yield start + timedelta(seconds=seconds)


def want(book: RawWorkbook, row: int, code: str, new: Written) -> Want:
    """A value for a cell of a debt (`row` from 1 below the header)."""
    cells = [*book.tabs[0].rows[row], *[""] * 6]
    row_id = str(cells[len(CODES)])
    seen = "" if code == WHOLE_ROW else as_typed(cells[CODES.index(code)])
    return Want("debts", row, row_id, str(cells[0]), code, seen, new)


def added(row_id: str, *cells: Written) -> list[Want]:
    """A new debt, cell by cell in the order of CODES."""
    pairs = zip(CODES, cells, strict=False)
    return [Want("debts", None, row_id, str(cells[0]), code, "", cell) for code, cell in pairs]


def pressed(book: RawWorkbook, *wants: Want, who: str = "kanya@office.example") -> Save:
    """«บันทึก» with a draft of these wants."""
    at = datetime(2022, 7, 19, 9, tzinfo=BANGKOK)
    return Save(f"s{next(_numbers)}", at, who, "page", cells_digest(book.tabs), tuple(wants))


def saved(at: Desk, book: RawWorkbook, *wants: Want) -> tuple[Fate, ...]:
    """Press once."""
    return save(at, book, pressed(book, *wants))


def changed(tab: RawTab, row: int, column: int, new: Stored) -> RawTab:
    """The tab after somebody typed into a cell."""
    rows = [list(one) for one in tab.rows]
    rows[row][column] = new
    return replace(tab, rows=rows)
