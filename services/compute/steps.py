"""Six steps of 2565, five criteria of 2560: one function per word a year file may use.

Steps: หนังสือจังหวัดพะเยา ๒๕๖๕ ข้อ ๑.๑; criteria: แนวทาง ๒๕๖๐ ข้อ ๔.๒. How each is proved is our draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

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
from sheets_schema.model import Step, Verb

State = Literal["done", "partial", "not_started", "unknown"]
STATES: tuple[State, ...] = ("done", "partial", "not_started", "unknown")
HOUSEHOLDS = ("household_id", "centre_id", "target")
Needs = dict[str, tuple[str, ...]]
ByCentre = dict[str, Achieved]


@dataclass(frozen=True, eq=False)
class StepState:
    """One step of one centre; `achieved` is None while a needed register cannot be read."""

    number: int
    unit: str
    state: State
    achieved: int | None
    required: int
    proofs: tuple[Cells, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, eq=False)
class CentreProgress:
    """A centre's ladder. `passed`: every step done; None when one is unknown."""

    district: str
    tambon: str | None
    centre_id: str
    passed: bool | None
    steps: tuple[StepState, ...]


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
            cell = facts.tables["households"].free_cell("target")
            blanks = ({"found": targets, "wanted": wanted},)
            achieved.missing.append(Missing("too_few_targets", cell, blanks=blanks))
    return found


def negotiated(facts: Facts) -> ByCentre:
    """Step 3: a dated meeting naming the household, with a receiving fund or a resolution."""
    result = facts.given("meetings", "receiving_fund_id") | facts.given("meetings", "resolution")
    conditions = (
        Condition("held_on", facts.counts("meetings", "held_on"), "meeting_not_dated"),
        Condition("resolution", result, "meeting_no_result", also=("receiving_fund_id",)),
    )
    return _each_household(facts, Demand("meetings", conditions, "no_meeting"))


def debt_managed(facts: Facts) -> ByCentre:
    """Step 4: a contract signed within the year, with its amount."""
    conditions = (
        Condition("signed_on", facts.counts("contracts", "signed_on"), "contract_not_dated"),
        Condition("amount", facts.positive("contracts", "amount"), "contract_no_amount"),
    )
    return _each_household(facts, Demand("contracts", conditions, "no_contract"))


def livelihood_supported(facts: Facts) -> ByCentre:
    """Step 5: a support started within the year."""
    started = facts.counts("supports", "started_on")
    conditions = (Condition("started_on", started, "support_not_started"),)
    return _each_household(facts, Demand("supports", conditions, "no_support"))


def followed_up(facts: Facts) -> ByCentre:
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
    return _each_household(facts, Demand("visits", conditions, "no_visit"))


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


def single_contracts(facts: Facts) -> ByCentre:
    """Criterion 5: target households with exactly one open contract, joining or moving the debt."""
    table = facts.tables["contracts"]
    signed = facts.counts("contracts", "signed_on")
    open_now = ~on_or_before(table, "closed_on", facts.as_of) & ~table.is_unread("closed_on")
    open_rows = table.frame["household_id"].where(pd.Series(signed & open_now))
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
    wanted = facts.programme.targets.single_contracts_per_centre or 1
    return _households(facts, Demand("contracts", conditions, "no_contract"), wanted)


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
        negotiated,
        {
            "households": HOUSEHOLDS,
            "meetings": ("household_id", "centre_id", "held_on", "receiving_fund_id", "resolution"),
        },
    ),
    "debt_managed": (
        "households",
        debt_managed,
        {"households": HOUSEHOLDS, "contracts": ("household_id", "signed_on", "amount")},
    ),
    "livelihood_supported": (
        "households",
        livelihood_supported,
        {"households": HOUSEHOLDS, "supports": ("household_id", "started_on")},
    ),
    "followed_up": (
        "households",
        followed_up,
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


def _state(achieved: int, required: int) -> State:
    if achieved >= required:
        return "done"
    return "partial" if achieved else "not_started"


def step_states(facts: Facts, step: Step) -> dict[str, StepState]:
    """Where every centre of the workbook stands in one step."""
    unit, prove, needs = PROOFS[step.done_when]
    lost = facts.unreadable(needs)
    if lost:
        return dict.fromkeys(facts.centre_ids, _unknown(facts, step, unit, lost))
    return {centre_id: _known(step, found) for centre_id, found in prove(facts).items()}


def _unknown(facts: Facts, step: Step, unit: str, lost: list[str]) -> StepState:
    households = facts.programme.targets.households_per_centre if unit == "households" else 0
    why = Missing("register_unreadable", None, blanks=({"registers": ", ".join(lost)},))
    required = step.required or households
    return StepState(step.number, unit, "unknown", None, required, (), (why,))


def _known(step: Step, found: Achieved) -> StepState:
    required = found.required if step.required is None else step.required
    if required == 0:
        state: State = "done" if found.done_without_any else "not_started"
    else:
        state = _state(found.achieved, required)
    return StepState(
        step.number,
        found.unit,
        state,
        found.achieved,
        required,
        tuple(found.proofs),
        tuple(found.missing),
    )


def progress(facts: Facts) -> tuple[CentreProgress, ...]:
    """Every centre of the workbook on the year's ladder, in the register's order."""
    centres = facts.tables["centres"].frame.drop_duplicates("centre_id").set_index("centre_id")
    by_step = [step_states(facts, step) for step in facts.programme.steps]
    done: list[CentreProgress] = []
    for centre_id in facts.centre_ids:
        steps = tuple(states[centre_id] for states in by_step)
        states = {step.state for step in steps}
        passed = None if "unknown" in states else states == {"done"}
        tambon = centres["tambon"].get(centre_id)
        done.append(
            CentreProgress(
                facts.tables.district,
                None if pd.isna(tambon) else str(tambon),
                centre_id,
                passed,
                steps,
            )
        )
    return tuple(done)
