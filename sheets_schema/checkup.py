"""What the check-up says: when all is well, when not, and what to do then."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sheets_schema.loader import HERE, read_toml


@dataclass(frozen=True)
class CheckWords:
    """One check's sentences."""

    right: str
    wrong: str
    fix: str


@cache
def checkup() -> dict[str, CheckWords]:
    """Every check's sentences by its code."""
    table = read_toml(HERE / "checkup.toml")["check"]
    return {code: CheckWords(**words) for code, words in table.items()}
