"""Steps 1 and 2: the debtors of the member funds surveyed, and classified.

หนังสือจังหวัดพะเยา ๒๕๖๕ ข้อ ๑.๑ (๑)–(๒); แนวทาง ๒๕๖๐ ข้อ ๑.๒, ๒.๒–๒.๓.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from services.cells import Cells
from services.compute.facts import Facts
from services.compute.proofs import Achieved, Missing
from services.compute.spans import on_or_before
from services.normalise.columns import Mask
from services.normalise.tables import SHEET_ROW, Table


def _own_funds(facts: Facts, centre_id: str) -> pd.DataFrame:
    """The centre's member funds, one row per code (funds without a code each by themselves)."""
    table = facts.tables["funds"]
    declared = table.frame["no_debtors"].fillna(value=False).to_numpy(dtype=np.bool_)
    dated = on_or_before(table, "debtors_as_of", facts.as_of)
    rows = table.frame.assign(declared=declared, dated=dated, conflicted=table.conflicted)
    own = rows[(rows["centre_id"] == centre_id).fillna(value=False)]
    return own[~own["fund_id"].duplicated() | own["fund_id"].isna()]


def _debts_of(facts: Facts, funds: pd.DataFrame) -> tuple[Mask, Mask]:
    """Rows of the debts' frame owed to these funds: all, and those whose copies agree."""
    table = facts.tables["debts"]
    owed = table.frame["fund_id"].isin(funds["fund_id"].dropna()).to_numpy(dtype=np.bool_)
    return owed, owed & ~table.conflicted


def _cells(table: Table, columns: tuple[str, ...], rows: Mask | np.ndarray) -> list[Cells]:  # type: ignore[type-arg]
    sheet_rows = table.frame[SHEET_ROW].to_numpy()[rows]
    if not len(sheet_rows):
        return []
    return [found for code in columns if (found := table.cells(code, sheet_rows)) is not None]


def _funds_without_debts(table: Table, funds: pd.DataFrame) -> list[Missing]:
    """Funds that neither list a debtor nor say, with a date, that they have none."""
    missing: list[Missing] = []
    for fund in funds.itertuples():
        rows = [fund.sheet_row]
        if pd.isna(fund.fund_id) or fund.conflicted:
            code = None if pd.isna(fund.fund_id) else str(fund.fund_id)
            blanks = ({"id": code or "–"},)
            missing.append(Missing("copies_differ", table.cells("fund_id", rows), (code,), (), blanks))
        elif fund.declared:
            cells = table.cells("debtors_as_of", rows)
            missing.append(Missing("no_debtors_undated", cells, (str(fund.fund_id),)))
        else:
            cells = table.cells("no_debtors", rows) or table.cells("fund_id", rows)
            missing.append(Missing("fund_without_debtors", cells, (str(fund.fund_id),)))
    return missing


def debtors_surveyed(facts: Facts, centre_id: str) -> Achieved:
    """Step 1, per member fund: its debts name known households, or it dates «ไม่มีลูกหนี้»."""
    table, debts = facts.tables["funds"], facts.tables["debts"]
    funds = _own_funds(facts, centre_id)
    if funds.empty:
        blanks = ({"centre_id": centre_id},)
        nothing = Missing("no_member_funds", table.free_cell("centre_id"), blanks=blanks)
        return Achieved("funds", 0, 0, [], [nothing])
    owed_all, owed = _debts_of(facts, funds)
    known = set(facts.tables["households"].frame["household_id"].dropna())
    strangers = owed & ~debts.frame["household_id"].isin(known).to_numpy(dtype=np.bool_)
    with_debts = set(debts.frame.loc[owed, "fund_id"])
    with_strangers = set(debts.frame.loc[strangers, "fund_id"])
    with_any = set(debts.frame.loc[owed_all, "fund_id"])
    sound = funds[~funds["conflicted"] & funds["fund_id"].notna()]
    surveyed = sound[sound["fund_id"].isin(with_debts - with_strangers)]
    declared = sound[sound["declared"] & sound["dated"] & ~sound["fund_id"].isin(with_any)]
    proving = owed & debts.frame["fund_id"].isin(surveyed["fund_id"]).to_numpy(dtype=np.bool_)
    proofs = _cells(debts, ("household_id",), proving)
    proofs += _cells(table, ("no_debtors", "debtors_as_of"), declared.index.to_numpy())
    proved = set(surveyed["fund_id"]) | set(declared["fund_id"])
    rest = funds[~(funds["fund_id"].isin(proved) & ~funds["conflicted"])]
    missing = _funds_without_debts(table, rest[~rest["fund_id"].isin(with_strangers)])
    missing += _strangers(debts, strangers)
    return Achieved("funds", len(proved), len(funds), proofs, missing)


def _strangers(debts: Table, mask: Mask) -> list[Missing]:
    """Debts that name no household of the register."""
    if not mask.any():
        return []
    rows = debts.frame[mask]
    blanks = tuple({"debt_id": "–" if pd.isna(code) else str(code)} for code in rows["debt_id"])
    return [
        Missing(
            "debtor_household_unknown",
            debts.cells("household_id", rows[SHEET_ROW].to_numpy()),
            tuple(map(str, rows["fund_id"])),
            tuple(None if pd.isna(code) else str(code) for code in rows["household_id"]),
            blanks,
        )
    ]


def debtors_classified(facts: Facts, centre_id: str) -> Achieved:
    """Step 2, per debt owed to a member fund: the office has given it a class."""
    table, debts = facts.tables["funds"], facts.tables["debts"]
    funds = _own_funds(facts, centre_id)
    if funds.empty:
        blanks = ({"centre_id": centre_id},)
        nothing = Missing("no_member_funds", table.free_cell("centre_id"), blanks=blanks)
        return Achieved("debts", 0, 0, [], [nothing])
    owed_all, owed = _debts_of(facts, funds)
    if not owed_all.any():
        declared = funds["declared"] & funds["dated"] & ~funds["conflicted"]
        proofs = _cells(table, ("no_debtors", "debtors_as_of"), funds.index[declared].to_numpy())
        missing = [
            Missing("no_debts_declared", table.cells("no_debtors", [row]) or table.cells("fund_id", [row]), (None if pd.isna(code) else str(code),))
            for code, row in zip(funds.loc[~declared, "fund_id"], funds.loc[~declared, SHEET_ROW], strict=True)
        ]
        return Achieved("debts", 0, 0, proofs, missing, done_without_any=bool(declared.all()))
    classified = owed & debts.frame["debtor_class"].notna().to_numpy()
    unclassified = debts.frame[owed & ~classified]
    differing = debts.frame[owed_all & ~owed].drop_duplicates("debt_id")
    missing = [
        Missing(
            reason,
            debts.cells(column, rows[SHEET_ROW].to_numpy()) or debts.cells("debt_id", rows[SHEET_ROW].to_numpy()),
            tuple(map(str, rows["fund_id"])),
            tuple(None if pd.isna(code) else str(code) for code in rows["household_id"]),
            tuple(
                {name: "–" if pd.isna(code) else str(code)} for code in rows["debt_id"]
            ),
        )
        for reason, column, name, rows in (
            ("debt_not_classified", "debtor_class", "debt_id", unclassified),
            ("copies_differ", "debt_id", "id", differing),
        )
        if len(rows)
    ]
    required = int(owed.sum()) + len(differing)
    proofs = _cells(debts, ("debtor_class",), classified)
    return Achieved("debts", int(classified.sum()), required, proofs, missing)
