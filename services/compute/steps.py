"""Where every centre stands on the year's ladder: six steps of 2565, five criteria of 2560."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from services.cells import Cells
from services.compute.facts import Facts
from services.compute.proofs import Achieved, Missing
from services.compute.verbs import PROOFS
from sheets_schema.model import Step

State = Literal["done", "partial", "not_started", "unknown"]
STATES: tuple[State, ...] = ("done", "partial", "not_started", "unknown")


@dataclass(frozen=True, eq=False)
class StepState:
    """One step of one centre; `achieved` is None while a needed register cannot be read.

    `unread` are the tabs of such registers.
    """

    number: int
    unit: str
    state: State
    achieved: int | None
    required: int
    proofs: tuple[Cells, ...]
    missing: tuple[Missing, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class CentreProgress:
    """A centre's ladder. `passed`: every step done; None when one is unknown."""

    district: str
    tambon: str | None
    centre_id: str
    passed: bool | None
    steps: tuple[StepState, ...]
    name: str | None = None


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
    return StepState(step.number, unit, "unknown", None, required, (), (why,), tuple(lost))


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
        tambon, name = (centres[column].get(centre_id) for column in ("tambon", "centre_name"))
        done.append(
            CentreProgress(
                facts.tables.district,
                None if pd.isna(tambon) else str(tambon),
                centre_id,
                passed,
                steps,
                None if pd.isna(name) else str(name),
            )
        )
    return tuple(done)
