"""Areas of a tab as files write them: «B2:C7»."""

from __future__ import annotations

import re

from services.store.base import CannotWriteError, Position

Area = tuple[Position, Position]
"""First and last cell."""
ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def area_of(reference: str) -> Area:
    """First and last cell of «B2:C7»; of a single cell, the same twice.

    Raises:
        CannotWriteError: it is written otherwise.
    """
    first, _, last = reference.partition(":")
    begun = _position(first)
    return begun, _position(last) if last else begun


def meet(one: Area, other: Area) -> bool:
    """Whether they share a cell."""
    (top, left), (bottom, right) = one
    (first_row, first_column), (last_row, last_column) = other
    return top <= last_row and first_row <= bottom and left <= last_column and first_column <= right


def _position(address: str) -> Position:
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise CannotWriteError(obstacle="odd_sheet")
    return int(found[2]) - 1, column_number(found[1])


def column_number(letters: str) -> int:
    """From 0."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
