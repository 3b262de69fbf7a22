"""Households by how many member funds they owe: who could join their debts in one contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from services.cells import Cells
from services.compute.facts import Facts, Positions
from services.compute.spans import looked_up
from services.normalise.tables import told_code, words


@dataclass(frozen=True)
class SeveralFunds:
    """A household with open debts to several funds; `outstanding` of these debts, in satang.

    Codes are as in the debts' register; a person's name in their place is not told, unless it is
    the code the household's own register has.
    """

    district: str
    household_id: str
    centre_id: str | None
    fund_ids: tuple[str, ...]
    outstanding: int
    cells: Cells | None = field(compare=False)


@dataclass(frozen=True)
class FundsOwed:
    """How many households owe so many funds, and those that owe several."""

    households: dict[int, int]
    several: tuple[SeveralFunds, ...]


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
    many = rows[np.argsort(owner, kind="stable")]
    many = many[numbers[owners.codes[many]] > 1]
    households = enumerate(np.bincount(numbers).tolist())
    return FundsOwed(
        {number: found for number, found in households if number and found},
        tuple(_several(facts, many)),
    )


def _several(facts: Facts, rows: Positions) -> Iterator[SeveralFunds]:
    """The households of these rows of the debts' frame, which stand together by household."""
    debts, register = facts.tables["debts"], facts.tables["households"]
    owners, funds = debts.frame["household_id"].iloc[rows], debts.frame["fund_id"].array[rows]
    lived = register.rows.drop_duplicates("household_id").set_index("household_id")["centre_id"]
    centres = words(looked_up(owners, lived))
    starts = np.flatnonzero(np.diff(owners.array.codes, prepend=-1))
    balances = debts.frame["outstanding"].iloc[rows].to_numpy(dtype=np.int64)
    sums = np.add.reduceat(balances, starts) if len(starts) else balances
    fund_ids, owed = [*map(told_code, funds.categories)], funds.codes.tolist()
    sheet_rows, codes = debts.sheet_rows[rows], words(owners).tolist()
    for (start, end), outstanding in zip(
        pairwise((*starts.tolist(), len(rows))), sums.tolist(), strict=True
    ):
        code = codes[start]
        yield SeveralFunds(
            facts.tables.district,
            code if code in register.known_keys else told_code(code),
            centres[start],
            tuple(fund_ids[fund] for fund in dict.fromkeys(owed[start:end])),
            outstanding,
            debts.cells("outstanding", sheet_rows[start:end]),
        )
