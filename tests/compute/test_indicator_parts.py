"""Parts of workbooks make the province, whatever their order."""

from __future__ import annotations

from functools import reduce
from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.compute.indicators import Part, indicators
from services.compute.measures import MEASURES
from sheets_schema.loader import programme
from sheets_schema.model import IndicatorId
from tests.support.institutions import figure, institutions, on


def test_the_order_of_rows_changes_no_figure() -> None:
    rows = institutions(3, households=3)
    rows["households"][4]["target"] = "?"
    backwards = {code: register[::-1] for code, register in rows.items()}
    told, turned = (on(r).indicators(programme(2560)) for r in (rows, backwards))
    assert told == turned


counts = st.integers(0, 40)
workbooks = st.lists(
    st.none() | st.builds(Part, counts, counts, counts, counts, counts, counts, counts, counts),
    max_size=9,
).map(lambda found: [p and dict.fromkeys(MEASURES, p) for p in found])


@given(workbooks, st.randoms(use_true_random=False))
def test_the_order_of_districts_changes_no_figure(
    districts: list[dict[IndicatorId, Part] | None], chance: Random
) -> None:
    shuffled = chance.sample(districts, len(districts))
    for year in (2560, 2565):
        assert indicators(programme(year), shuffled) == indicators(programme(year), districts)


def test_parts_of_districts_make_the_province_in_any_grouping() -> None:
    books = [institutions(1, households=n) for n in (28, 30, 31)]
    parts = [on(rows).districts[0].parts["households_chosen"] for rows in books]
    whole = figure("households_chosen", *books).part
    assert {reduce(Part.__add__, order) for order in permutations(parts)} == {whole}
    assert parts[0] + (parts[1] + parts[2]) == (parts[0] + parts[1]) + parts[2] == whole
