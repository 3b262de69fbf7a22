"""Why a figure stands: the cells that make it and the cells that would have to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.cells import Cell, Cells
from services.compute.facts import Facts
from services.compute.spans import looked_up
from services.issues import reason
from services.normalise.columns import Mask
from services.normalise.tables import SHEET_ROW, Table

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class MissingOne:
    """One thing still missing, in words, with the cell that would have to change."""

    reason: str
    fund_id: str | None
    household_id: str | None
    cell: Cell | None


@dataclass(frozen=True, eq=False)
class Missing:
    """The same thing missing in one or many places; sequences are empty or as long as `cells`."""

    reason: str
    cells: Cells | None
    fund_ids: Sequence[str | None] = ()
    household_ids: Sequence[str | None] = ()
    blanks: Sequence[Mapping[str, str | int]] = ()

    def each(self, workbook: str) -> Iterator[MissingOne]:
        """One by one."""
        length = max(len(self.fund_ids), len(self.household_ids), len(self.blanks), 1)
        cells = [None] * length if self.cells is None else list(self.cells.each(workbook))
        for number, cell in enumerate(cells):
            fund_id = self.fund_ids[number] if self.fund_ids else None
            household_id = self.household_ids[number] if self.household_ids else None
            blanks = self.blanks[number] if self.blanks else {}
            named = {"fund_id": fund_id or "–", "household_id": household_id or "–", **blanks}
            yield MissingOne(reason(self.reason, **named), fund_id, household_id, cell)


@dataclass(frozen=True, eq=False)
class Condition:
    """One thing a row must meet: `mask` over the register's `frame`; `column` would have to change.

    `in_household`: the cell to change is in the household's own row. `also` prove it as well.
    """

    column: str
    mask: Mask
    reason: str
    in_household: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Demand:
    """What a household's row of a register must meet; `nothing`: the reason where it has no row."""

    register: str
    conditions: tuple[Condition, ...]
    nothing: str


@dataclass(frozen=True, eq=False)
class Achieved:
    """What one centre has proved of one step."""

    unit: str
    achieved: int
    required: int
    proofs: list[Cells] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    done_without_any: bool = False


def prove_households(
    facts: Facts, centre_id: str, demand: Demand
) -> tuple[list[str], list[Cells], list[Missing]]:
    """Which target households of the centre have a row that meets every condition.

    Returns:
        Their ids, the proving cells (of the conditions' columns and the household's code), and for
        each other household what is missing: in its latest row, or that it has none.
    """
    table = facts.tables[demand.register]
    targets = facts.targets_of(centre_id)
    sound, differing = targets[~targets["conflicted"]], targets[targets["conflicted"]]
    rows = facts.by_household(demand.register)
    rows = rows[rows["household_id"].isin(sound["household_id"])]
    positions = rows["position"].to_numpy(dtype=np.int64)
    met = ~table.conflicted[positions]
    for condition in demand.conditions:
        met &= condition.mask[positions]
    proving = rows[met]
    proved = set(proving["household_id"])
    proofs = _proofs(
        table, demand.conditions, np.unique(proving["position"].to_numpy(dtype=np.int64))
    )
    last_row = dict(zip(rows["household_id"], positions, strict=True))
    missing = [
        _copies(facts, household_id, row)
        for household_id, row in zip(differing["household_id"], differing[SHEET_ROW], strict=True)
    ]
    for household_id, own_row in zip(sound["household_id"], sound[SHEET_ROW], strict=True):
        if household_id not in proved:
            place = last_row.get(household_id)
            missing.append(_why_not(facts, demand, (household_id, own_row), place))
    return [h for h in sound["household_id"] if h in proved], proofs, missing


def _proofs(table: Table, conditions: Sequence[Condition], positions: Positions) -> list[Cells]:
    """The filled cells of the proving rows."""
    columns = ["household_id"]
    for condition in conditions:
        if not condition.in_household:
            columns += [condition.column, *condition.also]
    cells: list[Cells] = []
    for column in dict.fromkeys(columns):
        rows = table.frame.iloc[positions]
        filled = rows.loc[rows[column].notna(), SHEET_ROW].to_numpy()
        found = table.cells(column, filled)
        if len(filled) and found is not None:
            cells.append(found)
    return cells


def _copies(facts: Facts, household_id: str, sheet_row: int) -> Missing:
    cells = facts.tables["households"].cells("household_id", [sheet_row])
    return Missing("copies_differ", cells, (), (household_id,), ({"id": household_id},))


def _why_not(
    facts: Facts, demand: Demand, household: tuple[str, int], place: int | None
) -> Missing:
    """What the household's latest row lacks, or that there is no row yet."""
    table = facts.tables[demand.register]
    if place is None:
        return Missing(demand.nothing, table.free_cell("household_id"), (), (household[0],))
    sheet_row = int(table.frame[SHEET_ROW].iloc[place])
    if table.conflicted[place]:
        key = table.register.key.code
        blanks = ({"id": str(table.frame[key].iloc[place])},)
        return Missing("copies_differ", table.cells(key, [sheet_row]), (), (household[0],), blanks)
    unmet = next(condition for condition in demand.conditions if not condition.mask[place])
    if unmet.in_household:
        cells = facts.tables["households"].cells(unmet.column, [household[1]])
    else:
        cells = table.cells(unmet.column, [sheet_row])
    return Missing(unmet.reason, cells, (), (household[0],))


def household_start(facts: Facts, register: str) -> pd.Series[Any]:
    """Per row of the register's `frame`, the day from which its household's visits count."""
    return looked_up(facts.tables[register].frame["household_id"], facts.start_of_follow_up)
