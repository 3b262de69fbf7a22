"""Which villages are ready for a centre, and in which order (เอกสาร ๑ and ๒ of 2565).

Gate: หนังสือจังหวัดพะเยา ๒๕๖๕ ข้อ ๒.๑; items, weights and tie-break are our draft, in the year file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from services.cells import Cells
from services.compute.facts import Facts
from services.issues import reason
from services.normalise.numbers import hundredths
from services.normalise.tables import SHEET_ROW, Table
from sheets_schema.model import Readiness


@dataclass(frozen=True, eq=False)
class Village:
    """One village of the questionnaire; `score` 0–100, None until every item is marked.

    `sheet_row` is where it stands in its tab.
    """

    district: str
    village_code: str | None
    eligible: bool
    score: Decimal | None
    rank: int | None
    decided_by: str | None
    reason: str | None
    items: int
    filled: int
    capital: int | None
    members: int | None
    sheet_row: int
    proofs: tuple[Cells, ...] = ()


def score(marks: dict[str, int], readiness: Readiness) -> Decimal:
    """Weighted score of a full questionnaire, 0–100, two decimals half up."""
    weighted = sum(item.weight * marks[item.code] for item in readiness.items)
    return hundredths(Decimal(weighted) / readiness.top_mark)


def readiness_ranks(facts: Facts) -> tuple[Village, ...]:
    """Every village of the workbook: ranked ones first, then the others with the reason."""
    readiness = facts.programme.readiness
    table = facts.tables["readiness"]
    if readiness is None or not table.can_read("village_code", "governance_level"):
        return ()
    villages = [_village(facts, table, readiness, place) for place in range(len(table.frame))]
    ranked = [village for village in villages if village.reason is None]
    others = [village for village in villages if village.reason is not None]
    return (*_rank(ranked, readiness), *others)


def _village(facts: Facts, table: Table, readiness: Readiness, place: int) -> Village:
    row = table.frame.iloc[place]
    marks = {i.code: int(row[i.code]) for i in readiness.items if not pd.isna(row[i.code])}
    level = row["governance_level"]
    eligible = not pd.isna(level) and int(level) == readiness.gate_level
    code = None if pd.isna(row["village_code"]) else str(row["village_code"])
    full = len(marks) == len(readiness.items)
    why: str | None = None
    if code is None:
        why = reason("village_without_code")
    elif table.conflicted[place]:
        why = reason("village_twice", id=code)
    elif pd.isna(level):
        why = reason("gate_unknown")
    elif not eligible:
        why = reason("gate_below", level=int(level), gate=readiness.gate_level)
    elif not full:
        blank = (item.title for item in readiness.items if item.code not in marks)
        why = reason("items_blank", items=", ".join(blank))
    columns = ("governance_level", *(item.code for item in readiness.items))
    proofs = (table.cells(column, [int(row[SHEET_ROW])]) for column in columns)
    return Village(
        facts.tables.district,
        code,
        eligible,
        score(marks, readiness) if full else None,
        None,
        None,
        why,
        len(readiness.items),
        len(marks),
        None if pd.isna(row["capital"]) else int(row["capital"]),
        None if pd.isna(row["members"]) else int(row["members"]),
        int(row[SHEET_ROW]),
        tuple(cells for cells in proofs if cells is not None),
    )


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


def _decided(one: Village, other: Village, readiness: Readiness) -> int:
    """Which rule, counted from 0, tells two villages apart."""
    pairs = zip(_keys(one, readiness), _keys(other, readiness), strict=True)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), -1)


def _rank(villages: list[Village], readiness: Readiness) -> list[Village]:
    """Rank 1…n; `decided_by` is the last rule needed to tell the village from its neighbours."""
    ordered = sorted(villages, key=lambda v: tuple(key for _, key in _keys(v, readiness)))
    names = ("score", *readiness.tie_break)
    ranked: list[Village] = []
    for place, village in enumerate(ordered):
        neighbours = ordered[max(place - 1, 0) : place] + ordered[place + 1 : place + 2]
        deciding = [_decided(village, neighbour, readiness) for neighbour in neighbours]
        decided_by = names[max(deciding)] if deciding else None
        ranked.append(replace(village, rank=place + 1, decided_by=decided_by))
    return ranked
