"""What checks and indicators may look at: one workbook's tables, and the figures made of them."""

from __future__ import annotations

from dataclasses import dataclass

from services.compute.debt_history import DebtHistory
from services.compute.facts import Facts
from services.compute.outcomes import HouseholdOutcome
from services.compute.steps import CentreProgress
from services.normalise.tables import Table


@dataclass(frozen=True, eq=False)
class Seen:
    """Tables and figures of one workbook."""

    history: DebtHistory
    centres: tuple[CentreProgress, ...]
    outcomes: tuple[HouseholdOutcome, ...]

    @property
    def facts(self) -> Facts:
        """The workbook on the day of the report."""
        return self.history.facts

    def table(self, code: str) -> Table:
        """A register's table."""
        return self.facts.tables[code]
