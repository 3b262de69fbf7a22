"""A paper for somebody who may not see people's names."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from services.issues import reason
from services.normalise.tables import told_code
from services.present.papers.paper import Paper, Value
from sheets_schema.loader import registers


@cache
def personal_columns() -> frozenset[str]:
    """Codes of the registers' personal columns."""
    return frozenset(
        column.code
        for register in registers().values()
        for column in register.columns
        if column.personal
    )


def without_people(paper: Paper) -> Paper:
    """The paper with its personal columns left blank, and a note that says so."""
    hidden = {
        place for place, heading in enumerate(paper.columns) if heading.code in personal_columns()
    }
    rows = tuple(
        tuple(None if place in hidden else _told(value) for place, value in enumerate(row))
        for row in paper.rows
    )
    if rows == paper.rows:
        return paper
    return replace(paper, rows=rows, notes=(*paper.notes, reason("paper_without_people")))


def _told(value: Value) -> Value:
    """A name typed where another thing should stand is not told either."""
    return told_code(value) if isinstance(value, str) else value
