"""A table ready to be sent to a browser, turned into columns once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pandas as pd
import pyarrow as pa

MOST_ROWS = 1000
"""Rows sent to a browser; a download holds all of them."""


@dataclass(frozen=True, eq=False)
class Listing:
    """Rows with Thai headers; amounts are Decimal, what is not known is None.

    `masked` are headers of columns that only say whether something stands there.
    """

    rows: pd.DataFrame
    masked: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many rows there are in all."""
        return len(self.rows)

    @property
    def for_files(self) -> pd.DataFrame:
        """What may be taken away: every row, without the masked columns."""
        return self.rows.drop(columns=list(self.masked))

    @cached_property
    def sent(self) -> pa.Table:
        """The first MOST_ROWS rows as Arrow columns."""
        return pa.Table.from_pandas(self.rows.head(MOST_ROWS), preserve_index=False)

    @cached_property
    def amounts(self) -> tuple[str, ...]:
        """Headers of exact amounts, shown with two decimals."""
        return tuple(
            str(header)
            for header in self.rows
            if isinstance(
                next((cell for cell in self.rows[header] if cell is not None), None), Decimal
            )
        )
