"""Days outside the year, in the future, before the contract, and steps out of their order."""

from __future__ import annotations

import pytest

from sheets_schema.loader import registers
from tests.checks.cases import clean, empty, hit
from tests.checks.changes import Sheets, put, silent_where_empty, told, without
from tests.support.centres import finished_centre, tabs_of
from tests.support.sheets import found, report_on, tab

VISITS = """
    | เลขที่ | รหัสครัวเรือน | วันที่ติดตาม | หนี้คงเหลือ |
    | V1 | H1 | {day} | 9,000 |
    """
CONTRACTS = tab(
    "สัญญา",
    """
    | เลขที่สัญญา | รหัสครัวเรือน | วันที่ลงนาม | วงเงินตามสัญญา |
    | S1 | H1 | 01/04/2565 | 10,000 |
    | S2 | H1 | 01/06/2565 | 5,000 |
    """,
)


def visited(day: str) -> Sheets:
    return (tab("ติดตาม", VISITS.format(day=day)),)


def without_meeting() -> Sheets:
    """A centre that has done every step but the third."""
    rows = finished_centre()
    rows["meetings"] = rows["meetings"][:4]
    return tuple(tabs_of(rows))


SHEETS: dict[str, Sheets] = {
    "date_outside_year": visited("30/09/2564"),
    "date_in_future": visited("20/07/2565"),
    "visit_before_contract": (*visited("31/03/2565"), CONTRACTS),
    "step_order": without_meeting(),
}
DAY = "ติดตาม!C2"


@hit("date_outside_year")
@pytest.mark.parametrize(
    ("day", "value"),
    [("30/09/2564", "2021-09-30"), ("01/10/2565", "2022-10-01"), ("26/07/2564", "2021-07-26")],
)
def test_a_day_of_another_fiscal_year_is_named(day: str, value: str) -> None:
    said = ("warning", "visits", DAY, value, "V1")
    assert told("date_outside_year", visited(day)) == [said]


@clean("date_outside_year")
@pytest.mark.parametrize("day", ["01/10/2564", "30/09/2565", "2022-07-26", ""])
def test_the_years_first_and_last_day_and_a_blank_are_within_it(day: str) -> None:
    assert told("date_outside_year", visited(day)) == []


def test_a_month_is_outside_the_year_only_if_all_its_days_are() -> None:
    assert told("date_outside_year", visited("ต.ค. 2564")) == []
    assert told("date_outside_year", visited("กันยายน 2565")) == []
    (issue,) = found(report_on(*visited("ก.ย. 2564")), "date_outside_year")
    assert "09/2564 (ทั้งเดือน)" in issue.message


def test_the_year_asks_only_of_what_is_done_in_it() -> None:
    """A debt, a plan or an evaluation may be older than the year."""
    asked = {
        (register.code, column.code)
        for register in registers().values()
        for column in register.columns
        if column.within_year
    }
    assert asked == {
        ("meetings", "held_on"),
        ("contracts", "signed_on"),
        ("supports", "started_on"),
        ("activities", "started_on"),
        ("visits", "visited_on"),
        ("households", "joined_on"),
        ("evidence", "dated"),
    }


@hit("date_in_future")
def test_a_day_after_the_report_is_named() -> None:
    said = ("warning", "visits", DAY, "2022-07-20", "V1")
    assert told("date_in_future", SHEETS["date_in_future"]) == [said]


@clean("date_in_future")
@pytest.mark.parametrize("day", ["19/07/2565", "ก.ค. 2565", "-"])
def test_today_and_the_month_that_has_begun_are_not_the_future(day: str) -> None:
    assert told("date_in_future", SHEETS["date_in_future"], {DAY: day}) == []


def test_a_month_that_has_not_begun_is_the_future() -> None:
    assert len(told("date_in_future", SHEETS["date_in_future"], {DAY: "ส.ค. 2565"})) == 1


def test_a_due_day_may_lie_ahead() -> None:
    debts = tab(
        "ลูกหนี้",
        """
        | เลขที่รายการหนี้ | รหัสครัวเรือน | ครบกำหนดชำระ | ข้อมูล ณ วันที่ |
        | D1 | H1 | 31/12/2570 | 31/12/2570 |
        """,
    )
    assert [where for _, _, where, *_ in told("date_in_future", (debts,))] == ["ลูกหนี้!D2"]


@hit("visit_before_contract")
def test_a_visit_before_the_first_contract_is_named() -> None:
    said = ("info", "visits", DAY, "2022-03-31", "V1")
    assert told("visit_before_contract", SHEETS["visit_before_contract"]) == [said]


@clean("visit_before_contract")
@pytest.mark.parametrize("day", ["01/04/2565", "30/06/2565", "เม.ย. 2565", ""])
def test_a_visit_that_may_be_on_the_day_of_the_contract_or_later_is_no_finding(day: str) -> None:
    assert told("visit_before_contract", SHEETS["visit_before_contract"], {DAY: day}) == []


def test_a_contract_known_by_its_month_may_have_been_signed_on_the_first() -> None:
    month = {"สัญญา!C2": "มี.ค. 2565", DAY: "05/03/2565"}
    assert told("visit_before_contract", SHEETS["visit_before_contract"], month) == []
    month[DAY] = "28/02/2565"
    assert len(told("visit_before_contract", SHEETS["visit_before_contract"], month)) == 1


def test_a_contract_whose_copies_differ_is_no_first_contract() -> None:
    copies = put(SHEETS["visit_before_contract"], {"สัญญา!A3": "S1"})
    assert told("visit_before_contract", copies) == []


def test_a_visit_of_a_household_without_contract_or_code_is_before_none() -> None:
    for household in ("H9", ""):
        changed = {"ติดตาม!B2": household}
        assert told("visit_before_contract", SHEETS["visit_before_contract"], changed) == []


@hit("step_order")
def test_steps_done_though_an_earlier_one_is_not_are_named() -> None:
    said = ("info", "centres", "ศูนย์!A2", None, "C1")
    assert told("step_order", SHEETS["step_order"]) == [said] * 3
    issues = found(report_on(*SHEETS["step_order"]), "step_order")
    assert [issue.message.partition(": ")[2] for issue in issues] == [
        f"ขั้นตอน {step} ครบแล้ว แต่ขั้นตอน 3 ยังไม่ครบ" for step in (4, 5, 6)
    ]


@clean("step_order")
def test_steps_done_one_after_the_other_are_no_finding() -> None:
    assert told("step_order", tuple(tabs_of(finished_centre()))) == []
    rows = finished_centre() | {"contracts": [], "supports": [], "visits": []}
    assert told("step_order", tuple(tabs_of(rows))) == []


def test_a_step_that_cannot_be_judged_is_not_called_undone() -> None:
    assert told("step_order", without(SHEETS["step_order"], "ประชุมเจรจา")) == []


def test_where_centres_cannot_be_read_the_order_is_told_of_those_the_others_name() -> None:
    said = told("step_order", without(SHEETS["step_order"], "ศูนย์"))
    assert said == [("info", "centres", "–", None, "C1")] * 3


def test_criteria_of_2560_have_no_order() -> None:
    report = report_on(*without_meeting(), year=2560)
    assert found(report, "step_order") == []


@empty("date_outside_year", "date_in_future", "visit_before_contract")
@pytest.mark.parametrize("code", ["date_outside_year", "date_in_future", "visit_before_contract"])
def test_where_nothing_is_dated_no_day_is_wrong(code: str) -> None:
    silent_where_empty(code, SHEETS[code])


@empty("step_order")
def test_without_centres_no_step_is_out_of_order() -> None:
    everything = tuple(tabs_of({code: [] for code in finished_centre()}))
    assert told("step_order", everything) == []
    assert told("step_order", ()) == []
    silent_centres = put(SHEETS["step_order"], {"ศูนย์!A2": "", "ศูนย์!B2": "", "ศูนย์!C2": ""})
    assert told("step_order", silent_centres) == []
