"""What waits for a person: conflicts, settled either way; and saves that ended half-way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from services.errors import AppError
from services.history.changes import Change
from services.normalise.columns import as_typed, shown
from services.normalise.locate import ROW_ID
from services.normalise.workbook import registers_of
from services.store.base import RawWorkbook, Stored
from services.store.digest import cells_digest
from services.writeback.journal import Conflict, Save
from services.writeback.merge import at, same
from services.writeback.plan import planned, row_in_words
from services.writeback.save import Desk, save
from services.writeback.wants import WHOLE_ROW, Fate, Want, new_row_id, typed

NOT_EXACT = re.compile(r"#|\d{2}/\d{2}/(?:19|20)\d{2}$")
"""How a day of the sheet and an error are told."""
LONG_AGO = timedelta(minutes=10)
"""A save of which nothing more was heard for so long is not tried again any more."""


class NotFoundError(AppError):
    """The row of a conflict is not in the sheet any more, or more than once."""

    def __init__(self) -> None:
        super().__init__(
            "ไม่พบแถวหรือคอลัมน์นี้ในชีตแล้ว หรือพบมากกว่าหนึ่งแถว – แก้ในชีตเอง แล้วเลือก «คงค่าในชีต»",
            "the row or column is not there, or there twice: change the sheet, then keep its value",
        )


class ChangedSinceError(AppError):
    """The cell of a change that is to be undone holds something else by now."""

    def __init__(self) -> None:
        super().__init__(
            "ช่องนี้ถูกแก้อีกหลังจากนั้น จึงไม่คืนค่าเดิม ดูรายการล่าสุดของช่องนี้ก่อน",
            "the cell was changed again since then; look at its latest change first",
        )


class CannotPutBackError(AppError):
    """What a cell held before is more than its words: a day, or an error of a formula."""

    def __init__(self) -> None:
        super().__init__(
            "ค่าเดิมเป็นวันที่หรือผลของสูตรในชีต จึงคืนด้วยข้อความไม่ได้ – ใช้ประวัติเวอร์ชันของชีต หรือพิมพ์เอง",
            "the old value was a day or a formula's: use the sheet's own version history",
        )


def keep_theirs(desk: Desk, conflict: Conflict, who: str) -> None:
    """Settle a conflict: what stands in the sheet stays."""
    desk.journal.settles(conflict, "theirs", who, desk.now())


def take_ours(desk: Desk, conflict: Conflict, who: str) -> Fate:
    """Settle a conflict: what was wanted is written, if the sheet still says what was shown.

    Otherwise it is a conflict anew, with what stands there by now.

    Raises:
        NotFoundError: its row is not to be found.
        NotNowError: see `save`.
    """
    together = _together(desk, conflict)
    if conflict not in together:
        return Fate("already")  # somebody settled it meanwhile
    book = desk.read()
    on = cells_digest(book.tabs)
    wants = tuple(_resting(desk, book, one.want) for one in together)
    wanted = Save(f"{conflict.id}:ours:{on}", desk.now(), who, "page", on, wants)
    if conflict.want.row is not None and wants[0].seen != _shown(conflict):
        fates: tuple[Fate, ...] = (Fate("clash", "changed", wants[0].seen),)
        desk.journal.means(wanted)
        desk.journal.knows(wanted, fates, desk.now())
    else:
        fates = save(desk, book, wanted)
    for one in together:
        desk.journal.settles(one, "ours", who, desk.now())
    return fates[together.index(conflict)]


def _together(desk: Desk, conflict: Conflict) -> list[Conflict]:
    """The conflict, if it still waits; of a new row, all of its cells: it comes whole."""
    waiting = desk.journal.conflicts()
    if conflict.want.row is not None:
        return [one for one in waiting if one == conflict]
    return [one for one in waiting if _row_of(one) == _row_of(conflict)]


def _row_of(conflict: Conflict) -> tuple[object, ...]:
    want = conflict.want
    return conflict.save.id, want.row, want.register, want.row_id, want.key


def _resting(desk: Desk, book: RawWorkbook, want: Want) -> Want:
    """The same want, resting on the workbook as it stands now."""
    if want.row is None:
        return want
    here = _here(desk, book, want)
    return replace(want, row=here.row, seen=here.seen)


def _shown(conflict: Conflict) -> str | None:
    """What the person who settles was shown of the sheet, or of a cell that was gone, before it.

    None of a row to be removed that nobody was shown.
    """
    if conflict.fate.theirs is not None or conflict.want.column == WHOLE_ROW:
        return conflict.fate.theirs
    return conflict.want.seen


def put_back(desk: Desk, change: Change, who: str) -> Fate:
    """Undo a change that was made, if its cell still holds the new value.

    It is a save like any other: journalled, merged, and undone by another.

    Raises:
        NotFoundError: its row is not to be found.
        ChangedSinceError: the cell holds something else by now.
        CannotPutBackError: what it held is more than its words.
        NotNowError: see `save`.
    """
    if NOT_EXACT.match(change.old):
        raise CannotPutBackError
    book = desk.read()
    column = registers_of(desk.programme)[change.register].by_code[change.column]
    new = typed(column, change.old)
    want = Want(change.register, 0, "", change.row, change.column, change.new, new)
    here = _here(desk, book, want)
    if shown(here.stored) != change.new:
        raise ChangedSinceError
    want = replace(want, row=here.row, seen=here.seen)
    one = Save(new_row_id(), desk.now(), who, "page", cells_digest(book.tabs), (want,))
    return save(desk, book, one)[0]


def look_after_cut_off(desk: Desk, *, every: bool = False) -> None:
    """Find out what became of saves that ended half-way; what was not written goes to the inbox.

    Nothing is written: whether it is still wanted, a person says. `every`: also those somebody may
    still be trying again (at a start, nobody is).

    Raises:
        NotNowError: the workbook cannot be read now; look again later.
    """
    if not desk.journal.cut_off():
        return
    with desk.journal.one_at_a_time():
        for one in desk.journal.cut_off():
            if every or desk.now() - one.at > LONG_AGO:
                book = desk.read()
                fates = [_became(desk, book, want) for want in one.wants]
                desk.journal.knows(one, fates, desk.now())


def _became(desk: Desk, book: RawWorkbook, want: Want) -> Fate:
    """Whether the sheet holds what was wanted."""
    if want.row is None:
        place, register = desk.places(book)[want.register], registers_of(desk.programme)
        plan = planned(register[want.register], None, place, {0: want})
        return plan.fates.get(0, Fate("clash", "cut_off"))
    try:
        here = _here(desk, book, want)
    except NotFoundError:
        return Fate("clash", "cut_off")
    if want.column != WHOLE_ROW and same(here.stored, want.new):
        return Fate("already")
    return Fate("clash", "cut_off", here.seen)


@dataclass(frozen=True)
class _Spot:
    """Where a want's cell is now; `seen` is what it, or a row to be removed, holds in words."""

    row: int
    stored: Stored
    seen: str


def _here(desk: Desk, book: RawWorkbook, want: Want) -> _Spot:
    """Find the row by its id and key, or where it has no id, by its key alone.

    Raises:
        NotFoundError: its row or column is not there, or there twice.
    """
    place = desk.places(book)[want.register]
    header = place.header if place else None
    if place is None or header is None or not (want.row_id or want.key):
        raise NotFoundError
    key = registers_of(desk.programme)[want.register].key.code
    names = {ROW_ID: want.row_id, key: want.key}
    named = {
        header.columns[code]: name
        for code, name in names.items()
        if name and code in header.columns
    }
    found = [
        row
        for row in range(header.bottom + 1, len(place.tab.rows))
        if named and all(as_typed(at(place.tab, row, c)) == name for c, name in named.items())
    ]
    column = header.columns.get(want.column)
    if len(found) != 1 or (column is None and want.column != WHOLE_ROW):
        raise NotFoundError
    if column is None:
        return _Spot(found[0], "", row_in_words(place.tab, header.columns, found[0]))
    stored = at(place.tab, found[0], column)
    return _Spot(found[0], stored, as_typed(stored))
