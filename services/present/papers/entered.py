"""One workbook's target households, and the rows of its registers that speak of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.compute.debt_history import DebtHistory
from services.compute.facts import Facts
from services.compute.outcomes import HouseholdOutcome
from services.compute.proofs import Demand, prove_households
from services.compute.spans import on_or_before
from services.compute.verbs import negotiation, signed_contract, started_support
from services.normalise.tables import Table
from services.present.papers.paper import Value, by_key, values

ByHousehold = Mapping[str, Value]


@dataclass(frozen=True, eq=False)
class Entered:
    """One workbook's target households, and what its registers say of them."""

    history: DebtHistory
    outcomes: tuple[HouseholdOutcome, ...]

    @property
    def facts(self) -> Facts:
        """The tables on their day."""
        return self.history.facts

    def own(self, column: str) -> dict[str, Value]:
        """A column of the household's own row."""
        return by_key(self.facts.tables["households"], column)

    def of_centre(self, column: str) -> ByHousehold:
        """A column of its centre's row."""
        held = by_key(self.facts.tables["centres"], column)
        return {h.household_id: held.get(h.centre_id or "") for h in self.outcomes}

    @cached_property
    def sound(self) -> frozenset[int]:
        """Rows of `targets` without copies that differ."""
        return frozenset(np.flatnonzero(~self.facts.targets["conflicted"].to_numpy()).tolist())

    @cached_property
    def debts(self) -> dict[str, list[int]]:
        """Household -> its rows of the debts' frame that were there when it entered."""
        counts = self.history.entry.counts
        rows, numbers = self.facts.rows_of_targets("debts")
        pairs = zip(rows.tolist(), numbers.tolist(), strict=True)
        return self._grouped((row, number) for row, number in pairs if counts[row])

    @cached_property
    def meetings(self) -> dict[str, list[int]]:
        """Household -> meetings that prove step 3, earliest first."""
        return self._proving(negotiation(self.facts), "held_on")

    @cached_property
    def contracts(self) -> dict[str, list[int]]:
        """Household -> contracts that prove step 4, earliest first."""
        return self._proving(signed_contract(self.facts), "signed_on")

    @cached_property
    def supports(self) -> dict[str, list[int]]:
        """Household -> supports that prove step 5, earliest first."""
        return self._proving(started_support(self.facts), "started_on")

    @cached_property
    def visits(self) -> dict[str, list[int]]:
        """Household -> the visits of its latest day, on which its debt after rests."""
        known = {self.facts.target_ids[number] for number in self.sound}
        visits = self.history.last_visits.items()
        return {who: list(visit.positions) for who, visit in visits if who in known}

    def _proving(self, demand: Demand, day: str) -> dict[str, list[int]]:
        proved = prove_households(self.facts, demand)
        days = self.facts.tables[demand.register].frame[day].to_numpy()
        pairs = zip(proved.rows[proved.met].tolist(), proved.numbers[proved.met], strict=True)
        return self._grouped(sorted(pairs, key=lambda pair: (days[pair[0]], pair[0])))

    def _grouped(self, pairs: Iterable[tuple[int, int]]) -> dict[str, list[int]]:
        """Household -> rows, from pairs of a row and a number among `targets`."""
        found: dict[str, list[int]] = {}
        for row, number in pairs:
            if number in self.sound:
                found.setdefault(self.facts.target_ids[number], []).append(row)
        return found

    @cached_property
    def fund_names(self) -> dict[str, Value]:
        """Fund -> its name."""
        return by_key(self.facts.tables["funds"], "fund_name")


def listed(table: Table, column: str, rows: Mapping[str, list[int]]) -> dict[str, Value]:
    """Every different text of the household's rows, in their order."""
    held = values(table, column)
    texts = {who: dict.fromkeys(str(held[r]) for r in own if held[r]) for who, own in rows.items()}
    return {who: ", ".join(found) or None for who, found in texts.items()}


def first(table: Table, column: str, rows: Mapping[str, list[int]]) -> ByHousehold:
    """The value of the household's first row."""
    held = values(table, column)
    return {who: held[own[0]] for who, own in rows.items()}


def only(table: Table, column: str, rows: Mapping[str, list[int]]) -> ByHousehold:
    """The value on which all rows of the household agree."""
    held = values(table, column)
    told = {who: {held[row] for row in own} for who, own in rows.items()}
    return {who: found.pop() if len(found) == 1 else None for who, found in told.items()}


def latest(facts: Facts, register: str, column: str, rows: Mapping[str, list[int]]) -> ByHousehold:
    """The latest day, up to the day of the facts, that the household's rows name."""
    table = facts.tables[register]
    held, days = values(table, column), table.last(column).to_numpy()
    past = on_or_before(table, column, facts.as_of)
    dated = {who: [row for row in own if past[row]] for who, own in rows.items()}
    return {who: held[max(own, key=lambda row: days[row])] for who, own in dated.items() if own}
