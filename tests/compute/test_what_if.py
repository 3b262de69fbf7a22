"""How far a village is behind the one above, and how other weights would rank them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.compute.readiness import (
    Village,
    WeightsError,
    distances,
    score,
    weights_of,
    what_if,
)
from sheets_schema.loader import programme

READINESS = programme(2565).readiness
assert READINESS is not None
YEARS_OWN = weights_of(READINESS)
CODES = tuple(YEARS_OWN)
ONLY_PLACE = dict.fromkeys(CODES, 0) | {"place": 1}
Marks = Mapping[str, int]


def village(
    number: int,
    marks: Marks | int,
    capital: int | None = None,
    members: int | None = None,
    reason: str | None = None,
) -> Village:
    """A village not ranked yet; one mark stands for all eight."""
    marks = dict.fromkeys(CODES, marks) if isinstance(marks, int) else dict(marks)
    assert READINESS is not None
    return Village(
        district="5601",
        village_code=f"560101{number:02}",
        village="บ้านสมมติ",
        moo=number,
        tambon="เวียง",
        savings_group="กลุ่มสมมติ",
        governance_level=3,
        eligible=True,
        score=score(marks, YEARS_OWN, READINESS.top_mark) if len(marks) == len(CODES) else None,
        rank=None,
        decided_by=None,
        reason=reason,
        items=len(CODES),
        marks=marks,
        capital=capital,
        members=members,
        sheet_row=2,
    )


def ranked(villages: list[Village], weights: Mapping[str, int]) -> tuple[Village, ...]:
    assert READINESS is not None
    return what_if(villages, READINESS, weights)


def order(villages: tuple[Village, ...]) -> list[tuple[str | None, int | None, str | None]]:
    return [(v.village_code, v.rank, v.decided_by) for v in villages]


def test_each_village_is_held_against_the_one_above_it() -> None:
    assert READINESS is not None
    villages = ranked(
        [
            village(1, 5),
            village(2, {**dict.fromkeys(CODES, 5), "place": 4}, 200, 9),
            village(3, {**dict.fromkeys(CODES, 5), "leaders": 4}, 100, 9),
            village(4, {**dict.fromkeys(CODES, 5), "leaders": 4}, 100, 8),
            village(5, {**dict.fromkeys(CODES, 5), "leaders": 4}, 100, 8),
            village(6, 5, reason="gate"),
        ],
        YEARS_OWN,
    )
    shuffled = sorted(villages, key=lambda v: v.village_code or "", reverse=True)
    assert [(d.village.rank, d.behind, d.decided_by) for d in distances(shuffled, READINESS)] == [
        (1, None, None),
        (2, Decimal("2.00"), "score"),
        (3, Decimal("0.00"), "capital"),
        (4, Decimal("0.00"), "members"),
        (5, Decimal("0.00"), "village_code"),
    ]
    assert distances([], READINESS) == ()


def test_other_weights_rank_by_what_they_weigh() -> None:
    good_place = village(1, {**dict.fromkeys(CODES, 1), "place": 5})
    rest = village(2, {**dict.fromkeys(CODES, 5), "place": 4})
    assert [v.village_code for v in ranked([good_place, rest], YEARS_OWN)] == [
        "56010102",
        "56010101",
    ]
    other = ranked([good_place, rest], ONLY_PLACE)
    assert [(v.village_code, v.score) for v in other] == [
        ("56010101", Decimal("100.00")),
        ("56010102", Decimal("80.00")),
    ]


def test_weights_are_scaled_to_a_hundred_and_halves_go_up() -> None:
    weights = dict.fromkeys(CODES, 0) | {"place": 1, "leaders": 2}
    (only,) = ranked([village(1, {**dict.fromkeys(CODES, 0), "place": 5})], weights)
    assert only.score == Decimal("33.33")
    weights = dict.fromkeys(CODES, 0) | {"place": 1, "leaders": 799}
    (only,) = ranked([village(1, {**dict.fromkeys(CODES, 0), "place": 5})], weights)
    assert only.score == Decimal("0.13")


def test_gate_and_blanks_stay_what_they_are_whatever_the_weights() -> None:
    blank = {code: 5 for code in CODES if code != "committee"}
    below, unmarked = village(1, 5, reason="gate"), village(2, blank, reason="blank")
    found = ranked([below, unmarked, village(3, 0)], ONLY_PLACE)
    assert [(v.village_code, v.rank, v.reason) for v in found] == [
        ("56010103", 1, None),
        ("56010101", None, "gate"),
        ("56010102", None, "blank"),
    ]
    assert found[2].score is None


@pytest.mark.parametrize(
    "weights",
    [
        {},
        dict.fromkeys(CODES, 0),
        {**YEARS_OWN, "place": -1},
        {**YEARS_OWN, "beauty": 1},
        {code: 1 for code in CODES if code != "place"},
    ],
)
def test_weights_nobody_can_rank_by_are_refused(weights: Mapping[str, int]) -> None:
    with pytest.raises(WeightsError):
        ranked([village(1, 5)], weights)


MARKS = st.fixed_dictionaries({code: st.integers(0, 5) for code in CODES})
HELD = st.none() | st.integers(0, 2)
VILLAGES = st.lists(st.tuples(MARKS, HELD, HELD), min_size=1, max_size=6).map(
    lambda drawn: [village(n, *one) for n, one in enumerate(drawn, 1)]
)
WEIGHTS = st.fixed_dictionaries({code: st.integers(0, 30) for code in CODES}).filter(
    lambda weights: any(weights.values())
)


@given(VILLAGES, WEIGHTS, st.integers(2, 99))
def test_scaling_all_weights_changes_nothing(
    villages: list[Village], weights: dict[str, int], times: int
) -> None:
    scaled = {code: weight * times for code, weight in weights.items()}
    found, again = ranked(villages, weights), ranked(villages, scaled)
    assert order(found) == order(again)
    assert [v.score for v in found] == [v.score for v in again]


@given(VILLAGES)
def test_the_years_own_weights_give_the_years_own_scores(villages: list[Village]) -> None:
    found = ranked(villages, YEARS_OWN)
    scores = {v.village_code: v.score for v in villages}
    assert [v.score for v in found] == [scores[v.village_code] for v in found]
    assert order(ranked(list(found), YEARS_OWN)) == order(found)


@given(VILLAGES, WEIGHTS, st.randoms(use_true_random=False))
def test_the_order_of_villages_never_matters(
    villages: list[Village], weights: dict[str, int], random: object
) -> None:
    found = order(ranked(villages, weights))
    random.shuffle(villages)  # type: ignore[attr-defined]
    assert order(ranked(villages, weights)) == found


@given(VILLAGES, WEIGHTS, st.sampled_from(CODES), st.data())
def test_a_better_mark_never_lowers_a_village(
    villages: list[Village], weights: dict[str, int], item: str, data: st.DataObject
) -> None:
    chosen = data.draw(st.sampled_from(villages))
    better = data.draw(st.integers(chosen.marks[item], 5))
    raised = replace(chosen, marks={**chosen.marks, item: better})
    others = [v for v in villages if v is not chosen]

    def rank(one: Village) -> int:
        found = ranked([one, *others], weights)
        return next(v.rank or 0 for v in found if v.village_code == one.village_code)

    assert rank(raised) <= rank(chosen)


@given(VILLAGES, WEIGHTS)
def test_distances_add_up_to_the_first_villages_lead(
    villages: list[Village], weights: dict[str, int]
) -> None:
    assert READINESS is not None
    found = ranked(villages, weights)
    steps = [d.behind or Decimal(0) for d in distances(found, READINESS)]
    assert min(steps) >= 0
    assert sum(steps) == (found[0].score or Decimal(0)) - (found[-1].score or Decimal(0))
