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
    """The table with its headers.

    Lines end as in RFC 4180, so a lone line break of either kind within a cell is quoted: unquoted,
    what follows it would begin a cell of its own.
    """
    safe = {guarded(header): [guarded(cell) for cell in held] for header, held in table.items()}
    rows = pd.DataFrame(safe, dtype="object")  # whole numbers beside blanks stay whole
    return rows.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
