"""Households by how many member funds they owe: who could join their debts in one contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from services.cells import Cells
from services.compute.facts import Facts, Positions
from services.compute.spans import looked_up
from services.normalise.tables import told_code, words


@dataclass(frozen=True)
class OwesSeveral:
    """A household with open debts to several funds; `outstanding` of these debts, in satang."""

    district: str
    household_id: str
    centre_id: str | None
    fund_ids: tuple[str, ...]
    outstanding: int
    cells: Cells | None = field(compare=False)


@dataclass(frozen=True, eq=False)
class SeveralFunds:
    """One workbook's households that owe several funds, in a batch: there may be thousands.

    Codes are as in the debts' register; a person's name in their place is not told, unless it is
    the code the household's own register has. `cells` are those of `outstanding`; a household's end
    where the next one's start, by `starts`.
    """

    district: str
    household_ids: Sequence[str] = ()
    centre_ids: Sequence[str | None] = ()
    fund_ids: Sequence[tuple[str, ...]] = ()
    outstanding: Sequence[int] = ()
    starts: Sequence[int] = ()
    cells: Cells | None = None

    def each(self) -> Iterator[OwesSeveral]:
        """Every household by itself."""
        held = self.cells
        for number, (start, end) in enumerate(pairwise((*self.starts, None))):
            yield OwesSeveral(
                self.district,
                self.household_ids[number],
                self.centre_ids[number],
                self.fund_ids[number],
                self.outstanding[number],
                None if held is None else replace(held, rows=held.rows[start:end]),
            )


@dataclass(frozen=True)
class FundsOwed:
    """How many households owe so many funds, and those that owe several."""

    households: dict[int, int]
    several: SeveralFunds


def funds_owed(facts: Facts) -> FundsOwed:
    """Count open debts (a balance above zero) whose household and fund are named.

    Copies that differ are left out; two debts to one fund are one fund.
    """
    debts = facts.tables["debts"]
    owners, funds = debts.frame["household_id"].array, debts.frame["fund_id"].array
    counts = facts.positive("debts", "outstanding") & ~debts.conflicted
    rows = np.flatnonzero(counts & (owners.codes >= 0) & (funds.codes >= 0))
    owner = owners.codes[rows].astype(np.int64)
    pairs = owner * len(funds.categories) + funds.codes[rows]
    firsts = np.sort(np.unique(pairs, return_index=True)[1])
    numbers = np.bincount(owner[firsts], minlength=len(owners.categories))
    households = enumerate(np.bincount(numbers).tolist())
    many = rows[np.argsort(owner, kind="stable")]
    many = many[numbers[owners.codes[many]] > 1]
    return FundsOwed(
        {number: found for number, found in households if number and found},
        _several(facts, many) if len(many) else SeveralFunds(facts.tables.district),
    )


def _several(facts: Facts, rows: Positions) -> SeveralFunds:
    """The households of these rows of the debts' frame, which stand together by household."""
    debts, register = facts.tables["debts"], facts.tables["households"]
    owners, funds = debts.frame["household_id"].array[rows], debts.frame["fund_id"].array[rows]
    starts = np.flatnonzero(np.diff(owners.codes, prepend=-1))
    balances = debts.frame["outstanding"].iloc[rows].to_numpy(dtype=np.int64)
    named = debts.frame["household_id"].iloc[rows[starts]]
    lived = register.rows.drop_duplicates("household_id").set_index("household_id")["centre_id"]
    known, fund_ids = register.known_keys, [told_code(code) for code in funds.categories]
    owed, edges = funds.codes.tolist(), starts.tolist()
    return SeveralFunds(
        facts.tables.district,
        [code if code in known else told_code(code) for code in words(named).tolist()],
        words(looked_up(named, lived)).tolist(),
        [
            tuple([fund_ids[fund] for fund in dict.fromkeys(owed[start:end])])
            for start, end in pairwise((*edges, len(owed)))
        ],
        np.add.reduceat(balances, starts).tolist(),
        edges,
        debts.cells("outstanding", debts.sheet_rows[rows]),
    )
