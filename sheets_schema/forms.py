"""Reports and papers a year asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Round:
    """A reporting round and its last day (Common Era)."""

    number: int
    due: date
    draft: bool = False


@dataclass(frozen=True)
class Form:
    """A report the year asks for: by whom, resting on which register cells, by which day.

    Of the activities only the rows of `activity` count. `founded_until` and `founded_in` (BE) say
    whose report it is; a centre whose founding year is not known is not asked.
    """

    name: str
    title: str
    unit: Literal["centre", "district"]
    source: str
    required: tuple[str, ...]
    rounds: tuple[Round, ...]
    founded_until: int | None = None
    founded_in: int | None = None
    activity: str | None = None
    draft: bool = False

    @property
    def cells(self) -> dict[str, tuple[str, ...]]:
        """Register -> the columns that must be filled in its rows."""
        found: dict[str, tuple[str, ...]] = {}
        for cell in self.required:
            register, _, column = cell.partition(".")
            found[register] = (*found.get(register, ()), column)
        return found
