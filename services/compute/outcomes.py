"""What came of each target household: debt before, debt after, the difference (แบบ ๒ of 2565)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from typing import Literal

import numpy as np
import pandas as pd

from services.cells import Cells
from services.compute.facts import Facts
from services.compute.spans import looked_up, on_or_before
from services.normalise.columns import Mask
from services.normalise.tables import SHEET_ROW

OutcomeName = Literal["cleared", "reduced", "unchanged", "increased", "unknown"]
OUTCOMES: tuple[OutcomeName, ...] = ("cleared", "reduced", "unchanged", "increased", "unknown")
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, eq=False)
class HouseholdOutcome:
    """One target household; money in satang, None where unknown, `percent` with two decimals."""

    district: str
    centre_id: str | None
    household_id: str
    before: int | None
    after: int | None
    outcome: OutcomeName
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
    return (Decimal(part) * 100 / whole).quantize(HUNDREDTH, ROUND_HALF_UP)


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


@dataclass(frozen=True, eq=False)
class EntryDebts:
    """Per row of the debts' frame: whether it counts in before, and its amount if known."""

    counts: Mask
    amount: pd.Series[int]
    from_entry: Mask

    @property
    def unknown(self) -> Mask:
        """Rows that count but whose amount on the day of joining is not known."""
        return self.counts & self.amount.isna().to_numpy()


def entry_debts(facts: Facts) -> EntryDebts:
    """What each debt was on the day its household joined.

    `outstanding_at_entry`; where blank, `outstanding` if it was taken on or before that day. A row
    that carries a new contract's number is the new loan and never counts.
    """
    table = facts.tables["debts"]
    frame = table.frame
    new_loans = facts.tables["contracts"].frame["contract_no"].dropna()
    counts = (frame["household_id"].notna() & ~frame["contract_no"].isin(new_loans)).to_numpy()
    households = facts.tables["households"]
    joined = households.frame.assign(joined_last=households.last("joined_on"))
    joined = joined[~households.conflicted].drop_duplicates("household_id")
    day = looked_up(frame["household_id"], joined.set_index("household_id")["joined_last"])
    blank = frame["outstanding_at_entry"].isna() & ~table.is_unread("outstanding_at_entry")
    stands_in = blank & (frame["as_of"] <= day)
    amount = frame["outstanding_at_entry"].where(~stands_in, frame["outstanding"])
    return EntryDebts(
        counts & ~table.conflicted, amount, frame["outstanding_at_entry"].notna().to_numpy()
    )


def debts_before(facts: Facts) -> dict[str, int | None]:
    """Household id -> its debts on joining, in satang; None where some debt's is unknown."""
    debts = entry_debts(facts)
    frame = facts.tables["debts"].frame
    rows = pd.DataFrame(
        {
            "household_id": frame["household_id"],
            "amount": debts.amount.fillna(0),
            "unknown": debts.unknown,
        }
    )[debts.counts]
    sums = rows.groupby("household_id").agg(amount=("amount", "sum"), unknown=("unknown", "any"))
    return {
        str(household_id): None if unknown else int(amount)
        for household_id, amount, unknown in zip(
            sums.index, sums["amount"], sums["unknown"], strict=True
        )
    }


@dataclass(frozen=True)
class LastVisit:
    """The latest visit of a household; `balance` None where unknown, `position` in the frame."""

    position: int
    balance: int | None


def last_visits(facts: Facts) -> dict[str, LastVisit]:
    """Household id -> latest visit on or after joined_on and by `as_of`.

    Visits that may be on the same latest day and tell different balances make it unknown.
    """
    table = facts.tables["visits"]
    households = facts.targets.set_index("household_id")
    frame = table.frame.assign(
        visited_last=table.last("visited_on"),
        joined=looked_up(table.frame["household_id"], households["joined_on"]),
        position=np.arange(len(table.frame)),
        unread=table.is_unread("balance"),
    )
    in_time = on_or_before(table, "visited_on", facts.as_of) & ~table.conflicted
    frame = frame[in_time & (frame["visited_last"] >= frame["joined"])]
    newest = frame.groupby("household_id")["visited_on"].transform("max")
    latest = frame[frame["visited_last"] >= newest]
    visits: dict[str, LastVisit] = {}
    for household_id, same_day in latest.groupby("household_id"):
        balances = set(same_day["balance"].dropna())
        agreed = len(balances) == 1 and bool(same_day["balance"].notna().all())
        position = int(same_day["position"].iloc[-1])
        visits[str(household_id)] = LastVisit(position, int(balances.pop()) if agreed else None)
    return visits


def outcomes(facts: Facts) -> tuple[HouseholdOutcome, ...]:
    """Every target household of the workbook, in the register's order."""
    visits_table, debts_table = facts.tables["visits"], facts.tables["debts"]
    lost = not debts_table.can_read("household_id", "outstanding_at_entry", "contract_no")
    before = {} if lost else debts_before(facts)
    visits = last_visits(facts) if visits_table.can_read("visited_on", "balance") else {}
    debt_rows = entry_debts(facts)
    proofs = _proving_rows(facts, debt_rows)
    found: list[HouseholdOutcome] = []
    targets = facts.targets[~facts.targets["conflicted"]]
    for household_id, centre_id in zip(targets["household_id"], targets["centre_id"], strict=True):
        debt = before.get(household_id)
        visit = visits.get(household_id)
        after = visit.balance if visit else None
        cells = list(proofs.get(household_id, ()))
        if visit is not None:
            row = [int(visits_table.frame[SHEET_ROW].iloc[visit.position])]
            cells += [
                c for name in ("visited_on", "balance") if (c := visits_table.cells(name, row))
            ]
        found.append(
            HouseholdOutcome(
                facts.tables.district,
                None if pd.isna(centre_id) else str(centre_id),
                str(household_id),
                debt,
                after,
                _outcome(debt, after),
                tuple(cells),
            )
        )
    return tuple(found)


def _proving_rows(facts: Facts, debts: EntryDebts) -> dict[str, list[Cells]]:
    """Household id -> the cells its before rests on."""
    table = facts.tables["debts"]
    own = table.frame["household_id"].isin(facts.targets["household_id"]).to_numpy(dtype=np.bool_)
    counted = own & debts.counts & ~debts.unknown
    cells: dict[str, list[Cells]] = {}
    for column, mask in (
        ("outstanding_at_entry", counted & debts.from_entry),
        ("outstanding", counted & ~debts.from_entry),
    ):
        for household_id, rows in table.frame[mask].groupby("household_id")[SHEET_ROW]:
            found = table.cells(column, rows.to_numpy())
            if found is not None:
                cells.setdefault(str(household_id), []).append(found)
    return cells
