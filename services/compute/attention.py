"""Which districts the province should call today, and why.

What counts as a reason, and which comes first, is our draft (docs/decisions/017).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from services.compute.reports import DistrictReport, ProvinceReport
from services.compute.steps import CentreProgress
from services.issues import reason
from services.settings import BANGKOK
from sheets_schema.forms import Form, Round
from sheets_schema.loader import messages, province, registers
from sheets_schema.model import Programme

Kind = Literal[
    "workbook_missing",
    "workbook_unreadable",
    "register_unreadable",
    "no_centres",
    "reports_expected",
    "centres_not_started",
    "centres_behind",
    "households_without",
    "data_errors",
    "open_elsewhere",
    "not_saved",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Most urgent first; `attention_rule` in messages.toml says the same in words."""

UNREADABLE = "workbook_unreadable"
NOT_FOUND = ("missing_tab", "header_missing", "header_twice")
"""Findings that say why a register cannot be read."""


@dataclass(frozen=True)
class Cause:
    """A reason to call: how many of it, in words, and where to look.

    `count` is of workbooks, tabs, reports, centres, households, findings or days, as the kind says;
    `codes` are findings, `steps` of the ladder.
    """

    kind: Kind
    count: int
    sentence: str
    codes: tuple[str, ...] = ()
    steps: tuple[int, ...] = ()
    centre_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class DistrictAttention:
    """A district and its reasons to be called, most urgent first; none where all is well."""

    district: str
    name: str
    causes: tuple[Cause, ...]

    @property
    def urgency(self) -> tuple[int, ...]:
        """How many of each kind, most urgent kind first."""
        return tuple(sum(cause.count for cause in self.causes if cause.kind == k) for k in KINDS)


@dataclass(frozen=True)
class Awaited:
    """Reports not received yet: by district code how many, and the earliest of their due days."""

    by_district: Mapping[str, tuple[int, date]]


@dataclass(frozen=True)
class NextDue:
    """The next day on which reports are due, and which; today is 0 days away."""

    due: date
    days_left: int
    rounds: tuple[tuple[Form, Round], ...]


def next_due(programme: Programme, as_of: date) -> NextDue | None:
    """The nearest due day from `as_of` on, with the forms of that day; None after the last."""
    ahead = [(f, r) for f in programme.forms for r in f.rounds if r.due >= as_of]
    if not ahead:
        return None
    due = min(round_.due for _, round_ in ahead)
    return NextDue(due, (due - as_of).days, tuple(pair for pair in ahead if pair[1].due == due))


def attention(
    report: ProvinceReport, programme: Programme, awaited: Awaited | None = None
) -> tuple[DistrictAttention, ...]:
    """Every district of the province in official order, with its reasons to be called."""
    workbooks = {told.district: told for told in report.districts}
    found: list[DistrictAttention] = []
    for district in province().districts:
        causes = [
            *_of_workbook(workbooks.get(district.code), programme, report.as_of),
            *_of_reports(district.code, report.as_of, awaited),
        ]
        causes.sort(key=lambda cause: KINDS.index(cause.kind))
        found.append(DistrictAttention(district.code, district.name, tuple(causes)))
    return tuple(found)


def most_urgent_first(districts: Iterable[DistrictAttention]) -> tuple[DistrictAttention, ...]:
    """In the order of `attention_rule`: more of the most urgent kind first, then of the next.

    Equals stand by their code; those without a reason come last.
    """
    return tuple(sorted(districts, key=lambda one: ([-n for n in one.urgency], one.district)))


def _of_reports(district: str, as_of: date, awaited: Awaited | None) -> Iterator[Cause]:
    """Reports that are due soon, or that should be there already."""
    if awaited is None or district not in awaited.by_district:
        return
    count, due = awaited.by_district[district]
    left = (due - as_of).days
    ending = "_late" if left < 0 else "" if left else "_today"
    words = reason(f"attention_reports_expected{ending}", count=count, days=abs(left))
    yield Cause("reports_expected", count, words)


def _of_workbook(
    workbook: DistrictReport | None, programme: Programme, as_of: date
) -> Iterator[Cause]:
    if workbook is None:
        words = reason("attention_workbook_missing", year=programme.year)
        yield Cause("workbook_missing", 1, words)
        return
    for trouble in (found for found in workbook.findings if found.code == UNREADABLE):
        kind: Kind = "open_elsewhere" if workbook.readable else "workbook_unreadable"
        yield Cause(kind, 1, reason(f"attention_{kind}", **trouble.details[0]), (UNREADABLE,))
    if workbook.readable:
        yield from _of_registers(workbook, programme)
        yield from _of_steps(workbook.centres, programme)
        yield from _of_errors(workbook)
        yield from _not_saved(workbook, programme, as_of)


def _of_registers(workbook: DistrictReport, programme: Programme) -> Iterator[Cause]:
    """Tabs that cannot be read, with the steps unknown for it; or a register without centres."""
    unknown = [
        (centre, step) for centre in workbook.centres for step in centre.steps if step.unread
    ]
    if unknown:
        tabs = tuple(dict.fromkeys(tab for _, step in unknown for tab in step.unread))
        steps = tuple(sorted({step.number for _, step in unknown}))
        words = reason(
            "attention_register_unreadable",
            tabs=", ".join(f"«{tab}»" for tab in tabs),
            ladder=programme.ladder,
            steps=", ".join(map(str, steps)),
        )
        centres = tuple(dict.fromkeys(centre.centre_id for centre, _ in unknown))
        yield Cause("register_unreadable", len(tabs), words, NOT_FOUND, steps, centres)
    body = programme.body_short
    if workbook.no_centres is None:
        tab = registers()["centres"].tab
        words = reason("attention_centres_unreadable", tab=tab, body=body)
        yield Cause("register_unreadable", 1, words, NOT_FOUND)
    elif not (workbook.centres or workbook.no_centres):
        yield Cause("no_centres", 1, reason("attention_no_centres", body=body))


def _of_steps(centres: tuple[CentreProgress, ...], programme: Programme) -> Iterator[Cause]:
    """Centres that have started nothing, centres at their first step not done, and households."""
    ladder, body = programme.ladder, programme.body_short
    idle = [c.centre_id for c in centres if all(s.state == "not_started" for s in c.steps)]
    if idle:
        words = reason("attention_centres_not_started", body=body, count=len(idle), ladder=ladder)
        yield Cause("centres_not_started", len(idle), words, centre_ids=tuple(idle))
    started = [centre for centre in centres if centre.centre_id not in idle]
    for step in programme.steps:
        at = [c.centre_id for c in started if _first_not_done(c) == step.number]
        lacking = {c.centre_id: _households_without(c, step.number) for c in centres}
        without = sum(lacking.values())
        blanks: dict[str, str | int] = {
            "body": body,
            "ladder": ladder,
            "step": step.number,
            "title": step.title,
        }
        if at:
            words = reason("attention_centres_behind", **blanks, count=len(at))
            yield Cause("centres_behind", len(at), words, (), (step.number,), tuple(at))
        if without:
            words = reason("attention_households_without", **blanks, count=without)
            whose = tuple(centre_id for centre_id, count in lacking.items() if count)
            yield Cause("households_without", without, words, (), (step.number,), whose)


def _first_not_done(centre: CentreProgress) -> int | None:
    """The first step known not to be done."""
    behind = (s.number for s in centre.steps if s.state in ("partial", "not_started"))
    return next(behind, None)


def _households_without(centre: CentreProgress, number: int) -> int:
    """How many more of the centre's target households must do the step; those not chosen are none.

    A centre may have more of them than the step asks for.
    """
    step = centre.steps[number - 1]
    if step.unit != "households" or step.achieved is None:
        return 0
    named = sum(len(missing.household_ids) for missing in step.missing)
    return max(min(named, step.required - step.achieved), 0)


def _of_errors(workbook: DistrictReport) -> Iterator[Cause]:
    """Errors to put right, the commonest named first."""
    known = messages()
    counts: Counter[str] = Counter()
    for found in workbook.findings:
        if known[found.code].severity == "error" and found.code != UNREADABLE:
            counts[found.code] += len(found)
    if counts:
        codes = tuple(sorted(counts, key=lambda code: (-counts[code], code)))
        total = counts.total()
        yield Cause("data_errors", total, reason("attention_data_errors", count=total), codes)


def _not_saved(workbook: DistrictReport, programme: Programme, as_of: date) -> Iterator[Cause]:
    """A workbook nobody has saved for long; where the store cannot tell, nothing is said."""
    if workbook.modified is None:
        return
    days = (as_of - workbook.modified.astimezone(BANGKOK).date()).days
    if days >= programme.attention.not_saved_days:
        yield Cause("not_saved", days, reason("attention_not_saved", count=days))
