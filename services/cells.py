"""Where something stands in a workbook: one cell, or many cells of one column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]
"""Sheet rows counted from 1, as people see them."""


def column_letters(column: int) -> str:
    """Letters of a column counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def position_of(a1: str) -> tuple[int, int]:
    """Row and column, both from 0, of a cell's address.

    >>> position_of("A1"), position_of("AB20")
    ((0, 0), (19, 27))
    """
    letters = a1.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(a1[len(letters) :]) - 1, column - 1


@dataclass(frozen=True)
class Cell:
    """One cell; `url` opens it where the workbook lives online, None for files."""

    workbook: str
    tab: str
    a1: str
    url: str | None = None


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells of one column of one tab; `column` from 0, `rows` as people count.

    `url` opens the tab where it lives online.
    """

    tab: str
    column: int
    rows: Rows
    url: str | None = None

    @classmethod
    def one(cls, tab: str, column: int, row: int, url: str | None = None) -> Cells:
        """A single cell."""
        return cls(tab, column, np.array([row], dtype=np.int32), url)

    def __len__(self) -> int:
        """How many cells."""
        return len(self.rows)

    def each(self, workbook: str) -> Iterator[Cell]:
        """Every cell by its address."""
        letters = column_letters(self.column)
        for row in self.rows:
            a1 = f"{letters}{row}"
            yield Cell(workbook, self.tab, a1, self.link(a1))

    def link(self, a1: str) -> str | None:
        """What opens these of the tab's cells; None for files."""
        return self.url and f"{self.url}&range={a1}"

    def runs(self) -> Iterator[tuple[str, int]]:
        """Neighbouring cells together: «B2:B9» or «B12», and how many each is.

        >>> list(Cells("ลูกหนี้", 1, np.array([3, 2, 4, 9], dtype=np.int32)).runs())
        [('B2:B4', 3), ('B9', 1)]
        """
        letters = column_letters(self.column)
        rows = np.unique(self.rows)
        for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else ():
            first, last = f"{letters}{run[0]}", f"{letters}{run[-1]}"
            yield (first if len(run) == 1 else f"{first}:{last}"), len(run)
