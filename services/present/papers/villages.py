"""Rows of the paper on ranked villages (เอกสาร ๒ of 2565): each column, defined once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from services.compute.facts import Facts
from services.compute.readiness import Village
from services.issues import reason
from services.present.papers.paper import Value, values

Cells = Value | tuple[Value, ...]
"""What stands in a column of the year file; one that stands for several holds several."""


class Ranked(NamedTuple):
    """A village of the questionnaire, with the row of the register's `frame` it stands in."""

    village: Village
    facts: Facts
    row: int


def ranked(facts: Facts, villages: tuple[Village, ...]) -> list[Ranked]:
    """The district's villages of the ranks that are reported, in that order."""
    readiness = facts.programme.readiness
    last = readiness.ranks_reported if readiness else 0
    chosen = [v for v in villages if v.rank is not None and v.rank <= last]
    return [Ranked(village, facts, row_of(facts, village)) for village in chosen]


def row_of(facts: Facts, village: Village) -> int:
    """The village's row of the register's `frame`."""
    return int(np.flatnonzero(facts.tables["readiness"].sheet_rows == village.sheet_row)[0])


def _marks(one: Ranked) -> tuple[Value, ...]:
    """Its mark of each item of the year."""
    readiness, table = one.facts.programme.readiness, one.facts.tables["readiness"]
    items = readiness.items if readiness else ()
    return tuple(values(table, item.code)[one.row] for item in items)


def _typed(code: str) -> Callable[[Ranked], Value]:
    return lambda one: values(one.facts.tables["readiness"], code)[one.row]


def _decided_by(one: Ranked) -> Value:
    """Which rule told it from its neighbours; nothing where it is alone."""
    decided = one.village.decided_by
    return None if decided is None else reason(f"decided_{decided}")


COLUMNS: Mapping[str, Callable[[Ranked], Cells]] = {
    "rank": lambda one: one.village.rank,
    "village_code": lambda one: one.village.village_code,
    "village": _typed("village"),
    "moo": _typed("moo"),
    "tambon": _typed("tambon"),
    "savings_group": _typed("savings_group"),
    "item_marks": _marks,
    "score": lambda one: one.village.score,
    "capital": lambda one: one.village.capital,
    "members": lambda one: one.village.members,
    "decided_by": _decided_by,
}
"""`district` is the paper's own (`services.present.papers.filling`)."""
