"""What the demo's districts have sent, and what its year comes to, on the demo's own day."""

from __future__ import annotations

from collections import Counter
from datetime import date, time
from pathlib import Path

import pytest

from services.compute.reporting import ExpectedReport, count_reports
from services.compute.reports import ProvinceReport
from services.demo import write_demo
from services.pipeline import province_report
from services.store.xlsx_folder import XlsxFolder
from sheets_schema.loader import programme

TODAY = date(2022, 7, 19)


@pytest.fixture(scope="module")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> dict[int, ProvinceReport]:
    folder: Path = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    years = (2560, 2565)
    return {y: province_report(XlsxFolder(folder), programme(y), TODAY) for y in years}


def expected(provinces: dict[int, ProvinceReport], year: int) -> list[ExpectedReport]:
    return list(provinces[year].expected_reports(programme(year)))


def test_a_week_before_the_due_day_a_few_have_sent_and_most_have_not(
    provinces: dict[int, ProvinceReport],
) -> None:
    reports = expected(provinces, 2565)
    sent = [report for report in reports if report.submitted_at]
    assert (len(reports), len(sent)) == (33, 7)
    assert all(report.received and report.on_time for report in sent)
    assert {report.unit_id for report in sent if report.declared} == {"5608-1"}
    assert count_reports(reports).received == 22


def test_in_2560_reports_came_in_time_late_never_and_empty(
    provinces: dict[int, ProvinceReport],
) -> None:
    told = Counter(
        (bool(report.submitted_at), report.received, report.on_time)
        for report in expected(provinces, 2560)
    )
    in_time, late, never, empty = (
        (True, True, True), (True, True, False), (False, True, False), (True, False, False),
    )  # fmt: skip
    assert told == {in_time: 26, late: 7, never: 4, empty: 5}
    clocks = {r.submitted_at.time(): r.on_time for r in expected(provinces, 2560) if r.submitted_at}
    assert (clocks[time(23, 59, 59)], clocks[time(0, 0, 0)]) == (True, False)


def test_the_indicators_of_both_years_come_to_what_the_story_says(
    provinces: dict[int, ProvinceReport],
) -> None:
    told = {
        one.id: (str(one.value), str(one.target), one.met)
        for year, province in provinces.items()
        for one in province.indicators(programme(year))
    }
    assert told == {
        "single_contract_households": ("129.00", "130.00", None),
        "institutions_passing": ("72.73", "75.00", None),
        "households_chosen": ("29.33", "30.00", False),
        "households_trained": ("29.33", "30.00", False),
        "training_days": ("4.00", "4.00", True),
        "budget_per_institution": ("40000.00", "40000.00", True),
        "households_reduced_or_cleared": ("13.00", "60.00", False),
        "centres_with_all_households": ("9.00", "12.00", False),
        "centres_all_steps_done": ("2.00", "None", None),
    }
