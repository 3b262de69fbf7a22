"""Saves what somebody wants of a workbook: merged with what stands there now, and exactly once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.errors import AppError
from services.issues import reason
from services.normalise.locate import ROW_ID, Place, find_registers
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
from services.store.digest import cells_digest
from services.writeback.journal import Conflict, Journal, Save
from services.writeback.merge import at
from services.writeback.plan import Plan, planned, row_in_words
from services.writeback.wants import WHOLE_ROW, Fate, Want, as_typed
from sheets_schema.model import Programme

TRIES, PAUSE_SECONDS = 5, 0.2
LONG_AGO = timedelta(minutes=10)
"""A save of which nothing more was heard for so long is not at work any more."""
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


class NotFoundError(AppError):
    """The row of a conflict is not in the sheet any more, or more than once."""

    def __init__(self) -> None:
        super().__init__(
            "ไม่พบแถวหรือคอลัมน์นี้ในชีตแล้ว หรือพบมากกว่าหนึ่งแถว – แก้ในชีตเอง แล้วเลือก «คงค่าในชีต»",
            "the row or column is not there, or there twice: change the sheet, then keep its value",
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
        OSError: the journal cannot be written, so nothing else was.
    """
    with desk.journal.one_at_a_time():
        known = desk.journal.saves().get(wanted.id)
        if known is not None and known.fates is not None:
            return known.fates
        if known is None:
            desk.journal.means(wanted)
        fates = _written(desk, seen, wanted.wants)
        desk.journal.knows(wanted, fates, desk.now())
        return fates


def _written(desk: Desk, seen: RawWorkbook, wants: Sequence[Want]) -> tuple[Fate, ...]:
    """Try until the workbook holds still for it."""
    forbidden: set[Position] = set()
    failure: AppError = NotNowError(None)
    for number in range(TRIES):
        if number:
            time.sleep(PAUSE_SECONDS)
        book = desk.read()
        plans = _plans(desk, seen, book, wants)
        try:
            _write(desk, book, plans, forbidden)
        except NotAsSeenError:
            failure = NotNowError(desk.ref.trouble)
        except RefusedError as refusal:  # if it was applied, the next look says so
            failure = NotNowError(refusal.trouble)
        except CannotWriteError as refusal:
            forbidden |= _positions(plans, refusal.position)
        else:
            return _fates(plans, forbidden, len(wants))
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


def look_after_cut_off(
    desk: Desk, seen_then: Callable[[str], RawWorkbook | None], *, every: bool = False
) -> None:
    """Find out what became of saves that ended half-way; what was not written goes to the inbox.

    Args:
        desk: of the district.
        seen_then: the workbook by its `cells_digest`, where it is still known.
        every: also those that may still be at work (at a start, none is).

    Raises:
        NotNowError: the workbook cannot be read now; look again later.
    """
    with desk.journal.one_at_a_time():
        for one in desk.journal.cut_off():
            if every or desk.now() - one.at > LONG_AGO:
                book = desk.read()
                seen = seen_then(one.on) or book
                plans = _plans(desk, seen, book, one.wants)
                fates = _fates(plans, set(), len(one.wants))
                never = Fate("clash", "cut_off")
                told = [
                    replace(never, theirs=want.seen) if fate.state == "written" else fate
                    for fate, want in zip(fates, one.wants, strict=True)
                ]
                desk.journal.knows(one, told, desk.now())


def keep_theirs(desk: Desk, conflict: Conflict, who: str) -> None:
    """Settle a conflict: what stands in the sheet stays."""
    desk.journal.settles(conflict, "theirs", who, desk.now())


def take_ours(desk: Desk, conflict: Conflict, who: str) -> Fate:
    """Settle a conflict: what was wanted is written, if the sheet still says what was shown.

    Otherwise it is a conflict anew, with what stands there by now.

    Raises:
        NotNowError: see `save`.
    """
    book, want = desk.read(), conflict.want
    here = _here(desk, book, want)
    name = f"{conflict.id}:ours:{cells_digest(book.tabs)}"
    wanted = Save(name, desk.now(), who, "page", cells_digest(book.tabs), (here,))
    theirs = conflict.fate.theirs
    if theirs is not None and here.row is not None and here.seen != theirs:
        fates: tuple[Fate, ...] = (Fate("clash", "changed", here.seen),)
        desk.journal.means(wanted)
        desk.journal.knows(wanted, fates, desk.now())
    else:
        fates = save(desk, book, wanted)
    desk.journal.settles(conflict, "ours", who, desk.now())
    return fates[0]


def _here(desk: Desk, book: RawWorkbook, want: Want) -> Want:
    """The same want, resting on the workbook as it stands now.

    Raises:
        NotFoundError: its row or column is not there, or there twice.
    """
    if want.row is None:
        return want
    place = desk.places(book)[want.register]
    register = registers_of(desk.programme)[want.register]
    header = place.header if place else None
    if place is None or header is None:
        raise NotFoundError
    by_id = bool(want.row_id) and ROW_ID in header.columns
    name, code = (want.row_id, ROW_ID) if by_id else (want.key, register.key.code)
    column, named = header.columns.get(want.column), header.columns.get(code)
    rows = range(header.bottom + 1, len(place.tab.rows))
    found = [row for row in rows if named is not None and at(place.tab, row, named) == name]
    if len(found) != 1 or not name or (column is None and want.column != WHOLE_ROW):
        raise NotFoundError
    seen = (
        row_in_words(place.tab, header.columns, found[0])
        if column is None
        else as_typed(at(place.tab, found[0], column))
    )
    return replace(want, row=found[0], seen=seen)
