"""The way from one reading of a workbook to the next is exact, whatever people did in between."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from services.history.patch import applied, of_told, patches, told
from services.store.base import Fault, RawTab, Stored
from services.store.digest import cells_digest
from tests.writeback.office import Rows, usual

OTHER = RawTab("บันทึกของอำเภอ", [["ก", 1.0], ["ข", 2.0]])


words: st.SearchStrategy[Stored] = st.one_of(
    st.sampled_from(["", "ก", "D1", 1.0, 1, "1", date(2022, 7, 19)]), st.text(max_size=3)
)


def typed(rows: Rows, dice: random.Random, words: list[Stored]) -> Rows:
    """One thing a person does to a table."""
    rows = [list(row) for row in rows]
    at = dice.randrange(len(rows))
    match dice.choice(["type", "insert", "delete", "sort", "copy", "column", "swap"]):
        case "type":
            rows[at][dice.randrange(len(rows[at]))] = dice.choice(words)
        case "insert":
            rows.insert(at, [""] * len(rows[at]))
        case "delete" if len(rows) > 2:
            del rows[at]
        case "sort":
            column = dice.randrange(len(rows[0]))
            rows.sort(key=lambda row: str(row[column]))
        case "copy":
            rows.insert(at, list(rows[at]))
        case "column":
            rows = [[*row, dice.choice(words)] for row in rows]
        case _:
            order = dice.sample(range(len(rows[0])), len(rows[0]))
            rows = [[row[n] for n in order] for row in rows]
    return rows


def overlaid(tab: RawTab, dice: random.Random) -> RawTab:
    places = {(dice.randrange(len(tab.rows)), dice.randrange(3)) for _ in range(2)}
    faults = {at: Fault("formula_error", "#REF!") for at in places if dice.random() < 0.5}
    rows = [list(row) for row in tab.rows]
    for row, column in faults:
        rows[row][column] = ""
    formats = dict.fromkeys(places, '00"ก"')
    return replace(
        tab, rows=rows, faults=faults, formulas=lambda: frozenset(places), formats=lambda: formats
    )


def next_state(
    tabs: tuple[RawTab, ...], dice: random.Random, words: list[Stored]
) -> tuple[RawTab, ...]:
    first, *rest = tabs
    kind = dice.random()
    if kind < 0.1:
        return (replace(first, name=f"{first.name}{dice.randrange(3)}"), *rest)
    if kind < 0.2:
        return (first,) if rest else (first, OTHER)
    if kind < 0.3:
        return (overlaid(first, dice), *rest)
    return (replace(first, rows=typed([list(r) for r in first.rows], dice, words)), *rest)


@given(st.integers(0, 2**32), st.lists(words, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_a_patch_leads_from_any_state_to_the_next(seed: int, words: list[Stored]) -> None:
    dice = random.Random(seed)  # noqa: S311
    then: tuple[RawTab, ...] = (usual(), OTHER)
    for _ in range(8):
        now = next_state(then, dice, words)
        patch = of_told(told(patches(then, now)))
        assert cells_digest(applied(patch, then)) == cells_digest(now)
        then = now
