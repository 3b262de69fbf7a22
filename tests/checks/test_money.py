"""Amounts that do not go together, and debts nobody can compare with."""

from __future__ import annotations

import pytest

from services.store.base import Stored
from tests.checks.cases import clean, empty, hit
from tests.checks.changes import Sheets, put, silent_where_empty, told, without
from tests.support.sheets import found, report_on, tab

HOUSEHOLDS = tab(
    "ครัวเรือน",
    """
    | รหัสครัวเรือน | รหัสศูนย์ | ชื่อ-สกุล | ครัวเรือนเป้าหมาย | วันที่เข้าร่วม |
    | H1 | C1 | สมมติ หนึ่ง | ใช่ | 01/02/2565 |
    """,
)
DEBTS = tab(
    "ลูกหนี้",
    """
    | เลขที่รายการหนี้ | รหัสครัวเรือน | รหัสกองทุน | หนี้ ณ วันเข้าร่วม | หนี้คงเหลือ | เลขที่สัญญา | ณ วันที่ |
    | D1 | H1 | F1 | 6,000 | 5,000 |  |  |
    | D2 | H1 | F2 | 4,000 | 3,000 |  |  |
    """,
)
CONTRACTS = tab(
    "สัญญา",
    """
    | เลขที่สัญญา | รหัสครัวเรือน | กองทุนรับภาระหนี้ | วงเงิน | รายการหนี้เดิม |
    | S1 | H1 | F1 | 10,000.01 | D1, D2 |
    | S2 | H2 | F1 |  | D3;D2 |
    """,
)
VISITS = tab(
    "ติดตาม",
    """
    | เลขที่ | รหัสครัวเรือน | วันที่ติดตาม | หนี้คงเหลือ | ปัญหา |
    | V1 | H1 | 01/05/2565 | 20,000 |  |
    | V2 | H1 | 01/06/2565 | 10,000.01 | ไม่มี |
    """,
)
FUNDS = tab(
    "กองทุนสมาชิก",
    """
    | รหัสกองทุน | รหัสศูนย์ | เงินทุน | นับรวม | วงเงินกู้สูงสุด |
    | F1 | C1 | 1,000.50 |  | 10,000 |
    | F2 | C1 | 2,000 | ใช่ |  |
    | F3 | C1 | 500 | ไม่ |  |
    """,
)
CENTRES = tab(
    "ศูนย์",
    """
    | รหัสศูนย์ | ชื่อศูนย์ | เงินทุนรวม |
    | C1 | ศูนย์สมมติ | 3,500.50 |
    """,
)
SHEETS: dict[str, Sheets] = {
    "negative_amount": (put((FUNDS,), {"กองทุนสมาชิก!C2": "(1,500.00)"})),
    "repaid_plus_outstanding": (
        tab(
            "ลูกหนี้",
            """
            | เลขที่รายการหนี้ | รหัสครัวเรือน | เงินต้น | ชำระแล้ว | คงเหลือ |
            | D1 | H1 | 10,000 | 4,000 | 6,000.01 |
            """,
        ),
    ),
    "contract_above_debts": (HOUSEHOLDS, DEBTS, CONTRACTS),
    "debt_replaced_twice": (CONTRACTS,),
    "after_above_before": (HOUSEHOLDS, DEBTS, VISITS),
    "above_lending_limit": (FUNDS, CONTRACTS),
    "budget_overspent": (
        tab(
            "กิจกรรม",
            """
            | เลขที่กิจกรรม | รหัสศูนย์ | งบที่ได้รับ | เบิกจ่าย |
            | A1 | C1 | 40,000 | 40,000.01 |
            """,
        ),
    ),
    "capital_differs": (CENTRES, FUNDS),
    "entry_debt_unknown": (HOUSEHOLDS, *put((DEBTS,), {"ลูกหนี้!D3": ""})),
}
COMPARED = [code for code in SHEETS if code != "entry_debt_unknown"]


def of(code: str, cells: dict[str, Stored] | None = None) -> list[tuple[str, str | None]]:
    """Where the finding stands and what was read, with other cells in its sheets."""
    return [(where, value) for _, _, where, value, _ in told(code, SHEETS[code], cells)]


@hit("negative_amount")
def test_an_amount_below_zero_is_named() -> None:
    said = ("error", "funds", "กองทุนสมาชิก!C2", "-1500.00", "F1")
    assert told("negative_amount", SHEETS["negative_amount"]) == [said]


@clean("negative_amount")
@pytest.mark.parametrize("amount", ["1,500.00", "0", "ไม่มี", ""])
def test_an_amount_of_zero_or_more_or_a_blank_is_no_finding(amount: str) -> None:
    assert of("negative_amount", {"กองทุนสมาชิก!C2": amount}) == []


@hit("repaid_plus_outstanding")
def test_repaid_and_outstanding_that_do_not_make_the_principal_are_named() -> None:
    said = ("warning", "debts", "ลูกหนี้!E2", "6000.01", "D1")
    assert told("repaid_plus_outstanding", SHEETS["repaid_plus_outstanding"]) == [said]


@clean("repaid_plus_outstanding")
@pytest.mark.parametrize(
    "cells", [{"E2": "6,000"}, {"D2": "3,999.99"}, {"C2": ""}, {"D2": ""}, {"E2": "หกพัน"}]
)
def test_amounts_that_add_up_or_are_not_all_known_are_no_finding(cells: dict[str, Stored]) -> None:
    changed = {f"ลูกหนี้!{a1}": cell for a1, cell in cells.items()}
    assert of("repaid_plus_outstanding", changed) == []


@hit("contract_above_debts")
def test_a_contract_above_all_the_household_owed_is_named() -> None:
    said = ("warning", "contracts", "สัญญา!D2", "10000.01", "S1")
    assert told("contract_above_debts", SHEETS["contract_above_debts"]) == [said]


@clean("contract_above_debts")
def test_a_contract_of_all_the_household_owed_is_no_finding() -> None:
    assert of("contract_above_debts", {"สัญญา!D2": "10,000"}) == []


def test_what_cannot_be_known_of_the_old_debts_makes_no_contract_too_large() -> None:
    """A debt unknown on joining; no debt at all; nobody's contract."""
    assert of("contract_above_debts", {"ลูกหนี้!D3": "ประมาณ 4,000"}) == []
    assert of("contract_above_debts", {"สัญญา!B2": "H9"}) == []
    assert of("contract_above_debts", {"สัญญา!B2": ""}) == []


def test_the_new_loan_is_no_old_debt() -> None:
    cells: dict[str, Stored] = {"สัญญา!D2": "6,000.01", "ลูกหนี้!F3": "S1"}
    assert of("contract_above_debts", cells) == [("สัญญา!D2", "6000.01")]


@hit("debt_replaced_twice")
def test_an_old_debt_in_two_contracts_is_named_in_both() -> None:
    assert told("debt_replaced_twice", SHEETS["debt_replaced_twice"]) == [
        ("error", "contracts", "สัญญา!E2", "D2", "S1"),
        ("error", "contracts", "สัญญา!E3", "D2", "S2"),
    ]


@clean("debt_replaced_twice")
@pytest.mark.parametrize("debts", ["D3", "D3, D3", "D22", "ไม่มี", ""])
def test_an_old_debt_in_one_contract_is_no_finding(debts: str) -> None:
    assert of("debt_replaced_twice", {"สัญญา!E3": debts}) == []


def test_copies_of_one_contract_that_differ_do_not_replace_a_debt_twice() -> None:
    assert of("debt_replaced_twice", {"สัญญา!A3": "S1"}) == []


@hit("after_above_before")
def test_a_household_that_owes_more_than_before_is_named_at_its_latest_visit() -> None:
    """«ไม่มี» under problems states none."""
    said = ("warning", "visits", "ติดตาม!D3", "10000.01", "V2")
    assert told("after_above_before", SHEETS["after_above_before"]) == [said]


@clean("after_above_before")
@pytest.mark.parametrize(("a1", "typed"), [("D3", "10,000"), ("E3", "น้ำท่วมนา"), ("D3", "")])
def test_no_more_than_before_or_a_stated_problem_is_no_finding(a1: str, typed: str) -> None:
    assert of("after_above_before", {f"ติดตาม!{a1}": typed}) == []


def test_two_visits_of_one_day_that_agree_state_their_problem_together() -> None:
    same: dict[str, Stored] = {"ติดตาม!C2": "01/06/2565", "ติดตาม!D2": "10,000.01"}
    assert of("after_above_before", same) == [("ติดตาม!D3", "10000.01")]
    assert of("after_above_before", same | {"ติดตาม!E2": "น้ำท่วมนา"}) == []
    assert of("after_above_before", same | {"ติดตาม!E3": "น้ำท่วมนา"}) == []


def test_a_visit_whose_copies_differ_says_nothing_of_the_debt() -> None:
    assert of("after_above_before", {"ติดตาม!A2": "V2"}) == []


@hit("above_lending_limit")
def test_a_contract_above_what_its_fund_may_lend_is_named() -> None:
    said = ("warning", "contracts", "สัญญา!D2", "10000.01", "S1")
    assert told("above_lending_limit", SHEETS["above_lending_limit"]) == [said]


@clean("above_lending_limit")
@pytest.mark.parametrize(
    ("a1", "typed"), [("D2", "10,000"), ("C2", "F2"), ("C2", "F9"), ("C2", "")]
)
def test_a_contract_within_the_limit_or_of_a_fund_without_one_is_no_finding(
    a1: str, typed: str
) -> None:
    assert of("above_lending_limit", {f"สัญญา!{a1}": typed}) == []


@hit("budget_overspent")
def test_more_spent_than_received_is_named() -> None:
    said = ("error", "activities", "กิจกรรม!D2", "40000.01", "A1")
    assert told("budget_overspent", SHEETS["budget_overspent"]) == [said]


@clean("budget_overspent")
@pytest.mark.parametrize(("a1", "typed"), [("D2", "40,000"), ("C2", "4.1 หมื่น"), ("C2", "")])
def test_a_budget_kept_or_not_known_is_no_finding(a1: str, typed: str) -> None:
    assert of("budget_overspent", {f"กิจกรรม!{a1}": typed}) == []


@hit("capital_differs")
def test_a_capital_that_is_not_the_sum_of_the_counted_funds_is_named() -> None:
    """A fund counts where the cell is blank; the third says it does not."""
    said = ("warning", "centres", "ศูนย์!C2", "3500.50", "C1")
    assert told("capital_differs", SHEETS["capital_differs"]) == [said]
    (issue,) = found(report_on(*SHEETS["capital_differs"]), "capital_differs")
    assert "3000.50" in issue.message


@clean("capital_differs")
def test_the_sum_of_the_counted_funds_is_no_finding() -> None:
    assert of("capital_differs", {"ศูนย์!C2": "3,000.50"}) == []
    assert of("capital_differs", {"กองทุนสมาชิก!D4": ""}) == []


@pytest.mark.parametrize(
    ("a1", "typed"),
    [("C2", "ราวพันบาท"), ("C2", ""), ("D2", "บางส่วน"), ("A3", "F1"), ("B2", "")],
    ids=["unreadable", "blank", "counted unsure", "copies differ", "whose fund"],
)
def test_where_a_counted_fund_is_not_known_nothing_is_compared(a1: str, typed: str) -> None:
    assert of("capital_differs", {f"กองทุนสมาชิก!{a1}": typed}) == []


def test_the_unreadable_capital_of_a_fund_that_does_not_count_silences_nothing() -> None:
    assert len(of("capital_differs", {"กองทุนสมาชิก!C4": "ราวพันบาท"})) == 1


def test_a_centre_without_capital_or_funds_is_not_compared() -> None:
    assert of("capital_differs", {"ศูนย์!C2": ""}) == []
    assert of("capital_differs", {"ศูนย์!A2": "C9"}) == []
    assert told("capital_differs", without(SHEETS["capital_differs"], "กองทุนสมาชิก")) == []


@hit("entry_debt_unknown")
def test_a_debt_unknown_on_the_day_of_joining_is_named() -> None:
    said = ("warning", "debts", "ลูกหนี้!D3", None, "D2")
    assert told("entry_debt_unknown", SHEETS["entry_debt_unknown"]) == [said]


@clean("entry_debt_unknown")
@pytest.mark.parametrize(
    "cells",
    [
        {"ลูกหนี้!D3": "4,000"},
        {"ลูกหนี้!D3": "ไม่มี"},
        {"ลูกหนี้!G3": "01/02/2565"},
        {"ลูกหนี้!G3": "ก.พ. 2565"},
        {"ลูกหนี้!F3": "S1", "สัญญา!A2": "S1"},
        {"ครัวเรือน!D2": "ไม่"},
    ],
    ids=["given", "none", "taken that day", "taken that month", "new loan", "no target"],
)
def test_a_debt_given_or_taken_before_joining_or_no_old_debt_is_no_finding(
    cells: dict[str, Stored],
) -> None:
    sheets = put((*SHEETS["entry_debt_unknown"], CONTRACTS), cells)
    assert told("entry_debt_unknown", sheets) == []


def test_what_was_owed_after_joining_does_not_stand_in() -> None:
    assert len(of("entry_debt_unknown", {"ลูกหนี้!G3": "02/02/2565"})) == 1
    assert len(of("entry_debt_unknown", {"ลูกหนี้!G3": "01/02/2565", "ครัวเรือน!E2": ""})) == 1


def test_a_target_household_without_any_debt_row_is_told_which_code_to_write_where() -> None:
    """The amount does not belong into the cell of the household's code."""
    other: dict[str, Stored] = {"ลูกหนี้!B2": "H2", "ลูกหนี้!B3": "H2"}
    (issue,) = found(report_on(*put(SHEETS["entry_debt_unknown"], other)), "entry_debt_unknown")
    assert (issue.severity, issue.cell and issue.cell.a1) == ("warning", "B4")
    assert "H1" in issue.message
    assert "หนี้คงเหลือ ณ วันเข้าร่วม (บาท)» ที่ช่อง B4" not in issue.fix


@empty(*COMPARED)
@pytest.mark.parametrize("code", COMPARED)
def test_where_no_amounts_stand_none_is_wrong(code: str) -> None:
    silent_where_empty(code, SHEETS[code])


@empty("entry_debt_unknown")
def test_without_households_or_without_the_tab_of_debts_no_debt_is_asked_for() -> None:
    sheets = SHEETS["entry_debt_unknown"]
    assert told("entry_debt_unknown", without(sheets, "ครัวเรือน")) == []
    assert told("entry_debt_unknown", without(sheets, "ลูกหนี้")) == []
    assert told("entry_debt_unknown", ()) == []
