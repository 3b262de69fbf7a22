"""The debts of a workbook in sum: by class, by age, by creditor, and households by funds owed.

Every row of the debts' register counts, also a new contract's loan; copies that differ do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, TypeVar

import numpy as np

from services.cells import Cells
from services.compute.classes import CLOSED, UNKNOWN, WORST_LAST, age_unknown, days_late
from services.compute.debt_history import DebtHistory
from services.compute.facts import Facts, Positions
from services.compute.groups import by_number
from services.compute.rollup import joined
from services.issues import reason
from services.normalise.columns import Mask
from services.normalise.tables import Table, told_code, words
from sheets_schema.model import Classes

NOT_DUE, NO_DUE_DATE = "not_due", "no_due_date"
NOBODY = -1
"""Number of a row that is counted nowhere; as an index it is the last."""


@dataclass(frozen=True)
class Owed:
    """Some of the debts; `outstanding` in satang is the sum of the `read` ones.

    `households` are those named in them; `cells`, by workbook, those the sum rests on.
    """

    debts: int = 0
    read: int = 0
    outstanding: int = 0
    households: int = 0
    cells: Mapping[str, Cells] = field(default_factory=dict, compare=False)

    def __add__(self, other: Owed) -> Owed:
        """With those of another workbook; order never matters."""
        return Owed(
            self.debts + other.debts,
            self.read + other.read,
            self.outstanding + other.outstanding,
            self.households + other.households,
            {**self.cells, **other.cells},
        )


@dataclass(frozen=True)
class Creditor:
    """A member fund as its register has it; or, as one each, all outside the centre, all unnamed.

    A fund that is not in the register, or whose copies differ, has its code alone.
    """

    kind: Literal["fund", "outside", "unnamed"]
    district: str | None = None
    fund_id: str | None = None
    fund_name: str | None = None
    centre_id: str | None = None
    fund_type: str | None = None


OUTSIDE, UNNAMED = Creditor("outside"), Creditor("unnamed")


@dataclass(frozen=True)
class DebtFigures:
    """Debts of one workbook or of many.

    `rows` of the register, of them `conflicted` (copies that differ: in no figure below) and `read`
    (a balance that is known). `unread` names workbooks whose balances cannot be read at all,
    `households_unread` those that do not tell whose debts they are.

    `classes` are ours by code, `office_classes` by the office's word: None where it is blank,
    `unknown` where it was not read. Closed debts are in no age and owed to no creditor. `ageing` is
    by code of `ageing_titles`; `funds_owed` says how many households owe so many funds.
    """

    rows: int = 0
    conflicted: int = 0
    read: int = 0
    unread: frozenset[str] = frozenset()
    households_unread: frozenset[str] = frozenset()
    classes: Mapping[str, Owed] = field(default_factory=dict)
    office_classes: Mapping[str | None, Owed] = field(default_factory=dict)
    ageing: Mapping[str, Owed] = field(default_factory=dict)
    creditors: Mapping[Creditor, Owed] = field(default_factory=dict)
    funds_owed: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: DebtFigures) -> DebtFigures:
        """With those of other workbooks; order never matters."""
        return DebtFigures(
            self.rows + other.rows,
            self.conflicted + other.conflicted,
            self.read + other.read,
            self.unread | other.unread,
            self.households_unread | other.households_unread,
            joined(self.classes, other.classes),
            joined(self.office_classes, other.office_classes),
            joined(self.ageing, other.ageing),
            joined(self.creditors, other.creditors),
            joined(self.funds_owed, other.funds_owed),
        )


def unread_debts(workbook: str) -> DebtFigures:
    """What is known of the debts of a workbook that cannot be read: nothing."""
    return DebtFigures(unread=frozenset({workbook}), households_unread=frozenset({workbook}))


def ageing_titles(bounds: Classes) -> dict[str, str]:
    """Codes of the ages a debt may have, youngest first, with their Thai words.

    The bounds are our draft; a day past due is counted as `days_late` counts.
    """
    ages = {
        f"{before + 1}-{last}": reason("ageing_days", first=before + 1, last=last)
        for before, last in pairwise((0, *bounds.ageing_days))
    }
    last = bounds.ageing_days[-1]
    return {
        NOT_DUE: reason("ageing_not_due"),
        **ages,
        f"{last + 1}-": reason("ageing_older", last=last),
        NO_DUE_DATE: reason("ageing_no_due_date"),
        UNKNOWN: reason("ageing_unknown"),
    }


def debt_figures(history: DebtHistory) -> DebtFigures:
    """The workbook's debts in sum."""
    facts = history.facts
    debts = facts.tables["debts"]
    workbook = frozenset({facts.tables.workbook})
    counts = ~debts.conflicted
    owed = counts & (history.classes != CLOSED)
    known = counts & debts.frame["outstanding"].notna().to_numpy()
    count = _Counting(facts.tables.workbook, debts, known)
    return DebtFigures(
        len(debts.frame),
        int(debts.conflicted.sum()),
        int(known.sum()),
        frozenset() if debts.can_read("outstanding") else workbook,
        frozenset() if debts.can_read("household_id") else workbook,
        count.by(_numbered(history.classes, CLASSES), counts, CLASSES),
        _by_office_class(debts, count, counts),
        _by_age(facts, count, owed),
        _by_creditor(facts, count, owed),
        history.funds_owed.households,
    )


CLASSES = (*WORST_LAST, UNKNOWN)
Name = TypeVar("Name")


@dataclass(frozen=True, eq=False)
class _Counting:
    """One workbook's debts as they are counted; `known` are rows whose balance counts."""

    workbook: str
    debts: Table
    known: Mask

    def by(self, numbers: Positions, counts: Mask, names: Sequence[Name]) -> dict[Name, Owed]:
        """The rows that count, put together by each row's number of a name; names may repeat."""
        places = {name: place for place, name in enumerate(dict.fromkeys(names))}
        held = np.array([*(places[name] for name in names), NOBODY], dtype=np.int64)[numbers]
        distinct = list(places)
        balances = self.debts.frame["outstanding"].array
        owners = self.debts.frame["household_id"].array.codes
        found: dict[Name, Owed] = {}
        for number, rows in by_number(np.where(counts, held, NOBODY)):
            read = rows[self.known[rows]]
            own = owners[rows]
            cells = self.debts.cells("outstanding", self.debts.sheet_rows[read])
            found[distinct[number]] = Owed(
                len(rows),
                len(read),
                int(balances[read].sum()) if len(read) else 0,
                len(np.unique(own[own >= 0])),
                {self.workbook: cells} if cells is not None and len(read) else {},
            )
        return found


def _numbered(names: Positions, known: Sequence[str]) -> Positions:
    """Each name by its place in the list of all of them."""
    numbers = np.full(len(names), NOBODY, dtype=np.int64)
    for number, name in enumerate(known):
        numbers[names == name] = number
    return numbers


def _by_office_class(debts: Table, count: _Counting, counts: Mask) -> dict[str | None, Owed]:
    """By the office's word."""
    given = debts.frame["debtor_class"].array
    typed = [told_code(word) for word in given.categories]
    unread = debts.is_unread("debtor_class") | ("debtor_class" in debts.twice)
    blank = np.where(unread, len(typed) + 1, len(typed))
    numbers = np.where(given.codes >= 0, given.codes, blank)
    return count.by(numbers, counts, [*typed, None, UNKNOWN])


def _by_age(facts: Facts, count: _Counting, owed: Mask) -> dict[str, Owed]:
    """By days past due."""
    bounds = facts.programme.classes
    names = list(ageing_titles(bounds))
    late = days_late(facts)
    numbers = np.select(
        [age_unknown(facts), np.isnan(late), late <= 0],
        [names.index(UNKNOWN), names.index(NO_DUE_DATE), names.index(NOT_DUE)],
        default=1 + np.searchsorted(bounds.ageing_days, late),
    )
    return count.by(numbers, owed, names)


def _by_creditor(facts: Facts, count: _Counting, owed: Mask) -> dict[Creditor, Owed]:
    """By member fund; else whether somebody outside the centre is named."""
    debts, district = facts.tables["debts"], facts.tables.district
    named = debts.frame["fund_id"].array
    funds = facts.tables["funds"].rows
    columns = ("fund_id", "fund_name", "centre_id", "fund_type")
    register = {
        code: Creditor("fund", district, code, *told)
        for code, *told in zip(*(words(funds[column]) for column in columns), strict=True)
    }
    creditors = [
        register.get(code) or Creditor("fund", district, told_code(code))
        for code in named.categories
    ]
    outside = facts.given("debts", "other_creditor")
    neither = np.where(outside, len(creditors), len(creditors) + 1)
    numbers = np.where(named.codes >= 0, named.codes, neither)
    return count.by(numbers, owed, [*creditors, OUTSIDE, UNNAMED])
