"""A register as read: a table of exact values that knows where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.cells import Cells, Rows
from services.issues import Findings, reason
from services.normalise.columns import LAST, Mask
from services.normalise.locate import ROW_ID
from services.normalise.thai import names_a_person
from sheets_schema.model import Column, Register

SHEET_ROW = "sheet_row"


@dataclass(frozen=True, eq=False)
class Table:
    """A register as read.

    `frame` has the register's code columns (money in satang, dates as first possible day with
    `<code>_last` beside them where some are whole months), `sheet_row` and `row_id`. Identical
    copies of a row are left out; copies that differ are `conflicted`. `unread` marks cells where
    something stands that was not read. `places` are sheet columns from 0 of the headers found.
    `url` opens the tab where it lives online.
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
    url: str | None = None

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

    @cached_property
    def sheet_rows(self) -> Rows:
        """Where each row of `frame` stands, counted as people do."""
        return self.frame[SHEET_ROW].to_numpy()

    @cached_property
    def keys(self) -> npt.NDArray[np.object_]:
        """The key of each row of `frame`; None where it is blank."""
        return words(self.frame[self.register.key.code])

    @cached_property
    def row_ids(self) -> npt.NDArray[np.object_]:
        """The product's id of each row of `frame`, else its key."""
        if ROW_ID not in self.frame:
            return self.keys
        own = words(self.frame[ROW_ID])
        return np.where(own == np.array(None), self.keys, own)

    @cached_property
    def known_keys(self) -> frozenset[str]:
        """Every key of the register, also of copies that differ."""
        return frozenset(self.keys) - {None}

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
        rows = np.asarray(sheet_rows, dtype=np.int32)
        return Cells(self.tab, self.places[column], rows, self.url)

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
        """The finding for the rows of `frame` where the mask holds, but for copies that differ.

        It points at the column's cell; where the sheet lacks the column, at the row's key, and the
        cure is to add the header.
        """
        mask = np.asarray(where, dtype=np.bool_)
        told = ~self.conflicted[mask]
        mask = mask & ~self.conflicted
        if self.tab is None or not mask.any():
            return
        rows, held = self.sheet_rows[mask], self.register.by_code[column]
        cells = self.cells(column, rows)
        at_key = self.places[self.register.key.code]
        yield Findings(
            code,
            self.register.code,
            column,
            cells or Cells(self.tab, at_key, rows, self.url),
            self.row_ids[mask].tolist(),
            tuple(compress(values, told)),
            tuple(compress(details, told)),
            self.keys[mask].tolist(),
            held.header,
            accepted(held),
            None if cells else "add_header",
        )


def words(texts: pd.Series[Any]) -> npt.NDArray[np.object_]:
    """A column of texts as plain words; None where there is none."""
    plain = np.array(texts.to_numpy(dtype=object))
    plain[texts.isna().to_numpy()] = None
    return plain


def told_code(text: str) -> str:
    """A code as it may be told; of a person's name typed in its place only that it is one."""
    return reason("a_name") if names_a_person(text) else text


def accepted(column: Column) -> str:
    """What a column takes, in the office's words."""
    if column.choices:
        return ", ".join(column.choices)
    if column.pattern:
        return column.help
    if column.minimum is not None and column.maximum is not None:
        return reason("accepted_range", low=column.minimum, high=column.maximum)
    return reason(f"accepted_{column.type}")
