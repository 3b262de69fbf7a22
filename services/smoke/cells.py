"""What a cell holds after it was written, and how several are written at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services.smoke.facts import DAY, LIKE_FORMULAS, LIKE_NUMBERS, NEW, OLD, THAI, Worth
from services.smoke.own_tab import Found, OwnTab, Probe, at, cell
from services.store.base import Position, RawTab
from services.store.google_grid import EPOCH, Json

TEXTS = {"raw_like_formulas": LIKE_FORMULAS, "raw_like_numbers": LIKE_NUMBERS, "raw_thai": THAI}
SERIAL = (date.fromisoformat(DAY) - EPOCH.date()).days


def _texts(tab: OwnTab) -> Iterator[Found]:
    tab.fresh([])
    tab.write((tab.a1("A1:D3"), list(TEXTS.values())))
    read = tab.as_read()
    for row, (name, texts) in enumerate(TEXTS.items()):
        yield name, [_shown(read, (row, column)) for column in range(len(texts))]
    yield "raw_makes_no_formula", len(read.formulas()) if read.rows else None


def _typed(tab: OwnTab) -> Iterator[Found]:
    """A number, a percent, a date, an error, a tick and a result, in this order."""
    row = [
        cell(1234.5),
        {**cell(0.06), **_format("PERCENT", "0%")},
        {**cell(SERIAL), **_format("DATE", "dd/mm/yyyy")},
        {"userEnteredValue": {"formulaValue": "=1/0"}},
        {"userEnteredValue": {"boolValue": True}},
        {"userEnteredValue": {"formulaValue": "=1+1"}},
    ]
    tab.fresh([], tab.cells([{"values": row}], "userEnteredValue,userEnteredFormat.numberFormat"))
    read = tab.as_read()
    number, percent, day, error, tick, result = ((0, column) for column in range(len(row)))
    fault = read.faults.get(error)
    yield "number_is_read", _shown(read, number)
    yield "percent_is_read", [_shown(read, percent), read.formats().get(percent)]
    yield "date_is_read", _shown(read, day)
    yield "error_is_read", [fault.kind, fault.shown] if fault else _shown(read, error)
    yield "tick_is_read", _shown(read, tick)
    yield "formula_is_read", [_shown(read, result), result in read.formulas()]


def _format(kind: str, pattern: str) -> Json:
    return {"userEnteredFormat": {"numberFormat": {"type": kind, "pattern": pattern}}}


def _shown(read: RawTab, at_: Position) -> Worth:
    """A cell as JSON says it; None where the tab does not reach."""
    row, column = at_
    if row >= len(read.rows) or column >= len(read.rows[row]):
        return None
    stored = read.rows[row][column]
    return stored if isinstance(stored, str | int | float) else str(stored)


def _shape(tab: OwnTab) -> Iterator[Found]:
    tab.fresh([])
    tab.write((tab.a1("A1:C4"), [["a", "b", "c"], ["", "", ""], ["b", "", ""], ["", "", "d"]]))
    told = tab.write((tab.a1("A1:C1"), [[None, "x", None]]))
    first, *others = tab.values() or [None]
    yield "null_leaves_a_cell", [at(told, "totalUpdatedCells"), first]
    yield "rows_come_ragged", others


def _several_ranges(tab: OwnTab) -> Iterator[Found]:
    """A good range beside one that cannot be read, and beside one whose values do not fit."""
    tab.fresh([[OLD, OLD]])
    nowhere = f"'{tab.title} ไม่มี'!A1"
    tab.write((tab.a1("A1"), [[NEW]]), (nowhere, [[NEW]]))
    tab.write((tab.a1("B1"), [[NEW]]), (tab.a1("A2:B2"), [[NEW], [NEW]]))
    row = at(tab.values(), 0)
    yield "unknown_tab_spoils_the_write", at(row, 0)
    yield "overfull_range_spoils_the_write", at(row, 1)


PROBES: tuple[Probe, ...] = (_texts, _typed, _shape, _several_ranges)
