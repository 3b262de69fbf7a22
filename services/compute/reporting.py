"""Who had to report what by when, and whether it is there: content or «ไม่มี», never a click.

How it is read stands in docs/decisions/014-readings-of-reporting.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from services.cells import Cells
from services.compute.contents import Content, contents, contents_unknown
from services.compute.facts import Facts
from services.compute.proofs import Missing
from services.normalise.tables import words
from sheets_schema.forms import Form
from sheets_schema.model import Programme


@dataclass(frozen=True, eq=False)
class ExpectedReport:
    """One unit's report of one form and round.

    `unit_id` is a centre's code, or the district's. `submitted_at` is the first time it was sent,
    in Thai time; None where it was not. `missing` says what a report not received lacks, `proofs`
    are the required cells of one that is there.
    """

    district: str
    form: str
    round: int
    due: date
    unit_id: str
    received: bool
    on_time: bool
    declared: bool
    submitted_at: datetime | None
    missing: tuple[Missing, ...] = ()
    proofs: tuple[Cells, ...] = ()


@dataclass(frozen=True)
class ReportCount:
    """How many reports were expected, are there, and came in time."""

    expected: int = 0
    received: int = 0
    on_time: int = 0

    def __add__(self, other: ReportCount) -> ReportCount:
        """Both together."""
        return ReportCount(
            self.expected + other.expected,
            self.received + other.received,
            self.on_time + other.on_time,
        )


def count_reports(reports: Iterable[ExpectedReport]) -> ReportCount:
    """Add up reports."""
    told = tuple(reports)
    return ReportCount(
        len(told), sum(one.received for one in told), sum(one.on_time for one in told)
    )


@dataclass(frozen=True)
class Sent:
    """What a unit has sent for a form and round: first when, and whether it declared «ไม่มี»."""

    first: datetime
    declared: bool


Key = tuple[str, int, str]
"""Form, round, unit."""


def expected_reports(facts: Facts) -> tuple[ExpectedReport, ...]:
    """Every report the year expects of the district and its centres."""
    sent, district = _sent(facts), facts.tables.district
    return tuple(
        report
        for form in facts.programme.forms
        if form.rounds
        for content in contents(facts, form)
        for report in _of_rounds(district, form, content, sent)
    )


def silent_reports(programme: Programme, district: str) -> tuple[ExpectedReport, ...]:
    """What a district without a readable workbook owes: one unit per form, nothing received."""
    return tuple(
        report
        for form in programme.forms
        for report in _of_rounds(district, form, contents_unknown(district), {})
    )


def _of_rounds(
    district: str, form: Form, content: Content, sent: Mapping[Key, Sent]
) -> Iterator[ExpectedReport]:
    for one in form.rounds:
        told = sent.get((form.name, one.number, content.unit_id))
        declared = content.declared or (told is not None and told.declared)
        received = declared or not content.missing
        yield ExpectedReport(
            district,
            form.name,
            one.number,
            one.due,
            content.unit_id,
            received,
            received and told is not None and told.first.date() <= one.due,
            declared,
            told.first if told else None,
            () if received else content.missing,
            content.proofs,
        )


def _sent(facts: Facts) -> dict[Key, Sent]:
    """What was sent by the end of `as_of`, per form, round and unit."""
    table = facts.tables["submissions"]
    if not table.can_read("form", "round", "unit_id", "submitted_at"):
        return {}
    columns = ["form", "round", "unit_id"]
    frame = table.rows.dropna(subset=[*columns, "submitted_at"])
    frame = frame[frame["submitted_at"] < pd.Timestamp(facts.as_of + timedelta(days=1))]
    declared = frame["declared"].fillna(value=False).to_numpy(dtype=np.bool_)
    units = frame.assign(declared=declared).groupby(columns)
    found = units.agg(first=("submitted_at", "min"), declared=("declared", "any")).reset_index()
    return {
        (form, int(number), unit): Sent(first.to_pydatetime(), bool(said))
        for form, number, unit, first, said in zip(
            words(found["form"]),
            found["round"],
            words(found["unit_id"]),
            found["first"],
            found["declared"],
            strict=True,
        )
    }
