"""What several figures of one workbook share: who is a target household, which rows count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from services.compute.spans import between
from services.normalise.columns import Mask
from services.normalise.tables import SHEET_ROW
from services.normalise.thai import fold
from services.normalise.words import listed_codes
from services.normalise.workbook import Tables
from sheets_schema.model import Programme


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
    def targets(self) -> pd.DataFrame:
        """Target households: household_id, centre_id, joined_on, sheet_row, conflicted.

        One row per id; a household whose copies differ is a target if some copy says so.
        """
        table = self.tables["households"]
        chosen = table.frame["target"].fillna(value=False).to_numpy(dtype=np.bool_)
        chosen &= table.frame["household_id"].notna().to_numpy()
        rows = table.frame.loc[chosen, ["household_id", "centre_id", "joined_on", SHEET_ROW]]
        return rows.assign(conflicted=table.conflicted[chosen]).drop_duplicates("household_id")

    def targets_of(self, centre_id: str) -> pd.DataFrame:
        """The centre's target households."""
        return self.targets[self.targets["centre_id"] == centre_id]

    @cached_property
    def meetings_by_household(self) -> pd.DataFrame:
        """Every meeting once per target household it names: household_id, position in `frame`."""
        table = self.tables["meetings"]
        column = table.register.by_code["household_id"]
        everyone = fold(column.everyone or "")
        by_centre = self.targets.groupby("centre_id")["household_id"].agg(list).to_dict()
        named: list[tuple[str, int]] = []
        cells = zip(table.frame["household_id"], table.frame["centre_id"], strict=True)
        for position, (text, centre_id) in enumerate(cells):
            if pd.isna(text):
                continue
            codes = by_centre.get(centre_id, []) if fold(text) == everyone else listed_codes(text)
            named += [(code, position) for code in codes]
        return pd.DataFrame(named, columns=["household_id", "position"])

    def by_household(self, register: str) -> pd.DataFrame:
        """Every row of the register that names a household: household_id, position in `frame`."""
        if register == "meetings":
            return self.meetings_by_household
        named = self.tables[register].frame["household_id"]
        rows = pd.DataFrame({"household_id": named, "position": np.arange(len(named))})
        return rows[named.notna()]

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
