"""Six steps of 2565: what proves a step, what is missing, and which cell would have to change."""

from __future__ import annotations

from datetime import date

import pytest

from services.compute.reports import DistrictReport
from services.compute.steps import StepState
from services.compute.verbs import PROOFS
from sheets_schema.model import VERBS
from tests.support.centres import Rows, finished_centre, row_of, tabs_of
from tests.support.sheets import AS_OF, place, register_tab, report_on


def step(report: DistrictReport, number: int) -> StepState:
    return report.centres[0].steps[number - 1]


def states(report: DistrictReport) -> list[str]:
    return [state.state for state in report.centres[0].steps]


def on(rows: Rows, as_of: date = AS_OF) -> DistrictReport:
    return report_on(*tabs_of(rows), as_of=as_of)


def missing(report: DistrictReport, number: int) -> list[tuple[str | None, str | None, str]]:
    return [
        (one.fund_id, one.household_id, place(one.cell))
        for batch in step(report, number).missing
        for one in batch.each("w")
    ]


def test_every_word_of_a_year_file_has_one_proof() -> None:
    assert set(PROOFS) == set(VERBS)


def test_a_centre_with_every_proof_has_done_all_six_steps() -> None:
    report = on(finished_centre())
    assert states(report) == ["done"] * 6
    assert report.centres[0].passed is True
    assert [s.required for s in report.centres[0].steps] == [1, 5, 5, 5, 5, 5]
    assert [s.unit for s in report.centres[0].steps] == ["funds", "debts"] + ["households"] * 4


def test_a_done_step_rests_on_the_cells_that_prove_it() -> None:
    cells = {
        place(cell) for cells in step(on(finished_centre(1)), 4).proofs for cell in cells.each("w")
    }
    assert cells == {"สัญญา!B2", "สัญญา!D2", "สัญญา!E2"}


def test_deleting_the_only_meeting_of_a_household_names_it_and_the_cell_to_fill() -> None:
    rows = finished_centre()
    rows["meetings"] = [row for row in rows["meetings"] if row["household_id"] != "H3"]
    report = on(rows)
    assert (step(report, 3).state, step(report, 3).achieved) == ("partial", 4)
    assert missing(report, 3) == [(None, "H3", "ประชุมเจรจา!C6")]
    assert states(on(finished_centre()))[2] == "done"


def test_a_meeting_of_all_target_households_counts_for_each_of_them() -> None:
    rows = finished_centre()
    rows["meetings"] = [rows["meetings"][0] | {"household_id": "ทุกครัวเรือน เป้าหมาย"}]
    assert step(on(rows), 3).state == "done"
    rows["meetings"][0]["household_id"] = "H1, H2,H3 ; H9"
    assert step(on(rows), 3).achieved == 3


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        ({"held_on": ""}, "D2"),
        ({"held_on": "30/09/2564"}, "D2"),
        ({"held_on": "20/07/2565"}, "D2"),
        ({"resolution": "ไม่มี"}, "G2"),
    ],
)
def test_a_meeting_without_day_or_result_proves_nothing(change: dict[str, str], cell: str) -> None:
    rows = finished_centre()
    rows["meetings"][0] |= change
    assert missing(on(rows), 3) == [(None, "H1", f"ประชุมเจรจา!{cell}")]


def test_a_receiving_fund_stands_for_a_resolution() -> None:
    rows = finished_centre()
    rows["meetings"][0] |= {"resolution": "-", "receiving_fund_id": "F1"}
    assert step(on(rows), 3).state == "done"


@pytest.mark.parametrize("held_on", ["01/10/2564", "19/07/2565", "ต.ค. 2564", "ก.ค. 65"])
def test_the_year_counts_from_its_first_day_to_the_day_of_the_report(held_on: str) -> None:
    rows = finished_centre()
    rows["meetings"][0]["held_on"] = held_on
    assert step(on(rows), 3).state == "done"


def test_four_target_households_are_not_five() -> None:
    report = on(finished_centre(4))
    assert (step(report, 3).state, step(report, 3).achieved) == ("partial", 4)
    assert missing(report, 3) == [(None, None, "ครัวเรือน!L6")]


def test_a_contract_needs_an_amount_above_zero() -> None:
    rows = finished_centre()
    rows["contracts"][0]["amount"] = "ไม่มี"
    assert missing(on(rows), 4) == [(None, "H1", "สัญญา!E2")]
    rows["contracts"][0]["amount"] = "1,50"
    assert missing(on(rows), 4) == [(None, "H1", "สัญญา!E2")]


def test_a_visit_before_the_contract_is_no_follow_up() -> None:
    rows = finished_centre()
    rows["visits"][0]["visited_on"] = "31/03/2565"
    assert missing(on(rows), 6) == [(None, "H1", "ติดตาม!C2")]
    rows["visits"][0]["visited_on"] = "เม.ย. 2565"
    assert step(on(rows), 6).state == "done"


def test_without_a_contract_follow_up_starts_on_the_day_of_joining() -> None:
    rows = finished_centre()
    rows["contracts"] = rows["contracts"][1:]
    rows["visits"][0]["visited_on"] = "01/02/2565"
    assert step(on(rows), 6).state == "done"
    rows["visits"][0]["visited_on"] = "31/01/2565"
    assert missing(on(rows), 6) == [(None, "H1", "ติดตาม!C2")]
    rows["households"][0]["joined_on"] = ""
    assert missing(on(rows), 6) == [(None, "H1", "ครัวเรือน!M2")]


def test_a_visit_without_a_balance_is_no_follow_up() -> None:
    rows = finished_centre()
    rows["visits"][0]["balance"] = ""
    assert missing(on(rows), 6) == [(None, "H1", "ติดตาม!D2")]


def test_a_support_that_has_not_started_is_no_support() -> None:
    rows = finished_centre()
    rows["supports"][0] = {"support_id": "A1", "household_id": "H1", "plan_on": "01/05/2565"}
    rows["supports"] = rows["supports"][:4]
    assert missing(on(rows), 5) == [(None, "H1", "อาชีพ!H2"), (None, "H5", "อาชีพ!B6")]


def test_a_debt_of_an_unknown_household_leaves_its_fund_unsurveyed() -> None:
    rows = finished_centre()
    rows["debts"][1]["household_id"] = "H99"
    report = on(rows)
    assert step(report, 1).state == "not_started"
    assert missing(report, 1) == [("F1", "H99", "ลูกหนี้!B3")]


def test_a_fund_is_surveyed_by_its_debts_or_by_a_dated_word_that_it_has_none() -> None:
    rows = finished_centre()
    rows["funds"].append({**rows["funds"][0], "fund_id": "F2"})
    assert missing(on(rows), 1) == [("F2", None, "กองทุนสมาชิก!J3")]
    rows["funds"][1]["no_debtors"] = "ใช่"
    assert missing(on(rows), 1) == [("F2", None, "กองทุนสมาชิก!I3")]
    rows["funds"][1]["debtors_as_of"] = "19/07/2565"
    assert step(on(rows), 1).state == "done"
    rows["funds"][1]["debtors_as_of"] = "20/07/2565"
    assert step(on(rows), 1).state == "partial"


def test_debts_without_a_class_are_counted_one_by_one() -> None:
    rows = finished_centre()
    rows["debts"][4]["debtor_class"] = "-"
    report = on(rows)
    assert (step(report, 2).achieved, step(report, 2).required) == (4, 5)
    assert missing(report, 2) == [("F1", "H5", "ลูกหนี้!N6")]


def test_no_debts_at_all_is_done_only_if_every_fund_says_so_with_a_day() -> None:
    rows = finished_centre()
    rows["debts"] = []
    assert (step(on(rows), 2).state, step(on(rows), 2).required) == ("not_started", 0)
    rows["funds"][0] |= {"no_debtors": "ใช่", "debtors_as_of": "01/07/2565"}
    assert [step(on(rows), n).state for n in (1, 2)] == ["done", "done"]


def test_a_centre_without_member_funds_has_not_started() -> None:
    rows = finished_centre()
    rows["funds"] = []
    report = on(rows)
    assert states(report)[:2] == ["not_started", "not_started"]
    assert missing(report, 1) == [(None, None, "กองทุนสมาชิก!B2")]


def test_a_missing_tab_makes_its_steps_unknown_and_leaves_the_others() -> None:
    rows = finished_centre()
    del rows["visits"]
    report = on(rows)
    assert states(report) == ["done"] * 5 + ["unknown"]
    assert (step(report, 6).achieved, report.centres[0].passed) == (None, None)


def test_without_a_tab_of_centres_the_other_registers_still_name_them() -> None:
    rows = finished_centre()
    del rows["centres"]
    assert [centre.centre_id for centre in on(rows).centres] == ["C1"]


def test_a_column_that_stands_twice_makes_its_step_unknown() -> None:
    rows = finished_centre()
    tabs = [tab for tab in tabs_of(rows) if tab.name != "ลูกหนี้"]
    debts = register_tab("debts", *rows["debts"])
    doubled = [[*row, row[13]] for row in debts.rows]
    report = report_on(*tabs, type(debts)(debts.name, doubled))
    assert states(report) == ["done", "unknown", "done", "done", "done", "done"]


def test_copies_of_a_row_that_differ_prove_nothing_and_identical_ones_count_once() -> None:
    rows = finished_centre()
    rows["meetings"].append(dict(rows["meetings"][0]))
    assert step(on(rows), 3).state == "done"
    rows["meetings"][-1]["resolution"] = "อีกมติหนึ่ง"
    assert missing(on(rows), 3) == [(None, "H1", "ประชุมเจรจา!A7")]


def test_a_household_whose_copies_differ_is_not_counted() -> None:
    rows = finished_centre()
    rows["households"].append({**rows["households"][0], "joined_on": "02/02/2565"})
    report = on(rows)
    assert step(report, 4).achieved == 4
    assert missing(report, 4) == [(None, "H1", "ครัวเรือน!A2")]


def test_funds_and_debts_whose_copies_differ_are_required_but_not_achieved() -> None:
    rows = finished_centre()
    rows["debts"].append({**rows["debts"][0], "outstanding": "1"})
    rows["funds"].append({**rows["funds"][0], "fund_id": "F2"})
    rows["funds"].append({**rows["funds"][1], "members": "7"})
    report = on(rows)
    assert (step(report, 1).achieved, step(report, 1).required) == (1, 2)
    assert missing(report, 1) == [("F2", None, "กองทุนสมาชิก!A3")]
    assert (step(report, 2).achieved, step(report, 2).required) == (4, 5)
    assert missing(report, 2) == [("F1", "H1", "ลูกหนี้!A2")]


def test_the_day_of_the_report_decides_what_has_happened() -> None:
    earlier = on(finished_centre(), as_of=date(2022, 4, 15))
    assert states(earlier) == ["done", "done", "done", "done", "not_started", "not_started"]


def test_the_reason_names_codes_and_never_people() -> None:
    rows = finished_centre()
    rows["meetings"] = []
    words = [one.reason for batch in step(on(rows), 3).missing for one in batch.each("w")]
    assert words[0] == "ครัวเรือน H1 ยังไม่มีแถวในแท็บประชุมเจรจา – เพิ่มแถวใหม่เหนือแถวรวม"
    assert not any("สมมติ" in word for word in words)
    assert row_of(rows, "households", "H1")["head_name"] == "นายสมมติ H1"


def test_a_target_cell_that_was_not_read_is_the_cell_to_change() -> None:
    rows = finished_centre()
    rows["households"][1]["target"] = "√?"
    assert missing(on(rows), 3) == [(None, None, "ครัวเรือน!L3")]


def test_a_name_in_place_of_a_code_is_not_told() -> None:
    rows = finished_centre()
    rows["debts"][1]["household_id"] = "นายสมมติ ตัวอย่าง"
    report = on(rows)
    assert missing(report, 1) == [("F1", None, "ลูกหนี้!B3")]
    assert not any("ตัวอย่าง" in f"{issue.message}{issue.value}" for issue in report.issues())
