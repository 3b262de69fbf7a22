"""One column of a register: every distinct text is read once, by its type's one reader."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.normalise.dates import read_date, read_moment
from services.normalise.numbers import read_baht, read_int, read_percent
from services.normalise.reading import ASK, UNREAD, Reading, State
from services.normalise.words import (
    as_codes,
    read_choice,
    read_code,
    read_text,
    read_texts,
    read_yes_no,
)
from services.store.base import Fault, Stored
from sheets_schema.model import BUDDHIST_OFFSET, Column

Mask = npt.NDArray[np.bool_]
LAST = "_last"
"""Suffix of the column that holds a date's last possible day, where some date is a whole month."""
NEVER = np.iinfo(np.int64).min
"""numpy's number for «no day»."""


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
    refers = column.refers_to is not None and column.refers_to != "tambons"
    return column.key or column.compared_whole or refers


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


def as_typed(stored: Stored) -> str:
    """A cell as a person would type it: days in the Buddhist era, as registers are kept.

    >>> as_typed(1500.0), as_typed(date(2022, 7, 26)), as_typed("00123")
    ('1500', '26/07/2565', '00123')
    """
    if isinstance(stored, datetime):
        moment = f" {stored:%H:%M}" if stored.time() != time() else ""
        return as_typed(stored.date()) + moment
    if isinstance(stored, date):
        return f"{stored.day:02}/{stored.month:02}/{stored.year + BUDDHIST_OFFSET}"
    return shown(stored)


def _reader(column: Column) -> Callable[[Stored, str], Reading[Any]]:
    """The one parser of the column's type, given a cell and its number format."""
    readers: dict[str, Callable[[Stored, str], Reading[Any]]] = {
        "text": read_code if is_code(column) else lambda cell, _: read_text(cell),
        "int": lambda cell, _: read_int(cell),
        "baht": lambda cell, _: read_baht(cell),
        "percent": read_percent,
        "date": read_date,
        "moment": lambda cell, _: read_moment(cell),
        "yesno": lambda cell, _: read_yes_no(cell),
        "choice": lambda cell, _: read_choice(cell, column.choices),
    }
    return readers[column.type]


def _within(column: Column, reading: Reading[Any]) -> Reading[Any]:
    """A number beyond the column's bounds is asked about; so is a code of another form."""
    value = reading.value
    if column.pattern and isinstance(value, str) and not re.fullmatch(column.pattern, value):
        return ASK
    low, high = column.minimum, column.maximum
    if value is None or ((low is None or value >= low) and (high is None or value <= high)):
        return reading
    return ASK


def _readings(
    column: Column, distinct: Sequence[Stored], formats: Sequence[str] | None
) -> tuple[list[Any], list[State]]:
    """Values and states of distinct cells."""
    as_text = column.type == "text" or (column.type == "choice" and not column.choices)
    if as_text and formats is None and not column.pattern:
        values, states = read_texts(distinct)
        return (as_codes(values) if is_code(column) else values), states
    read = _reader(column)
    readings = map(read, distinct, formats or repeat(""))
    if column.pattern or column.minimum is not None or column.maximum is not None:
        readings = map(_within, repeat(column), readings)
    kept = list(readings)
    return [reading.value for reading in kept], [reading.state for reading in kept]


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
    keys: Sequence[Any] = cells if formats is None else list(zip(cells, formats, strict=True))
    places: defaultdict[Any, int] = defaultdict(count().__next__)  # numbers keys as they come
    codes = np.fromiter(map(places.__getitem__, keys), dtype=np.int32, count=len(keys))
    if formats is None:
        values, known = _readings(column, list(places), None)
    else:
        values, known = _readings(column, [key[0] for key in places], [key[1] for key in places])
    states = np.frombuffer(bytes(known), dtype=np.uint8)[codes]
    for place, fault in (faults or {}).items():
        states[place] = State.ERROR if fault.kind == "formula_error" else State.NO_RESULT
    return ReadColumn(_arrays(column, values, codes), states)


def _arrays(column: Column, values: Sequence[Any], codes: npt.NDArray[np.int32]) -> dict[str, Any]:
    if column.type == "date":
        return _date_arrays(column.code, values, codes)
    if column.type == "moment":
        return {column.code: np.array(values, dtype="datetime64[s]")[codes]}
    if column.type in ("int", "baht", "percent"):
        return {column.code: _masked(values, codes, np.int64)}
    if column.type == "yesno":
        return {column.code: _masked(values, codes, np.bool_)}
    if column.type == "choice" or column.refers_to is not None:
        return {column.code: _categories(values, codes)}
    return {column.code: pd.array(values, dtype="str").take(codes)}


def _categories(values: Sequence[str | None], codes: npt.NDArray[np.int32]) -> pd.Categorical:
    """Words that many rows share, held once each."""
    words = list(dict.fromkeys(value for value in values if value is not None))
    number = {word: place for place, word in enumerate(words)}
    lut = np.array([-1 if value is None else number[value] for value in values], dtype=np.int32)
    dtype = pd.CategoricalDtype(pd.Index(words, dtype="str"))
    return pd.Categorical.from_codes(lut[codes], dtype=dtype)


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
        known = [NEVER if value is None else value[which] for value in values]
        return np.array(known, dtype=np.int64).view("datetime64[D]").astype("datetime64[s]")[codes]

    if all(value is None or value[0] == value[1] for value in values):
        return {code: days(0)}
    return {code: days(0), code + LAST: days(1)}


def unread(column: ReadColumn) -> Mask:
    """Cells where something stands that could not be read."""
    return column.having(*UNREAD)
