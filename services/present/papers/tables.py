"""Papers that are one table: a district's rows, or those of all districts one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.compute.outcomes import HouseholdOutcome, OutcomeTotals, percent_of, total
from services.compute.reports import Opened
from services.present.papers import households, villages
from services.present.papers.entered import Entered
from services.present.papers.notes import both_note, coverage_note, draft_note, sources_notes
from services.present.papers.paper import Asked, Heading, Paper, Value
from services.present.papers.sources import Sources
from services.present.papers.villages import Cells
from sheets_schema.forms import PaperColumn
from sheets_schema.loader import province

Row = Mapping[str, Cells]
"""Values by column code; `item_marks` holds several."""
TOTALS: Mapping[str, Callable[[OutcomeTotals], Value]] = {
    "before": lambda totals: totals.before,
    "after": lambda totals: totals.after,
    "reduced": lambda totals: totals.reduced,
    "percent": lambda totals: percent_of(totals.reduced, totals.before) if totals.before else None,
}
"""Totals that run over households with both figures, as `outcomes` tells them."""


@dataclass(frozen=True, eq=False)
class Part:
    """What one district brings: its rows, and the outcomes of the households in them."""

    rows: Sequence[Row] = ()
    outcomes: Sequence[HouseholdOutcome] = ()


def table(sources: Sources) -> Paper:
    """The paper filled in; with no row it says why."""
    asked = sources.asked
    parts = {code: _part(asked, sources.opened.get(code)) for code in asked.districts}
    outcomes = total(tuple(h for part in parts.values() for h in part.outcomes))
    columns = tuple(_printed(asked))
    headings = tuple(h for column in columns for h in _headings(asked, column))
    rows = tuple(_flat(columns, row) for row in _numbered(parts))
    added = {column.code for column in columns if column.total}
    notes = [*draft_note(headings)]
    for place, heading in enumerate(headings):
        if heading.code in added - set(TOTALS):
            notes += coverage_note(heading, [row[place] for row in rows])
    if added & set(TOTALS):
        notes += both_note(outcomes)
    notes += sources_notes(sources, {code for code, part in parts.items() if part.rows})
    return Paper(
        asked.layout.short,
        asked.form.title,
        sources.subtitles,
        (),
        asked.as_of,
        sources.snapshot,
        headings,
        rows,
        _totals(headings, rows, added, outcomes) if rows and added else None,
        tuple(notes),
        asked.layout.signatures,
        asked.layout.portrait,
    )


def _part(asked: Asked, opened: Opened | None) -> Part:
    """The district's rows; none where its workbook is missing or cannot be read."""
    if opened is None or opened.history is None:
        return Part()
    if asked.layout.rows == "ranked_villages":
        chosen = villages.ranked(opened.history.facts, opened.report.villages)
        columns = villages.COLUMNS.items()
        return Part([{code: told(one) for code, told in columns} for one in chosen])
    entered = Entered(opened.history, opened.report.outcomes)
    codes = [c.code for c in asked.layout.columns if c.code in households.COLUMNS]
    held = {code: households.COLUMNS[code](entered) for code in codes}
    own = [h for h in entered.outcomes if asked.centre in (None, h.centre_id)]
    return Part([{c: held[c].get(h.household_id) for c in codes} for h in own], own)


def _numbered(parts: Mapping[str, Part]) -> Iterator[Row]:
    """Every district's rows with its name, numbered through."""
    named = [
        (province().by_code[code].name, row) for code, part in parts.items() for row in part.rows
    ]
    for number, (district, row) in enumerate(named, 1):
        yield {**row, "number": number, "district": district}


def _printed(asked: Asked) -> Iterator[PaperColumn]:
    """The year's columns; the district only where there are several."""
    for column in asked.layout.columns:
        if column.code != "district" or asked.district is None:
            yield column


def _headings(asked: Asked, column: PaperColumn) -> Iterator[Heading]:
    """What stands over it; over the marks of items, each item."""
    kind, readiness = asked.layout.kind(column), asked.programme.readiness
    if column.code == "item_marks" and readiness is not None:
        for item in readiness.items:
            yield Heading.of(column, kind, item.title)
    else:
        yield Heading.of(column, kind)


def _flat(columns: Sequence[PaperColumn], row: Row) -> tuple[Value, ...]:
    """The row's values under the headings."""
    held = [row[column.code] for column in columns]
    return tuple(v for cells in held for v in (cells if isinstance(cells, tuple) else (cells,)))


def _totals(
    headings: Sequence[Heading],
    rows: Sequence[tuple[Value, ...]],
    added: set[str],
    outcomes: OutcomeTotals,
) -> tuple[Value, ...]:
    """Sums over what is known, one per heading; None where nothing is, or it is not added up."""
    sums: list[Value] = []
    for place, heading in enumerate(headings):
        known = [v for row in rows if isinstance(v := row[place], int)]
        if heading.code in added & set(TOTALS):
            sums.append(TOTALS[heading.code](outcomes) if outcomes.with_both else None)
        else:
            sums.append(sum(known) if known and heading.code in added else None)
    return tuple(sums)
