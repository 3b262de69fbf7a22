"""A person types, sorts, inserts, deletes while somebody edits on the page: nothing is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.store.base import RawTab, Stored, Written
from services.writeback.merge import Clash, Columns, Edit, Merged, merged, same

WIDTH = 4
Rows = list[list[Stored]]
HEADER: list[Stored] = ["row_id", "ชื่อ", "หนี้", "หมายเหตุ"]
BODY: Rows = [[f"k{n}", f"ชื่อ {n}", float(n * 100), ""] for n in range(1, 6)]
SEEN: Rows = [HEADER, *BODY]
words: st.SearchStrategy[Stored] = st.sampled_from(["ก", "ข", "", 7.0])
places = st.tuples(st.integers(1, 5), st.integers(1, 3))


def tab(rows: Rows, formulas: frozenset[tuple[int, int]] = frozenset()) -> RawTab:
    return RawTab("ลูกหนี้", rows, formulas=lambda: formulas)


def columns(order: list[int] | None = None, row_id: int | None = 0) -> Columns:
    order = order or list(range(WIDTH))
    return Columns({then: now for now, then in enumerate(order)}, row_id)


@st.composite
def acted(draw: st.DrawFn) -> tuple[Rows, list[int]]:
    """The sheet after a person typed here and there, deleted, inserted, sorted, moved columns."""
    rows = [list(row) for row in SEEN]
    for (row, column), text in draw(st.dictionaries(places, words, max_size=4)).items():
        rows[row][column] = text
    for row in draw(st.lists(st.integers(1, len(rows) - 1), max_size=2, unique=True)):
        rows[row][0] = draw(st.sampled_from([rows[row][0], "k1", ""]))
    kept = draw(st.permutations(rows[1:]))[: draw(st.integers(3, 5))]
    order = draw(st.permutations(range(WIDTH)))
    everything: Rows = [rows[0], *kept, ["", "", "", ""], ["", "ใหม่", "", ""]]
    return [[row[then] for then in order] for row in everything], list(order)


edits = st.dictionaries(places, words, min_size=1, max_size=6).map(
    lambda wanted: [Edit(row, column, _written(new)) for (row, column), new in wanted.items()]
)


def _written(value: Stored) -> Written:
    return value if isinstance(value, str) else Decimal(7)


@given(acted(), edits)
def test_every_edit_is_written_done_or_a_clash_and_nothing_typed_is_lost(
    now: tuple[Rows, list[int]], wanted: list[Edit]
) -> None:
    rows, order = now
    found = merged(tab(SEEN), tab(rows), columns(order), wanted)
    assert len(found.cells) + len(found.done) + len(found.clashes) == len(wanted)
    by_place = {(edit.row, edit.column): edit for edit in wanted}
    for (row, column), new in found.cells.items():
        then = order[column]
        name = rows[row][order.index(0)]
        (edit,) = [e for e in wanted if SEEN[e.row][0] == name and e.column == then]
        assert by_place[edit.row, then].new == new
        assert rows[row][column] == SEEN[edit.row][then], "only over what was seen"


@given(acted(), edits)
def test_merging_again_after_writing_changes_nothing(
    now: tuple[Rows, list[int]], wanted: list[Edit]
) -> None:
    rows, order = now
    first = merged(tab(SEEN), tab(rows), columns(order), wanted)
    for (row, column), new in first.cells.items():
        rows[row][column] = new if isinstance(new, str) else float(new)
    again = merged(tab(SEEN), tab(rows), columns(order), wanted)
    assert not again.cells
    assert len(again.done) == len(first.done) + len(first.cells)


@given(edits, st.randoms(use_true_random=False))
def test_the_order_of_edits_does_not_matter(wanted: list[Edit], chance: object) -> None:
    del chance
    there = merged(tab(SEEN), tab(SEEN), columns(), wanted)
    back = merged(tab(SEEN), tab(SEEN), columns(), wanted[::-1])
    assert there.cells == back.cells
    assert set(there.done) == set(back.done)


def only(found: Merged) -> Clash:
    assert not found.cells
    assert not found.done
    (clash,) = found.clashes
    return clash


def test_two_people_in_two_cells_of_a_row_both_have_their_way() -> None:
    now = [list(row) for row in SEEN]
    now[2][3] = "ของเขา"
    assert merged(tab(SEEN), tab(now), columns(), [Edit(2, 2, 5)]).cells == {(2, 2): 5}


def test_two_people_in_one_cell_are_a_clash_with_both_values() -> None:
    now = [list(row) for row in SEEN]
    now[2][2] = 250.0
    clash = only(merged(tab(SEEN), tab(now), columns(), [Edit(2, 2, 5)]))
    assert (clash.why, clash.theirs, clash.edit.new) == ("changed", 250.0, 5)


def test_two_people_who_typed_the_same_agree() -> None:
    now = [list(row) for row in SEEN]
    now[2][2] = 250.0
    wanted = Edit(2, 2, Decimal("250.00"))
    assert merged(tab(SEEN), tab(now), columns(), [wanted]) == Merged({}, (wanted,), (), {})


def test_a_copied_row_is_not_guessed_at() -> None:
    now: Rows = [*SEEN, SEEN[2]]
    assert only(merged(tab(SEEN), tab(now), columns(), [Edit(2, 2, 5)])).why == "doubled"


def test_a_deleted_row_and_a_deleted_column_are_clashes() -> None:
    now = [row for row in SEEN if row[0] != "k2"]
    assert only(merged(tab(SEEN), tab(now), columns(), [Edit(2, 2, 5)])).why == "gone"
    narrow = Columns({0: 0, 1: 1}, 0)
    assert only(merged(tab(SEEN), tab(SEEN), narrow, [Edit(2, 2, 5)])).why == "gone"


def test_a_cell_that_became_a_formula_is_left_to_the_office() -> None:
    now = tab(SEEN, frozenset({(2, 2)}))
    assert only(merged(tab(SEEN), now, columns(), [Edit(2, 2, 5)])).why == "formula"


@pytest.mark.parametrize(
    ("now", "result"),
    [
        ([1, 2, 3], {(2, 2): 5}),
        ([3, 2, 1], {(2, 2): 5}),
        ([2, 1, 3], {(1, 2): 5}),
        ([1, 3], None),
        ([2, 2, 1], None),
        ([1, 2, 2], None),
    ],
)
def test_a_row_without_an_id_is_known_by_all_it_holds(
    now: list[int], result: dict[tuple[int, int], int] | None
) -> None:
    rows = [SEEN[0], *(SEEN[n] for n in now)]
    found = merged(tab(SEEN), tab(rows), columns(row_id=None), [Edit(2, 2, 5)])
    assert found.cells == (result or {})


def test_of_two_rows_that_hold_the_same_none_is_guessed() -> None:
    seen = [*SEEN, SEEN[2]]
    now = [SEEN[0], SEEN[2], *SEEN[1:], SEEN[2]]
    clash = only(merged(tab(seen), tab(now), columns(row_id=None), [Edit(6, 2, 5)]))
    assert clash.why == "doubled"


def test_a_new_row_of_somebody_is_not_written_into() -> None:
    seen: Rows = [*SEEN, ["", "", "", ""]]
    now: Rows = [*SEEN, ["", "ของเขา", "", ""]]
    assert only(merged(tab(seen), tab(now), columns(), [Edit(6, 2, 5)])).why in ("gone", "doubled")


def test_a_number_is_the_same_however_it_is_written_and_a_text_never_is_a_number() -> None:
    assert same(0.1, Decimal("0.10"))
    assert same(3, 3)
    assert not same("3", 3)
    assert not same(3.0, "3")
