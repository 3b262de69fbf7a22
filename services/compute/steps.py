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
    prove_households,
)
from services.compute.spans import on_or_before
from services.normalise.tables import SHEET_ROW
from sheets_schema.model import Step, Verb

State = Literal["done", "partial", "not_started", "unknown"]
STATES: tuple[State, ...] = ("done", "partial", "not_started", "unknown")
HOUSEHOLDS = ("household_id", "centre_id", "target")
Needs = dict[str, tuple[str, ...]]


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


def _households(facts: Facts, centre_id: str, demand: Demand) -> Achieved:
    """A step that each of the year's target households proves with a row of its own."""
    proved, proofs, missing = prove_households(facts, centre_id, demand)
    wanted = facts.programme.targets.households_per_centre
    found = len(facts.targets_of(centre_id))
    if found < wanted:
        cell = facts.tables["households"].free_cell("target")
        missing.append(
            Missing("too_few_targets", cell, blanks=({"found": found, "wanted": wanted},))
        )
    return Achieved("households", len(proved), wanted, proofs, missing)


def negotiated(facts: Facts, centre_id: str) -> Achieved:
    """Step 3: a dated meeting naming the household, with a receiving fund or a resolution."""
    result = facts.given("meetings", "receiving_fund_id") | facts.given("meetings", "resolution")
    conditions = (
        Condition("held_on", facts.counts("meetings", "held_on"), "meeting_not_dated"),
        Condition("resolution", result, "meeting_no_result", also=("receiving_fund_id",)),
    )
    return _households(facts, centre_id, Demand("meetings", conditions, "no_meeting"))


def debt_managed(facts: Facts, centre_id: str) -> Achieved:
    """Step 4: a contract signed within the year, with its amount."""
    conditions = (
        Condition("signed_on", facts.counts("contracts", "signed_on"), "contract_not_dated"),
        Condition("amount", facts.positive("contracts", "amount"), "contract_no_amount"),
    )
    return _households(facts, centre_id, Demand("contracts", conditions, "no_contract"))


def livelihood_supported(facts: Facts, centre_id: str) -> Achieved:
    """Step 5: a support started within the year."""
    started = facts.counts("supports", "started_on")
    conditions = (Condition("started_on", started, "support_not_started"),)
    return _households(facts, centre_id, Demand("supports", conditions, "no_support"))


def followed_up(facts: Facts, centre_id: str) -> Achieved:
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
    return _households(facts, centre_id, Demand("visits", conditions, "no_visit"))


def restructured(facts: Facts, centre_id: str) -> Achieved:
    """Criterion 3: a target household with a contract whose method is given."""
    conditions = (
        Condition("signed_on", facts.counts("contracts", "signed_on"), "contract_not_dated"),
        Condition("method", facts.given("contracts", "method"), "contract_no_method"),
    )
    found = prove_households(facts, centre_id, Demand("contracts", conditions, "no_contract"))
    return Achieved("households", len(found[0]), 1, *found[1:])


def plan_approved(facts: Facts, centre_id: str) -> Achieved:
    """Criterion 4: a dated debt-management plan among the evidence."""
    table = facts.tables["evidence"]
    kind = facts.programme.plan_evidence_kind
    own = ((table.frame["centre_id"] == centre_id) & (table.frame["kind"] == kind)).fillna(
        value=False
    )
    plans = own.to_numpy(dtype=np.bool_) & ~table.conflicted
    dated = plans & facts.counts("evidence", "dated")
    rows = table.frame[SHEET_ROW].to_numpy()
    proofs = [
        c for code in ("kind", "dated") if (c := table.cells(code, rows[dated])) and dated.any()
    ]
    missing: list[Missing] = []
    blanks = ({"centre_id": centre_id},)
    if plans.any() and not dated.any():
        missing = [Missing("plan_not_dated", table.cells("dated", rows[plans][:1]), blanks=blanks)]
    elif not plans.any():
        missing = [Missing("no_plan", table.free_cell("kind"), blanks=blanks)]
    return Achieved("evidence", int(dated.sum()), 1, proofs, missing)


def single_contracts(facts: Facts, centre_id: str) -> Achieved:
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
    proved, proofs, missing = prove_households(
        facts, centre_id, Demand("contracts", conditions, "no_contract")
    )
    wanted = facts.programme.targets.single_contracts_per_centre or 1
    return Achieved("households", len(proved), wanted, proofs, missing)


Prove = Callable[[Facts, str], Achieved]
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


def step_state(facts: Facts, step: Step, centre_id: str) -> StepState:
    """Where the centre stands in one step."""
    unit, prove, needs = PROOFS[step.done_when]
    lost = facts.unreadable(needs)
    if lost:
        targets = facts.programme.targets
        required = step.required or (targets.households_per_centre if unit == "households" else 0)
        blanks = ({"registers": ", ".join(lost)},)
        return StepState(
            step.number,
            unit,
            "unknown",
            None,
            required,
            (),
            (Missing("register_unreadable", None, blanks=blanks),),
        )
    found = prove(facts, centre_id)
    required = found.required if step.required is None else step.required
    if required == 0:
        state: State = "done" if found.done_without_any else "not_started"
    else:
        state = _state(found.achieved, required)
    return StepState(
        step.number,
        unit,
        state,
        found.achieved,
        required,
        tuple(found.proofs),
        tuple(found.missing),
    )


def progress(facts: Facts) -> tuple[CentreProgress, ...]:
    """Every centre of the workbook on the year's ladder, in the register's order."""
    centres = facts.tables["centres"].frame.drop_duplicates("centre_id").set_index("centre_id")
    done: list[CentreProgress] = []
    for centre_id in facts.centre_ids:
        steps = tuple(step_state(facts, step, centre_id) for step in facts.programme.steps)
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
