"""Debt before, debt after, and what came of each target household."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.compute.outcomes import HouseholdOutcome
from tests.support.centres import Row, Rows, finished_centre, tabs_of
from tests.support.sheets import found, place, report_on


def of(rows: Rows) -> HouseholdOutcome:
    return report_on(*tabs_of(rows)).outcomes[0]


def baht(rows: Rows) -> tuple[float | None, float | None, str]:
    outcome = of(rows)
    return (
        None if outcome.before is None else outcome.before / 100,
        None if outcome.after is None else outcome.after / 100,
        outcome.outcome,
    )


@pytest.mark.parametrize(
    ("balance", "outcome", "percent"),
    [
        ("0", "cleared", "100.00"),
        ("6,666.67", "reduced", "33.33"),
        ("10,000", "unchanged", "0.00"),
        ("10,000.50", "increased", "-0.01"),
    ],
)
def test_the_latest_balance_against_the_debt_on_joining(
    balance: str, outcome: str, percent: str
) -> None:
    rows = finished_centre(1)
    rows["visits"][0]["balance"] = balance
    assert of(rows).outcome == outcome
    assert of(rows).percent == Decimal(percent)


def test_a_figure_names_its_cells() -> None:
    cells = [place(cell) for cells in of(finished_centre(1)).proofs for cell in cells.each("w")]
    assert cells == ["ลูกหนี้!K2", "ติดตาม!C2", "ติดตาม!D2"]


def test_before_adds_up_every_debt_of_the_household() -> None:
    rows = finished_centre(1)
    rows["debts"].append({**rows["debts"][0], "debt_id": "D9", "outstanding_at_entry": "1.5 แสน"})
    assert baht(rows)[0] == 160_000


def test_a_debt_whose_copies_differ_makes_before_unknown_and_accuses_nobody() -> None:
    rows = finished_centre(1)
    copies = [{**rows["debts"][0], "debt_id": "D9", "outstanding": owed} for owed in ("6", "7")]
    rows["debts"] += copies
    rows["visits"][0]["balance"] = "25,000"
    assert baht(rows) == (None, 25_000, "unknown")
    told = {issue.code for issue in report_on(*tabs_of(rows)).issues()}
    assert told == {"duplicate_key", "households_too_few"}


def test_a_household_whose_copies_differ_is_listed_as_unknown() -> None:
    rows = finished_centre(1)
    rows["households"].append({**rows["households"][0], "house_no": "99"})
    assert baht(rows) == (None, None, "unknown")


@pytest.mark.parametrize(
    ("as_of", "before"),
    [
        ("01/02/2565", 9_000),
        ("31/01/2565", 9_000),
        ("02/02/2565", None),
        ("", None),
        ("ก.พ. 65", 9_000),
    ],
)
def test_todays_debt_stands_in_only_if_it_was_taken_by_the_day_of_joining(
    as_of: str, before: float | None
) -> None:
    rows = finished_centre(1)
    rows["debts"][0] |= {"outstanding_at_entry": "", "as_of": as_of}
    assert baht(rows)[0] == before
    unknown = found(report_on(*tabs_of(rows)), "entry_debt_unknown")
    assert [place(issue.cell) for issue in unknown] == ([] if before else ["ลูกหนี้!K2"])


def test_an_unreadable_debt_on_joining_makes_before_unknown_and_is_not_replaced() -> None:
    rows = finished_centre(1)
    rows["debts"][0] |= {"outstanding_at_entry": "หมื่นสอง", "as_of": "01/01/2565"}
    assert baht(rows) == (None, 8_000, "unknown")


def test_the_new_loan_is_not_a_debt_of_before() -> None:
    rows = finished_centre(1)
    rows["debts"].append({**rows["debts"][0], "debt_id": "D9", "contract_no": "SH1"})
    assert baht(rows)[0] == 10_000


def test_a_household_without_debt_rows_has_no_known_debt() -> None:
    rows = finished_centre(1)
    rows["debts"] = []
    assert baht(rows) == (None, 8_000, "unknown")


def visit(number: int, day: str, balance: str) -> Row:
    return {"visit_id": f"W{number}", "household_id": "H1", "visited_on": day, "balance": balance}


@pytest.mark.parametrize(
    ("visits", "after"),
    [
        ([("01/06/2565", "8,000"), ("01/07/2565", "7,000")], 7_000),
        ([("01/07/2565", "7,000"), ("01/06/2565", "8,000")], 7_000),
        ([("01/07/2565", "7,000"), ("01/07/2565", "8,000")], None),
        ([("01/07/2565", "7,000"), ("01/07/2565", "๗,๐๐๐ บาท")], 7_000),
        ([("01/07/2565", "7,000"), ("20/07/2565", "1")], 7_000),
        ([("31/01/2565", "7,000")], None),
        ([("01/06/2565", "8,000"), ("01/07/2565", "-")], None),
        ([("01/07/2565", "7,000"), ("ก.ค. 65", "8,000")], None),
        ([("01/07/2565", "7,000"), ("มิ.ย. 65", "8,000")], 7_000),
        ([], None),
    ],
)
def test_after_is_the_latest_visit_since_joining_and_never_guessed(
    visits: list[tuple[str, str]], after: float | None
) -> None:
    rows = finished_centre(1)
    rows["visits"] = [visit(number, *told) for number, told in enumerate(visits)]
    assert baht(rows)[1] == after


def test_only_target_households_have_an_outcome() -> None:
    rows = finished_centre(2)
    rows["households"][1]["target"] = "ไม่"
    assert [o.household_id for o in report_on(*tabs_of(rows)).outcomes] == ["H1"]


def test_zero_before_has_no_percentage() -> None:
    rows = finished_centre(1)
    rows["debts"][0]["outstanding_at_entry"] = "0"
    rows["visits"][0]["balance"] = "0"
    assert (of(rows).percent, of(rows).outcome) == (None, "unchanged")


def test_unreadable_registers_leave_the_figure_unknown() -> None:
    rows = finished_centre(1)
    del rows["visits"]
    assert baht(rows) == (10_000, None, "unknown")
    del rows["debts"]
    assert baht(rows) == (None, None, "unknown")
