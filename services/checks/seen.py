"""What a check may look at: one workbook's tables, and the figures made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from services.compute.facts import Facts
from services.compute.outcomes import (
    EntryDebts,
    HouseholdOutcome,
    LastVisit,
    debts_before,
    entry_debts,
    last_visits,
)
from services.compute.steps import CentreProgress
from services.normalise.tables import Table


@dataclass(frozen=True, eq=False)
class Seen:
    """Tables and figures of one workbook."""

    facts: Facts
    centres: tuple[CentreProgress, ...]
    outcomes: tuple[HouseholdOutcome, ...]

    def table(self, code: str) -> Table:
        """A register's table."""
        return self.facts.tables[code]

    @cached_property
    def before(self) -> Mapping[str, int | None]:
        """Household id -> debts on joining in satang."""
        return debts_before(self.facts)

    @cached_property
    def entry_debts(self) -> EntryDebts:
        """What each debt was when its household joined."""
        return entry_debts(self.facts)

    @cached_property
    def last_visits(self) -> Mapping[str, LastVisit]:
        """Household id -> latest visit."""
        return last_visits(self.facts)
