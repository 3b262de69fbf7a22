"""Writes cells into a spreadsheet that people are editing: only what was seen, or nothing at all.

Google knows no conditional write, so four calls make one. The first takes the spreadsheet for this
writer (one of ours at a time), locks the cells for people and lays marks that follow their rows and
columns. The second reads again. The third writes, and is refused as a whole by Google itself if a
marked row or column is elsewhere by now or the lock is gone; it also gives everything back. Only
the spreadsheet's owner, whom no lock stops, can still type between the last two.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from services.store import google_hold as hold
from services.store.base import (
    NotAsSeenError,
    Position,
    RawTab,
    RefusedError,
    Stored,
    Writing,
    Written,
)
from services.store.google_grid import FIELDS as CELLS
from services.store.google_grid import Json, tabs_of
from services.store.google_http import GoogleHTTP, words_of

WRITER, LEASE = "kongthun.writer", "[kongthun] กำลังบันทึก"
WRITER_NUMBER = 1 + crc32(WRITER.encode()) % (hold.HIGHEST - 1)
STALE = timedelta(minutes=3)
"""Longer than one writer's calls can take with all their repeating."""
OTHERS = "developerMetadata,sheets.protectedRanges(protectedRangeId,description)"


def write(http: GoogleHTTP, spreadsheet_id: str, wanted: Sequence[Writing], now: datetime) -> None:
    """Write all the cells, or none.

    Args:
        http: Google, as an account that may write.
        spreadsheet_id: which.
        wanted: what, tab by tab, and what was seen there.
        now: the present moment, by which a writer that died is told from one at work.

    Raises:
        NotAsSeenError: nothing was written; read again.
        RefusedError: Google refuses or is away; unless it was away, nothing was written.
    """
    taken, _ = take(http, spreadsheet_id, wanted, now)

    def values() -> Iterator[Json]:
        _look_again(http, spreadsheet_id, wanted)
        return _values(wanted)

    finish(http, spreadsheet_id, taken, values)


def finish(
    http: GoogleHTTP, spreadsheet_id: str, taken: Taken, asked: Callable[[], Iterable[Json]]
) -> None:
    """Do what is asked if all is still where it was taken, and give everything back either way.

    Raises:
        NotAsSeenError: nothing was done. RefusedError: Google refuses or is away.
    """
    try:
        made = list(asked())
        http.update(spreadsheet_id, [*taken.only_if_held(), *made, *taken.given_back()])
    except (RefusedError, NotAsSeenError) as failure:
        with suppress(RefusedError):
            http.update(spreadsheet_id, list(taken.given_back()))
        if isinstance(failure, RefusedError) and failure.trouble == "google_odd":
            raise NotAsSeenError from failure
        raise


@dataclass(frozen=True)
class Taken:
    """What this writer holds."""

    marks: hold.Marks
    leases: tuple[int, ...]
    name: str

    def only_if_held(self) -> Iterator[Json]:
        """Fail unless every mark is where it was laid."""
        yield from hold.only_where(self.marks)

    def given_back(self) -> Iterator[Json]:
        """Fail unless every lock is still there, and give all back."""
        for number in self.leases:
            yield {"deleteProtectedRange": {"protectedRangeId": number}}
        yield from hold.lift()
        yield _writer_gone(self.name)


def take(
    http: GoogleHTTP,
    spreadsheet_id: str,
    wanted: Sequence[Writing],
    now: datetime,
    fields: str = "",
) -> tuple[Taken, Json]:
    """Take cells for this writer: what it holds, and those fields of the spreadsheet as of then.

    Raises:
        NotAsSeenError: another of ours is at work, or a cell is gone.
        RefusedError: Google refuses or is away.
    """
    name = f"{now.isoformat(timespec='seconds')} {secrets.token_hex(4)}"
    marks = hold.marks_for(_lines(wanted))
    asked = [_writer(name), *hold.lay(marks), *_leases(wanted, http.account.email)]
    try:
        answer = http.update(spreadsheet_id, asked, fields)
    except RefusedError as refusal:
        if refusal.trouble != "google_odd":
            raise
        if hold.IN_USE not in words_of(refusal):  # there is no such row or tab any more
            raise NotAsSeenError from refusal
        _after_the_dead(http, spreadsheet_id, now)
        raise NotAsSeenError from refusal
    made = (reply.get("addProtectedRange") for reply in answer.get("replies", ()))
    leases = tuple(int(one["protectedRange"]["protectedRangeId"]) for one in made if one)
    return Taken(marks, leases, name), answer.get("updatedSpreadsheet", {})


def _lines(wanted: Sequence[Writing]) -> Iterator[hold.Line]:
    for one in wanted:
        number = number_of(one.seen)
        for row in sorted(_rows(one)):
            yield hold.Line(number, "ROWS", row)
        for column in sorted({column for _, column in one.cells}):
            yield hold.Line(number, "COLUMNS", column)


def _rows(one: Writing) -> set[int]:
    return {row for row, _ in one.cells} | set(one.rows)


def number_of(seen: RawTab) -> int:
    """Google's number of the tab, which its link ends with."""
    return int((seen.url or "").rpartition("=")[2])


def _leases(wanted: Sequence[Writing], who: str | None) -> Iterator[Json]:
    editors = {"users": [who] if who else []}
    for one in wanted:
        for first, last, column in _runs(one.cells):
            where = {
                "sheetId": number_of(one.seen),
                "startRowIndex": first,
                "endRowIndex": last + 1,
                "startColumnIndex": column,
                "endColumnIndex": column + 1,
            }
            told = {"range": where, "description": LEASE, "editors": editors}
            yield {"addProtectedRange": {"protectedRange": told}}


def _runs(cells: Iterable[Position]) -> Iterator[tuple[int, int, int]]:
    """First row, last row and column of cells that stand below one another."""
    found: list[tuple[int, int, int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if found and found[-1][1:] == (row - 1, column):
            found[-1] = (found[-1][0], row, column)
        else:
            found.append((row, row, column))
    yield from found


def _look_again(http: GoogleHTTP, spreadsheet_id: str, wanted: Sequence[Writing]) -> None:
    answer = http.spreadsheet(spreadsheet_id, fields=CELLS)
    now = {number_of(tab): tab for tab in tabs_of(answer, "")}
    for one in wanted:
        tab = now.get(number_of(one.seen))
        if tab is None or one.cells.keys() & (tab.formulas() | one.seen.formulas()):
            raise NotAsSeenError
        check_rows(one.seen, tab, _rows(one))


def check_rows(seen: RawTab, tab: RawTab, rows: Iterable[int]) -> None:
    """These rows show what they showed.

    Raises:
        NotAsSeenError: they do not.
    """
    if any(_row(tab, row) != _row(seen, row) for row in rows):
        raise NotAsSeenError


def _row(tab: RawTab, row: int) -> tuple[list[Stored], list[tuple[Position, str]]]:
    """What a row shows, up to its last filled cell."""
    cells = list(tab.rows[row]) if row < len(tab.rows) else []
    while cells and cells[-1] == "":
        cells.pop()
    faults = sorted((at, fault.shown) for at, fault in tab.faults.items() if at[0] == row)
    return cells, faults


def _values(wanted: Sequence[Writing]) -> Iterator[Json]:
    for one in wanted:
        number = number_of(one.seen)
        for (row, column), value in sorted(one.cells.items()):
            start = {"sheetId": number, "rowIndex": row, "columnIndex": column}
            rows = [{"values": [_cell(value)]}]
            yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def _cell(value: Written) -> Json:
    """As it is, never worked out: a text that begins with = is a text."""
    if value == "":
        return {}
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    return {"userEnteredValue": {kind: value if isinstance(value, str | int) else float(value)}}


def _writer(name: str) -> Json:
    told = {"metadataId": WRITER_NUMBER, "metadataKey": WRITER, "metadataValue": name}
    place = {"visibility": "DOCUMENT", "location": {"spreadsheet": True}}
    return {"createDeveloperMetadata": {"developerMetadata": {**told, **place}}}


def _writer_gone(name: str) -> Json:
    lookup = {"metadataId": WRITER_NUMBER, "metadataValue": name}
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}


def _after_the_dead(http: GoogleHTTP, spreadsheet_id: str, now: datetime) -> None:
    """Give back what a writer held that is at work no more."""
    answer = http.spreadsheet(spreadsheet_id, fields=OTHERS)
    names = [
        str(one.get("metadataValue", ""))
        for one in answer.get("developerMetadata", ())
        if one.get("metadataId") == WRITER_NUMBER
    ]
    for name in names:
        if now - datetime.fromisoformat(name.partition(" ")[0]) > STALE:
            leases = tuple(_left(answer.get("sheets", ())))
            http.update(spreadsheet_id, list(Taken({}, leases, name).given_back()))


def _left(sheets: Iterable[Json]) -> Iterator[int]:
    for sheet in sheets:
        for lock in sheet.get("protectedRanges", ()):
            if lock.get("description") == LEASE:
                yield int(lock["protectedRangeId"])
