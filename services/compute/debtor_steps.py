"""Steps 1 and 2: the debtors of the member funds surveyed, and classified.

หนังสือจังหวัดพะเยา ๒๕๖๕ ข้อ ๑.๑ (๑)–(๒); แนวทาง ๒๕๖๐ ข้อ ๑.๒, ๒.๒–๒.๓.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from services.cells import Cells
from services.compute.facts import Facts
from services.compute.proofs import Achieved, Missing
from services.compute.spans import on_or_before
from services.normalise.tables import SHEET_ROW, Table


def _own_funds(facts: Facts, centre_id: str) -> pd.DataFrame:
    """The centre's member funds, one row per code (funds without a code each by themselves)."""
    table = facts.tables["funds"]
    declared = table.frame["no_debtors"].fillna(value=False).to_numpy(dtype=np.bool_)
    dated = on_or_before(table, "debtors_as_of", facts.as_of)
    rows = table.frame.assign(declared=declared, dated=dated, conflicted=table.conflicted)
    own = rows[(rows["centre_id"] == centre_id).fillna(value=False)]
    return own[~own["fund_id"].duplicated() | own["fund_id"].isna()]


def _debts_of(facts: Facts, funds: pd.DataFrame) -> pd.DataFrame:
    """Debts owed to these funds, with `conflicted` where copies of a row differ."""
    table = facts.tables["debts"]
    owed = table.frame["fund_id"].isin(funds["fund_id"].dropna())
    columns = ["debt_id", "household_id", "fund_id", "debtor_class", SHEET_ROW]
    return table.frame.loc[owed, columns].assign(conflicted=table.conflicted[owed])


def _cells(table: Table, columns: tuple[str, ...], rows: pd.DataFrame) -> list[Cells]:
    """Cells of these columns in the rows, as far as the sheet has them."""
    if rows.empty:
        return []
    sheet_rows = rows[SHEET_ROW].to_numpy()
    return [found for code in columns if (found := table.cells(code, sheet_rows)) is not None]


def _or_none(codes: pd.Series[Any]) -> tuple[str | None, ...]:
    return tuple(None if pd.isna(code) else str(code) for code in codes)


def _missing(
    reason: str, table: Table, columns: tuple[str, ...], rows: pd.DataFrame
) -> list[Missing]:
    """The same thing missing in these rows of funds or debts: in the first column the sheet has."""
    if rows.empty:
        return []
    ids = _or_none(rows[table.register.key.code])
    households = _or_none(rows["household_id"]) if "household_id" in rows else ()
    blanks = tuple({"id": code or "–", "debt_id": code or "–"} for code in ids)
    return [
        Missing(
            reason, _cells(table, columns, rows)[0], _or_none(rows["fund_id"]), households, blanks
        )
    ]


def _no_member_funds(facts: Facts, centre_id: str, unit: str) -> Achieved:
    cell = facts.tables["funds"].free_cell("centre_id")
    blanks = ({"centre_id": centre_id},)
    return Achieved(unit, 0, 0, [], [Missing("no_member_funds", cell, blanks=blanks)])


def debtors_surveyed(facts: Facts, centre_id: str) -> Achieved:
    """Step 1, per member fund: its debts name known households, or it dates «ไม่มีลูกหนี้»."""
    table, debts = facts.tables["funds"], facts.tables["debts"]
    funds = _own_funds(facts, centre_id)
    if funds.empty:
        return _no_member_funds(facts, centre_id, "funds")
    owed = _debts_of(facts, funds)
    sound_debts = owed[~owed["conflicted"]]
    known = facts.tables["households"].frame["household_id"].dropna()
    strangers = sound_debts[~sound_debts["household_id"].isin(known)]
    sound = funds[~funds["conflicted"] & funds["fund_id"].notna()]
    listed = sound["fund_id"].isin(sound_debts["fund_id"])
    surveyed = sound[listed & ~sound["fund_id"].isin(strangers["fund_id"])]
    without = ~sound["fund_id"].isin(owed["fund_id"])
    declared = sound[without & sound["declared"] & sound["dated"]]
    proved = [*surveyed.index, *declared.index]
    proving = sound_debts[sound_debts["fund_id"].isin(surveyed["fund_id"])]
    proofs = _cells(debts, ("household_id",), proving)
    proofs += _cells(table, ("no_debtors", "debtors_as_of"), declared)
    rest = funds.drop(proved)
    unsure = rest["conflicted"] | rest["fund_id"].isna()
    silent = rest[~unsure & ~rest["fund_id"].isin(strangers["fund_id"])]
    undated = silent["declared"] & ~silent["dated"]
    missing = _missing("copies_differ", table, ("fund_id",), rest[unsure])
    missing += _missing("no_debtors_undated", table, ("debtors_as_of", "fund_id"), silent[undated])
    nothing = ("no_debtors", "fund_id")
    missing += _missing("fund_without_debtors", table, nothing, silent[~undated])
    missing += _missing("debtor_household_unknown", debts, ("household_id", "debt_id"), strangers)
    return Achieved("funds", len(proved), len(funds), proofs, missing)


def debtors_classified(facts: Facts, centre_id: str) -> Achieved:
    """Step 2, per debt owed to a member fund: the office has given it a class."""
    table, debts = facts.tables["funds"], facts.tables["debts"]
    funds = _own_funds(facts, centre_id)
    if funds.empty:
        return _no_member_funds(facts, centre_id, "debts")
    owed = _debts_of(facts, funds)
    if owed.empty:
        said = funds["declared"] & funds["dated"] & ~funds["conflicted"]
        missing = _missing("no_debts_declared", table, ("no_debtors", "fund_id"), funds[~said])
        proofs = _cells(table, ("no_debtors", "debtors_as_of"), funds[said])
        return Achieved("debts", 0, 0, proofs, missing, done_without_any=bool(said.all()))
    sound, differing = owed[~owed["conflicted"]], owed[owed["conflicted"]]
    differing = differing.drop_duplicates("debt_id")
    given = sound["debtor_class"].notna()
    missing = _missing(
        "debt_not_classified", debts, ("debtor_class", "debt_id"), sound[~given]
    ) + _missing("copies_differ", debts, ("debt_id",), differing)
    proofs = _cells(debts, ("debtor_class",), sound[given])
    return Achieved("debts", int(given.sum()), len(sound) + len(differing), proofs, missing)
