"""One workbook's debts: before and after by household, class, funds they are owed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.compute.classes import debt_classes
from services.compute.facts import Facts
from services.compute.several_funds import FundsOwed, funds_owed
from services.compute.spans import looked_up, on_or_before
from services.normalise.columns import Mask
from services.normalise.tables import words


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


@dataclass(frozen=True)
class LastVisit:
    """A household's visits of its latest day, as rows of the frame; `balance` None if unknown."""

    positions: tuple[int, ...]
    balance: int | None


@dataclass(frozen=True, eq=False)
class DebtHistory:
    """What several figures and checks ask of one workbook's debts, each worked out once."""

    facts: Facts

    @cached_property
    def classes(self) -> npt.NDArray[Any]:
        """Our draft class of every row of the debts' frame."""
        return debt_classes(self.facts)

    @cached_property
    def funds_owed(self) -> FundsOwed:
        """Households by how many member funds they owe."""
        return funds_owed(self.facts)

    @cached_property
    def entry(self) -> EntryDebts:
        """What each debt was on the day its household joined.

        `outstanding_at_entry`; where blank, `outstanding` if it was taken on or before that day. A
        row that carries a new contract's number is the new loan and never counts; of a row whose
        copies differ the amount is unknown.
        """
        table, households = self.facts.tables["debts"], self.facts.tables["households"]
        frame = table.frame
        new_loans = self.facts.tables["contracts"].frame["contract_no"].dropna()
        counts = (frame["household_id"].notna() & ~frame["contract_no"].isin(new_loans)).to_numpy()
        joined = pd.DataFrame(
            {"household_id": households.frame["household_id"], "day": households.last("joined_on")}
        )[~households.conflicted].drop_duplicates("household_id")
        day = looked_up(frame["household_id"], joined.set_index("household_id")["day"])
        at_entry = frame["outstanding_at_entry"]
        blank = at_entry.isna() & ~table.is_unread("outstanding_at_entry")
        amount = at_entry.where(~(blank & (frame["as_of"] <= day)), frame["outstanding"])
        amount = amount.mask(pd.Series(table.conflicted))
        return EntryDebts(counts, amount, at_entry.notna().to_numpy())

    @cached_property
    def before(self) -> dict[str, int | None]:
        """Household id -> its debts on joining, in satang; None where some debt's is unknown."""
        table = self.facts.tables["debts"]
        if not table.can_read("household_id", "outstanding_at_entry", "contract_no"):
            return {}
        rows = pd.DataFrame(
            {
                "household_id": table.frame["household_id"],
                "amount": self.entry.amount,
                "unknown": self.entry.unknown,
            }
        )[self.entry.counts]
        sums = rows.groupby("household_id").agg(
            amount=("amount", "sum"), unknown=("unknown", "any")
        )
        return {
            str(household_id): None if unknown else int(amount)
            for household_id, amount, unknown in zip(
                sums.index, sums["amount"], sums["unknown"], strict=True
            )
        }

    @cached_property
    def last_visits(self) -> dict[str, LastVisit]:
        """Household id -> latest visit on or after joined_on and by `as_of`.

        Visits that may be on the same latest day and tell different balances make it unknown.
        """
        table = self.facts.tables["visits"]
        if not table.can_read("household_id", "visited_on", "balance"):
            return {}
        joined = self.facts.targets.set_index("household_id")["joined_on"]
        firsts, lasts = table.frame["visited_on"].to_numpy(), table.last("visited_on").to_numpy()
        in_time = on_or_before(table, "visited_on", self.facts.as_of) & ~table.conflicted
        since = lasts >= looked_up(table.frame["household_id"], joined).to_numpy()
        places = np.flatnonzero(in_time & since)
        by_household: dict[str, list[int]] = {}
        for household_id, place in zip(
            words(table.frame["household_id"].iloc[places]), places.tolist(), strict=True
        ):
            by_household.setdefault(household_id, []).append(place)
        balances = table.frame["balance"]
        visits: dict[str, LastVisit] = {}
        for household_id, rows in by_household.items():
            newest = firsts[rows].max()
            latest = tuple(place for place in rows if lasts[place] >= newest)
            told = {None if pd.isna(b) else int(b) for b in balances.iloc[list(latest)]}
            visits[household_id] = LastVisit(latest, told.pop() if len(told) == 1 else None)
        return visits
