"""A name for what stands in a workbook's cells: the same as a file and as a sheet online."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from services.store.base import RawTab, Rows, Stored


def cells_digest(tabs: Iterable[RawTab]) -> str:
    """A hash of every tab's name, cells, faults, and the formats that change a number's meaning.

    What surrounds the cells (styles, widths, empty rows below, the file itself) changes nothing.
    """
    seen = blake2b(digest_size=16)
    for tab in tabs:
        rows = _filled(tab.rows)
        faults = sorted((at, fault.kind, fault.shown) for at, fault in tab.faults.items())
        formats = sorted(
            (at, shown) for at, shown in tab.formats().items() if isinstance(_at(rows, *at), float)
        )
        seen.update(repr((tab.name, rows, faults, formats)).encode())
    return seen.hexdigest()


def _filled(rows: Rows) -> list[list[Stored]]:
    """Rows without the empty cells and rows at their end."""
    filled = [_without_end(row) for row in rows]
    while filled and not filled[-1]:
        filled.pop()
    return filled


def _without_end(row: Iterable[Stored]) -> list[Stored]:
    cells = list(row)
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _at(rows: list[list[Stored]], row: int, column: int) -> Stored:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
