"""A paper as a display table, in words as the paper shows them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from services.issues import reason
from services.present.papers.paper import Heading, Paper, Value
from services.present.papers.thai_words import short_thai_day, thai_baht, thai_number

NOTHING = "–"


def shown(value: Value, heading: Heading) -> str:
    """A value in Thai words and numerals; a dash where nothing is known."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return short_thai_day(value)
    return thai_baht(int(value)) if heading.kind == "baht" else thai_number(value)


def preview(paper: Paper) -> pd.DataFrame:
    """Texts under the paper's headers, totals in the last row."""
    rows = [
        [shown(value, heading) for value, heading in zip(row, paper.columns, strict=True)]
        for row in paper.rows
    ]
    if paper.totals is not None:
        added = zip(paper.totals, paper.columns, strict=True)
        words = ["" if value is None else shown(value, heading) for value, heading in added]
        rows.append([words[0] or reason("paper_total"), *words[1:]])
    return pd.DataFrame(rows, columns=[heading.header for heading in paper.columns], dtype="str")
