"""A raw tab becomes a table of exact values, with every cell that needs attention named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from services.cells import Cells, Rows
from services.issues import Findings, reason
from services.normalise.columns import (
    LAST,
    Mask,
    ReadColumn,
    is_code,
    read_column,
    shown,
    unread,
)
from services.normalise.locate import ROW_ID, Header, Place
from services.normalise.reading import State
from services.normalise.rows import Extent, find_extent
from services.store.base import Fault, RawTab, Stored
from sheets_schema.model import Column, Register

SHEET_ROW = "sheet_row"
TELLING_TYPES = ("percent", "date")


@dataclass(frozen=True, eq=False)
class Table:
    """A register as read.

    `frame` has the register's code columns (money in satang, dates as first possible day with
    `<code>_last` beside them where some are whole months), `sheet_row` and `row_id`. Identical
    copies of a row are left out; copies that differ are `conflicted`. `unread` marks cells where
    something stands that was not read. `places` are sheet columns from 0 of the headers found.
    """

    register: Register
    tab: str | None
    frame: pd.DataFrame
    places: Mapping[str, int]
    unread: Mapping[str, Mask]
    conflicted: Mask
    free_row: int
    declared_none: bool = False
    twice: frozenset[str] = frozenset()

    def can_read(self, *columns: str) -> bool:
        """Whether these columns say something certain.

        A required header must be there; an optional one may be absent (all blank), never double.
        """
        required = {column.code for column in self.register.columns if column.required}
        return self.tab is not None and all(
            column in self.places or not (column in required or column in self.twice)
            for column in columns
        )

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows figures may rest on: without copies that differ."""
        return self.frame[~self.conflicted] if self.conflicted.any() else self.frame

    def is_unread(self, column: str) -> Mask:
        """Rows of `frame` whose cell was typed but not read."""
        return self.unread.get(column, np.zeros(len(self.frame), dtype=np.bool_))

    def last(self, column: str) -> pd.Series[Any]:
        """A date column's last possible days, aligned with `frame`."""
        return self.frame[column + LAST if column + LAST in self.frame else column]

    def cells(self, column: str, sheet_rows: Rows | Sequence[int]) -> Cells | None:
        """Cells of a column; None where the sheet has no such tab or column."""
        if self.tab is None or column not in self.places:
            return None
        return Cells(self.tab, self.places[column], np.asarray(sheet_rows, dtype=np.int32))

    def free_cell(self, column: str) -> Cells | None:
        """The cell of the next row that could be written."""
        return self.cells(column, [self.free_row])

    def findings(
        self,
        code: str,
        column: str,
        where: Mask | pd.Series[bool],
        values: Iterable[str | None] = (),
        details: Iterable[Mapping[str, str]] = (),
    ) -> Iterator[Findings]:
        """The finding for the rows of `frame` where the mask holds; none for a column not there."""
        mask = np.asarray(where, dtype=np.bool_)
        if not mask.any():
            return
        rows = self.frame.loc[mask]
        cells = self.cells(column, rows[SHEET_ROW].to_numpy())
        if cells is not None:
            ids = [None if pd.isna(i) else str(i) for i in rows[ROW_ID]]
            held = self.register.by_code[column]
            yield Findings(
                code,
                self.register.code,
                column,
                cells,
                ids,
                tuple(values),
                tuple(details),
                held.header,
                accepted(held),
            )


def accepted(column: Column) -> str:
    """What a column takes, in the office's words."""
    return ", ".join(column.choices) or reason(f"accepted_{column.type}")


def absent(register: Register) -> Table:
    """The table of a register whose tab was not found."""
    empty = {column.code: read_column(column, []) for column in register.columns}
    return _table(register, None, empty, Header(0, 0, {}, {}), Extent(_no_rows(), 0, _no_rows(), False), [])


def _no_rows() -> Rows:
    return np.array([], dtype=np.int32)


def normalise(place: Place | None, register: Register) -> tuple[Table, list[Findings]]:
    """Read a register from the tab where it was found.

    Returns:
        The table, and what needs attention in the tab, its headers and its cells.
    """
    if place is None:
        return absent(register), []
    tab, header = place.tab, place.header
    if header is None:
        wanted = ", ".join(column.header for column in register.columns if column.required)
        first = Cells.one(tab.name, 0, 1)
        return absent(register), [
            Findings("header_missing", register.code, None, first, header=wanted)
        ]
    problems = list(_header_findings(place, register))
    if register.key.code not in header.columns:
        return absent(register), problems
    extent = find_extent(tab, header, register)
    columns = {
        column.code: _read(tab, header.columns.get(column.code), column, extent.data)
        for column in register.columns
    }
    row_ids = _row_ids(tab, header.columns.get(ROW_ID), extent.data)
    table = _table(register, tab.name, columns, header, extent, row_ids)
    cells = _cells_of(tab, extent.data)
    problems += _cell_findings(table, columns, cells)
    problems += _after_end(tab, table, extent)
    return _settle_copies(table, columns, cells, problems)


def _header_findings(place: Place, register: Register) -> Iterator[Findings]:
    header = place.header
    if header is None:
        return
    row = header.bottom + 1
    beyond = max((*header.columns.values(), *(p for at in header.twice.values() for p in at))) + 1
    for column in register.columns:
        if column.code in header.twice:
            for at in header.twice[column.code]:
                cell = Cells.one(place.tab.name, at, row)
                yield Findings(
                    "header_twice", register.code, column.code, cell, header=column.header
                )
        elif column.required and column.code not in header.columns:
            cell = Cells.one(place.tab.name, beyond, row)
            yield Findings("header_missing", register.code, column.code, cell, header=column.header)


def _cells_of(tab: RawTab, data: Rows) -> Any:
    """A function that gives the raw cells of a sheet column, in data rows."""
    rows = tab.rows
    if len(data) and data[-1] - data[0] + 1 == len(data):
        part = rows[data[0] : data[-1] + 1]
    else:
        part = [rows[number] for number in data]
    return lambda at: [row[at] for row in part]


def _read(tab: RawTab, at: int | None, column: Column, data: Rows) -> ReadColumn:
    if at is None:
        return read_column(column, [""] * len(data))
    cells = _cells_of(tab, data)(at)
    formats = None
    if (is_code(column) or column.type in TELLING_TYPES) and float in set(map(type, cells)):
        by_cell = tab.formats()
        if by_cell:
            formats = [by_cell.get((number, at), "") for number in data.tolist()]
    faults = _faults_in(tab, at, data)
    return read_column(column, cells, formats, faults)


def _faults_in(tab: RawTab, at: int, data: Rows) -> dict[int, Fault]:
    if not tab.faults:
        return {}
    return {
        position: tab.faults[number, at]
        for position, number in enumerate(data.tolist())
        if (number, at) in tab.faults
    }


def _row_ids(tab: RawTab, at: int | None, data: Rows) -> list[str | None]:
    if at is None:
        return []
    return [shown(cell) or None for cell in _cells_of(tab, data)(at)]


def _table(
    register: Register,
    tab: str | None,
    columns: Mapping[str, ReadColumn],
    header: Header,
    extent: Extent,
    row_ids: Sequence[str | None],
) -> Table:
    arrays = {code: array for column in columns.values() for code, array in column.arrays.items()}
    frame = pd.DataFrame(arrays, copy=False)
    frame[SHEET_ROW] = extent.data + 1
    own = pd.Series(list(row_ids) or [None] * len(frame), dtype="str", index=frame.index)
    frame[ROW_ID] = own.fillna(frame[register.key.code])
    marks = {code: mask for code, read in columns.items() if (mask := unread(read)).any()}
    return Table(
        register,
        tab,
        frame,
        header.columns,
        marks,
        np.zeros(len(frame), dtype=np.bool_),
        extent.free + 1,
        extent.declared_none,
        frozenset(header.twice),
    )


def _cell_findings(
    table: Table, columns: Mapping[str, ReadColumn], cells: Any
) -> Iterator[Findings]:
    """What single cells need: unreadable, outside the list, required and blank, assumed, errors."""
    for column in table.register.columns:
        if column.code not in table.places:
            continue
        read = columns[column.code]
        seen = set(np.unique(read.states).tolist())
        outside = "choice_outside_list" if column.type == "choice" else "unreadable_value"
        for state, code in (
            (State.ASK, "unreadable_value"),
            (State.OUTSIDE, outside),
            (State.ERROR, "formula_error"),
            (State.NO_RESULT, "formula_without_value"),
            (State.ASSUMED, "value_assumed"),
        ):
            if state in seen:
                mask = read.having(state)
                raw = cells(table.places[column.code])
                values = [shown(raw[place]) or None for place in np.flatnonzero(mask)]
                yield from table.findings(code, column.code, mask, values)
        if State.BLANK in seen and (column.required or column.required_unless):
            mask = read.having(State.BLANK)
            if column.required_unless is not None:
                mask &= columns[column.required_unless].having(State.BLANK)
            yield from table.findings("missing_required", column.code, mask)


def _after_end(tab: RawTab, table: Table, extent: Extent) -> Iterator[Findings]:
    if len(extent.after_end):
        at = table.places[table.register.key.code]
        cells = table.cells(table.register.key.code, extent.after_end + 1)
        values = [shown(tab.rows[number][at]) for number in extent.after_end.tolist()]
        yield Findings("rows_after_end", table.register.code, None, cells, values, values)


def _settle_copies(
    table: Table,
    columns: Mapping[str, ReadColumn],
    cells: Any,
    problems: list[Findings],
) -> tuple[Table, list[Findings]]:
    """Identical copies of a row count once; copies that differ are marked and reported."""
    key = table.register.key.code
    keys = table.frame[key]
    copied = keys.duplicated(keep=False).to_numpy() & keys.notna().to_numpy()
    if not copied.any():
        return table, problems
    positions = np.flatnonzero(copied)
    contents = _contents(table, columns, cells, positions)
    by_key: dict[str, list[int]] = {}
    for place in positions.tolist():
        by_key.setdefault(keys.iloc[place], []).append(place)
    surplus, differing = np.zeros_like(copied), np.zeros_like(copied)
    for same in by_key.values():
        if len({contents[place] for place in same}) == 1:
            surplus[same[1:]] = True
        else:
            differing[same] = True
    problems += table.findings(
        "duplicate_key", key, differing, [str(value) for value in keys[differing]]
    )
    kept = ~surplus
    return (
        replace(
            table,
            frame=table.frame[kept].reset_index(drop=True),
            unread={code: mask[kept] for code, mask in table.unread.items()},
            conflicted=differing[kept],
        ),
        problems,
    )


def _contents(
    table: Table, columns: Mapping[str, ReadColumn], cells: Any, positions: Any
) -> dict[int, tuple[object, ...]]:
    """What each of these rows says in the register's columns, as read (as typed where unread)."""
    by_row: dict[int, list[object]] = {place: [] for place in positions.tolist()}
    for code in table.places:
        if code not in columns:
            continue
        raw = cells(table.places[code])
        read = [array[positions] for array in columns[code].arrays.values()]
        for number, place in enumerate(by_row):
            values = [None if pd.isna(array[number]) else array[number] for array in read]
            unsure = columns[code].states[place] in (State.ASK, State.ERROR, State.NO_RESULT)
            by_row[place].append((shown(raw[place]) if unsure else "", *map(str, values)))
    return {place: tuple(said) for place, said in by_row.items()}


