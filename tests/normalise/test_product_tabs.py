"""The product's own tab of what was sent: read like a register, and never in a register's way."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from services.normalise.dates import read_moment
from services.normalise.reading import State
from services.store.base import RawTab, Stored
from sheets_schema.loader import product_tabs, registers
from tests.normalise.reading import read, said
from tests.support.centres import finished_centre, tabs_of
from tests.support.sheets import found, report_on, tab
from tests.support.submissions import TAB, sent, submissions_tab


@pytest.mark.parametrize(
    ("stored", "moment"),
    [
        ("2022-07-26T23:59:59+07:00", "2022-07-26 23:59:59"),
        (" ๒๐๒๒-๐๗-๒๖T๐๙:๐๐:๐๐+๐๗:๐๐", "2022-07-26 09:00:00"),
        ("2022-07-26T23:59:59.999+07:00", "2022-07-26 23:59:59"),
        ("2022-07-26T17:00:00Z", "2022-07-27 00:00:00"),
        ("2022-07-26 10:30", "2022-07-26 10:30:00"),
        (datetime(2022, 7, 26, 10, 30), "2022-07-26 10:30:00"),  # noqa: DTZ001 – a cell has no zone
        (datetime(2022, 7, 26, 1, tzinfo=timezone(timedelta(hours=9))), "2022-07-25 23:00:00"),
    ],
)
def test_a_moment_is_the_time_in_thailand_to_the_second(stored: Stored, moment: str) -> None:
    assert str(read_moment(stored).value) == moment


@pytest.mark.parametrize(
    "stored", ["26/7/65", "2565-07-26T10:00:00+07:00", 44768.5, date(2022, 7, 26)]
)
def test_a_moment_is_never_guessed(stored: Stored) -> None:
    assert read_moment(stored).state is State.ASK


def test_the_products_tabs_stand_apart_from_the_registers() -> None:
    assert set(product_tabs()) == {"submissions"}
    assert not set(product_tabs()) & set(registers())
    assert all(t.tab.startswith("_") for t in product_tabs().values())
    codes = [column.code for column in product_tabs()["submissions"].columns]
    assert codes == [
        "submission_id", "form", "round", "unit_id", "declared", "submitted_at", "submitted_by",
        "snapshot", "state", "comment",
    ]  # fmt: skip


def test_the_tab_is_read_under_its_code_names_or_thai_ones() -> None:
    thai = tab(
        TAB,
        """
        | เลขที่การส่ง | แบบรายงาน | รอบ | หน่วยรายงาน | แจ้งว่าไม่มี | ส่งเมื่อ |
        | 1 | form_1 | ๑ | ๕๖๐๑-๑ | ✓ | 2022-07-19T10:00:00+07:00 |
        """,
    )
    own = submissions_tab(sent("form_1", "5601-1", "2022-07-19T10:00:00+07:00", declared="ใช่"))
    for one in (thai, own):
        tables, issues = read(one)
        (row,) = tables["submissions"].frame.to_dict("records")
        assert [row[c] for c in ("form", "round", "unit_id", "declared")] == [
            "form_1",
            1,
            "5601-1",
            True,
        ]
        assert str(row["submitted_at"]) == "2022-07-19 10:00:00"
        assert [issue for issue in issues if issue.register == "submissions"] == []


def test_a_district_without_the_tab_lacks_nothing() -> None:
    tables, issues = read()
    assert tables["submissions"].tab is None
    assert "submissions" not in {issue.register for issue in issues}


def test_an_offices_own_tab_of_that_name_is_no_product_tab() -> None:
    tables, _ = read(RawTab("รายงาน", submissions_tab(sent("form_1", "C1", "x")).rows))
    assert tables["submissions"].tab is None


def test_a_bad_row_is_a_finding_and_the_others_count() -> None:
    good, bad = sent("form_1", "C1", "2022-07-19T10:00:00+07:00"), sent("form_2", "C1", "เมื่อวาน")
    report = report_on(*tabs_of(finished_centre()), submissions_tab(good, {**bad, "round": ""}))
    assert said(list(report.issues())) == [
        f"missing_required {TAB}!C3",
        f"unreadable_value {TAB}!F3 เมื่อวาน",
    ]
    (unread,) = found(report, "unreadable_value")
    assert "2022-07-26T16:30:00+07:00" in unread.fix
    on_time = {one.form: one.on_time for one in report.expected}
    assert on_time == {"form_1": True, "form_2": False, "readiness_ranking": False}


@pytest.mark.parametrize("rows", [[], [["กข", "คง"]], [["submission_id", "form"], ["1", "form_1"]]])
def test_a_broken_tab_of_the_product_blocks_no_register(rows: list[list[Stored]]) -> None:
    report = report_on(*tabs_of(finished_centre()), RawTab(TAB, rows))
    assert report.centres[0].passed is True
    assert {one.received for one in report.expected if one.form != "readiness_ranking"} == {True}
    assert not any(one.on_time for one in report.expected)
    assert {issue.code for issue in report.issues()} == {"header_missing"}
