"""Three states of a register – as seen, as it stands now, as wanted – become one, cell by cell.

What a person typed into the sheet stays. A wanted value goes in only where the cell still holds
what was seen; otherwise it is a clash, which keeps both values for a person to settle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from services.store.base import Position, RawTab, Stored, Written

Why = Literal["changed", "gone", "doubled", "moved", "formula"]
"""Changed meanwhile; the row is there no more, or more than once; its id stands beside another key
(sorted without it, or the key was corrected); the cell is a formula by now."""

NOTHING: Mapping[int, Written] = {}


@dataclass(frozen=True)
class Edit:
    """A wanted value: where it was seen, and what stood there then."""

    row: int
    column: int
    new: Written


@dataclass(frozen=True)
class Clash:
    """An edit that was not written, and what stands there now (None: no such cell)."""

    edit: Edit
    why: Why
    theirs: Stored | None


@dataclass(frozen=True)
class Merged:
    """`cells` to write now, edits that are `done` already, and clashes: every edit is in one.

    `where` are the cells that edits are written into.
    """

    cells: Mapping[Position, Written]
    done: tuple[Edit, ...]
    clashes: tuple[Clash, ...]
    where: Mapping[Edit, Position]


@dataclass(frozen=True)
class Columns:
    """Where the columns stand that were seen, now: by their column then."""

    now: Mapping[int, int]
    row_id: int | None
    """The column of the rows' ids, as seen; None where the tab has none."""
    key: int | None = None
    """The column of the rows' keys, as seen."""


def merged(seen: RawTab, now: RawTab, columns: Columns, edits: Sequence[Edit]) -> Merged:
    """What becomes of the edits.

    Args:
        seen: the tab when the person began.
        now: the tab as it stands.
        columns: where each column is now; one that is missing is gone.
        edits: at most one for each cell.
    """
    cells: dict[Position, Written] = {}
    where: dict[Edit, Position] = {}
    done, clashes = [], []
    renamed = {edit.row: edit.new for edit in edits if edit.column == columns.key}
    rows = RowsNow(seen, now, columns, renamed)
    for edit in edits:
        row, column = rows.found(edit.row), columns.now.get(edit.column)
        if isinstance(row, str) or column is None:
            clashes.append(Clash(edit, row if isinstance(row, str) else "gone", None))
            continue
        theirs = at(now, row, column)
        if (row, column) in now.formulas():
            clashes.append(Clash(edit, "formula", theirs))
        elif same(theirs, edit.new):
            done.append(edit)
        elif theirs == at(seen, edit.row, edit.column):
            cells[row, column] = edit.new
            where[edit] = row, column
        else:
            clashes.append(Clash(edit, "changed", theirs))
    return Merged(cells, tuple(done), tuple(clashes), where)


def same(stored: Stored, wanted: Written) -> bool:
    """Whether a cell holds what was wanted.

    >>> same(12.5, Decimal("12.50")), same("12.5", Decimal("12.50")), same("", "")
    (True, False, True)
    """
    if isinstance(wanted, str):
        return isinstance(stored, str) and stored == wanted
    if not isinstance(stored, int | float):
        return False
    return Decimal(repr(stored)) == Decimal(wanted)


def at(tab: RawTab, row: int, column: int) -> Stored:
    """The cell; one beyond what the tab holds is empty."""
    if row < len(tab.rows) and column < len(tab.rows[row]):
        return tab.rows[row][column]
    return ""


class RowsNow:
    """Where a row that was seen stands now: by its id, else its key, else by all it held."""

    def __init__(
        self, seen: RawTab, now: RawTab, columns: Columns, renamed: Mapping[int, Written] = NOTHING
    ) -> None:
        """`renamed`: rows whose key is to become another; that it has become so is no surprise."""
        self._seen, self._now = seen, now
        self._pairs = sorted(pair for pair in columns.now.items() if pair[0] != columns.row_id)
        self._key, self._columns, self._renamed = columns.key, columns.now, renamed
        own = columns.row_id
        self._id_seen = own
        self._id_now = None if own is None else columns.now.get(own)
        self._by_id: dict[Stored, list[int]] = {}
        if self._id_now is not None:
            for row in range(len(now.rows)):
                self._by_id.setdefault(at(now, row, self._id_now), []).append(row)
        self._held: dict[tuple[Stored, ...], list[int]] = {}
        for row in range(len(now.rows)):
            self._held.setdefault(self._content(now, row, own=False), []).append(row)
        every = range(len(seen.rows))
        self._ids_seen = Counter("" if own is None else at(seen, row, own) for row in every)
        key = columns.key
        self._keys_seen = Counter("" if key is None else at(seen, row, key) for row in every)
        self._keys_now: dict[Stored, list[int]] = {}
        if key is not None and key in columns.now:
            for row in range(len(now.rows)):
                self._keys_now.setdefault(at(now, row, columns.now[key]), []).append(row)
        self._times = Counter(self._content(seen, row, own=True) for row in every)

    def found(self, row: int) -> int | Why:
        """The row's place now, or why there is none to be sure of."""
        name = "" if self._id_seen is None else at(self._seen, row, self._id_seen)
        if name != "" and self._id_now is not None:
            if self._ids_seen[name] > 1:
                return self._by_content(row)
            place = _only(self._by_id.get(name, []))
            if isinstance(place, str):
                return place
            return place if self._is_it(row, place) else "moved"
        by_key = self._by_key(row)
        return self._by_content(row) if by_key is None else by_key

    def _by_content(self, row: int) -> int | Why:
        """By all it held; of rows that held the same, the one in its place, if all are there."""
        held = self._content(self._seen, row, own=True)
        there = self._held.get(held, [])
        if row in there and len(there) == self._times[held]:
            return row
        return "doubled" if self._times[held] > 1 else _only(there)

    def _is_it(self, then: int, now: int) -> bool:
        """Whether the row beside the id is the one seen there: by a key of its own, else by all."""
        if self._key is None or self._key not in self._columns:
            return True
        key = at(self._seen, then, self._key)
        if key != "" and self._keys_seen[key] == 1:
            return self._same_key(then, now)
        held = self._content(self._seen, then, own=True)
        return held == self._content(self._now, now, own=False)

    def _by_key(self, row: int) -> int | None:
        """The one row of the same key, where the key is one row's only, then and now."""
        if self._key is None or self._key not in self._columns:
            return None
        key = at(self._seen, row, self._key)
        now = self._keys_now.get(key, [])
        return now[0] if key != "" and self._keys_seen[key] == len(now) == 1 else None

    def _same_key(self, then: int, now: int) -> bool:
        key = at(self._now, now, self._columns[self._key or 0])
        wanted = self._renamed.get(then)
        seen = at(self._seen, then, self._key or 0)
        return key == seen or (wanted is not None and same(key, wanted))

    def _content(self, tab: RawTab, row: int, *, own: bool) -> tuple[Stored, ...]:
        return tuple(at(tab, row, then if own else now) for then, now in self._pairs)


def _only(rows: Sequence[int]) -> int | Why:
    if len(rows) == 1:
        return rows[0]
    return "doubled" if rows else "gone"
