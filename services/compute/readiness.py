"""Which villages are ready for a centre, and in which order (เอกสาร ๑ and ๒ of 2565).

Gate: หนังสือจังหวัดพะเยา ๒๕๖๕ ข้อ ๒.๑; items, weights and tie-break are our draft, in the year file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from services.cells import Cells
from services.compute.facts import Facts
from services.issues import reason
from services.normalise.numbers import hundredths
from services.normalise.tables import SHEET_ROW, Table
from sheets_schema.model import Readiness


class WeightsError(ValueError):
    """Weights that no village can be ranked by: of other items, below zero, or all zero."""


@dataclass(frozen=True, eq=False)
class Village:
    """One village of the questionnaire; `score` 0–100, None until every item is marked.

    `marks` by item code; an item that is blank or was not read is absent. `capital` in satang.
    `sheet_row` is where it stands in its tab.
    """

    district: str
    village_code: str | None
    village: str | None
    moo: int | None
    tambon: str | None
    savings_group: str | None
    governance_level: int | None
    eligible: bool
    score: Decimal | None
    rank: int | None
    decided_by: str | None
    reason: str | None
    items: int
    marks: Mapping[str, int]
    capital: int | None
    members: int | None
    sheet_row: int
    proofs: tuple[Cells, ...] = ()

    @property
    def filled(self) -> int:
        """How many items are marked."""
        return len(self.marks)


def score(marks: Mapping[str, int], weights: Mapping[str, int], top_mark: int) -> Decimal:
    """Weighted score of a full questionnaire, 0–100, two decimals half up; weights by item code.

    >>> score({"place": 4, "leaders": 5}, {"place": 10, "leaders": 20}, 5)
    Decimal('93.33')
    """
    weighted = sum(weight * marks[code] for code, weight in weights.items())
    return hundredths(Decimal(100 * weighted) / (top_mark * sum(weights.values())))


def weights_of(readiness: Readiness) -> dict[str, int]:
    """The year's own weights by item code."""
    return {item.code: item.weight for item in readiness.items}


def readiness_ranks(facts: Facts) -> tuple[Village, ...]:
    """Every village of the workbook: ranked ones first, then the others with the reason."""
    readiness = facts.programme.readiness
    table = facts.tables["readiness"]
    if readiness is None or not table.can_read("village_code", "governance_level"):
        return ()
    villages = [_village(facts, table, readiness, place) for place in range(len(table.frame))]
    return _ranked_first(villages, readiness)


def _ranked_first(villages: Iterable[Village], readiness: Readiness) -> tuple[Village, ...]:
    """Those that may be ranked in their order, then the others as they come."""
    told = list(villages)
    ranked = [village for village in told if village.reason is None]
    others = [village for village in told if village.reason is not None]
    return (*_rank(ranked, readiness), *others)


def _village(facts: Facts, table: Table, readiness: Readiness, place: int) -> Village:
    row = table.frame.iloc[place]
    marks = {i.code: int(row[i.code]) for i in readiness.items if not pd.isna(row[i.code])}
    level, code = _number(row, "governance_level"), _text(row, "village_code")
    eligible = level == readiness.gate_level
    full = len(marks) == len(readiness.items)
    why: str | None = None
    if code is None:
        why = reason("village_without_code")
    elif table.conflicted[place]:
        why = reason("village_twice", id=code)
    elif level is None:
        why = reason("gate_unknown")
    elif not eligible:
        why = reason("gate_below", level=level, gate=readiness.gate_level)
    elif not full:
        blank = (item.title for item in readiness.items if item.code not in marks)
        why = reason("items_blank", items=", ".join(blank))
    columns = ("governance_level", *(item.code for item in readiness.items))
    proofs = (table.cells(column, [int(row[SHEET_ROW])]) for column in columns)
    return Village(
        district=facts.tables.district,
        village_code=code,
        village=_text(row, "village"),
        moo=_number(row, "moo"),
        tambon=_text(row, "tambon"),
        savings_group=_text(row, "savings_group"),
        governance_level=level,
        eligible=eligible,
        score=score(marks, weights_of(readiness), readiness.top_mark) if full else None,
        rank=None,
        decided_by=None,
        reason=why,
        items=len(readiness.items),
        marks=marks,
        capital=_number(row, "capital"),
        members=_number(row, "members"),
        sheet_row=int(row[SHEET_ROW]),
        proofs=tuple(cells for cells in proofs if cells is not None),
    )


def _number(row: pd.Series[Any], column: str) -> int | None:
    return None if pd.isna(row[column]) else int(row[column])


def _text(row: pd.Series[Any], column: str) -> str | None:
    return None if pd.isna(row[column]) else str(row[column])


def _keys(village: Village, readiness: Readiness) -> tuple[tuple[str, object], ...]:
    """What decides, in order: the score, then the year's tie-break; smaller comes first."""
    high_first = {"capital": village.capital, "members": village.members}
    keys: list[tuple[str, object]] = [("score", -(village.score or Decimal(0)))]
    for name in readiness.tie_break:
        if name == "village_code":
            keys.append((name, village.village_code or ""))
        else:
            held = high_first[name]
            keys.append((name, (held is None, -(held or 0))))
    return tuple(keys)


def _rules(readiness: Readiness) -> tuple[str, ...]:
    """What decides, in order."""
    return ("score", *readiness.tie_break)


def _decided(one: Village, other: Village, readiness: Readiness) -> int:
    """Which rule, counted from 0, tells two villages apart."""
    pairs = zip(_keys(one, readiness), _keys(other, readiness), strict=True)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), -1)


def _rank(villages: list[Village], readiness: Readiness) -> list[Village]:
    """Rank 1…n; `decided_by` is the last rule needed to tell the village from its neighbours."""
    ordered = sorted(villages, key=lambda v: tuple(key for _, key in _keys(v, readiness)))
    names = _rules(readiness)
    ranked: list[Village] = []
    for place, village in enumerate(ordered):
        neighbours = ordered[max(place - 1, 0) : place] + ordered[place + 1 : place + 2]
        deciding = [_decided(village, neighbour, readiness) for neighbour in neighbours]
        decided_by = names[max(deciding)] if deciding else None
        ranked.append(replace(village, rank=place + 1, decided_by=decided_by))
    return ranked


@dataclass(frozen=True, eq=False)
class Distance:
    """How far a ranked village is behind the one above it, in points of the score.

    `decided_by` is the rule that put it there: score, capital, members or village_code. Both are
    None for the first.
    """

    village: Village
    behind: Decimal | None
    decided_by: str | None


def distances(villages: Iterable[Village], readiness: Readiness) -> tuple[Distance, ...]:
    """One district's ranked villages, each held against the rank above; others have a `reason`."""
    ranked = [village for village in villages if village.rank is not None]
    ranked.sort(key=lambda village: village.rank or 0)
    rules = _rules(readiness)
    return tuple(
        Distance(
            below,
            None if above is None else (above.score or Decimal(0)) - (below.score or Decimal(0)),
            None if above is None else rules[_decided(above, below, readiness)],
        )
        for above, below in zip([None, *ranked], ranked, strict=False)
    )


def what_if(
    villages: Iterable[Village], readiness: Readiness, weights: Mapping[str, int]
) -> tuple[Village, ...]:
    """One district's villages as they would be ranked with other weights; nothing is kept.

    `weights` by item code, whole and not below zero, of which some are above; they are scaled to
    100. Gate and tie-break stay the year's. Ranked ones first, then the others as they come.

    Raises:
        WeightsError: weights that are not such.
    """
    if set(weights) != set(weights_of(readiness)) or min(weights.values()) < 0:
        raise WeightsError
    if not any(weights.values()):
        raise WeightsError
    weighed = (
        replace(village, score=score(village.marks, weights, readiness.top_mark))
        if village.filled == village.items
        else village
        for village in villages
    )
    cleared = (replace(village, rank=None, decided_by=None) for village in weighed)
    return _ranked_first(cleared, readiness)
