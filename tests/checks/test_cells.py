"""Cells: blank, unreadable, broken, outside the list, or read with something added."""

from __future__ import annotations

import pytest

from services.store.base import Fault, Stored
from tests.checks.cases import clean, empty, hit
from tests.checks.changes import Sheets, emptied, put, silent_where_empty, told
from tests.support.sheets import found, report_on, tab

VISITS = """
    | เลขที่ | รหัสครัวเรือน | วันที่ติดตาม | หนี้คงเหลือ |
    | V1 | H1 | 01/06/2565 | 9,000 |
    """
UNTOLD = VISITS.replace("9,000", "")
"""The same visit with nothing in the cell of its balance."""
SHEETS: dict[str, Sheets] = {
    "missing_required": (tab("ติดตาม", UNTOLD),),
    "unreadable_value": (tab("ติดตาม", VISITS, {"D2": "5OO"}),),
    "formula_error": (tab("ติดตาม", UNTOLD, {"D2": Fault("formula_error", "#REF!")}),),
    "formula_without_value": (tab("ติดตาม", UNTOLD, {"D2": Fault("formula_without_value", "=…")}),),
    "choice_outside_list": (
        tab(
            "สัญญา",
            """
            | เลขที่สัญญา | รหัสครัวเรือน | วิธีบริหารจัดการหนี้ |
            | S1 | H1 | ลดดอกเบี้ย |
            """,
        ),
    ),
    "value_assumed": (tab("ติดตาม", VISITS, {"C2": "มิ.ย. 2565"}),),
}


@hit("missing_required")
def test_a_blank_required_cell_is_named() -> None:
    blank = ("error", "visits", "ติดตาม!D2", None, "V1")
    assert told("missing_required", SHEETS["missing_required"]) == [blank]


@clean("missing_required")
def test_a_zero_in_a_required_cell_is_not_blank() -> None:
    assert told("missing_required", SHEETS["missing_required"], {"ติดตาม!D2": "ไม่มี"}) == []


def test_a_debt_needs_a_fund_only_where_no_other_creditor_is_given() -> None:
    sheet = tab(
        "ลูกหนี้",
        """
        | เลขที่รายการหนี้ | รหัสครัวเรือน | หนี้คงเหลือ (บาท) | รหัสกองทุน | เจ้าหนี้นอกศูนย์ |
        | D1 | H1 | 9,000 | | ธ.ก.ส. |
        | D2 | H1 | 9,000 | | ไม่มี |
        """,
    )
    assert told("missing_required", (sheet,)) == [("error", "debts", "ลูกหนี้!D3", None, "D2")]


def test_a_row_that_only_says_there_is_none_is_a_blank_row() -> None:
    """In text and reference columns «ไม่มี» is blank, so nothing stands in the row."""
    assert (
        told("missing_required", emptied(SHEETS["missing_required"], "ติดตาม"), {"ติดตาม!A2": "ไม่มี"})
        == []
    )


@hit("unreadable_value")
def test_a_value_that_cannot_be_read_is_shown_as_typed() -> None:
    said = ("error", "visits", "ติดตาม!D2", "5OO", "V1")
    assert told("unreadable_value", SHEETS["unreadable_value"]) == [said]


@clean("unreadable_value")
@pytest.mark.parametrize("cell", ["500", "๕๐๐ บาท", "500.-", "0.5 พัน", 500.0])
def test_the_same_amount_typed_readably_is_no_finding(cell: Stored) -> None:
    assert told("unreadable_value", SHEETS["unreadable_value"], {"ติดตาม!D2": cell}) == []


@pytest.mark.parametrize(
    ("a1", "typed", "accepted"),
    [("A2", "5601010", "8"), ("D2", "4", "1–3"), ("E2", "6", "0–5")],
)
def test_a_value_out_of_bounds_is_told_the_bounds(a1: str, typed: str, accepted: str) -> None:
    villages = tab(
        "ประเมินหมู่บ้าน",
        """
        | รหัสหมู่บ้าน | บ้าน | ตำบล | ระดับธรรมาภิบาล | คณะกรรมการมีความพร้อม |
        | 56010101 | สมมติ | เวียง | 3 | 5 |
        """,
    )
    sheets = put((villages,), {f"ประเมินหมู่บ้าน!{a1}": typed})
    (issue,) = found(report_on(*sheets), "unreadable_value")
    assert (issue.value, accepted in issue.fix) == (typed, True)


@hit("formula_error")
def test_a_formula_that_shows_an_error_is_named_with_the_error() -> None:
    said = ("error", "visits", "ติดตาม!D2", "#REF!", "V1")
    assert told("formula_error", SHEETS["formula_error"]) == [said]
    assert told("missing_required", SHEETS["formula_error"]) == []


@clean("formula_error")
def test_an_amount_typed_over_the_broken_formula_settles_it() -> None:
    assert told("formula_error", SHEETS["formula_error"], {"ติดตาม!D2": "9,000"}) == []


@hit("formula_without_value")
def test_a_formula_never_worked_out_is_not_blank() -> None:
    said = ("error", "visits", "ติดตาม!D2", "=…", "V1")
    assert told("formula_without_value", SHEETS["formula_without_value"]) == [said]
    assert told("missing_required", SHEETS["formula_without_value"]) == []


@clean("formula_without_value")
def test_a_formula_that_has_been_worked_out_is_no_finding() -> None:
    sheets = SHEETS["formula_without_value"]
    assert told("formula_without_value", sheets, {"ติดตาม!D2": 9000.0}) == []


@hit("choice_outside_list")
def test_a_word_outside_the_list_is_named() -> None:
    said = ("warning", "contracts", "สัญญา!C2", "ลดดอกเบี้ย", "S1")
    assert told("choice_outside_list", SHEETS["choice_outside_list"]) == [said]


@clean("choice_outside_list")
@pytest.mark.parametrize("word", ["รวมหนี้ 1 ครัวเรือน 1 สัญญา", "อื่นๆ", "ไม่มี", ""])
def test_a_word_of_the_list_however_spaced_or_a_blank_is_no_finding(word: str) -> None:
    assert told("choice_outside_list", SHEETS["choice_outside_list"], {"สัญญา!C2": word}) == []


def test_where_the_year_has_no_list_every_word_will_do() -> None:
    """2565 names no activities: they are unfunded, and nobody can choose from an empty list."""
    activities = tab(
        "กิจกรรม",
        """
        | เลขที่กิจกรรม | รหัสศูนย์ | กิจกรรม |
        | A1 | C1 | ประชุมสมาชิก |
        """,
    )
    assert told("choice_outside_list", (activities,)) == []


@hit("value_assumed")
@pytest.mark.parametrize("typed", ["มิ.ย. 2565", "1/6/65", "มิ.ย. ๖๕"])
def test_what_was_added_to_a_date_is_told(typed: str) -> None:
    said = ("info", "visits", "ติดตาม!C2", typed, "V1")
    assert told("value_assumed", SHEETS["value_assumed"], {"ติดตาม!C2": typed}) == [said]


@clean("value_assumed")
def test_a_date_typed_in_full_assumes_nothing() -> None:
    assert told("value_assumed", SHEETS["value_assumed"], {"ติดตาม!C2": "01/06/2565"}) == []


@empty(*SHEETS)
@pytest.mark.parametrize("code", SHEETS)
def test_an_empty_or_absent_register_has_no_cell_to_name(code: str) -> None:
    silent_where_empty(code, SHEETS[code])
