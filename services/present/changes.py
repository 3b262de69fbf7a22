"""What changed in the workbooks, as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from services.history.changes import Change
from services.present.registers import MASK
from services.present.words import day_in_thai
from sheets_schema.model import Register

HEADERS = ("เห็นเมื่อ", "อำเภอ", "แท็บ", "แถวของ", "คอลัมน์", "เดิม", "ใหม่", "ผู้แก้")
IN_SHEET, BLANK = "แก้ในชีต", "(ว่าง)"


@dataclass(frozen=True)
class Seen:
    """A change of a district's workbook, and when it was seen."""

    district: str
    at: datetime
    change: Change


def is_hidden(change: Change, registers: Mapping[str, Register], *, people: bool) -> bool:
    """Whether what the cell holds is not told: a name, or a cell nobody knows, without `people`."""
    register = registers.get(change.register)
    known = register.by_code.get(change.column) if register else None
    return not people and (known is None or known.personal)


def changes_table(
    found: Iterable[Seen],
    registers: Mapping[str, Register],
    names: Mapping[str, str],
    people: Callable[[str], bool],
) -> pd.DataFrame:
    """HEADERS: one row for each change.

    Args:
        found: changes of registers, and cells outside them.
        registers: the year's.
        names: district code -> name.
        people: whether names of a district's people may be shown.
    """
    rows: list[tuple[Any, ...]] = []
    for one in found:
        change, register = one.change, registers.get(one.change.register)
        known = register.by_code.get(change.column) if register else None
        hidden = is_hidden(change, registers, people=people(one.district))
        rows.append(
            (
                f"{day_in_thai(one.at)} {one.at:%H:%M}",
                names.get(one.district, one.district),
                register.tab if register else change.row,
                change.row if register else "",
                known.header if known else change.column,
                *(_hidden(text, hidden=hidden) for text in (change.old, change.new)),
                change.who or IN_SHEET,
            )
        )
    return pd.DataFrame(rows, columns=list(HEADERS))


def _hidden(text: str, *, hidden: bool) -> str:
    return (MASK if hidden else text) if text else BLANK
