"""Tables as CSV that Excel opens in Thai, and that runs nothing."""

from __future__ import annotations

import pandas as pd

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell beginning so would be worked out as a formula by a sheet program."""


def guarded(cell: object) -> object:
    """A text that looks like a formula, with an apostrophe before it; all else as it is.

    >>> guarded("=1+1"), guarded("–"), guarded("-"), guarded(-5)
    ("'=1+1", '–', '-', -5)
    """
    risky = isinstance(cell, str) and len(cell) > 1 and cell.startswith(DANGEROUS)
    return f"'{cell}" if risky else cell


def csv(table: pd.DataFrame) -> bytes:
    """The table with its headers."""
    return table.map(guarded).to_csv(index=False).encode("utf-8-sig")
