"""What is typed on the page stays what was typed, and where, until it is saved or thrown away."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.normalise.columns import as_typed
from services.normalise.locate import ROW_ID, find_header
from services.store.base import RawTab
from services.writeback.draft import Draft, grid, typed_into
from services.writeback.shown import BLANK, NEW_ROW, REMOVED, wants_table
from services.writeback.wants import WHOLE_ROW, Want, typed
from sheets_schema.loader import registers
from tests.writeback.office import CODES, HEADERS, Sheet, debts, usual

REGISTER = registers()["debts"]
OUTSTANDING, FUND = HEADERS[CODES.index("outstanding")], HEADERS[CODES.index("fund_id")]


def draft(tab: RawTab | None = None) -> Draft:
    book = Sheet.of(tab or usual()).book
    header = find_header(book.tabs[0].rows, REGISTER)
    assert header is not None
    return Draft(REGISTER, book, book.tabs[0], header, id="d")


def after(one: Draft, search: str = "", turn: int = 1, **state: Any) -> Draft:
    return typed_into(one, grid(one, search, 300), state, turn)


def told(one: Draft) -> list[tuple[int | None, str, str, object]]:
    return [(want.row, want.column, want.seen, want.new) for want in one.wants()]


def test_nothing_typed_is_nothing_wanted() -> None:
    assert draft().is_empty
    assert after(draft(), edited_rows={}, added_rows=[], deleted_rows=[]).wants() == ()


def test_a_typed_cell_is_one_want_with_what_was_seen() -> None:
    now = after(draft(), edited_rows={1: {OUTSTANDING: "1,500.50"}})
    assert told(now) == [(2, "outstanding", "2000", Decimal("1500.50"))]
    assert (now.wants()[0].row_id, now.wants()[0].key) == ("id2", "D2")


def test_typing_back_what_stood_there_is_no_change() -> None:
    now = after(draft(), edited_rows={1: {OUTSTANDING: "2000"}})
    assert now.is_empty


def test_what_was_typed_stays_with_its_row_when_other_rows_are_searched_for() -> None:
    now = after(draft(), edited_rows={3: {FUND: "F7"}})
    narrowed = grid(now, "D2", 300)
    assert narrowed.tokens == (2, 4)  # the hit, and the row that was changed
    again = typed_into(now, narrowed, {"edited_rows": {0: {FUND: "F8"}}}, 2)
    assert told(again) == [(2, "fund_id", "F1", "F8"), (4, "fund_id", "F1", "F7")]


def test_only_so_many_rows_are_shown_and_changed_ones_in_any_case() -> None:
    now = after(draft(), edited_rows={4: {FUND: "F7"}})
    shown = grid(now, "", 2)
    assert (shown.tokens, shown.found) == ((1, 2, 5), 5)


def test_a_new_row_keeps_its_id_however_often_the_page_runs() -> None:
    rows = [{HEADERS[0]: "D9", OUTSTANDING: "5", FUND: None}, {}]
    first, second = after(draft(), added_rows=rows), after(draft(), added_rows=rows)
    assert first.wants() == second.wants()
    assert {want.key for want in first.wants()} == {"D9"}
    (name,) = first.added
    corrected = after(
        first, turn=2, edited_rows={5: {OUTSTANDING: "6", FUND: "F1", HEADERS[0]: None}}
    )
    assert corrected.added == {name: {"outstanding": "6", "fund_id": "F1"}}
    assert after(corrected, turn=3, deleted_rows=[5]).is_empty


def test_two_new_rows_of_two_turns_are_two() -> None:
    first = after(draft(), added_rows=[{FUND: "F1"}])
    both = after(first, turn=2, added_rows=[{FUND: "F1"}])
    assert len(both.added) == 2


def test_a_removed_row_forgets_what_was_typed_into_it() -> None:
    typed_first = after(draft(), edited_rows={1: {FUND: "F7"}})
    now = after(typed_first, deleted_rows=[1])
    assert told(now) == [(2, WHOLE_ROW, "", "")]
    assert 2 not in grid(now, "", 300).tokens


def test_a_draft_that_was_changed_is_another_save_of_the_same_draft() -> None:
    first = after(draft(), edited_rows={0: {FUND: "F2"}})
    again, other = after(first), after(first, edited_rows={0: {FUND: "F3"}})
    assert first.save_id == again.save_id != other.save_id
    assert other.save_id.startswith(f"{first.id}.")


def test_a_new_row_of_which_nothing_is_left_is_none() -> None:
    first = after(draft(), added_rows=[{FUND: "F1"}])
    assert after(first, turn=2, edited_rows={5: {FUND: None}}).is_empty


def test_emptying_a_cell_is_a_change() -> None:
    assert told(after(draft(), edited_rows={0: {FUND: None}})) == [(1, "fund_id", "F1", "")]


def test_a_column_of_formulas_is_the_offices_to_change() -> None:
    tab = usual()
    held = RawTab(tab.name, tab.rows, formulas=lambda: frozenset({(2, 3), (9, 1)}))
    assert draft(held).worked_out == {"outstanding"}


def test_the_checks_are_asked_about_the_workbook_as_it_would_stand() -> None:
    now = after(draft(), edited_rows={0: {OUTSTANDING: "หกพัน"}}, added_rows=[{HEADERS[0]: "D9"}])
    book, cells = now.tried()
    assert book.tabs[0].rows[1][3] == "หกพัน"
    assert book.tabs[0].rows[6][0] == "D9"
    assert cells == {(1, 3): 0, (6, 0): 1}
    assert usual().rows[1][3] == 1000.0
    numbered, _ = after(draft(), edited_rows={0: {OUTSTANDING: "7"}}).tried()
    assert numbered.tabs[0].rows[1][3] == 7.0


def test_saving_is_shown_cell_by_cell_before_it_is_done() -> None:
    now = after(
        draft(debts([["D1", "H1", "F1", 5.0, ""], ["", "H2", "F1", 6.0, ""]], ids=False)),
        edited_rows={0: {FUND: None, HEADERS[4]: "7/2565"}},
        deleted_rows=[1],
        added_rows=[{FUND: "F3"}],
    )
    rows = wants_table(now.wants(), registers()).to_numpy().tolist()
    assert rows == [
        ["ลูกหนี้", "D1", "เลขที่สัญญา", BLANK, "7/2565"],
        ["ลูกหนี้", "D1", FUND, "F1", BLANK],
        ["ลูกหนี้", NEW_ROW, FUND, BLANK, "F3"],
        ["ลูกหนี้", "แถว 3", REMOVED, BLANK, BLANK],
    ]


@pytest.mark.parametrize(
    "text",
    ["=HYPERLINK(1)", "+66", "-1", "@x", "00123", "1/2", "1,50", "๑๕๐๐", "1.005", "9" * 16, "1e5"],
)
def test_a_text_that_is_no_plain_number_stays_the_text(text: str) -> None:
    for code in ("contract_no", "outstanding"):
        new = typed(REGISTER.by_code[code], text)
        assert new == (-1 if (text, code) == ("-1", "outstanding") else text)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_plain_amount_is_the_number_it_says(amount: Decimal) -> None:
    for text in (f"{amount:f}", f"{amount:,f}"):
        assert typed(REGISTER.by_code["outstanding"], text) == amount


@given(st.text(), st.text(), st.one_of(st.text(), st.integers(), st.decimals(allow_nan=False)))
def test_a_want_comes_back_from_the_journal_as_it_went_in(key: str, seen: str, new: Any) -> None:
    want = Want("debts", 3, "id", key, "fund_id", seen, new)
    assert Want.of_json(want.as_json()) == want


def test_a_day_of_the_sheet_is_shown_as_the_office_types_it() -> None:
    from datetime import date, datetime  # noqa: PLC0415

    assert as_typed(date(2022, 7, 26)) == "26/07/2565"
    assert as_typed(datetime(2022, 7, 26)) == "26/07/2565"  # noqa: DTZ001 – a cell has no zone
    assert as_typed(datetime(2022, 7, 26, 9, 30)) == "26/07/2565 09:30"  # noqa: DTZ001


def test_the_rows_ids_are_none_of_the_columns_to_edit() -> None:
    assert ROW_ID not in grid(draft(), "", 9).frame.columns
