"""Saves what somebody wants of a workbook: merged with what stands there now, and exactly once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.errors import AppError
from services.issues import reason
from services.normalise.locate import Place, find_registers
from services.normalise.workbook import registers_of
from services.store.base import (
    CannotWriteError,
    NotAsSeenError,
    Position,
    RawWorkbook,
    RefusedError,
    SheetStore,
    Trouble,
    WorkbookRef,
    Writing,
)
from services.writeback.journal import Journal, Save
from services.writeback.plan import Plan, planned
from services.writeback.wants import Fate, Want
from sheets_schema.model import Programme

TRIES, PAUSE_SECONDS = 5, 0.2
Moment = Callable[[], datetime]


class NotNowError(AppError):
    """The workbook cannot be written now; what was wanted is in the journal, and can be redone."""

    def __init__(self, trouble: Trouble | None) -> None:
        """Say why, as far as it is known."""
        why = reason(trouble or "busy")
        super().__init__(
            f"ยังไม่ได้บันทึก: {why} – สิ่งที่พิมพ์ยังอยู่ กด «บันทึก» อีกครั้ง",
            f"not saved yet ({trouble or 'busy'}); nothing is lost, save again",
        )


@dataclass(frozen=True)
class Desk:
    """Where edits of one district's workbook are worked on."""

    store: SheetStore
    journal: Journal
    programme: Programme
    now: Moment

    @property
    def ref(self) -> WorkbookRef:
        """The district's workbook as listed.

        Raises:
            NotNowError: it has none.
        """
        refs = self.store.workbooks(self.programme.year)
        found = next((ref for ref in refs if ref.district == self.journal.district), None)
        if found is None:
            raise NotNowError(None)
        return found

    def read(self) -> RawWorkbook:
        """The workbook as it stands.

        Raises:
            NotNowError: it cannot be read now.
        """
        book = self.store.read(self.ref, self.programme.year)
        if book is None or book.trouble is not None:
            raise NotNowError(book.trouble if book else None)
        return book

    def places(self, book: RawWorkbook) -> dict[str, Place | None]:
        """Register code -> where it stands in the workbook."""
        return find_registers(book.tabs, registers_of(self.programme).values())


def save(desk: Desk, seen: RawWorkbook, wanted: Save) -> tuple[Fate, ...]:
    """Write what is wanted; the fate of every want, in order.

    A save that is known already is not done again, whoever presses: its fates are told.

    Raises:
        NotNowError: nothing was written for sure, or Google never answered; save again.
        CannotKeepError: the journal cannot be written, so nothing else was.
    """
    with desk.journal.one_at_a_time():
        known = desk.journal.saves().get(wanted.id)
        if known is not None and known.fates is not None:
            return known.fates
        if known is None:
            desk.journal.means(wanted)
            desk.journal.take_back(wanted, desk.now())
        fates = _written(desk, seen, wanted.wants)
        desk.journal.knows(wanted, fates, desk.now())
        return fates


def foreseen(desk: Desk, seen: RawWorkbook, wants: Sequence[Want]) -> tuple[Fate, ...]:
    """What would become of the wants now; «written» stands for what would be.

    Raises:
        NotNowError: the workbook cannot be read now.
    """
    return _fates(_plans(desk, seen, desk.read(), wants), set(), len(wants))


def _written(desk: Desk, seen: RawWorkbook, wants: Sequence[Want]) -> tuple[Fate, ...]:
    """Try until the workbook holds still for it."""
    forbidden: set[Position] = set()
    failure: AppError = NotNowError(None)
    tries = 0
    while tries < TRIES:
        book = desk.read()
        plans = _plans(desk, seen, book, wants)
        try:
            _write(desk, book, plans, forbidden)
        except CannotWriteError as refusal:  # no try: each refusal leaves less to write
            forbidden |= _positions(plans, refusal.position)
            continue
        except NotAsSeenError:
            failure = NotNowError(desk.ref.trouble)
        except RefusedError as refusal:  # if it was applied, the next look says so
            failure = NotNowError(refusal.trouble)
        else:
            return _fates(plans, forbidden, len(wants))
        tries += 1
        time.sleep(PAUSE_SECONDS)
    raise failure


def _plans(
    desk: Desk, seen: RawWorkbook, now: RawWorkbook, wants: Sequence[Want]
) -> tuple[Plan, ...]:
    then, there = desk.places(seen), desk.places(now)
    known = registers_of(desk.programme)
    codes = dict.fromkeys(want.register for want in wants)
    return tuple(
        planned(
            known[code],
            then[code],
            there[code],
            {n: want for n, want in enumerate(wants) if want.register == code},
        )
        for code in codes
    )


def _write(desk: Desk, book: RawWorkbook, plans: Iterable[Plan], forbidden: set[Position]) -> None:
    writings = []
    for plan in plans:
        never = set[int]().union(*(plan.wants.get(one, ()) for one in forbidden))
        cells = {
            one: new
            for one, new in plan.cells.items()
            if one not in forbidden and not never & plan.wants.get(one, set())
        }
        if plan.tab is not None and plan.header is not None and cells:
            rows = range(plan.header.top, plan.header.bottom + 1)
            writings.append(Writing(plan.tab, cells, rows))
    if writings:
        desk.store.write(book, desk.programme.year, writings)


def _positions(plans: Iterable[Plan], refused: Position | None) -> set[Position]:
    """The cell that was refused; without a position, all of them."""
    return {one for plan in plans for one in plan.cells if refused in (None, one)}


def _fates(plans: Iterable[Plan], forbidden: set[Position], count: int) -> tuple[Fate, ...]:
    fates: dict[int, Fate] = {}
    for plan in plans:
        fates |= plan.fates
        for position, numbers in plan.wants.items():
            for number in numbers:
                if position in forbidden:
                    fates[number] = Fate("clash", "refused")
                fates.setdefault(number, Fate("written"))
    return tuple(fates.get(number, Fate("already")) for number in range(count))
