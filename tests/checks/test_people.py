"""Households, centres and villages: whether there are enough, and whether all is said of them."""

from __future__ import annotations

import pytest

from services.store.base import Stored
from sheets_schema.loader import programme
from tests.checks.cases import clean, empty, hit
from tests.checks.changes import (
    Sheets,
    put,
    silent_where_empty,
    told,
    without,
)
from tests.support.sheets import found, report_on, tab

CENTRES = tab(
    "ศูนย์",
    """
    | รหัสศูนย์ | ชื่อศูนย์ | ไม่มีครัวเรือนเข้าร่วม |
    | C1 | ศูนย์สมมติ |  |
    """,
)
HOUSEHOLDS = tab(
    "ครัวเรือน",
    """
    | รหัสครัวเรือน | รหัสศูนย์ | เป้าหมาย | ยินยอมให้ใช้ข้อมูล |
    | H1 | C1 | ใช่ | ใช่ |
    | H2 | C1 | ✓ | Y |
    | H3 | C1 | / | 1 |
    | H4 | C1 | ใช่ | ใช่ |
    | H5 | C1 | ใช่ |  |
    | H6 | C1 | ใช่ | ใช่ |
    """,
)
FIVE = put((CENTRES, HOUSEHOLDS), {"ครัวเรือน!C7": "ไม่"})
NEIGHBOURS = tab(
    "ครัวเรือน",
    """
    | รหัสครัวเรือน | รหัสศูนย์ | ชื่อ-สกุล | บ้านเลขที่ | หมู่ | ตำบล |
    | H1 | C1 | นางสาวสมมติ  หนึ่ง | 12/3 | 5 | ต.เวียง |
    | H2 | C2 | น.ส. สมมติ หนึ่ง | 12 / 3 | หมู่ที่ ๕ | เวียง |
    | H3 | C2 | สมมติ สอง | 12/3 | 5 | เวียง |
    """,
)
DEBTS = tab(
    "ลูกหนี้",
    """
    | เลขที่รายการหนี้ | รหัสครัวเรือน | รหัสกองทุน | คงเหลือ |
    | D1 | H1 | F1 | 5,000 |
    | D2 | H1 | F2 | 3,000 |
    | D3 | H2 | F1 | 3,000 |
    | D4 | H2 | F1 | 1,000 |
    """,
)
OVERDUE = tab(
    "ลูกหนี้",
    """
    | เลขที่รายการหนี้ | รหัสครัวเรือน | คงเหลือ | ครบกำหนดชำระ | ประเภทลูกหนี้ |
    | D1 | H1 | 5,000 | 18/06/2565 | เฝ้าระวัง |
    """,
)
MEETINGS = tab(
    "ประชุมเจรจา",
    """
    | เลขที่การประชุม | รหัสศูนย์ | รหัสครัวเรือน | วันที่ประชุม |
    | M1 | C1 | - | 01/03/2565 |
    """,
)
READINESS = programme(2565).readiness
assert READINESS is not None
VILLAGES = tab(
    "ประเมินหมู่บ้าน",
    f"""
    | รหัสหมู่บ้าน | บ้าน | ระดับธรรมาภิบาล | {" | ".join(i.title for i in READINESS.items)} |
    | 56010101 | สมมติ | 3 | 5 |  | 4 | 3 | 2 | 1 | 0 | ๕ |
    """,
)
SHEETS: dict[str, Sheets] = {
    "households_too_few": put(FIVE, {"ครัวเรือน!C6": "ไม่"}),
    "households_too_many": (CENTRES, HOUSEHOLDS),
    "household_several_funds": (HOUSEHOLDS, DEBTS),
    "household_two_centres": (NEIGHBOURS,),
    "no_target_households": (CENTRES, tab("ครัวเรือน", "| รหัสครัวเรือน | รหัสศูนย์ | เป้าหมาย |")),
    "meeting_without_household": (MEETINGS,),
    "class_differs": (OVERDUE,),
    "readiness_blank": (VILLAGES,),
    "consent_missing": (HOUSEHOLDS,),
}
BOUNDS = [
    ("04/08/2565", "ปกติ"),  # 16 days before the 19th of July
    ("03/08/2565", "เฝ้าระวัง"),  # 15 before
    ("19/06/2565", "เฝ้าระวัง"),  # 30 after
    ("18/06/2565", "ค้างชำระ"),  # 31
    ("19/07/2564", "ค้างชำระ"),  # 365
    ("18/07/2564", "ผิดนัดชำระ"),  # 366
    ("", "ปกติ"),
]
"""Due days and the draft class on the day of the report; bounds are inclusive."""


def of(code: str, cells: dict[str, Stored] | None = None) -> list[tuple[str, str | None]]:
    """Where the finding stands and what was read, with other cells in its sheets."""
    return [(where, value) for _, _, where, value, _ in told(code, SHEETS[code], cells)]


@hit("households_too_few")
def test_a_centre_with_fewer_target_households_than_the_year_asks_for_is_named() -> None:
    said = ("warning", "centres", "ศูนย์!A2", "4", "C1")
    assert told("households_too_few", SHEETS["households_too_few"]) == [said]


@clean("households_too_few", "households_too_many")
@pytest.mark.parametrize("code", ["households_too_few", "households_too_many"])
def test_the_years_five_target_households_are_no_finding(code: str) -> None:
    assert told(code, FIVE) == []


def test_one_household_written_twice_is_one_of_the_five() -> None:
    copies = put(FIVE, {"ครัวเรือน!A7": "H5", "ครัวเรือน!C7": "ใช่", "ครัวเรือน!D7": "ใช่"})
    assert told("households_too_many", copies) == []
    assert told("households_too_few", copies) == []


@hit("households_too_many")
def test_a_centre_with_more_target_households_than_the_year_asks_for_is_named() -> None:
    said = ("warning", "centres", "ศูนย์!A2", "6", "C1")
    assert told("households_too_many", SHEETS["households_too_many"]) == [said]


@hit("household_several_funds")
def test_a_household_that_owes_two_funds_is_named() -> None:
    said = ("info", "households", "ครัวเรือน!A2", "F1, F2", "H1")
    assert told("household_several_funds", SHEETS["household_several_funds"]) == [said]


@clean("household_several_funds")
@pytest.mark.parametrize(
    ("a1", "typed"), [("C3", "F1"), ("D3", "0"), ("D3", ""), ("C3", ""), ("A3", "D1")]
)
def test_one_fund_a_paid_debt_or_one_nobody_can_count_is_no_finding(a1: str, typed: str) -> None:
    assert of("household_several_funds", {f"ลูกหนี้!{a1}": typed}) == []


@hit("household_two_centres")
def test_a_household_of_two_centres_is_named_in_both_however_it_is_spelt() -> None:
    assert told("household_two_centres", SHEETS["household_two_centres"]) == [
        ("warning", "households", "ครัวเรือน!A2", "H2", "H1"),
        ("warning", "households", "ครัวเรือน!A3", "H1", "H2"),
    ]


@pytest.mark.parametrize(
    ("a1", "typed"),
    [("C3", "สมมติ หนึ่ง"), ("C3", "นางสมมติหนึ่ง"), ("D3", "๑๒/๓"), ("E3", "5"), ("F3", "ตำบล เวียง")],
)
def test_titles_spaces_and_digits_do_not_hide_the_same_household(a1: str, typed: str) -> None:
    assert len(of("household_two_centres", {f"ครัวเรือน!{a1}": typed})) == 2


@clean("household_two_centres")
@pytest.mark.parametrize(
    ("a1", "typed"),
    [
        ("B3", "C1"),
        ("C3", "สมมติ สาม"),
        ("D3", "12/4"),
        ("D3", ""),
        ("E3", "6"),
        ("F3", "แม่กา"),
        ("A3", "H3"),
    ],
)
def test_another_name_house_or_place_or_the_same_centre_is_no_finding(a1: str, typed: str) -> None:
    assert of("household_two_centres", {f"ครัวเรือน!{a1}": typed}) == []


def test_only_the_households_of_another_centre_are_told() -> None:
    third: dict[str, Stored] = {"ครัวเรือน!C4": "สมมติ หนึ่ง"}
    assert of("household_two_centres", third) == [
        ("ครัวเรือน!A2", "H2, H3"),
        ("ครัวเรือน!A3", "H1"),
        ("ครัวเรือน!A4", "H1"),
    ]


@hit("no_target_households")
def test_a_centre_without_target_households_that_has_not_said_so_is_named() -> None:
    said = ("warning", "centres", "ศูนย์!C2", None, "C1")
    assert told("no_target_households", SHEETS["no_target_households"]) == [said]
    assert told("households_too_few", SHEETS["no_target_households"]) == []


@clean("no_target_households")
def test_a_centre_that_says_so_or_has_one_is_no_finding() -> None:
    assert of("no_target_households", {"ศูนย์!C2": "ใช่"}) == []
    assert told("no_target_households", SHEETS["households_too_few"]) == []


def test_where_households_cannot_be_read_no_centre_is_said_to_have_too_few() -> None:
    for code in ("no_target_households", "households_too_few", "households_too_many"):
        assert told(code, without(SHEETS[code], "ครัวเรือน")) == []
        assert told(code, put(SHEETS[code], {"ครัวเรือน!B1": "ช่องอื่น"})) == []


@hit("meeting_without_household")
def test_a_meeting_that_names_no_household_is_named() -> None:
    said = ("warning", "meetings", "ประชุมเจรจา!C2", None, "M1")
    assert told("meeting_without_household", SHEETS["meeting_without_household"]) == [said]


@clean("meeting_without_household")
@pytest.mark.parametrize("households", ["H1", "H1, H2", "ทุกครัวเรือนเป้าหมาย"])
def test_a_meeting_that_names_one_several_or_all_is_no_finding(households: str) -> None:
    assert of("meeting_without_household", {"ประชุมเจรจา!C2": households}) == []


@hit("class_differs")
def test_a_class_other_than_the_draft_rules_is_named() -> None:
    said = ("info", "debts", "ลูกหนี้!E2", "เฝ้าระวัง", "D1")
    assert told("class_differs", SHEETS["class_differs"]) == [said]
    (issue,) = found(report_on(*SHEETS["class_differs"]), "class_differs")
    assert "«ค้างชำระ»" in issue.message


@clean("class_differs")
@pytest.mark.parametrize(("due", "theirs"), BOUNDS)
def test_the_draft_class_on_each_side_of_its_bounds_is_no_finding(due: str, theirs: str) -> None:
    assert of("class_differs", {"ลูกหนี้!D2": due, "ลูกหนี้!E2": theirs}) == []


@pytest.mark.parametrize(("due", "ours"), BOUNDS)
def test_every_other_class_than_that_differs(due: str, ours: str) -> None:
    for _, theirs in programme(2565).classes.names:
        said = of("class_differs", {"ลูกหนี้!D2": due, "ลูกหนี้!E2": theirs})
        assert len(said) == (theirs != ours)


@pytest.mark.parametrize(
    ("due", "theirs"), [("สิ้นปี", "ผิดนัดชำระ"), ("18/06/2565", ""), ("18/06/2565", "เกือบดี")]
)
def test_an_unreadable_due_day_or_no_class_of_the_list_cannot_differ(due: str, theirs: str) -> None:
    assert of("class_differs", {"ลูกหนี้!D2": due, "ลูกหนี้!E2": theirs}) == []


def test_a_paid_debt_is_closed_whatever_its_due_day() -> None:
    assert of("class_differs", {"ลูกหนี้!C2": "0", "ลูกหนี้!E2": "ปิดบัญชี"}) == []
    assert len(of("class_differs", {"ลูกหนี้!C2": "ไม่มี"})) == 1
    assert of("class_differs", {"ลูกหนี้!C2": "ห้าพัน"}) == []


@pytest.mark.parametrize("theirs", ["เฝ้าระวัง", "ค้างชำระ"])
def test_a_debt_due_in_a_month_may_have_any_class_some_day_of_it_gives(theirs: str) -> None:
    june: dict[str, Stored] = {"ลูกหนี้!D2": "มิ.ย. 2565", "ลูกหนี้!E2": theirs}
    assert of("class_differs", june) == []
    assert len(of("class_differs", june | {"ลูกหนี้!E2": "ปกติ"})) == 1


@hit("readiness_blank")
def test_an_item_not_marked_of_a_village_that_may_be_ranked_is_named() -> None:
    said = ("warning", "readiness", "ประเมินหมู่บ้าน!E2", None, "56010101")
    assert told("readiness_blank", SHEETS["readiness_blank"]) == [said]


@clean("readiness_blank")
@pytest.mark.parametrize(
    ("a1", "typed"), [("E2", "0"), ("E2", "ไม่มี"), ("E2", "ดี"), ("C2", "2"), ("C2", "")]
)
def test_a_mark_of_zero_or_a_village_below_the_gate_is_no_finding(a1: str, typed: str) -> None:
    """A mark that cannot be read is another finding."""
    assert of("readiness_blank", {f"ประเมินหมู่บ้าน!{a1}": typed}) == []


def test_a_year_without_a_questionnaire_asks_for_no_marks() -> None:
    assert found(report_on(*SHEETS["readiness_blank"], year=2560), "readiness_blank") == []


@hit("consent_missing")
def test_a_target_household_that_has_not_agreed_is_named() -> None:
    said = ("warning", "households", "ครัวเรือน!D6", None, "H5")
    assert told("consent_missing", SHEETS["consent_missing"]) == [said]
    assert len(of("consent_missing", {"ครัวเรือน!D6": "ไม่"})) == 1


@clean("consent_missing")
@pytest.mark.parametrize(("a1", "typed"), [("D6", "✓"), ("C6", ""), ("C6", "ไม่")])
def test_consent_or_a_household_that_is_no_target_is_no_finding(a1: str, typed: str) -> None:
    assert of("consent_missing", {f"ครัวเรือน!{a1}": typed}) == []


@empty(*SHEETS)
@pytest.mark.parametrize("code", SHEETS)
def test_where_nobody_stands_nobody_is_missing(code: str) -> None:
    silent_where_empty(code, SHEETS[code])
