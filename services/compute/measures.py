"""What each indicator counts in one workbook: one function per id a year file may use.

Guideline of 2560 ข้อ ๔.๑–๔.๒; letter of Phayao 2565 ข้อ ๑.๒–๑.๓.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.cells import Cells
from services.compute.facts import Facts, Positions
from services.compute.proofs import prove_households, proving_cells
from services.compute.seen import Seen
from services.compute.spans import between
from services.compute.verbs import HOUSEHOLDS, Needs, one_single_contract
from services.normalise.columns import Mask
from services.normalise.tables import SHEET_ROW, Table
from sheets_schema.model import Indicator, IndicatorId

SATANG = 100
Noun = Literal["households", "targets", "centres", "activities"]
"""What a figure's coverage counts."""


@dataclass(frozen=True, eq=False)
class Counted:
    """Rows an indicator rests on: the centre of each (-1 unknown), and what it adds.

    An `unsure` row adds nothing yet but might. `outside` counts unread rows that are no row of the
    coverage and might still add something.
    """

    centres: Positions
    amounts: npt.NDArray[np.int64]
    unsure: Mask
    proofs: list[Cells] = field(default_factory=list)
    outside: int = 0


@dataclass(frozen=True)
class Measure:
    """How an indicator is counted; `needs` are the columns without which nothing is known.

    `at_most_one`: an unsure row adds no more than one; an amount has no such bound. `scale`:
    counted units in one unit of the figure.
    """

    count: Callable[[Seen, Indicator], Counted]
    rests_on: Noun
    needs: Needs = field(default_factory=dict)
    at_most_one: bool = True
    percent: bool = False
    scale: int = 1


def _cells(table: Table, column: str, mask: Mask | Positions) -> list[Cells]:
    rows = table.sheet_rows[mask]
    found = table.cells(column, rows) if len(rows) else None
    return [] if found is None else [found]


def _yes(column: pd.Series[Any]) -> Mask:
    return column.fillna(value=False).to_numpy(dtype=np.bool_)


def _once(table: Table) -> Mask:
    """Rows of `frame`, but one for all copies that differ."""
    return ~(table.frame[table.register.key.code].duplicated().to_numpy() & table.conflicted)


def households_chosen(seen: Seen, _: Indicator) -> Counted:
    """Households marked as targets (แนวทาง ๒๕๖๐ ข้อ ๔.๑.๑), of all rows of the register."""
    table = seen.facts.tables["households"]
    rows = np.flatnonzero(_once(table))
    chosen, nameless = _yes(table.frame["target"]), table.frame["household_id"].isna().to_numpy()
    unsure = (table.is_unread("target") | table.conflicted | (chosen & nameless))[rows]
    counts = chosen[rows] & ~unsure
    centres = seen.facts.numbers_of_centres(table.frame["centre_id"])[rows]
    return Counted(centres, counts.astype(np.int64), unsure, _cells(table, "target", rows[counts]))


def _of_targets(facts: Facts, counts: Mask, unsure: Mask, proofs: list[Cells]) -> Counted:
    """Masks over the target households; households that may still prove to be some are outside."""
    table = facts.tables["households"]
    nameless = _yes(table.frame["target"]) & table.frame["household_id"].isna().to_numpy()
    outside = int((table.is_unread("target") | nameless).sum())
    centres = facts.numbers_of_centres(facts.targets["centre_id"])
    return Counted(centres, counts.astype(np.int64), unsure, proofs, outside)


def households_trained(seen: Seen, _: Indicator) -> Counted:
    """Target households that took the course (แนวทาง ๒๕๖๐ ข้อ ๔.๑.๒)."""
    table = seen.facts.tables["households"]
    rows = np.flatnonzero(np.isin(table.sheet_rows, seen.facts.targets[SHEET_ROW].to_numpy()))
    unsure = (table.is_unread("trained") | table.conflicted)[rows]
    counts = _yes(table.frame["trained"])[rows] & ~unsure
    proofs = _cells(table, "target", rows[counts]) + _cells(table, "trained", rows[counts])
    return _of_targets(seen.facts, counts, unsure, proofs)


def single_contract_households(seen: Seen, _: Indicator) -> Counted:
    """Target households with one single contract, as criterion 5 proves them (ข้อ ๔.๒ ๑))."""
    facts = seen.facts
    table, demand = facts.tables["contracts"], one_single_contract(facts)
    proved = prove_households(facts, demand)
    everyone = np.arange(len(facts.targets))
    counts = np.isin(everyone, proved.numbers[proved.met])
    unclear = table.conflicted.copy()
    for column in ("signed_on", "closed_on", "method"):
        unclear |= table.is_unread(column)
    unsure = facts.targets["conflicted"].to_numpy(dtype=np.bool_) | (
        np.isin(everyone, proved.numbers[unclear[proved.rows]]) & ~counts
    )
    proofs = proving_cells(table, demand.conditions, np.unique(proved.rows[proved.met]))
    found = _of_targets(facts, counts, unsure, proofs)
    nobodys = int(table.is_unread("household_id").sum())
    return Counted(found.centres, found.amounts, unsure, proofs, found.outside + nobodys)


def households_reduced_or_cleared(seen: Seen, _: Indicator) -> Counted:
    """Target households that owe less than when they joined (หนังสือพะเยา ๒๕๖๕ ข้อ ๑.๒)."""
    better = [one.outcome in ("reduced", "cleared") for one in seen.outcomes]
    unsure = [one.outcome == "unknown" for one in seen.outcomes]
    proofs = [
        c for one, counts in zip(seen.outcomes, better, strict=True) if counts for c in one.proofs
    ]
    return _of_targets(
        seen.facts, np.array(better, dtype=np.bool_), np.array(unsure, dtype=np.bool_), proofs
    )


def _of_centres(facts: Facts, counts: Mask, unsure: Mask) -> Counted:
    """Masks over the workbook's centres."""
    table = facts.tables["centres"]
    places = facts.numbers_of_centres(table.frame["centre_id"])
    proofs = _cells(table, "centre_id", np.isin(places, np.flatnonzero(counts)))
    return Counted(np.arange(len(counts)), counts.astype(np.int64), unsure, proofs)


def centres_passed(seen: Seen, _: Indicator) -> Counted:
    """Centres with every step, institutions with every criterion (แนวทาง ๒๕๖๐ ข้อ ๔.๒ ๒))."""
    passed = [centre.passed for centre in seen.centres]
    return _of_centres(
        seen.facts,
        np.array([one is True for one in passed], dtype=np.bool_),
        np.array([one is None for one in passed], dtype=np.bool_),
    )


def centres_with_all_households(seen: Seen, indicator: Indicator) -> Counted:
    """Centres with the year's number of target households (หนังสือพะเยา ๒๕๖๕ ข้อ ๑.๒)."""
    facts, wanted = seen.facts, seen.facts.programme.targets.households_per_centre
    if facts.unreadable(CHOSEN):
        nothing = np.zeros(len(facts.centre_ids), dtype=np.bool_)
        return _of_centres(facts, nothing, ~nothing)
    chosen = households_chosen(seen, indicator)
    sure, unsure, loose = by_centre(chosen, len(facts.centre_ids))
    full = sure >= wanted
    return _of_centres(facts, full, ~full & (sure + unsure + loose >= wanted))


def by_centre(counted: Counted, centres: int) -> tuple[Positions, Positions, int]:
    """Per centre what is sure and how many rows are not; and how many might be anybody's."""
    placed = counted.centres >= 0
    sure, unsure = np.zeros(centres, dtype=np.int64), np.zeros(centres, dtype=np.int64)
    np.add.at(sure, counted.centres[placed], counted.amounts[placed])
    np.add.at(unsure, counted.centres[placed], counted.unsure[placed])
    stray = ~placed & (counted.unsure | (counted.amounts != 0))
    return sure, unsure, counted.outside + int(stray.sum())


def _of_activity(seen: Seen, indicator: Indicator, column: str) -> Counted:
    """A column of the activity's rows dated within the year so far: finished, else started.

    A row without its day or its amount is unsure: a blank is not zero.
    """
    facts, table = seen.facts, seen.facts.tables["activities"]
    frame = table.frame
    title = facts.programme.activity_title(indicator.activity or "")
    named, unnamed = (frame["activity"] == title).to_numpy(), table.is_unread("activity")
    year = facts.programme.first_day, facts.as_of
    open_end = frame["finished_on"].isna().to_numpy() & ~table.is_unread("finished_on")
    dated = between(table, "finished_on", *year) | (open_end & between(table, "started_on", *year))
    undated = table.is_unread("finished_on") | (open_end & frame["started_on"].isna().to_numpy())
    rows = np.flatnonzero((named | unnamed) & (dated | undated) & _once(table))
    known = frame[column].notna().to_numpy() & named & dated & ~table.conflicted
    amounts = frame[column].to_numpy(dtype=np.int64, na_value=0)
    centres = facts.numbers_of_centres(frame["centre_id"])
    return Counted(
        centres[rows],
        np.where(known, amounts, 0)[rows],
        ~known[rows],
        _cells(table, column, rows[known[rows]]),
    )


def training_days(seen: Seen, indicator: Indicator) -> Counted:
    """Days of the course (แนวทาง ๒๕๖๐ ข้อ ๔.๑.๒)."""
    return _of_activity(seen, indicator, "days")


def budget_per_institution(seen: Seen, indicator: Indicator) -> Counted:
    """Money received for an income-raising project, in satang (แนวทาง ๒๕๖๐ ข้อ ๔.๑.๓)."""
    return _of_activity(seen, indicator, "budget_received")


CHOSEN: Needs = {"households": HOUSEHOLDS}
CONTRACTS: Needs = CHOSEN | {"contracts": ("household_id", "signed_on", "method", "closed_on")}
DATED = ("centre_id", "activity", "started_on", "finished_on")
MEASURES: Mapping[IndicatorId, Measure] = {
    "single_contract_households": Measure(single_contract_households, "targets", CONTRACTS),
    "institutions_passing": Measure(centres_passed, "centres", percent=True),
    "households_chosen": Measure(households_chosen, "households", CHOSEN),
    "households_trained": Measure(
        households_trained, "targets", {"households": (*HOUSEHOLDS, "trained")}
    ),
    "training_days": Measure(
        training_days, "activities", {"activities": (*DATED, "days")}, at_most_one=False
    ),
    "budget_per_institution": Measure(
        budget_per_institution,
        "activities",
        {"activities": (*DATED, "budget_received")},
        at_most_one=False,
        scale=SATANG,
    ),
    "households_reduced_or_cleared": Measure(households_reduced_or_cleared, "targets", CHOSEN),
    "centres_with_all_households": Measure(centres_with_all_households, "centres"),
    "centres_all_steps_done": Measure(centres_passed, "centres"),
}
