"""What proves a step or criterion: one function per word a year file may use in `done_when`.

Steps: หนังสือจังหวัดพะเยา ๒๕๖๕ ข้อ ๑.๑; criteria: แนวทาง ๒๕๖๐ ข้อ ๔.๒. How each is proved is our draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from services.cells import Cells
from services.compute.debtor_steps import debtors_classified, debtors_surveyed
from services.compute.facts import Facts
from services.compute.proofs import (
    Achieved,
    Condition,
    Demand,
    Missing,
    household_start,
    of_centre,
    prove_households,
)
from services.compute.spans import on_or_before
from services.normalise.columns import Mask
from services.normalise.tables import Table
from sheets_schema.model import Verb

HOUSEHOLDS = ("household_id", "centre_id", "target")
Needs = dict[str, tuple[str, ...]]
ByCentre = dict[str, Achieved]


def _households(facts: Facts, demand: Demand, required: int) -> ByCentre:
    """A step that target households prove with a row of their own."""
    proved = prove_households(facts, demand)
    return {
        centre_id: Achieved("households", achieved, required, proofs, missing)
        for centre_id in facts.centre_ids
        for achieved, proofs, missing in [of_centre(facts, demand, proved, centre_id)]
    }


def _each_household(facts: Facts, demand: Demand) -> ByCentre:
    """A step that each of the year's target households proves; too few of them are missing too."""
    wanted = facts.programme.targets.households_per_centre
    found = _households(facts, demand, wanted)
    for centre_id, achieved in found.items():
        targets = len(facts.targets_of(centre_id))
        if targets < wanted:
            cell = _cell_for_a_target(facts, centre_id)
            blanks = ({"found": targets, "wanted": wanted},)
            achieved.missing.append(Missing("too_few_targets", cell, blanks=blanks))
    return found


def _cell_for_a_target(facts: Facts, centre_id: str) -> Cells | None:
    """Where one more target household could be marked: a cell of the centre that was not read."""
    table = facts.tables["households"]
    own = (table.frame["centre_id"] == centre_id).to_numpy(dtype=np.bool_)
    unsure = table.sheet_rows[own & table.is_unread("target")]
    return table.cells("target", unsure[:1]) if len(unsure) else table.free_cell("target")


def negotiation(facts: Facts) -> Demand:
    """Step 3: a dated meeting naming the household, with a receiving fund or a resolution."""
    result = facts.given("meetings", "receiving_fund_id") | facts.given("meetings", "resolution")
    conditions = (
        Condition("held_on", facts.counts("meetings", "held_on"), "meeting_not_dated"),
        Condition("resolution", result, "meeting_no_result", also=("receiving_fund_id",)),
    )
    return Demand("meetings", conditions, "no_meeting")


def signed_contract(facts: Facts) -> Demand:
    """Step 4: a contract signed within the year, with its amount."""
    conditions = (
        Condition("signed_on", facts.counts("contracts", "signed_on"), "contract_not_dated"),
        Condition("amount", facts.positive("contracts", "amount"), "contract_no_amount"),
    )
    return Demand("contracts", conditions, "no_contract")


def started_support(facts: Facts) -> Demand:
    """Step 5: a support started within the year."""
    started = facts.counts("supports", "started_on")
    conditions = (Condition("started_on", started, "support_not_started"),)
    return Demand("supports", conditions, "no_support")


def follow_up(facts: Facts) -> Demand:
    """Step 6: a visit with a balance, on or after the first counting contract (else joined_on)."""
    visits = facts.tables["visits"]
    start = household_start(facts, "visits")
    late_enough = (visits.last("visited_on") >= start).to_numpy(dtype=np.bool_)
    conditions = (
        Condition("visited_on", facts.counts("visits", "visited_on"), "visit_not_dated"),
        Condition("balance", facts.given("visits", "balance"), "visit_no_balance"),
        Condition("joined_on", start.notna().to_numpy(), "visit_start_unknown", in_household=True),
        Condition("visited_on", late_enough, "visit_too_early"),
    )
    return Demand("visits", conditions, "no_visit")


def _by_each_household(demand: Callable[[Facts], Demand]) -> Callable[[Facts], ByCentre]:
    """A step proved when each of the year's target households meets the demand."""
    return lambda facts: _each_household(facts, demand(facts))


def restructured(facts: Facts) -> ByCentre:
    """Criterion 3: a target household with a contract whose method is given."""
    conditions = (
        Condition("signed_on", facts.counts("contracts", "signed_on"), "contract_not_dated"),
        Condition("method", facts.given("contracts", "method"), "contract_no_method"),
    )
    return _households(facts, Demand("contracts", conditions, "no_contract"), 1)


def plan_approved(facts: Facts) -> ByCentre:
    """Criterion 4: a dated debt-management plan among the evidence."""
    table = facts.tables["evidence"]
    is_plan = table.frame["kind"] == facts.programme.plan_evidence_kind
    plans = is_plan.fillna(value=False).to_numpy(dtype=np.bool_) & ~table.conflicted
    dated = plans & facts.counts("evidence", "dated")
    return {centre_id: _plan(table, plans, dated, centre_id) for centre_id in facts.centre_ids}


def _plan(table: Table, plans: Mask, dated: Mask, centre_id: str) -> Achieved:
    own = (table.frame["centre_id"] == centre_id).to_numpy(dtype=np.bool_)
    proving, undated = table.sheet_rows[own & dated], table.sheet_rows[own & plans & ~dated]
    blanks = ({"centre_id": centre_id},)
    if len(proving):
        cells = (table.cells(code, proving) for code in ("kind", "dated"))
        proofs = [found for found in cells if found is not None]
        return Achieved("evidence", len(proving), 1, proofs)
    if len(undated):
        lacking = Missing("plan_not_dated", table.cells("dated", undated[:1]), blanks=blanks)
    else:
        lacking = Missing("no_plan", table.free_cell("kind"), blanks=blanks)
    return Achieved("evidence", 0, 1, [], [lacking])


def one_single_contract(facts: Facts) -> Demand:
    """Exactly one open contract of the household, and it joins or moves the debt."""
    table = facts.tables["contracts"]
    signed = facts.counts("contracts", "signed_on")
    open_now = ~on_or_before(table, "closed_on", facts.as_of) & ~table.is_unread("closed_on")
    doubtful = table.conflicted | table.is_unread("signed_on")
    open_rows = table.frame["household_id"].where(pd.Series((signed | doubtful) & open_now))
    alone = open_rows.map(open_rows.value_counts()).eq(1).to_numpy(dtype=np.bool_)
    method = table.frame["method"]
    single = method.isin(facts.programme.single_contract_methods).to_numpy(dtype=np.bool_)
    conditions = (
        Condition("signed_on", signed, "contract_not_dated"),
        Condition("closed_on", open_now, "contract_closed"),
        Condition("method", method.notna().to_numpy(), "contract_no_method"),
        Condition("method", single, "contract_other_method"),
        Condition("closed_on", alone, "contracts_several"),
    )
    return Demand("contracts", conditions, "no_contract")


def single_contracts(facts: Facts) -> ByCentre:
    """Criterion 5: target households with exactly one open contract, joining or moving the debt."""
    wanted = facts.programme.targets.single_contracts_per_centre or 1
    return _households(facts, one_single_contract(facts), wanted)


Prove = Callable[[Facts], ByCentre]
PROOFS: Mapping[Verb, tuple[str, Prove, Needs]] = {
    "debtors_surveyed": (
        "funds",
        debtors_surveyed,
        {
            "funds": ("fund_id", "centre_id", "no_debtors", "debtors_as_of"),
            "debts": ("fund_id", "household_id"),
            "households": ("household_id",),
        },
    ),
    "debtors_classified": (
        "debts",
        debtors_classified,
        {
            "funds": ("fund_id", "centre_id", "no_debtors", "debtors_as_of"),
            "debts": ("fund_id", "debtor_class"),
        },
    ),
    "negotiated": (
        "households",
        _by_each_household(negotiation),
        {
            "households": HOUSEHOLDS,
            "meetings": ("household_id", "centre_id", "held_on", "receiving_fund_id", "resolution"),
        },
    ),
    "debt_managed": (
        "households",
        _by_each_household(signed_contract),
        {"households": HOUSEHOLDS, "contracts": ("household_id", "signed_on", "amount")},
    ),
    "livelihood_supported": (
        "households",
        _by_each_household(started_support),
        {"households": HOUSEHOLDS, "supports": ("household_id", "started_on")},
    ),
    "followed_up": (
        "households",
        _by_each_household(follow_up),
        {
            "households": (*HOUSEHOLDS, "joined_on"),
            "contracts": ("household_id", "signed_on", "amount"),
            "visits": ("household_id", "visited_on", "balance"),
        },
    ),
    "restructured": (
        "households",
        restructured,
        {"households": HOUSEHOLDS, "contracts": ("household_id", "signed_on", "method")},
    ),
    "plan_approved": ("evidence", plan_approved, {"evidence": ("centre_id", "kind", "dated")}),
    "single_contracts": (
        "households",
        single_contracts,
        {
            "households": HOUSEHOLDS,
            "contracts": ("household_id", "signed_on", "method", "closed_on"),
        },
    ),
}
