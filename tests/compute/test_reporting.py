"""Who had to report what, whether it is there, and whether it came in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.compute.reporting import ExpectedReport, ReportCount, count_reports
from services.compute.reports import DistrictReport, ProvinceReport
from sheets_schema import loader
from sheets_schema.loader import programme, province
from tests.support.centres import Rows, finished_centre, tabs_of
from tests.support.sheets import AS_OF, DISTRICT, report_on
from tests.support.submissions import EARLY, form_2, lacks, sent, told, village


def full() -> Rows:
    return finished_centre()


def empty() -> Rows:
    return full() | {"visits": []}


def half() -> Rows:
    rows = full()
    rows["visits"].pop()
    return rows


def no_households() -> Rows:
    rows = full()
    for household in rows["households"]:
        household["target"] = ""
    return rows


def declared_none() -> Rows:
    rows = no_households()
    rows["centres"][0] |= {"no_targets": "ใช่", "no_targets_reason": "ขอเลื่อน"}
    return rows


NEVER = ""
LAST_SECOND, NEXT_DAY = "2022-07-26T23:59:59+07:00", "2022-07-27T00:00:00+07:00"
LAST_SECOND_UTC, NEXT_DAY_UTC = "2022-07-26T16:59:59Z", "2022-07-26T17:00:00+00:00"
UNREADABLE, AFTER_AS_OF = "เมื่อวาน", "2022-08-01T00:00:00+07:00"


@pytest.mark.parametrize(
    ("content", "at", "received", "on_time"),
    [
        (full, NEVER, True, False),
        (full, EARLY, True, True),
        (full, LAST_SECOND, True, True),
        (full, NEXT_DAY, True, False),
        (full, LAST_SECOND_UTC, True, True),
        (full, NEXT_DAY_UTC, True, False),
        (full, UNREADABLE, True, False),
        (full, AFTER_AS_OF, True, False),
        (empty, NEVER, False, False),
        (empty, EARLY, False, False),
        (empty, LAST_SECOND, False, False),
        (half, EARLY, False, False),
        (no_households, EARLY, False, False),
        (declared_none, NEVER, True, False),
        (declared_none, EARLY, True, True),
        (declared_none, NEXT_DAY, True, False),
    ],
)
def test_content_makes_a_report_and_its_day_makes_it_on_time(
    content: Callable[[], Rows], at: str, received: object, on_time: object
) -> None:
    report = form_2(content(), *([sent("form_2", "C1", at)] if at else []))
    assert (report.received, report.on_time) == (received, on_time)
    assert (report.district, report.due) == (DISTRICT, date(2022, 7, 26))


@pytest.mark.parametrize(
    ("at", "received", "on_time"), [(EARLY, True, True), (NEXT_DAY, True, False)]
)
def test_declaring_none_counts_like_content(at: str, received: object, on_time: object) -> None:
    report = form_2(empty(), sent("form_2", "C1", at, declared="ใช่"))
    assert (report.declared, report.received, report.on_time) == (True, received, on_time)
    assert report.missing == ()


@pytest.mark.parametrize(
    "other",
    [{"form": "form_1"}, {"round": "2"}, {"unit_id": "C2"}, {"unit_id": "5601"}, {"form": ""}],
)
def test_a_submission_is_of_one_form_one_round_and_one_unit(other: dict[str, str]) -> None:
    report = form_2(full(), sent("form_2", "C1", EARLY) | other)
    assert (report.received, report.on_time, report.submitted_at) == (True, False, None)


def test_the_first_time_it_was_sent_counts() -> None:
    late, early = sent("form_2", "C1", NEXT_DAY), sent("form_2", "C1", EARLY)
    report = form_2(full(), late, early)
    assert (report.on_time, report.submitted_at) == (True, datetime(2022, 7, 19, 9, 0, 0))  # noqa: DTZ001 – Thai time


def test_as_of_looks_back_at_what_was_there_then() -> None:
    rows, send = full(), sent("form_2", "C1", "2022-07-20T08:00:00+07:00")
    assert form_2(rows, send, as_of=date(2022, 7, 19)).submitted_at is None
    assert form_2(rows, send, as_of=date(2022, 7, 20)).on_time
    rows["visits"][0]["visited_on"] = "20/07/2565"
    assert not form_2(rows, as_of=date(2022, 7, 19)).received
    assert form_2(rows, as_of=date(2022, 7, 20)).received


def silent(district: str | None, *, readable: bool = False) -> DistrictReport:
    return DistrictReport(district, f"{district}.xlsx", "", "", readable=readable, findings=())


def test_silent_districts_are_expected_and_have_not_reported() -> None:
    """Else a district that keeps silent would raise the province's rate."""
    year = programme(2565)
    alone = ProvinceReport(2565, AS_OF, ()).expected_reports(year)
    assert count_reports(alone) == ReportCount(expected=9 * 3)
    assert lacks(alone[0]) == [("report_no_workbook", None, "–")]
    one = report_on(*tabs_of(full() | {"readiness": [village(1)]}))
    broken = (one, silent("5602"), silent(None), silent("9999", readable=True))
    reports = ProvinceReport(2565, AS_OF, broken).expected_reports(year)
    assert count_reports(reports) == ReportCount(expected=9 * 3, received=3)
    assert {r.district for r in reports} == set(province().by_code)
    sixty = ProvinceReport(2560, AS_OF, ()).expected_reports(programme(2560))
    assert count_reports(sixty) == ReportCount(expected=9 * 5)


def test_a_form_without_rounds_is_expected_of_nobody(tmp_path: Path) -> None:
    text = (loader.HERE / "programmes/2565.toml").read_text(encoding="utf-8")
    text = text.replace("rounds = [{ number = 1, due = 2022-07-26 }]", "rounds = []", 1)
    (tmp_path / "2566.toml").write_text(text.replace("year = 2565", "year = 2566"), "utf-8")
    own = programme(2566, tmp_path)
    report = report_on(*tabs_of(full()), year=2566, of=own)
    assert {one.form for one in report.expected} == {"form_2", "readiness_ranking"}
    assert len(ProvinceReport(2566, AS_OF, ()).expected_reports(own)) == 9 * 2


rows_of_a_district = st.builds(
    lambda targets, visits, blank, at, declared: (targets, visits, blank, at, declared),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from(["", "balance", "visited_on"]),
    st.sampled_from([NEVER, EARLY, LAST_SECOND, NEXT_DAY, UNREADABLE]),
    st.sampled_from(["", "ใช่", "ไม่", "?"]),
)


@settings(deadline=None, max_examples=25)
@given(st.lists(rows_of_a_district, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_order_never_matters_and_nothing_is_ever_above_a_hundred_percent(
    districts: list[tuple[int, int, str, str, str]], chance: Random
) -> None:
    """Rows, districts and twice-sent reports: on time ≤ received ≤ expected."""
    counts = []
    for shuffled in (False, True):
        reports: list[ExpectedReport] = []
        for targets, visits, blank, at, declared in districts:
            rows = finished_centre(3)
            for household in rows["households"][targets:]:
                household["target"] = ""
            rows["visits"] = rows["visits"][:visits]
            for visit in rows["visits"][:1]:
                visit.update({blank: ""} if blank else {})
            one = sent("form_2", "C1", at, declared=declared)
            sends = [one, {**one, "submission_id": "again", "submitted_at": NEXT_DAY}]
            if shuffled:
                rows = {code: chance.sample(held, len(held)) for code, held in rows.items()}
                sends.reverse()
            reports += told(rows, *sends).values()
        if shuffled:
            chance.shuffle(reports)
        counts.append(count_reports(reports))
        assert counts[-1].on_time <= counts[-1].received <= counts[-1].expected
        halves = (count_reports(reports[:2]), count_reports(reports[2:]))
        assert halves[0] + halves[1] == counts[-1]
    assert counts[0] == counts[1]
