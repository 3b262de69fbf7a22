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
    """A report the year asks for: by whom, resting on which register cells, by which day."""

    name: str
    title: str
    unit: Literal["centre", "district"]
    source: str
    required: tuple[str, ...]
    rounds: tuple[Round, ...]
    founded_until: int | None = None
    founded_in: int | None = None
    draft: bool = False
