"""A raw tab becomes a table of exact values, with every cell that needs attention named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from services.cells import Rows
from services.issues import Findings, reason
from services.normalise.body import Body
from services.normalise.columns import ReadColumn, is_code, read_column, shown, unread
from services.normalise.copies import find_copies
from services.normalise.dates import thai_days
from services.normalise.locate import ROW_ID, Header, Place
from services.normalise.reading import State
from services.normalise.rows import Extent, find_extent
from services.normalise.tables import SHEET_ROW, Table
from services.store.base import RawTab
from sheets_schema.model import Column, Register

TELLING_TYPES = ("percent", "date")
"""Types whose numbers cannot be read without their number format; codes are like them."""
CODE = re.compile(r"\S*\d\S*")
NOWHERE = Header(0, 0, {}, {})


@cache
def absent(register: Register) -> Table:
    """The table of a register whose tab, or key, was not found: no rows, nothing readable."""
    none: Rows = np.array([], dtype=np.int32)
    empty = {column.code: read_column(column, []) for column in register.columns}
    extent = Extent(none, 0, (), declared_none=False)
    return _table(register, (None, NOWHERE), empty, extent)


def read_tab(place: Place, register: Register) -> tuple[Table, list[Findings]]:
    """Read a register from the tab where it was found.

    Returns:
        The table, and what needs attention in the tab, its headers and its cells.
    """
    tab, header = place.tab, place.header
    if header is None:
        wanted = ", ".join(column.header for column in register.columns if column.required)
        first = tab.cell(1, 0)
        return absent(register), [
            Findings("header_missing", register.code, None, first, header=wanted)
        ]
    problems = list(_header_findings(tab, header, register))
    if register.key.code not in header.columns:
        return absent(register), problems
    extent = find_extent(tab, header, register)
    body = Body(tab, extent.data)
    columns = {
        column.code: _read(body, header.columns.get(column.code), column)
        for column in register.columns
    }
    table = _table(register, (tab, header), columns, extent)
    if ROW_ID in header.columns:
        own_ids = [shown(cell) or None for cell in body.column(header.columns[ROW_ID])]
        table.frame[ROW_ID] = pd.Series(own_ids, dtype="str")
    problems += _cell_findings(table, columns, body)
    problems += _after_end(tab, register, header.columns[register.key.code], extent)
    copies = find_copies(table, columns, body)
    if copies is None:
        return table, problems
    key = register.key.code
    codes = table.frame.loc[copies.differing, key].tolist()
    problems += table.findings("duplicate_key", key, copies.differing, codes)
    kept = ~copies.surplus
    single = replace(
        table,
        frame=table.frame[kept].reset_index(drop=True),
        unread={code: mask[kept] for code, mask in table.unread.items()},
        conflicted=copies.differing[kept],
    )
    return single, problems


def _header_findings(tab: RawTab, header: Header, register: Register) -> Iterator[Findings]:
    row = header.bottom + 1
    beyond = _beyond(tab, header)
    for column in register.columns:
        if column.code in header.twice:
            places = header.twice[column.code]
        elif column.code not in header.columns and _wanted(column, header):
            places = (beyond,)
        else:
            continue
        code = "header_twice" if column.code in header.twice else "header_missing"
        for place in places:
            cell = tab.cell(row, place)
            yield Findings(code, register.code, column.code, cell, header=column.header)


def _beyond(tab: RawTab, header: Header) -> int:
    """The first column right of everything that stands in the header rows."""
    rows = tab.rows[header.top : header.bottom + 1]
    return 1 + max(place for row in rows for place, cell in enumerate(row) if cell != "")


def _wanted(column: Column, header: Header) -> bool:
    """Whether the tab needs the column: required, or standing in for one that is not there."""
    either = column.required_unless
    return column.required or (either is not None and either not in header.columns)


def _read(body: Body, at: int | None, column: Column) -> ReadColumn:
    if at is None:
        return read_column(column, [""] * len(body.data))
    cells = body.column(at)
    formats = None
    if (is_code(column) or column.type in TELLING_TYPES) and float in set(map(type, cells)):
        formats = body.formats(at)
    return read_column(column, cells, formats, body.faults(at))


def _table(
    register: Register,
    where: tuple[RawTab | None, Header],
    columns: Mapping[str, ReadColumn],
    extent: Extent,
) -> Table:
    tab, header = where
    arrays = {code: array for column in columns.values() for code, array in column.arrays.items()}
    frame = pd.DataFrame({**arrays, SHEET_ROW: extent.data + 1}, copy=False)
    return Table(
        register,
        tab.name if tab else None,
        frame,
        header.columns,
        {code: mask for code, read in columns.items() if (mask := unread(read)).any()},
        np.zeros(len(frame), dtype=np.bool_),
        extent.free + 1,
        extent.declared_none,
        frozenset(header.twice),
        tab.url if tab else None,
    )


def _cell_findings(
    table: Table, columns: Mapping[str, ReadColumn], body: Body
) -> Iterator[Findings]:
    """What single cells need: unreadable, outside the list, required and blank, assumed, errors."""
    for column in table.register.columns:
        if column.code not in table.places:
            continue
        read = columns[column.code]
        seen = set(np.unique(read.states).tolist())
        for state, code in (
            (State.ASK, "unreadable_value"),
            (State.OUTSIDE, "choice_outside_list"),
            (State.ERROR, "formula_error"),
            (State.NO_RESULT, "formula_without_value"),
            (State.ASSUMED, "value_assumed"),
        ):
            if state in seen:
                yield from _in_state(table, column, read, body, (state, code))
        if State.BLANK in seen and (column.required or column.required_unless):
            mask = read.having(State.BLANK)
            if column.required_unless is not None:
                mask &= columns[column.required_unless].having(State.BLANK)
            yield from table.findings("missing_required", column.code, mask)


def _in_state(
    table: Table, column: Column, read: ReadColumn, body: Body, what: tuple[State, str]
) -> Iterator[Findings]:
    """The finding for the column's cells in one state, with what they show."""
    state, code = what
    mask = read.having(state)
    at = table.places[column.code]
    places = np.flatnonzero(mask).tolist()
    faults = body.faults(at)
    values = [
        faults[place].shown if place in faults else shown(body.cell(place, at)) for place in places
    ]
    details = _assumed(column, values, read, places) if state is State.ASSUMED else ()
    yield from table.findings(code, column.code, mask, values, details)


def _assumed(
    column: Column, values: Sequence[str], read: ReadColumn, places: Sequence[int]
) -> list[Mapping[str, str]]:
    """What was read beyond what was typed, once per distinct text."""
    arrays = list(read.arrays.values())
    sentences: dict[str, Mapping[str, str]] = {}
    for value, place in zip(values, places, strict=True):
        if value not in sentences:
            days = thai_days(arrays[0][place], arrays[-1][place])
            words = reason("assumed_date", header=column.header, value=value, read=days)
            sentences[value] = {"assumed": words}
    return [sentences[value] for value in values]


def _after_end(tab: RawTab, register: Register, key: int, extent: Extent) -> Iterator[Findings]:
    """Rows below the total that look like data; only a code is told, other texts may be names."""
    for row, place in extent.after_end:
        cell = tab.cell(row + 1, place)
        text = shown(tab.rows[row][place])
        code = (text if place == key and CODE.fullmatch(text) else None,)
        yield Findings("rows_after_end", register.code, None, cell, code, code)
