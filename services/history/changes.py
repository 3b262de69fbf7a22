"""What changed between two readings, cell by cell, in the office's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.cells import column_letters
from services.history.patch import NEW, TabPatch
from services.normalise.columns import shown
from services.normalise.locate import ROW_ID, Place, find_registers
from services.store.base import RawTab
from sheets_schema.loader import registers

Spot = tuple[str, str, str]
"""Register, row's key, column."""


@dataclass(frozen=True)
class Change:
    """One cell: `row` is the key of its row, `column` the column's code.

    Outside the registers `register` is blank, `row` the tab's name and `column` the cell (A1).
    """

    register: str
    row: str
    column: str
    old: str
    new: str
    who: str = ""
    via: str = "sheet"


@dataclass(frozen=True)
class Ours:
    """What somebody changed through the product: (register, key, column) -> what it holds now.

    A blank column stands for every cell of the row.
    """

    who: str
    via: str
    cells: Mapping[Spot, str] = field(default_factory=dict)

    def did(self, change: Change) -> bool:
        """Whether it was this."""
        row = change.register, change.row
        return change.new in (self.cells.get((*row, change.column)), self.cells.get((*row, "")))


def changes(
    then: Sequence[RawTab],
    now: Sequence[RawTab],
    patch: Sequence[TabPatch],
    ours: Sequence[Ours] = (),
) -> list[Change]:
    """Every cell that holds something else; a column that moved or was renamed changes none."""
    places = [find_registers(tabs, registers().values()) for tabs in (then, now)]
    of_tab = {place.tab.name: code for code, place in places[1].items() if place and place.header}
    old_tabs = {tab.name: tab for tab in then}
    found: list[Change] = []
    for one, tab in zip(patch, now, strict=True):
        code = of_tab.get(tab.name)
        old, new = (places[0].get(code), places[1].get(code)) if code else (None, None)
        if code and old and new and old.header and new.header:
            found += _of_register(code, old, new, one)
        else:
            found += _elsewhere(old_tabs.get(one.was or ""), tab, one)
    return [_signed(change, ours) for change in found]


def _signed(change: Change, ours: Sequence[Ours]) -> Change:
    """With its author, where it came through the product."""
    did = next((one for one in ours if one.did(change)), None)
    return change if did is None else replace(change, who=did.who, via=did.via)


def _fields(change: Change) -> tuple[str, str, str, str, str]:
    return change.register, change.row, change.column, change.old, change.new


def _of_register(code: str, then: Place, now: Place, patch: TabPatch) -> Iterator[Change]:
    assert then.header is not None  # noqa: S101 – asked before
    assert now.header is not None  # noqa: S101
    key = registers()[code].key.code
    before, after = then.header.columns, now.header.columns
    columns = [c for c in after if c in before and c != ROW_ID]
    for row in range(now.header.bottom + 1, len(now.tab.rows)):
        was = patch.order[row] if patch.order[row] > then.header.bottom else NEW
        new = {c: _cell(now.tab, row, after[c]) for c in columns}
        old = {c: _cell(then.tab, was, before[c]) for c in columns}
        name = new.get(key) or old.get(key) or ""
        yield from (Change(code, name, c, old[c], new[c]) for c in columns if old[c] != new[c])
    gone = set(range(then.header.bottom + 1, len(then.tab.rows))) - set(patch.order)
    for row in sorted(gone):
        old = {c: _cell(then.tab, row, before[c]) for c in columns}
        yield from (Change(code, old.get(key, ""), c, old[c], "") for c in columns if old[c])


def _elsewhere(then: RawTab | None, now: RawTab, patch: TabPatch) -> Iterator[Change]:
    old = RawTab("", []) if then is None else then
    for row, column in sorted(patch.cells):
        was = patch.order[row]
        before, after = _cell(old, was, column), _cell(now, row, column)
        if before != after:
            yield Change("", now.name, f"{column_letters(column)}{row + 1}", before, after)


def _cell(tab: RawTab, row: int, column: int) -> str:
    if row == NEW or row >= len(tab.rows) or column >= len(tab.rows[row]):
        return ""
    fault = tab.faults.get((row, column))
    return shown(tab.rows[row][column]) if fault is None else fault.shown


def as_rows(found: Sequence[Change]) -> list[list[str]]:
    """For the journal of changes."""
    return [[*_fields(one), one.who, one.via] for one in found]


def of_rows(told: Sequence[Sequence[str]]) -> list[Change]:
    """The changes that were told."""
    return [Change(*one) for one in told]
