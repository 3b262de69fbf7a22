"""Steps 1 and 2: the debtors of the member funds surveyed, and classified.

หนังสือจังหวัดพะเยา ๒๕๖๕ ข้อ ๑.๑ (๑)–(๒); แนวทาง ๒๕๖๐ ข้อ ๑.๒, ๒.๒–๒.๓.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.cells import Cells
from services.compute.facts import Facts
from services.compute.proofs import Achieved, Missing
from services.compute.spans import on_or_before
from services.normalise.columns import Mask
from services.normalise.tables import Table, words
from services.normalise.thai import names_a_person


@dataclass(frozen=True, eq=False)
class _MemberFunds:
    """One centre's funds and their debts, as masks over both frames.

    `own`: its funds, one row per code; `declared`: those that say, with a day, that they have no
    debtors; `owed`: debts to these funds, `sound` those whose copies agree.
    """

    own: Mask
    unsure: Mask
    said: Mask
    declared: Mask
    owed: Mask
    sound: Mask


def _member_funds(facts: Facts, centre_id: str) -> _MemberFunds:
    funds, debts = facts.tables["funds"], facts.tables["debts"]
    codes = funds.frame["fund_id"]
    own = (funds.frame["centre_id"] == centre_id).to_numpy(dtype=np.bool_)
    said = funds.frame["no_debtors"].fillna(value=False).to_numpy(dtype=np.bool_)
    own = own & ~(codes.where(own).duplicated() & codes.notna()).to_numpy(dtype=np.bool_)
    owed = np.asarray(debts.frame["fund_id"].array.isin(words(codes[own & codes.notna()])))
    dated = on_or_before(funds, "debtors_as_of", facts.as_of)
    unsure = own & (funds.conflicted | codes.isna().to_numpy())
    return _MemberFunds(
        own, unsure, own & said, own & said & dated & ~unsure, owed, owed & ~debts.conflicted
    )


def _creditors(debts: Table, mask: Mask) -> set[str]:
    """Fund codes of these debts."""
    return set(words(debts.frame["fund_id"][mask].drop_duplicates())) - {None}


def _with_code(funds: Table, mask: Mask, codes: set[str]) -> Mask:
    """Funds of the mask that have one of the codes."""
    return mask & np.fromiter((code in codes for code in funds.keys), np.bool_, len(funds.keys))


def _cells(table: Table, columns: tuple[str, ...], mask: Mask) -> list[Cells]:
    """Cells of these columns in the rows, as far as the sheet has them."""
    if not mask.any():
        return []
    rows = table.sheet_rows[mask]
    return [found for code in columns if (found := table.cells(code, rows)) is not None]


def _missing(reason: str, table: Table, columns: tuple[str, ...], mask: Mask) -> list[Missing]:
    """The same thing missing in these rows of funds or debts: in the first column the sheet has."""
    if not mask.any():
        return []
    rows = table.frame[mask]
    named = words(rows["household_id"]) if "household_id" in rows else ()
    households = tuple(None if code and names_a_person(code) else code for code in named)
    blanks = tuple({"id": code or "–", "debt_id": code or "–"} for code in table.keys[mask])
    cells = _cells(table, columns, mask)[0]
    return [Missing(reason, cells, tuple(words(rows["fund_id"])), households, blanks)]


def _no_member_funds(facts: Facts, centre_id: str, unit: str) -> Achieved:
    cell = facts.tables["funds"].free_cell("centre_id")
    blanks = ({"centre_id": centre_id},)
    return Achieved(unit, 0, 0, [], [Missing("no_member_funds", cell, blanks=blanks)])


def debtors_surveyed(facts: Facts) -> dict[str, Achieved]:
    """Step 1, per member fund: its debts name known households, or it dates «ไม่มีลูกหนี้»."""
    households, debts = facts.tables["households"], facts.tables["debts"]
    named = debts.frame["household_id"].array
    known = np.asarray(named.isin([c for c in named.categories if c in households.known_keys]))
    return {centre: _surveyed(facts, centre, known) for centre in facts.centre_ids}


def _surveyed(facts: Facts, centre_id: str, known: Mask) -> Achieved:
    funds, debts = facts.tables["funds"], facts.tables["debts"]
    member = _member_funds(facts, centre_id)
    if not member.own.any():
        return _no_member_funds(facts, centre_id, "funds")
    strangers = member.sound & ~known
    unclear = _creditors(debts, strangers)
    clear = _creditors(debts, member.sound) - unclear
    sure = member.own & ~member.unsure
    surveyed = _with_code(funds, sure, clear)
    declared = member.declared & ~_with_code(funds, sure, _creditors(debts, member.owed))
    proving = member.sound & ~np.asarray(debts.frame["fund_id"].array.isin(list(unclear)))
    proofs = _cells(debts, ("household_id",), proving)
    proofs += _cells(funds, ("no_debtors", "debtors_as_of"), declared)
    silent = sure & ~surveyed & ~declared & ~_with_code(funds, sure, unclear)
    undated = silent & member.said & ~member.declared
    missing = _missing("copies_differ", funds, ("fund_id",), member.unsure)
    missing += _missing("no_debtors_undated", funds, ("debtors_as_of", "fund_id"), undated)
    nothing = ("no_debtors", "fund_id")
    missing += _missing("fund_without_debtors", funds, nothing, silent & ~undated)
    missing += _missing("debtor_household_unknown", debts, ("household_id", "debt_id"), strangers)
    achieved = int((surveyed | declared).sum())
    return Achieved("funds", achieved, int(member.own.sum()), proofs, missing)


def debtors_classified(facts: Facts) -> dict[str, Achieved]:
    """Step 2, per debt owed to a member fund: the office has given it a class."""
    given = facts.given("debts", "debtor_class")
    return {centre: _classified(facts, centre, given) for centre in facts.centre_ids}


def _classified(facts: Facts, centre_id: str, given: Mask) -> Achieved:
    funds, debts = facts.tables["funds"], facts.tables["debts"]
    member = _member_funds(facts, centre_id)
    if not member.own.any():
        return _no_member_funds(facts, centre_id, "debts")
    if not member.owed.any():
        silent = member.own & ~member.declared
        missing = _missing("no_debts_declared", funds, ("no_debtors", "fund_id"), silent)
        proofs = _cells(funds, ("no_debtors", "debtors_as_of"), member.declared)
        return Achieved("debts", 0, 0, proofs, missing, done_without_any=not silent.any())
    differing = member.owed & debts.conflicted
    differing = differing & ~debts.frame["debt_id"].where(differing).duplicated().to_numpy(
        dtype=np.bool_
    )
    columns = ("debtor_class", "debt_id")
    missing = _missing("debt_not_classified", debts, columns, member.sound & ~given)
    missing += _missing("copies_differ", debts, ("debt_id",), differing)
    classified = member.sound & given
    required = int(member.sound.sum() + differing.sum())
    proofs = _cells(debts, ("debtor_class",), classified)
    return Achieved("debts", int(classified.sum()), required, proofs, missing)
