"""What came of each target household: debt before, debt after, the difference (แบบ ๒ of 2565)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from typing import Literal

import numpy as np
import pandas as pd

from services.cells import Cells
from services.compute.consents import Consent, consents
from services.compute.debt_history import DebtHistory
from services.normalise.numbers import hundredths
from services.normalise.tables import words

OutcomeName = Literal["cleared", "reduced", "unchanged", "increased", "unknown"]
OUTCOMES: tuple[OutcomeName, ...] = ("cleared", "reduced", "unchanged", "increased", "unknown")


@dataclass(frozen=True, eq=False)
class HouseholdOutcome:
    """One target household; money in satang, None where unknown, `percent` with two decimals."""

    district: str
    centre_id: str | None
    household_id: str
    before: int | None
    after: int | None
    outcome: OutcomeName
    consent: Consent
    proofs: tuple[Cells, ...] = ()

    @property
    def reduced(self) -> int | None:
        """Before minus after; below zero where the debt has grown."""
        if self.before is None or self.after is None:
            return None
        return self.before - self.after

    @property
    def percent(self) -> Decimal | None:
        """Reduced in percent of before, half up; None where before is zero or unknown."""
        if self.reduced is None or not self.before:
            return None
        return percent_of(self.reduced, self.before)


@dataclass(frozen=True)
class OutcomeTotals:
    """Sums, in satang, over households with both figures; every household counts in `outcomes`."""

    households: int = 0
    with_both: int = 0
    before: int = 0
    after: int = 0
    outcomes: dict[OutcomeName, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))

    @property
    def reduced(self) -> int:
        """Before minus after."""
        return self.before - self.after

    def __add__(self, other: OutcomeTotals) -> OutcomeTotals:
        """Totals of both together."""
        return OutcomeTotals(
            self.households + other.households,
            self.with_both + other.with_both,
            self.before + other.before,
            self.after + other.after,
            {name: self.outcomes[name] + other.outcomes[name] for name in OUTCOMES},
        )


def percent_of(part: int, whole: int) -> Decimal:
    """Percentage with two decimals, half up.

    >>> percent_of(35_000, 100_000), percent_of(1, 3), percent_of(1, 800)
    (Decimal('35.00'), Decimal('33.33'), Decimal('0.13'))
    """
    return hundredths(Decimal(part) * 100 / whole)


def total(households: tuple[HouseholdOutcome, ...]) -> OutcomeTotals:
    """Add up households."""
    return reduce(OutcomeTotals.__add__, map(_alone, households), OutcomeTotals())


def _alone(household: HouseholdOutcome) -> OutcomeTotals:
    outcomes = dict.fromkeys(OUTCOMES, 0) | {household.outcome: 1}
    if household.before is None or household.after is None:
        return OutcomeTotals(1, 0, 0, 0, outcomes)
    return OutcomeTotals(1, 1, household.before, household.after, outcomes)


def _outcome(before: int | None, after: int | None) -> OutcomeName:
    if before is None or after is None:
        return "unknown"
    if after == 0 and before > 0:
        return "cleared"
    if after == before:
        return "unchanged"
    return "reduced" if after < before else "increased"


def outcomes(history: DebtHistory) -> tuple[HouseholdOutcome, ...]:
    """Every target household of the workbook, in the register's order.

    Of one whose copies differ nothing is known.
    """
    facts = history.facts
    proofs = _proofs(history)
    found: list[HouseholdOutcome] = []
    targets = facts.targets
    rows = (targets[column] for column in ("household_id", "centre_id", "conflicted"))
    for household_id, centre_id, differs, consent in zip(*rows, consents(facts), strict=True):
        before = None if differs else history.before.get(household_id)
        visit = None if differs else history.last_visits.get(household_id)
        after = visit.balance if visit else None
        found.append(
            HouseholdOutcome(
                facts.tables.district,
                None if pd.isna(centre_id) else str(centre_id),
                str(household_id),
                before,
                after,
                _outcome(before, after),
                consent,
                tuple(proofs.get(household_id, ())),
            )
        )
    return tuple(found)


def _proofs(history: DebtHistory) -> dict[str, list[Cells]]:
    """Household id -> the cells its before and after rest on."""
    debts, visits = history.facts.tables["debts"], history.facts.tables["visits"]
    targets = history.facts.targets["household_id"]
    own = debts.frame["household_id"].isin(targets).to_numpy(dtype=np.bool_)
    counted = own & history.entry.counts & ~history.entry.unknown
    cells: dict[str, list[Cells]] = {}
    for column, mask in (
        ("outstanding_at_entry", counted & history.entry.from_entry),
        ("outstanding", counted & ~history.entry.from_entry),
    ):
        rows: dict[str, list[int]] = {}
        owners = words(debts.frame["household_id"][mask])
        for household_id, row in zip(owners, debts.sheet_rows[mask].tolist(), strict=True):
            rows.setdefault(household_id, []).append(row)
        for household_id, own_rows in rows.items():
            at_entry = [debts.cells(column, own_rows)]
            cells.setdefault(household_id, []).extend(filter(None, at_entry))
    for household_id, visit in history.last_visits.items():
        latest = visits.sheet_rows[list(visit.positions)]
        found = [visits.cells(column, latest) for column in ("visited_on", "balance")]
        cells.setdefault(household_id, []).extend(filter(None, found))
    return cells
