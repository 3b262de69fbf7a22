"""Edits and conflicts in the office's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from services.issues import reason
from services.writeback.wants import WHOLE_ROW, Fate, Want
from sheets_schema.model import Register

TAB, ROW, COLUMN, OLD, NEW = "แท็บ", "แถวของ", "คอลัมน์", "เดิม", "ใหม่"
NEW_ROW = "แถวใหม่"
REMOVED = "ลบทั้งแถว"
BLANK = "(ว่าง)"


def place_of(want: Want, registers: Mapping[str, Register]) -> tuple[str, str, str]:
    """Tab, row and column of a want as people know them."""
    register = registers[want.register]
    columns = register.by_code
    row = want.key or (NEW_ROW if want.row is None else reason("row_number", row=want.row + 1))
    column = REMOVED if want.column == WHOLE_ROW else columns[want.column].header
    return register.tab, row, column


def wants_table(wants: Iterable[Want], registers: Mapping[str, Register]) -> pd.DataFrame:
    """What saving would change: TAB, ROW, COLUMN, OLD, NEW; one row for each cell."""
    rows: list[tuple[Any, ...]] = [
        (*place_of(want, registers), want.seen or BLANK, _new(want)) for want in wants
    ]
    return pd.DataFrame(rows, columns=[TAB, ROW, COLUMN, OLD, NEW])


def _new(want: Want) -> str:
    return BLANK if want.new == "" else str(want.new)


def ours(want: Want) -> str:
    """What was wanted, in words."""
    return REMOVED if want.column == WHOLE_ROW else _new(want)


def theirs(fate: Fate) -> str:
    """What stands in the sheet, in words."""
    return "–" if fate.theirs is None else fate.theirs or BLANK


def why(fate: Fate) -> str:
    """Why a want was not written."""
    return reason(f"clash_{fate.why}")
