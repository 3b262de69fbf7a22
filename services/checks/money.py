"""Amounts that do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from services.compute.seen import Seen
from services.compute.spans import looked_up
from services.issues import Findings
from services.normalise.columns import Mask
from services.normalise.numbers import baht
from services.normalise.tables import Table
from services.normalise.words import listed_codes


def _holds(mask: pd.Series[Any]) -> Mask:
    """A comparison of amounts; where one is unknown it does not hold."""
    return mask.fillna(value=False).to_numpy(dtype=np.bool_)


def _compared(
    table: Table,
    code: str,
    column: str,
    mask: Mask,
    blanks: Mapping[str, pd.Series[Any]],
) -> Iterator[Findings]:
    """The finding for amounts in the mask, its other amounts and codes in the sentence."""
    if not mask.any():
        return
    named = {name: [_words(value) for value in series[mask]] for name, series in blanks.items()}
    values = [_words(value) for value in table.frame.loc[mask, column]]
    details = [dict(zip(named, row, strict=True)) for row in zip(*named.values(), strict=True)]
    yield from table.findings(code, column, mask, values, details)


def _words(value: object) -> str:
    return value if isinstance(value, str) else baht(int(value))  # type: ignore[call-overload]


def negative_amount(seen: Seen) -> Iterator[Findings]:
    """Is an amount of money below zero?"""
    for table in seen.facts.tables.by_code.values():
        for column in table.register.columns:
            if column.type == "baht" and column.code in table.places:
                below = _holds(table.frame[column.code] < 0)
                yield from _compared(table, "negative_amount", column.code, below, {})


def repaid_plus_outstanding(seen: Seen) -> Iterator[Findings]:
    """Do repaid and outstanding make up the principal?"""
    debts = seen.table("debts")
    repaid, principal = debts.frame["repaid"], debts.frame["principal"]
    differ = _holds(repaid + debts.frame["outstanding"] != principal)
    blanks = {"repaid": repaid, "principal": principal}
    yield from _compared(debts, "repaid_plus_outstanding", "outstanding", differ, blanks)


def contract_above_debts(seen: Seen) -> Iterator[Findings]:
    """Is a new contract larger than all the household owed when it joined?"""
    contracts = seen.table("contracts")
    households = contracts.frame["household_id"]
    before = looked_up(households, pd.Series(seen.history.before, dtype="Int64"))
    above = _holds(contracts.frame["amount"] > before)
    blanks = {"before": before, "household_id": households}
    yield from _compared(contracts, "contract_above_debts", "amount", above, blanks)


def debt_replaced_twice(seen: Seen) -> Iterator[Findings]:
    """Is one old debt joined into two contracts?"""
    contracts = seen.table("contracts")
    where: dict[str, set[int]] = {}
    for place, text in enumerate(contracts.frame["replaces"]):
        if not pd.isna(text) and not contracts.conflicted[place]:
            for code in listed_codes(text):
                where.setdefault(code, set()).add(place)
    twice: dict[int, list[str]] = {}
    for code, places in where.items():
        if len(places) > 1:
            for place in places:
                twice.setdefault(place, []).append(code)
    mask = np.zeros(len(contracts.frame), dtype=np.bool_)
    mask[list(twice)] = True
    values = [", ".join(twice[place]) for place in np.flatnonzero(mask).tolist()]
    yield from contracts.findings("debt_replaced_twice", "replaces", mask, values)


def after_above_before(seen: Seen) -> Iterator[Findings]:
    """Does a household owe more than before, with no problem stated at the visit?"""
    visits = seen.table("visits")
    unexplained = visits.frame["problem"].isna().to_numpy() & ~visits.is_unread("problem")
    grown: dict[int, tuple[str, int]] = {}
    for household in seen.outcomes:
        visit = seen.history.last_visits.get(household.household_id)
        if household.outcome == "increased" and visit and unexplained[list(visit.positions)].all():
            grown[visit.positions[-1]] = (household.household_id, household.before or 0)
    mask = np.zeros(len(visits.frame), dtype=np.bool_)
    mask[list(grown)] = True
    places = np.flatnonzero(mask).tolist()
    values = [baht(int(visits.frame["balance"].iloc[place])) for place in places]
    details = [
        {"household_id": grown[place][0], "before": baht(grown[place][1])} for place in places
    ]
    yield from visits.findings("after_above_before", "balance", mask, values, details)


def above_lending_limit(seen: Seen) -> Iterator[Findings]:
    """Is a contract larger than its receiving fund may lend to one borrower?"""
    contracts, funds = seen.table("contracts"), seen.table("funds")
    limits = funds.rows.dropna(subset=["fund_id"]).set_index("fund_id")["lending_limit"]
    fund_ids = contracts.frame["receiving_fund_id"]
    limit = looked_up(fund_ids, limits)
    above = _holds(contracts.frame["amount"] > limit)
    blanks = {"limit": limit, "fund_id": fund_ids}
    yield from _compared(contracts, "above_lending_limit", "amount", above, blanks)


def budget_overspent(seen: Seen) -> Iterator[Findings]:
    """Was more spent than received?"""
    activities = seen.table("activities")
    received = activities.frame["budget_received"]
    above = _holds(activities.frame["budget_spent"] > received)
    blanks = {"received": received}
    yield from _compared(activities, "budget_overspent", "budget_spent", above, blanks)


def capital_differs(seen: Seen) -> Iterator[Findings]:
    """Is the centre's capital the sum of its counted funds? Only where every one is known."""
    centres, funds = seen.table("centres"), seen.table("funds")
    readable = funds.can_read("fund_id", "centre_id", "capital", "counted")
    if not readable or funds.frame["centre_id"].isna().any():
        return
    counted = funds.frame["counted"].fillna(value=True).to_numpy(dtype=np.bool_)
    unsure = funds.is_unread("counted") | funds.conflicted
    capital = funds.frame["capital"]
    rows = pd.DataFrame(
        {
            "centre_id": funds.frame["centre_id"],
            "capital": capital.where(counted, 0),
            "unknown": unsure | (counted & capital.isna().to_numpy()),
        }
    )
    sums = rows.groupby("centre_id").agg(capital=("capital", "sum"), unknown=("unknown", "any"))
    known = sums.loc[~sums["unknown"], "capital"]
    expected = looked_up(centres.frame["centre_id"], known)
    differ = _holds(centres.frame["capital"] != expected)
    yield from _compared(centres, "capital_differs", "capital", differ, {"counted": expected})


def entry_debt_unknown(seen: Seen) -> Iterator[Findings]:
    """Is the debt of a target household on the day it joined unknown?"""
    debts = seen.table("debts")
    if not debts.can_read("household_id", "outstanding_at_entry"):
        return
    targets = seen.facts.targets["household_id"]
    mask = seen.history.entry.unknown & debts.frame["household_id"].isin(targets).to_numpy(
        dtype=np.bool_
    )
    details = [{"household_id": str(code)} for code in debts.frame.loc[mask, "household_id"]]
    yield from debts.findings("entry_debt_unknown", "outstanding_at_entry", mask, (), details)
    cell = debts.free_cell("household_id")
    for household in seen.outcomes:
        if household.household_id not in seen.history.before:
            words = {"household_id": household.household_id}
            yield Findings(
                "entry_debt_unknown",
                "debts",
                "household_id",
                cell,
                details=(words,),
                cure="add_debt_row",
            )
