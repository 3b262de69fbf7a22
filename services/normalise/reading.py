"""What reading one cell comes to: a value, or why there is none."""

from __future__ import annotations

from enum import IntEnum
from typing import Generic, NamedTuple, Never, TypeVar

T_co = TypeVar("T_co", covariant=True)


class State(IntEnum):
    """How a cell was read."""

    READ = 0
    ASSUMED = 1
    """Read, with something added that was not typed (the century, the day)."""
    BLANK = 2
    ASK = 3
    """Something is typed that we will not guess at."""
    OUTSIDE = 4
    """A word outside the choice list: kept as typed."""
    ERROR = 5
    """The cell shows an error such as #REF!."""
    NO_RESULT = 6
    """A formula nobody's spreadsheet has worked out yet."""


UNREAD = (State.ASK, State.ERROR, State.NO_RESULT)


class Reading(NamedTuple, Generic[T_co]):
    """A value with its state; `value` is None unless READ, ASSUMED or OUTSIDE."""

    value: T_co | None
    state: State = State.READ


BLANK: Reading[Never] = Reading(None, State.BLANK)
ASK: Reading[Never] = Reading(None, State.ASK)
