"""A register as a page shows it: values as read, typed texts where they could not be read.

To whom names are not told a name is a mask: that it is there may be seen, and no more of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from services.issues import Findings
from services.normalise.columns import Mask
from services.normalise.dates import thai_days
from services.normalise.numbers import PERCENT_UNITS
from services.normalise.tables import Table
from services.normalise.thai import fold, thai_order
from services.normalise.workbook import Tables
from services.present.words import decimal_baht
from sheets_schema.loader import registers
from sheets_schema.model import Column

ROW = "แถว"
ASKED = "⚠ "
"""Before a text that was typed and could not be read."""
MASK = "•••"
"""In place of a personal text, however long it is."""
UNREAD_CODES = ("unreadable_value", "formula_error", "formula_without_value")
EXACT: dict[str, Callable[[Any], object]] = {
    "int": int,
    "baht": lambda satang: decimal_baht(int(satang)),
    "percent": lambda parts: int(parts) / PERCENT_UNITS,
    "yesno": lambda yes: "ใช่" if yes else "ไม่",
    "text": str,
    "choice": str,
}


@dataclass(frozen=True)
class Wanted:
    """Which rows of a register a viewer wants to see, and in which order."""

    search: str = ""
    order_by: str | None = None
    descending: bool = False
    only_asked: bool = False


def registers_at_hand(tables: Tables) -> dict[str, Table]:
    """Registers that stand in the workbook, by code; the product's own tabs are none of them."""
    return {
        code: table
        for code, table in tables.by_code.items()
        if code in registers() and table.tab is not None
    }


def readable_columns(table: Table, *, people: bool) -> list[Column]:
    """Columns that stand in the sheet and whose text may be read, searched and put in order."""
    return [column for column in _columns(table) if people or not column.personal]


def masked_headers(table: Table, *, people: bool) -> tuple[str, ...]:
    """Headers of the columns that stand in the sheet and are masked: they enter no file."""
    return tuple(column.header for column in _columns(table) if column.personal and not people)


def _columns(table: Table) -> list[Column]:
    return [column for column in table.register.columns if column.code in table.places]


def register_table(
    table: Table, findings: Sequence[Findings], wanted: Wanted, *, people: bool
) -> pd.DataFrame:
    """The wanted rows: the sheet's row number, then one column per header.

    Amounts are exact numbers and days Buddhist texts; a column with a cell that could not be read
    is text as a whole, with «⚠» before what was typed there. Without `people` a personal cell is a
    mask, which is neither searched nor put in order.
    """
    columns, masked = _columns(table), masked_headers(table, people=people)
    asked = np.zeros(len(table.frame), dtype=np.bool_)
    shown: dict[str, list[Any]] = {ROW: table.sheet_rows.tolist()}
    for column in columns:
        hide = column.header in masked
        shown[column.header] = _masks(table, column) if hide else _texts(table, column, findings)
        asked |= table.is_unread(column.code)
    headers = [ROW, *(column.header for column in columns)]
    rows = pd.DataFrame(shown, columns=headers, dtype="object")  # whole numbers beside blanks
    readable = {column.header: column for column in readable_columns(table, people=people)}
    keep = _matching(rows[list(readable)], wanted.search)
    if wanted.only_asked:
        keep &= asked
    order = readable.get(wanted.order_by or "")
    places = np.flatnonzero(keep) if order is None else _ordered(table, order, wanted, keep)
    return rows.iloc[places].reset_index(drop=True)


def _texts(table: Table, column: Column, findings: Sequence[Findings]) -> list[object]:
    """The column's values; where one could not be read, texts with what was typed there."""
    values = _values(table, column)
    if not table.is_unread(column.code).any():
        return values
    return _overlaid(values, table.sheet_rows.tolist(), _typed(table, column, findings))


def _masks(table: Table, column: Column) -> list[object]:
    """A mask where something stands, with «⚠» where it could not be read; blanks stay blank."""
    there = table.frame[column.code].notna().to_numpy()
    masks = np.where(there, MASK, np.array(None))
    return list(np.where(table.is_unread(column.code), f"{ASKED}{MASK}", masks))


def _values(table: Table, column: Column) -> list[object]:
    held = table.frame[column.code]
    blank = held.isna().to_numpy()
    if column.type == "date":
        firsts, lasts = held.astype("str"), table.last(column.code).astype("str")
        days = zip(firsts, lasts, blank, strict=True)
        return [None if no else thai_days(first, last) for first, last, no in days]
    exact = EXACT[column.type]
    plain = held.astype(object).to_numpy()
    return [None if no else exact(value) for value, no in zip(plain, blank, strict=True)]


def _typed(table: Table, column: Column, findings: Sequence[Findings]) -> dict[int, str]:
    """Sheet row -> what was typed there and not read."""
    typed: dict[int, str] = {}
    for batch in findings:
        mine = (batch.register, batch.column) == (table.register.code, column.code)
        if mine and batch.code in UNREAD_CODES and batch.cells is not None:
            pairs = zip(batch.cells.rows.tolist(), batch.values, strict=True)
            typed |= {row: value or "" for row, value in pairs}
    return typed


def _overlaid(values: list[object], rows: list[int], typed: dict[int, str]) -> list[object]:
    return [
        f"{ASKED}{typed[row]}" if row in typed else (None if value is None else str(value))
        for value, row in zip(values, rows, strict=True)
    ]


def _matching(rows: pd.DataFrame, search: str) -> Mask:
    """Rows where some cell holds the searched words, spelling of marks and digits aside."""
    wanted = fold(search)
    keep = np.zeros(len(rows), dtype=np.bool_)
    if not wanted:
        return ~keep
    for header in rows.columns:
        texts = rows[header].map(lambda cell: wanted in fold(str(cell)), na_action="ignore")
        keep |= (texts == True).to_numpy(dtype=np.bool_)  # noqa: E712 – blank cells are neither
    return keep


def _ordered(table: Table, column: Column, wanted: Wanted, keep: Mask) -> list[int]:
    """Rows by a column's value, texts in Thai order; blanks last, equals as they stand."""
    held = table.frame[column.code].astype(object).to_numpy()
    blank = table.frame[column.code].isna().to_numpy()
    texts = column.type in ("text", "choice")
    places = np.flatnonzero(keep & ~blank).tolist()
    places.sort(
        key=lambda place: thai_order(str(held[place])) if texts else held[place],
        reverse=wanted.descending,
    )
    return [*places, *np.flatnonzero(keep & blank).tolist()]
