"""Where this viewer's edits of a district are worked on; nobody else's."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pages._ui import reading, who
from services.cells import column_letters
from services.errors import NoLongerAllowedError
from services.history.record import History
from services.issues import Issue
from services.normalise.locate import Place
from services.normalise.workbook import registers_of
from services.pipeline import opened
from services.present.changes import Seen, is_hidden
from services.present.offline import offline_workbook
from services.present.scope import Scope
from services.store.base import RawWorkbook
from services.store.digest import cells_digest
from services.writeback.draft import Draft
from services.writeback.feedback import Put, put
from services.writeback.ids import Troubles, mended, troubles
from services.writeback.journal import Conflict, Journal, Save
from services.writeback.offline import Returned, returned
from services.writeback.save import Desk, NotNowError, foreseen, save
from services.writeback.settle import keep_theirs, look_after_cut_off, put_back, take_ours
from services.writeback.switches import is_on, switch
from services.writeback.wants import Fate

ALONE, MOST_CHANGES = "alone", 300


def desk(of: Scope, district: str) -> Desk:
    """For a district this viewer may edit, asked anew at every press.

    Raises:
        NoLongerAllowedError: this viewer may not.
    """
    if not who.viewer().may_edit(district):
        raise NoLongerAllowedError
    journal = Journal(reading.chosen().history, of.programme.year, district)
    return Desk(reading.store(), journal, of.programme, reading.now)


def account() -> str:
    """Who this is, for the journal."""
    person = who.person()
    return ALONE if person is None else person.email


def fresh_draft(of: Scope, district: str, code: str) -> Draft | None:
    """Nothing typed yet, on the register as it stands; None without a header row or its key."""
    at = desk(of, district)
    book = at.read()
    place: Place | None = at.places(book).get(code)
    register = registers_of(of.programme)[code]
    header = place.header_with(register.key.code) if place else None
    if place is None or header is None:
        return None
    return Draft(register, book, place.tab, header)


def stands_otherwise(of: Scope, district: str, draft: Draft) -> bool:
    """Whether the workbook is another by now."""
    known = of.of(district)
    return known is not None and known.digest != draft.seen.digest


def told(of: Scope, draft: Draft) -> list[tuple[str, str]]:
    """What the checks would say of the typed cells: sentence and cure."""
    book, cells = draft.tried()
    if not cells:
        return []
    report = opened(book, book.ref, of.programme, of.report.as_of).report
    here = {(draft.tab.name, f"{column_letters(column)}{row + 1}") for row, column in cells}
    return [
        (issue.message, issue.fix)
        for issue in report.issues()
        if issue.cell and (issue.cell.tab, issue.cell.a1) in here
    ]


def press(of: Scope, district: str, draft: Draft) -> tuple[Fate, ...]:
    """Save the draft; pressed twice it is one change."""
    on = cells_digest(draft.seen.tabs)
    one = Save(draft.save_id, reading.now(), account(), "page", on, draft.wants())
    return save(desk(of, district), draft.seen, one)


@dataclass(frozen=True)
class Waiting:
    """A conflict of a district that this viewer may settle."""

    district: str
    conflict: Conflict


def waiting(of: Scope) -> list[Waiting]:
    """Conflicts nobody has settled, of the districts this viewer may edit."""
    found = []
    for code in (one.code for one in of.districts if who.viewer().may_edit(one.code)):
        at = desk(of, code)
        with suppress(NotNowError):  # looked at again later
            look_after_cut_off(at)
        found += [Waiting(code, one) for one in at.journal.conflicts()]
    return found


def settle(of: Scope, one: Waiting, *, ours: bool) -> Fate | None:
    """One click, either way."""
    at = desk(of, one.district)
    if ours:
        return take_ours(at, one.conflict, account())
    keep_theirs(at, one.conflict, account())
    return None


def changed(of: Scope, search: str) -> list[Seen]:
    """The latest changes of the districts this viewer may open, newest first."""
    folder, year = reading.chosen().history, of.programme.year
    known = registers_of(of.programme)
    found: list[Seen] = []
    for one in of.districts:
        people = of.viewer.sees_people(one.code)
        hidden = partial(is_hidden, registers=known, people=people)
        history = History(folder, year, one.code)
        found += [Seen(one.code, at, c) for at, c in history.found(search, MOST_CHANGES, hidden)]
    found.sort(key=lambda seen: seen.at, reverse=True)
    return found[:MOST_CHANGES]


def undo(of: Scope, seen: Seen) -> Fate:
    """Put a changed cell back to what it held before."""
    return put_back(desk(of, seen.district), seen.change, account())


def take_away(of: Scope, district: str) -> bytes:
    """The district's registers as a workbook to edit elsewhere; what it rests on is remembered."""
    return offline_workbook(desk(of, district).read(), of.programme, district)


def brought_back(of: Scope, district: str, data: bytes) -> tuple[Returned, tuple[Fate, ...]]:
    """What was changed in the file, and what would become of it now."""
    at = desk(of, district)
    back = returned(at, data)
    return back, foreseen(at, back.base, back.wants)


def merged_at(of: Scope, district: str, back: Returned) -> datetime | None:
    """When this very file was merged; None where it was not yet."""
    known = desk(of, district).journal.saves().get(back.id)
    return None if known is None else known.known_at


def merge_back(of: Scope, district: str, back: Returned) -> tuple[Fate, ...]:
    """Merge it; the same file twice is one change."""
    at = desk(of, district)
    return save(at, back.base, back.save(at, account()))


def has_notes(of: Scope, district: str) -> bool:
    """Whether the district wants notes in its own sheet."""
    return is_on(reading.chosen().history, of.programme.year, district)


def note(of: Scope, district: str, *, on: bool) -> Put:
    """Switch the district's notes on or off, and let its workbook say so."""
    at = desk(of, district)
    switch(reading.chosen().history, of.programme.year, district, on=on)
    return put(at, partial(_issues, of) if on else _nothing)


def _issues(of: Scope, book: RawWorkbook) -> Iterable[Issue]:
    return opened(book, book.ref, of.programme, of.report.as_of).report.issues()


def _nothing(_book: RawWorkbook) -> Iterable[Issue]:
    return []


def id_troubles(of: Scope, district: str) -> list[Troubles]:
    """What is the matter with the ids of the district's rows."""
    return troubles(desk(of, district))


def mend_ids(of: Scope, district: str) -> int:
    """Mend what can be mended; how many ids were written."""
    return mended(desk(of, district))
