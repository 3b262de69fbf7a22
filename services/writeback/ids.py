"""The rows' ids, which only the product writes: missing, copied or jumped ones found and mended.

A row keeps its id wherever it goes; a copy of it gets its own; ids that were left behind when the
rows were sorted without them go back to the keys they stood beside. What cannot be told is left.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from services.history.record import History
from services.normalise.columns import as_typed
from services.normalise.locate import ROW_ID, Place
from services.normalise.rows import find_extent
from services.normalise.workbook import registers_of
from services.store.base import CannotWriteError, NotAsSeenError, Position, RawWorkbook, Writing
from services.writeback.merge import at
from services.writeback.save import PAUSE_SECONDS, TRIES, Desk, NotNowError
from services.writeback.wants import new_row_id
from sheets_schema.model import Register

READINGS_LOOKED_AT = 20
"""How far back ids are followed to the keys they stood beside."""


@dataclass(frozen=True)
class Troubles:
    """How many rows of a register have no id, one that another row has, or another row's."""

    register: str
    missing: int
    copied: int
    jumped: int
    unclear: int

    @property
    def any(self) -> bool:
        """Whether something is to be mended or told."""
        return bool(self.missing or self.copied or self.jumped or self.unclear)


@dataclass(frozen=True)
class _Mend:
    troubles: Troubles
    cells: Mapping[Position, str]
    place: Place


def troubles(desk: Desk) -> list[Troubles]:
    """What is the matter with the ids, register by register; nothing is written.

    Raises:
        NotNowError: the workbook cannot be read now.
    """
    return [mend.troubles for mend in _mends(desk, desk.read()) if mend.troubles.any]


def mended(desk: Desk) -> int:
    """Mend what can be mended; how many ids were written.

    Raises:
        NotNowError: the workbook does not hold still, or takes no writing.
    """
    with desk.journal.one_at_a_time():
        for _ in range(TRIES):
            book = desk.read()
            writings = [_writing(mend) for mend in _mends(desk, book) if mend.cells]
            try:
                if writings:
                    desk.store.write(book, desk.programme.year, writings)
            except NotAsSeenError:
                time.sleep(PAUSE_SECONDS)
            except CannotWriteError as refusal:
                raise NotNowError(None) from refusal
            else:
                return sum(len(writing.cells) for writing in writings)
    raise NotNowError(None)


def _writing(mend: _Mend) -> Writing:
    header = mend.place.header
    rows = range(header.top, header.bottom + 1) if header else ()
    return Writing(mend.place.tab, dict(mend.cells), rows)


def _mends(desk: Desk, book: RawWorkbook) -> Iterator[_Mend]:
    known = registers_of(desk.programme)
    before = list(_earlier(desk))
    for code, place in desk.places(book).items():
        if place is not None and place.header_with(ROW_ID, known[code].key.code) is not None:
            yield _mend(known[code], place, _beside(desk, known[code], before))


def _earlier(desk: Desk) -> Iterator[RawWorkbook]:
    """The last readings, oldest first."""
    journal = desk.journal
    history = History(journal.history, journal.year, journal.district)
    for reading in history.readings()[-READINGS_LOOKED_AT:]:
        book = history.of(reading.digest)
        if book is not None:
            yield book


def _beside(desk: Desk, register: Register, before: Iterable[RawWorkbook]) -> dict[str, str]:
    """Id -> the key it first stood beside, as long as it was one row's only."""
    beside: dict[str, str] = {}
    for book in before:
        place = desk.places(book)[register.code]
        if place is not None:
            rows = _rows(register, place)
            ids = [own for _, own, _ in rows]
            for _, own, key in rows:
                if own and key and ids.count(own) == 1:
                    beside.setdefault(own, key)
    return beside


def _rows(register: Register, place: Place) -> list[tuple[int, str, str]]:
    """Sheet row from 0, id and key of each data row."""
    header = place.header_with(ROW_ID, register.key.code)
    if header is None:
        return []
    own, key = header.columns[ROW_ID], header.columns[register.key.code]
    data = find_extent(place.tab, header, register).data.tolist()
    return [
        (row, as_typed(at(place.tab, row, own)), as_typed(at(place.tab, row, key))) for row in data
    ]


def _mend(register: Register, place: Place, beside: Mapping[str, str]) -> _Mend:
    assert place.header is not None  # noqa: S101 – asked before
    column, rows = place.header.columns[ROW_ID], _rows(register, place)
    keys, owners = {key for _, _, key in rows}, defaultdict[str, list[tuple[int, str]]](list)
    for row, own, key in rows:
        owners[own].append((row, key))
    right = {key: own for own, key in beside.items()}
    cells: dict[Position, str] = {}
    missing = copied = jumped = unclear = 0
    for own, there in owners.items():
        home = beside.get(own)
        if not own:
            missing += len(there)
            cells |= {(row, column): new_row_id() for row, _ in there}
            continue
        if len(there) == 1:
            ((row, key),) = there
            if home is not None and key != home and home in keys and right.get(key, own) != own:
                jumped += 1
                cells[row, column] = right[key]
            continue
        copied += len(there) - 1
        mine = [row for row, key in there if key == home] or [row for row, _ in there]
        if len({key for _, key in there}) > 1 and home is None:
            unclear += len(there)
            continue
        cells |= {(row, column): new_row_id() for row, _ in there if row != mine[0]}
    return _Mend(Troubles(register.code, missing, copied, jumped, unclear), cells, place)
