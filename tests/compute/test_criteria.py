"""Five criteria of 2560: what an institution must show."""

from __future__ import annotations

from datetime import date

import pytest

from services.compute.reports import DistrictReport
from services.compute.steps import StepState
from sheets_schema.loader import programme
from tests.support.centres import Row, Rows, finished_centre, tabs_of
from tests.support.sheets import place, report_on

AS_OF = date(2017, 7, 19)


def institution(households: int = 11) -> Rows:
    """An institution of 2560 that meets all five criteria."""
    rows = finished_centre(households)
    for contract in rows["contracts"]:
        contract["signed_on"] = "01/04/2560"
    plan: Row = {"evidence_id": "E1", "centre_id": "C1", "kind": "3", "dated": "1 ม.ค. 2560"}
    rows["evidence"] = [plan]
    rows["activities"] = []
    return {code: rows[code] for code in programme(2560).registers}


def on(rows: Rows) -> DistrictReport:
    return report_on(*tabs_of(rows), year=2560, as_of=AS_OF)


def criterion(rows: Rows, number: int) -> StepState:
    return on(rows).centres[0].steps[number - 1]


def missing(rows: Rows, number: int) -> list[tuple[str | None, str]]:
    return [
        (one.household_id, place(one.cell))
        for batch in criterion(rows, number).missing
        for one in batch.each("w")
    ]


def test_eleven_single_contracts_a_plan_and_a_register_pass_an_institution() -> None:
    centre = on(institution()).centres[0]
    assert [(s.state, s.achieved, s.required) for s in centre.steps] == [
        ("done", 1, 1),
        ("done", 11, 11),
        ("done", 11, 1),
        ("done", 1, 1),
        ("done", 11, 11),
    ]
    assert centre.passed is True


def test_ten_single_contracts_are_too_few() -> None:
    centre = on(institution(10)).centres[0]
    assert (centre.steps[4].state, centre.passed) == ("partial", False)


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        ({"method": ""}, "F2"),
        ({"method": "ปรับโครงสร้างหนี้"}, "F2"),
        ({"method": "รวมหนี้หลายสัญญา"}, "F2"),
        ({"closed_on": "30/06/2560"}, "L2"),
        ({"signed_on": "30/09/2559"}, "D2"),
    ],
)
def test_a_contract_that_is_not_an_open_single_contract_does_not_count(
    change: dict[str, str], cell: str
) -> None:
    rows = institution()
    rows["contracts"][0] |= change
    assert criterion(rows, 5).achieved == 10
    assert missing(rows, 5) == [("H1", f"สัญญา!{cell}")]


def test_a_contract_that_closes_after_the_report_is_still_open() -> None:
    rows = institution()
    rows["contracts"][0]["closed_on"] = "20/07/2560"
    assert criterion(rows, 5).achieved == 11


def test_two_open_contracts_of_one_household_are_not_one() -> None:
    rows = institution()
    rows["contracts"].append({**rows["contracts"][0], "contract_no": "S99"})
    assert missing(rows, 5) == [("H1", "สัญญา!L13")]
    rows["contracts"][-1]["closed_on"] = "01/06/2560"
    assert criterion(rows, 5).achieved == 11


def test_transferring_the_debt_is_a_single_contract_too() -> None:
    rows = institution()
    rows["contracts"][0]["method"] = "โอนภาระหนี้"
    assert criterion(rows, 5).achieved == 11


def test_restructuring_needs_one_contract_whose_method_is_given() -> None:
    rows = institution()
    rows["contracts"] = [{**rows["contracts"][0], "method": ""}]
    assert criterion(rows, 3).state == "not_started"
    rows["contracts"][0]["method"] = "อื่น ๆ"
    assert criterion(rows, 3).state == "done"


def test_a_plan_needs_its_day() -> None:
    rows = institution()
    rows["evidence"][0]["dated"] = ""
    assert (criterion(rows, 4).state, missing(rows, 4)) == ("not_started", [(None, "หลักฐาน!G2")])
    rows["evidence"][0]["kind"] = "9"
    assert missing(rows, 4) == [(None, "หลักฐาน!D3")]


def test_an_institution_is_not_judged_while_a_register_cannot_be_read() -> None:
    rows = institution(1)
    del rows["evidence"]
    assert on(rows).centres[0].passed is None


def test_a_second_contract_that_is_not_clear_is_not_no_contract() -> None:
    rows = institution()
    second = {**rows["contracts"][0], "contract_no": "S99", "signed_on": "ต้นเดือน"}
    rows["contracts"].append(second)
    assert criterion(rows, 5).achieved == 10
    rows["contracts"][-1] |= {"signed_on": "01/04/2560"}
    rows["contracts"].append({**second, "amount": "1"})
    assert criterion(rows, 5).achieved == 10
