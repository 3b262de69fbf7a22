"""The year's indicators: a small part per workbook, and the province as a merge of parts.

How each is read stands in docs/decisions/013-readings-of-indicators.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal

from services.cells import Cell, Cells
from services.compute.facts import Facts
from services.compute.measures import MEASURES, Counted, Measure, by_centre
from services.compute.outcomes import percent_of
from services.compute.seen import Seen
from services.issues import reason
from services.normalise.numbers import hundredths
from sheets_schema.model import Indicator, IndicatorId, Programme

PERCENT = 100


@dataclass(frozen=True, eq=False)
class Proof:
    """Cells a figure rests on, with their workbook."""

    workbook: str
    cells: Cells

    def each(self) -> Iterator[Cell]:
        """One by one."""
        return self.cells.each(self.workbook)


@dataclass(frozen=True)
class Part:
    """One indicator in one workbook, or in several: sums and counts that add up.

    `total` is what is known. Of the `centres`, `counted` ones have a register that can be read,
    `reaching` ones reach the target by themselves and `short` ones cannot any more. Unread rows
    might add `could` at most, `boundless` ones any amount. `lost` counts workbooks whose centres
    could not be read.
    """

    total: int = 0
    centres: int = 0
    counted: int = 0
    reaching: int = 0
    short: int = 0
    rows: int = 0
    read: int = 0
    could: int = 0
    boundless: int = 0
    lost: int = 0
    proofs: tuple[Proof, ...] = field(default=(), compare=False)

    def __add__(self, other: Part) -> Part:
        """Both together; the order never matters to a figure."""
        return Part(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Part)))


LOST = Part(boundless=1, lost=1)
"""A workbook that could not be read."""
Parts = Mapping[IndicatorId, Part]


@dataclass(frozen=True)
class IndicatorFigure:
    """An indicator of the province; `value` and `target` with two decimals, None where unknown.

    `national` is the target of the whole country where there is one, `share` the province's part of
    it, both in whole households or institutions. `met` is None while unread rows could decide it.
    `rests_on` says in words what the figure stands on.
    """

    id: IndicatorId
    title: str
    unit: str
    source: str
    draft: bool
    value: Decimal | None
    target: Decimal | None
    national: int | None
    share: int | None
    met: bool | None
    part: Part
    rests_on: tuple[str, ...]


def indicator_parts(seen: Seen) -> dict[IndicatorId, Part]:
    """One workbook's part of every indicator of its year."""
    return {one.id: _part(seen, one) for one in seen.facts.programme.indicators}


def _part(seen: Seen, indicator: Indicator) -> Part:
    facts, measure = seen.facts, MEASURES[indicator.id]
    lost = int(not facts.tables["centres"].can_read("centre_id"))
    if facts.unreadable(measure.needs):
        return Part(centres=len(facts.centre_ids), boundless=1, lost=lost)
    counted = measure.count(seen, indicator)
    could = int(counted.unsure.sum()) + counted.outside
    reaching, short = _reaching(facts, counted, indicator)
    return Part(
        total=int(counted.amounts.sum()),
        centres=len(facts.centre_ids),
        counted=len(facts.centre_ids),
        reaching=reaching,
        short=short,
        rows=len(counted.unsure),
        read=int((~counted.unsure).sum()),
        could=could,
        boundless=0 if measure.at_most_one else could,
        lost=lost,
        proofs=tuple(Proof(facts.tables.workbook, cells) for cells in counted.proofs),
    )


def _reaching(facts: Facts, counted: Counted, indicator: Indicator) -> tuple[int, int]:
    """How many centres reach the target by themselves, and how many cannot any more."""
    target = facts.programme.target_of(indicator)
    if target is None:
        return 0, 0
    measure = MEASURES[indicator.id]
    wanted = target * measure.scale
    sure, unsure, loose = by_centre(counted, len(facts.centre_ids))
    below, open_rows = sure < wanted, unsure + loose
    short = below & (sure + open_rows < wanted if measure.at_most_one else open_rows == 0)
    return int((~below).sum()), int(short.sum())


def indicators(
    programme: Programme, workbooks: Iterable[Parts | None], *, whole: bool = True
) -> tuple[IndicatorFigure, ...]:
    """The year's indicators over workbooks' parts; None stands for an unreadable workbook.

    Of a part of the province only (not `whole`) no share of the nation is told: such shares,
    rounded up, would not add up to the province's.
    """
    parts = tuple(workbooks)
    start = Part() if parts else LOST
    return tuple(
        _figure(
            programme,
            one,
            sum((LOST if p is None else p[one.id] for p in parts), start),
            whole=whole,
        )
        for one in programme.indicators
    )


def _figure(
    programme: Programme, indicator: Indicator, part: Part, *, whole: bool
) -> IndicatorFigure:
    measure = MEASURES[indicator.id]
    shared = indicator.scope == "share_of_nation"
    target = _target(programme, indicator, part) if whole or not shared else None
    national, share = _nation(programme, indicator, part) if whole else (None, None)
    return IndicatorFigure(
        indicator.id,
        indicator.title,
        indicator.unit,
        indicator.source,
        indicator.draft,
        _value(indicator, measure, part),
        None if target is None else hundredths(Decimal(target)),
        national,
        share,
        _met(indicator, measure, part, target),
        part,
        tuple(_words(programme, indicator, part, (national, share))),
    )


def _rounded_up(part: int, whole: int) -> int:
    return -(-part // whole)


def _target(programme: Programme, indicator: Indicator, part: Part) -> int | None:
    """What the province must reach, in the figure's unit."""
    target = programme.target_of(indicator)
    if target is None or indicator.scope in ("as_it_stands", "per_institution"):
        return target
    if indicator.scope == "per_centre":
        return target * part.centres
    return _nation(programme, indicator, part)[1]


def _nation(
    programme: Programme, indicator: Indicator, part: Part
) -> tuple[int | None, int | None]:
    """The nation's target, and the province's part of it by its institutions, rounded up."""
    institutions = programme.targets.institutions_nationally
    target = programme.target_of(indicator)
    if target is None or institutions is None:
        return None, None
    if MEASURES[indicator.id].percent:
        wanted = (_rounded_up(target * of, PERCENT) for of in (institutions, part.centres))
        return next(wanted), next(wanted)
    if indicator.scope == "share_of_nation":
        return target, _rounded_up(target * part.centres, institutions)
    return None, None


def _value(indicator: Indicator, measure: Measure, part: Part) -> Decimal | None:
    if not part.read and (part.could or part.boundless):
        return None
    if measure.percent:
        return percent_of(part.total, part.read) if part.read else None
    total = Decimal(part.total) / measure.scale
    if indicator.scope == "per_institution":
        return hundredths(total / part.counted) if part.counted else None
    return hundredths(total)


def _met(indicator: Indicator, measure: Measure, part: Part, target: int | None) -> bool | None:
    """True if the known part reaches it, False if all that is unknown could not; else None."""
    if target is None or not part.centres:
        return None
    if indicator.scope == "per_institution":
        if part.short:
            return False
        return True if part.reaching == part.centres and not part.lost else None
    least, wanted = part.total, target * measure.scale
    if measure.percent:
        least, wanted = part.total * PERCENT, target * part.centres
    most = least + part.could * (PERCENT if measure.percent else 1)
    moving = measure.percent or indicator.scope != "as_it_stands"
    if least >= wanted:
        return None if moving and part.lost else True
    return False if most < wanted and not part.boundless and not part.lost else None


def _words(
    programme: Programme, indicator: Indicator, part: Part, nation: tuple[int | None, int | None]
) -> Iterator[str]:
    """What the figure stands on, and what is not known yet."""
    body = programme.body_short
    yield reason(
        f"rests_on_{MEASURES[indicator.id].rests_on}", read=part.read, rows=part.rows, body=body
    )
    if indicator.scope == "per_institution":
        yield reason("rests_on_reaching", reaching=part.reaching, centres=part.centres, body=body)
    national, share = nation
    if national is not None and share is not None:
        yield reason("rests_on_share", national=national, share=share, body=body)
    if part.boundless or part.lost:
        yield reason("rests_on_less", body=body)
