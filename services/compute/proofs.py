"""Why a figure stands: the cells that make it and the cells that would have to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from services.cells import Cell, Cells
from services.compute.facts import Facts, Positions
from services.compute.spans import looked_up
from services.issues import reason
from services.normalise.columns import Mask
from services.normalise.tables import SHEET_ROW, Table, told_code


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
            fund_id, household_id = _told(fund_id), _told(household_id)
            blanks = self.blanks[number] if self.blanks else {}
            named = {"fund_id": fund_id or "–", "household_id": household_id or "–", **blanks}
            yield MissingOne(reason(self.reason, **named), fund_id, household_id, cell)


def _told(code: str | None) -> str | None:
    return None if code is None else told_code(code)


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


@dataclass(frozen=True, eq=False)
class Proved:
    """Which target households, of all in the workbook, meet a demand, and in which rows.

    `rows` and `numbers` pair rows of the register with rows of `targets`; `met` says which of the
    pairs prove.
    """

    rows: Positions
    numbers: Positions
    met: Mask

    @property
    def targets(self) -> set[int]:
        """The proved ones."""
        return set(self.numbers[self.met].tolist())

    @property
    def latest(self) -> dict[int, int]:
        """Target -> the last row that names it."""
        return dict(zip(self.numbers.tolist(), self.rows.tolist(), strict=True))


def prove_households(facts: Facts, demand: Demand) -> Proved:
    """Hold every row that names a target household against the demand."""
    rows, numbers = facts.rows_of_targets(demand.register)
    met = ~facts.tables[demand.register].conflicted[rows]
    for condition in demand.conditions:
        met &= condition.mask[rows]
    sound = ~facts.targets["conflicted"].to_numpy(dtype=np.bool_)
    return Proved(rows, numbers, met & sound[numbers])


def of_centre(
    facts: Facts, demand: Demand, proved: Proved, centre_id: str
) -> tuple[int, list[Cells], list[Missing]]:
    """How many of the centre's households are proved, by which cells, and what is missing."""
    own = facts.targets_of(centre_id)
    achieved = proved.targets & set(own.tolist())
    proving = proved.rows[proved.met & np.isin(proved.numbers, own)]
    table = facts.tables[demand.register]
    latest = proved.latest
    missing = [
        _why_not(facts, demand, number, latest.get(number))
        for number in own.tolist()
        if number not in achieved
    ]
    return len(achieved), proving_cells(table, demand.conditions, np.unique(proving)), missing


def proving_cells(
    table: Table, conditions: Sequence[Condition], positions: Positions
) -> list[Cells]:
    """The filled cells of the proving rows."""
    columns = ["household_id"]
    for condition in conditions:
        if not condition.in_household:
            columns += [condition.column, *condition.also]
    cells: list[Cells] = []
    for column in dict.fromkeys(columns):
        filled = positions[table.frame[column].notna().to_numpy()[positions]]
        found = table.cells(column, table.sheet_rows[filled])
        if len(filled) and found is not None:
            cells.append(found)
    return cells


def _why_not(facts: Facts, demand: Demand, number: int, row: int | None) -> Missing:
    """What the household's latest row lacks, or that there is no row yet."""
    table, households = facts.tables[demand.register], facts.tables["households"]
    code = (facts.target_ids[number],)
    own_row = [int(facts.targets[SHEET_ROW].iloc[number])]
    if facts.targets["conflicted"].iloc[number]:
        cells = households.cells("household_id", own_row)
        return Missing("copies_differ", cells, (), code, ({"id": code[0]},))
    if row is None:
        return Missing(demand.nothing, table.free_cell("household_id"), (), code)
    sheet_row = table.sheet_rows[row : row + 1]
    if table.conflicted[row]:
        cells = table.cells(table.register.key.code, sheet_row)
        return Missing("copies_differ", cells, (), code, ({"id": str(table.keys[row])},))
    unmet = next(condition for condition in demand.conditions if not condition.mask[row])
    if unmet.in_household:
        return Missing(unmet.reason, households.cells(unmet.column, own_row), (), code)
    return Missing(unmet.reason, table.cells(unmet.column, sheet_row), (), code)


def household_start(facts: Facts, register: str) -> pd.Series[Any]:
    """Per row of the register's `frame`, the day from which its household's visits count."""
    return looked_up(facts.tables[register].frame["household_id"], facts.start_of_follow_up)
