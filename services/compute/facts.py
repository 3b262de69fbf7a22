"""What several figures of one workbook share: who is a target household, which rows count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.compute.spans import between, looked_up
from services.normalise.columns import Mask
from services.normalise.tables import SHEET_ROW, words
from services.normalise.thai import fold
from services.normalise.words import listed_codes
from services.normalise.workbook import Tables
from sheets_schema.model import Programme

Positions = npt.NDArray[np.int64]
"""Rows of a table counted from 0."""


@dataclass(frozen=True, eq=False)
class Facts:
    """One workbook on one day; rows count from the fiscal year's first day to `as_of`."""

    tables: Tables
    programme: Programme
    as_of: date

    def counts(self, register: str, column: str) -> Mask:
        """Rows of `frame` dated within the year so far, copies that differ left out."""
        table = self.tables[register]
        dated = between(table, column, self.programme.first_day, self.as_of)
        return dated & ~table.conflicted

    @cached_property
    def centre_ids(self) -> list[str]:
        """Centres in the register's order; where it cannot be read, those the others speak of."""
        centres = self.tables["centres"]
        if centres.can_read("centre_id"):
            named = centres.frame["centre_id"]
        else:
            named = pd.concat([self.tables[r].frame["centre_id"] for r in ("funds", "households")])
        return [str(code) for code in named.dropna().unique()]

    @cached_property
    def centre_numbers(self) -> pd.Series[int]:
        """Centre code -> its place in `centre_ids`."""
        numbers = np.arange(len(self.centre_ids))
        return pd.Series(numbers, index=pd.Index(self.centre_ids, dtype="str"), dtype="Int64")

    def numbers_of_centres(self, centre_ids: pd.Series[Any]) -> Positions:
        """Each code's place in `centre_ids`; -1 where the centre is not known."""
        return looked_up(centre_ids, self.centre_numbers).to_numpy(dtype=np.int64, na_value=-1)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Target households: household_id, centre_id, joined_on, sheet_row, conflicted.

        One row per id, numbered from 0; one whose copies differ is a target if some copy says so.
        """
        table = self.tables["households"]
        chosen = table.frame["target"].fillna(value=False).to_numpy(dtype=np.bool_)
        chosen = chosen & table.frame["household_id"].notna().to_numpy()
        rows = table.frame.loc[chosen, ["household_id", "centre_id", "joined_on", SHEET_ROW]]
        rows = rows.assign(conflicted=table.conflicted[chosen]).drop_duplicates("household_id")
        return rows.reset_index(drop=True)

    @cached_property
    def target_ids(self) -> list[str]:
        """Their codes, in the order of `targets`."""
        return words(self.targets["household_id"]).tolist()

    @cached_property
    def target_numbers(self) -> pd.Series[int]:
        """Household code -> its row in `targets`."""
        numbers = np.arange(len(self.target_ids))
        return pd.Series(numbers, index=pd.Index(self.target_ids, dtype="str"), dtype="Int64")

    def targets_of(self, centre_id: str) -> Positions:
        """The centre's target households, as rows of `targets`."""
        return np.flatnonzero((self.targets["centre_id"] == centre_id).to_numpy())

    def rows_of_targets(self, register: str) -> tuple[Positions, Positions]:
        """Rows of the register's `frame` that name a target household, and which one.

        A meeting that names several households stands once for each of them.
        """
        if register == "meetings":
            return self._meetings_of_targets()
        numbers = looked_up(self.tables[register].frame["household_id"], self.target_numbers)
        found = numbers.notna().to_numpy()
        return np.flatnonzero(found), numbers[found].to_numpy(dtype=np.int64)

    def _meetings_of_targets(self) -> tuple[Positions, Positions]:
        table = self.tables["meetings"]
        everyone = fold(table.register.by_code["household_id"].everyone or "")
        numbers = dict(zip(self.target_ids, range(len(self.target_ids)), strict=True))
        named: list[tuple[int, int]] = []
        cells = zip(
            words(table.frame["household_id"]), words(table.frame["centre_id"]), strict=True
        )
        for position, (text, centre_id) in enumerate(cells):
            if text is None:
                continue
            if fold(text) == everyone:
                chosen = self.targets_of(centre_id).tolist()
            else:
                chosen = [numbers[code] for code in listed_codes(text) if code in numbers]
            named += [(position, number) for number in chosen]
        pairs = np.array(named, dtype=np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

    @cached_property
    def counting_contracts(self) -> pd.DataFrame:
        """Contracts signed within the year so far with an amount: the register's columns."""
        table = self.tables["contracts"]
        return table.frame[
            self.counts("contracts", "signed_on") & self.positive("contracts", "amount")
        ]

    def given(self, register: str, column: str) -> Mask:
        """Rows of `frame` where the column holds a value."""
        return self.tables[register].frame[column].notna().to_numpy(dtype=np.bool_)

    def positive(self, register: str, column: str) -> Mask:
        """Rows of `frame` where the amount is above zero."""
        above = self.tables[register].frame[column] > 0
        return above.fillna(value=False).to_numpy(dtype=np.bool_)

    @cached_property
    def start_of_follow_up(self) -> pd.Series[Any]:
        """Per target household, the day its visits count from: first contract, else joined."""
        first_contract = self.counting_contracts.groupby("household_id")["signed_on"].min()
        joined = self.targets.set_index("household_id")["joined_on"]
        return first_contract.reindex(joined.index).fillna(joined)

    def unreadable(self, needs: dict[str, tuple[str, ...]]) -> list[str]:
        """Tabs, of those needed, that cannot be read."""
        return [
            self.tables[register].register.tab
            for register, columns in needs.items()
            if not self.tables[register].can_read(*columns)
        ]
