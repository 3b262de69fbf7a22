"""One column of a register: every distinct text is read once, by its type's one reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.normalise.dates import read_date
from services.normalise.numbers import read_baht, read_int, read_percent
from services.normalise.reading import UNREAD, Reading, State
from services.normalise.words import read_choice, read_code, read_text, read_yes_no
from services.store.base import Fault, Stored
from sheets_schema.model import Column

Mask = npt.NDArray[np.bool_]
LAST = "_last"
"""Suffix of the column that holds a date's last possible day, where some date is a whole month."""
NEVER = np.datetime64("NaT", "s")


@dataclass(frozen=True, eq=False)
class ReadColumn:
    """A column as read: one or two arrays for the table, and every cell's state."""

    arrays: Mapping[str, Any]
    states: npt.NDArray[np.uint8]

    def having(self, *states: State) -> Mask:
        """Rows whose cell is in one of these states."""
        return np.isin(self.states, states)


def is_code(column: Column) -> bool:
    """Whether the column's texts name something and are compared whole."""
    return column.key or (column.refers_to is not None and column.refers_to != "tambons")


def shown(stored: Stored) -> str:
    """A cell as the sheet shows it, for a finding's «value».

    >>> shown(1500.0), shown(date(1965, 7, 26))
    ('1500', '26/07/1965')
    """
    if isinstance(stored, (date, datetime)):
        return f"{stored.day:02}/{stored.month:02}/{stored.year}"
    if isinstance(stored, float) and stored.is_integer():
        return str(int(stored))
    return str(stored)


def _reader(column: Column) -> Callable[[Stored, str], Reading[Any]]:
    """The one parser of the column's type, given a cell and its number format."""
    readers: dict[str, Callable[[Stored, str], Reading[Any]]] = {
        "text": read_code if is_code(column) else lambda cell, _: read_text(cell),
        "int": lambda cell, _: read_int(cell),
        "baht": lambda cell, _: read_baht(cell),
        "percent": read_percent,
        "date": read_date,
        "yesno": lambda cell, _: read_yes_no(cell),
        "choice": lambda cell, _: read_choice(cell, column.choices),
    }
    return readers[column.type]


def _within(column: Column, reading: Reading[Any]) -> Reading[Any]:
    """A number beyond the column's bounds is asked about; a code of another form is marked."""
    value = reading.value
    if isinstance(value, int) and not isinstance(value, bool):
        low, high = column.minimum, column.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            return Reading(None, State.ASK)
    if isinstance(value, str) and column.pattern and not re.fullmatch(column.pattern, value):
        return Reading(value, State.OUTSIDE)
    return reading


def read_column(
    column: Column,
    cells: Sequence[Stored],
    formats: Sequence[str] | None = None,
    faults: Mapping[int, Fault] | None = None,
) -> ReadColumn:
    """Read a column's cells.

    `formats` are the cells' number formats if some tell something, `faults` those that show no
    value, by position.
    """
    read = _reader(column)
    keys: Sequence[object] = cells if formats is None else list(zip(cells, formats, strict=True))
    places: dict[object, int] = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    if formats is None:
        readings = [_within(column, read(cell, "")) for cell in places]  # type: ignore[arg-type]
    else:
        readings = [_within(column, read(*key)) for key in places]  # type: ignore[misc]
    codes = np.fromiter(map(places.__getitem__, keys), dtype=np.int32, count=len(keys))
    states = np.array([reading.state for reading in readings], dtype=np.uint8)[codes]
    for place, fault in (faults or {}).items():
        states[place] = State.ERROR if fault.kind == "formula_error" else State.NO_RESULT
    return ReadColumn(_arrays(column, readings, codes), states)


def _arrays(
    column: Column, readings: Sequence[Reading[Any]], codes: npt.NDArray[np.int32]
) -> dict[str, Any]:
    values = [reading.value for reading in readings]
    if column.type == "date":
        return _date_arrays(column.code, values, codes)
    if column.type in ("int", "baht", "percent"):
        return {column.code: _masked(values, codes, np.int64)}
    if column.type == "yesno":
        return {column.code: _masked(values, codes, np.bool_)}
    words = np.empty(len(values), dtype=object)
    words[:] = values
    return {column.code: pd.array(words[codes], dtype="str")}


def _masked(
    values: Sequence[int | bool | None], codes: npt.NDArray[np.int32], dtype: type
) -> pd.arrays.IntegerArray | pd.arrays.BooleanArray:
    known = [0 if value is None else value for value in values]
    numbers: npt.NDArray[Any] = np.array(known, dtype=dtype)
    missing = np.array([value is None for value in values], dtype=np.bool_)
    masked = pd.arrays.BooleanArray if dtype is np.bool_ else pd.arrays.IntegerArray
    return masked(numbers[codes], missing[codes])


def _date_arrays(
    code: str, values: Sequence[tuple[int, int] | None], codes: npt.NDArray[np.int32]
) -> dict[str, Any]:
    def days(which: int) -> npt.NDArray[np.datetime64]:
        known = [NEVER if v is None else np.datetime64(v[which], "D") for v in values]
        return np.array(known, dtype="datetime64[s]")[codes]

    if all(value is None or value[0] == value[1] for value in values):
        return {code: days(0)}
    return {code: days(0), code + LAST: days(1)}


def unread(column: ReadColumn) -> Mask:
    """Cells where something stands that could not be read."""
    return column.having(*UNREAD)
