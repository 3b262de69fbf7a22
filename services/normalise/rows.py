"""Which rows of a tab belong to the register: where its table begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.cells import Rows
from services.normalise.locate import ROW_ID, Header
from services.normalise.numbers import is_blank, is_none
from services.normalise.thai import clean, fold
from services.store.base import RawTab, Stored
from sheets_schema.loader import corrections
from sheets_schema.model import Register

UNTICKED = "FALSE"
"""A box nobody ticked: where a column was given boxes, one stands in every row below too."""
KEYED, UNKEYED = 2, 3
"""Cells that make a row below the total look like data: with its key, and without."""


@dataclass(frozen=True, eq=False)
class Extent:
    """Rows (from 0) that hold data; where the next row could go; cells of rows after the end.

    `end` is the row of the total or note that closes the table; None where nothing does.
    """

    data: Rows
    free: int
    after_end: tuple[tuple[int, int], ...]
    declared_none: bool
    end: int | None = None


def _blank(cell: Stored, *, none: bool = False) -> bool:
    """Whether the cell is empty or a dash; with `none`, also «ไม่มี», which is no amount there."""
    if not isinstance(cell, str):
        return False
    text = clean(cell)
    return is_blank(text) or (none and is_none(text))


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
        amounts = {c.code for c in register.columns if c.type in ("baht", "int")}
        self.amounts = {place for code, place in header.columns.items() if code in amounts}
        self.header_keys = {
            fold(str(tab.rows[row][self.key])) for row in range(header.top, header.bottom + 1)
        } - {""}
        self.none_words = register.none_words

    @cached_property
    def formulas(self) -> frozenset[tuple[int, int]]:
        """Cells that are worked out; looked up only where some row has no key."""
        return self.tab.formulas()

    def typed(self, number: int) -> list[int]:
        """The register's cells of the row that hold something a person typed."""
        row = self.tab.rows[number]
        return [
            place
            for place in self.known
            if not _blank(row[place], none=place not in self.amounts)
            and row[place] != UNTICKED
            and (number, place) not in self.formulas
            and (number, place) not in self.tab.faults
        ]

    def says_none(self, number: int) -> bool:
        """Whether the row only declares that there are none."""
        cell = _first(self.tab.rows[number])[1]
        return isinstance(cell, str) and clean(cell) in self.none_words


def find_extent(tab: RawTab, header: Header, register: Register) -> Extent:
    """Walk down from the header to the total row, the note or the last row."""
    judge = _Judge(tab, header, register)
    start = header.bottom + 1
    data: list[int] = []
    free = end = None
    closing = (*corrections().total_words, *corrections().note_words)
    for number in range(start, len(tab.rows)):
        cell = tab.rows[number][judge.key]
        if not isinstance(cell, str) or (cell.isascii() and cell.strip("- ")):
            data.append(number)
            continue
        text = clean(cell)
        if is_blank(text) or is_none(text) or text.startswith(closing):
            if _ends_table(tab.rows[number], judge.key):
                end = number
                break
            if judge.typed(number) or judge.says_none(number):
                data.append(number)
            elif free is None:
                free = number
        elif fold(text) not in judge.header_keys:
            data.append(number)
    declared = len(data) == 1 and bool(register.none_words) and judge.says_none(data[0])
    after = () if end is None else _after(judge, end)
    last = end if end is not None else max((*data, start - 1)) + 1
    return Extent(
        np.array([] if declared else data, dtype=np.int32),
        last if free is None else free,
        after,
        declared,
        end,
    )


def _after(judge: _Judge, end: int) -> tuple[tuple[int, int], ...]:
    """Rows below the end that look like data, each with its first cell.

    Two cells with the key, three without it, and a figure somewhere: signatures have none.
    """
    found: list[tuple[int, int]] = []
    for number in range(end + 1, len(judge.tab.rows)):
        row = judge.tab.rows[number]
        typed = judge.typed(number)
        enough = KEYED if judge.key in typed else UNKEYED
        figures = any(any(map(str.isdigit, str(row[place]))) for place in typed)
        if len(typed) >= enough and figures and not _ends_table(row, judge.key):
            found.append((number, judge.key if judge.key in typed else typed[0]))
    return tuple(found)
