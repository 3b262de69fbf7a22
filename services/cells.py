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


@dataclass(frozen=True)
class Cell:
    """One cell; `url` opens it where the workbook lives online, None for files."""

    workbook: str
    tab: str
    a1: str
    url: str | None = None


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells of one column of one tab; `column` from 0, `rows` as people count."""

    tab: str
    column: int
    rows: Rows

    @classmethod
    def one(cls, tab: str, column: int, row: int) -> Cells:
        """A single cell."""
        return cls(tab, column, np.array([row], dtype=np.int32))

    def __len__(self) -> int:
        """How many cells."""
        return len(self.rows)

    def each(self, workbook: str) -> Iterator[Cell]:
        """Every cell by its address."""
        letters = column_letters(self.column)
        for row in self.rows:
            yield Cell(workbook, self.tab, f"{letters}{row}")
