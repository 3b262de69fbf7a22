"""Which rows of a tab belong to the register: where its table begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.cells import Rows
from services.normalise.locate import ROW_ID, Header
from services.normalise.numbers import is_blank
from services.normalise.thai import clean, fold
from services.store.base import RawTab, Stored
from sheets_schema.loader import corrections
from sheets_schema.model import Register


@dataclass(frozen=True, eq=False)
class Extent:
    """Rows (from 0) that hold data; where the next row could go; what stands after the end."""

    data: Rows
    free: int
    after_end: Rows
    declared_none: bool


def _blank(cell: Stored) -> bool:
    return isinstance(cell, str) and is_blank(clean(cell))


def _first(row: Sequence[Stored]) -> tuple[int, Stored]:
    return next(((place, cell) for place, cell in enumerate(row) if not _blank(cell)), (-1, ""))


def _ends_table(row: Sequence[Stored], key: int) -> bool:
    """Whether the row is a total or a note: «รวม», «หมายเหตุ…», «ลงชื่อ…» and no key of its own."""
    place, cell = _first(row)
    if not isinstance(cell, str) or not (place == key or _blank(row[key])):
        return False
    word = clean(cell)
    known = corrections()
    return word in known.total_words or word.startswith(known.note_words)


class _Judge:
    """Tells data rows from blank, repeated and closing ones."""

    def __init__(self, tab: RawTab, header: Header, register: Register) -> None:
        self.tab = tab
        self.key = header.columns[register.key.code]
        self.known = [place for code, place in header.columns.items() if code != ROW_ID]
        self.header_key = fold(register.key.header)
        self.none_words = register.none_words

    def typed(self, number: int) -> int:
        """How many of the register's cells hold something a person typed."""
        row = self.tab.rows[number]
        return sum(
            not _blank(row[place])
            and (number, place) not in self.tab.formulas
            and (number, place) not in self.tab.faults
            for place in self.known
        )

    def says_none(self, number: int) -> bool:
        """Whether the row only declares that there are none."""
        cell = _first(self.tab.rows[number])[1]
        return isinstance(cell, str) and clean(cell) in self.none_words

    def is_repeated_header(self, number: int) -> bool:
        """Whether a printed page's header stands again in the middle."""
        cell = self.tab.rows[number][self.key]
        return isinstance(cell, str) and fold(cell) == self.header_key


def find_extent(tab: RawTab, header: Header, register: Register) -> Extent:
    """Walk down from the header to the total row, the note or the last row."""
    judge = _Judge(tab, header, register)
    start = header.bottom + 1
    data: list[int] = []
    free = end = None
    closing = (*corrections().total_words, *corrections().note_words)
    for number in range(start, len(tab.rows)):
        cell = tab.rows[number][judge.key]
        if isinstance(cell, str):
            plain = cell.isascii() and cell.strip("- ")
            if not plain:
                text = clean(cell)
                if is_blank(text) or text.startswith(closing):
                    if _ends_table(tab.rows[number], judge.key):
                        end = number
                        break
                    if not judge.typed(number):
                        free = number if free is None else free
                        continue
                elif judge.is_repeated_header(number):
                    continue
        data.append(number)
    declared = len(data) == 1 and bool(register.none_words) and judge.says_none(data[0])
    after = () if end is None else _after(judge, end)
    last = end if end is not None else max((*data, start - 1)) + 1
    return Extent(
        np.array([] if declared else data, dtype=np.int32),
        last if free is None else free,
        np.array(after, dtype=np.int32),
        declared,
    )


def _after(judge: _Judge, end: int) -> list[int]:
    """Rows below the end that look like data: a key and something more."""
    rows = judge.tab.rows
    return [
        number
        for number in range(end + 1, len(rows))
        if not _blank(rows[number][judge.key])
        and not _ends_table(rows[number], judge.key)
        and not judge.is_repeated_header(number)
        and judge.typed(number) > 1
    ]
