"""What a paper says of itself: which columns are drafts, what its figures leave out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.compute.facts import Facts
from services.compute.outcomes import OutcomeTotals
from services.compute.reports import Opened
from services.issues import reason
from services.normalise.tables import told_code
from services.present.papers.paper import Heading, Value
from services.present.papers.sources import Sources
from services.present.papers.thai_words import thai_number
from sheets_schema.forms import PaperRows
from sheets_schema.loader import province

DRAFT_MARK = " *"
"""Stands behind the header of a draft column, where not all of them are."""
NEEDED: dict[PaperRows, dict[str, tuple[str, ...]]] = {
    "target_households": {
        "centres": ("centre_id",),
        "funds": ("fund_id",),
        "households": ("household_id", "centre_id", "head_name", "target"),
        "debts": ("household_id", "outstanding"),
        "meetings": ("household_id", "held_on"),
        "contracts": ("household_id", "signed_on", "amount"),
        "supports": ("household_id", "started_on"),
        "visits": ("household_id", "visited_on", "balance"),
    },
    "ranked_villages": {"readiness": ("village_code", "governance_level")},
    "readiness_items": {"readiness": ("village_code", "governance_level")},
}
"""Registers each kind of rows rests on, with the columns it cannot do without."""


def draft_note(columns: Sequence[Heading]) -> Iterator[str]:
    """That the columns are our proposal: all of them, or the marked ones."""
    if columns and all(column.draft for column in columns):
        yield reason("paper_draft")
    elif any(column.draft for column in columns):
        yield reason("paper_draft_columns", mark=DRAFT_MARK.strip())


def coverage_note(heading: Heading, held: Sequence[Value]) -> Iterator[str]:
    """How many rows a sum rests on, unless on all."""
    known = sum(value is not None for value in held)
    if known < len(held):
        counts = {"known": thai_number(known), "rows": thai_number(len(held))}
        yield reason("paper_coverage", header=heading.header, **counts)


def both_note(totals: OutcomeTotals) -> Iterator[str]:
    """How many households the totals of before and after rest on, unless on all."""
    if totals.with_both < totals.households:
        known, rows = thai_number(totals.with_both), thai_number(totals.households)
        yield reason("paper_both", known=known, rows=rows)


def sources_notes(sources: Sources, with_rows: set[str]) -> Iterator[str]:
    """Districts that are missing, unreadable or empty, and what is to be put right."""
    for code in sources.asked.districts:
        district, found = province().by_code[code].name, sources.opened.get(code)
        if found is None:
            yield reason("paper_no_workbook", district=district)
        elif found.history is None:
            yield reason("paper_unreadable", district=district)
        else:
            yield from _gaps(sources, district, found.history.facts)
            if code not in with_rows:
                yield reason(f"paper_none_{sources.asked.layout.rows}", district=district)
    if sources.asked.district is None and None in sources.opened:
        yield reason("paper_stranger")
    yield from _errors([sources.opened[c] for c in sources.asked.districts if c in sources.opened])


def _gaps(sources: Sources, district: str, facts: Facts) -> Iterator[str]:
    """Tabs that cannot be read, and households whose copies differ."""
    rows = sources.asked.layout.rows
    lost = facts.unreadable(NEEDED[rows])
    if lost:
        yield reason("paper_tabs", district=district, tabs=", ".join(lost))
    twice = facts.targets.loc[facts.targets["conflicted"], "household_id"]
    if rows == "target_households" and len(twice):
        yield reason("paper_twice", district=district, ids=", ".join(map(told_code, twice)))


def _errors(used: Sequence[Opened]) -> Iterator[str]:
    """How many errors `check` finds in the workbooks that were read."""
    errors = sum(one.report.count("error") for one in used if one.report.readable)
    if errors:
        yield reason("paper_errors", errors=thai_number(errors))
