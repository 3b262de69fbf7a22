"""The village questionnaire (เอกสาร ๑ of 2565): blank, or one per village of a district."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.compute.facts import Facts
from services.compute.readiness import Village
from services.issues import reason
from services.present.papers.notes import draft_note, sources_notes
from services.present.papers.paper import Heading, Paper, Value, values
from services.present.papers.sources import Sources
from services.present.papers.thai_words import short_thai_day, thai_baht, thai_number, thai_numerals
from services.present.papers.villages import row_of
from sheets_schema.loader import province
from sheets_schema.model import Readiness

COLUMNS = ("number", "item", "weight", "mark")
"""What stands in an item's row."""
TYPED = (
    "village_code", "village", "moo", "tambon", "savings_group", "governance_level", "capital",
    "members", "assessed_on", "assessor",
)  # fmt: skip
LINES = ("sheet_place", "sheet_group", "sheet_resources", "sheet_assessed")
DOTS = "." * 24


@dataclass(frozen=True)
class Answers:
    """What one questionnaire says: the village by code, each item's mark, its score and standing.

    `village` names its tab, None for a blank one.
    """

    village: str | None
    told: Mapping[str, Value]
    marks: tuple[Value, ...]
    score: Decimal | None
    notes: tuple[str, ...]


def blank(sources: Sources, readiness: Readiness) -> Paper:
    """A questionnaire to fill in by hand; of a district, it says why nothing is filled in."""
    notes = () if sources.asked.district is None else tuple(sources_notes(sources, set()))
    none = (None,) * len(readiness.items)
    return _sheet(sources, readiness, Answers(None, dict.fromkeys(TYPED), none, None, notes))


def filled(sources: Sources, readiness: Readiness, facts: Facts) -> Iterator[Paper]:
    """The questionnaires of a district's villages, in the register's order."""
    table = facts.tables["readiness"]
    columns = {code: values(table, code) for code in TYPED}
    marks = [values(table, item.code) for item in readiness.items]
    told_once = tuple(sources_notes(sources, {facts.tables.district}))
    villages = sources.opened[facts.tables.district].report.villages
    for number, village in enumerate(sorted(villages, key=lambda v: v.sheet_row), 1):
        row = row_of(facts, village)
        told = {code: held[row] for code, held in columns.items()}
        name = f"{number} {village.village_code or ''}".strip()
        notes = (_standing(village), *told_once)
        given = tuple(held[row] for held in marks)
        answers = Answers(name, told, given, village.score, notes)
        yield _sheet(sources, readiness, answers)


def _sheet(sources: Sources, readiness: Readiness, answers: Answers) -> Paper:
    asked, columns = sources.asked, sources.asked.layout.columns
    headings = tuple(Heading.of(column, asked.layout.kind(column)) for column in columns)
    rows = [
        dict(zip(COLUMNS, (number, item.title, item.weight, mark), strict=True))
        for number, (item, mark) in enumerate(zip(readiness.items, answers.marks, strict=True), 1)
    ]
    weight = sum(item.weight for item in readiness.items)
    added: dict[str, Value] = {"weight": weight, "mark": answers.score}
    return Paper(
        answers.village or asked.layout.short,
        asked.form.title,
        sources.subtitles,
        _lines(answers.told, asked.district),
        asked.as_of,
        sources.snapshot if answers.village else None,
        headings,
        tuple(tuple(row[column.code] for column in columns) for row in rows),
        tuple(added.get(c.code) if c.total else None for c in columns),
        (*draft_note(headings), reason("sheet_score"), *answers.notes),
        asked.layout.signatures,
        asked.layout.portrait,
    )


def _lines(told: Mapping[str, Value], district: str | None) -> tuple[str, ...]:
    """Which village it is and what it has; dots where somebody is to write."""
    shown = {code: _shown(code, value) for code, value in told.items()}
    shown["district"] = province().by_code[district].name if district else DOTS
    return tuple(reason(line, **shown) for line in LINES)


def _shown(code: str, value: Value) -> str:
    if value is None:
        return DOTS
    if isinstance(value, int):
        return thai_baht(value) if code == "capital" else thai_number(value)
    if isinstance(value, date):
        return short_thai_day(value)
    return thai_numerals(value) if code == "village_code" else str(value)


def _standing(village: Village) -> str:
    """Its rank, or why it has none."""
    if village.rank is None:
        return reason("sheet_not_ranked", why=village.reason or "")
    return reason("sheet_ranked", rank=thai_number(village.rank))
