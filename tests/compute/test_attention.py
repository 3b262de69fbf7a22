"""Which districts the province should call today, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.compute.attention import (
    KINDS,
    Awaited,
    Cause,
    DistrictAttention,
    Kind,
    attention,
    most_urgent_first,
    next_due,
)
from services.compute.reports import DistrictReport, ProvinceReport
from services.issues import reason
from services.pipeline import province_report
from services.settings import BANGKOK
from services.store.xlsx_folder import XlsxFolder
from sheets_schema.loader import programme, province
from tests.support.centres import Rows, finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.sheets import AS_OF, report_on, tab

YEAR = programme(2565)
DUE = date(2022, 7, 26)


def finished() -> DistrictReport:
    return report_on(*tabs_of(finished_centre()))


def of(report: DistrictReport, awaited: Awaited | None = None) -> DistrictAttention:
    """The attention of the report's district, 5601."""
    return attention(ProvinceReport(2565, AS_OF, (report,)), YEAR, awaited)[0]


def told(report: DistrictReport, awaited: Awaited | None = None) -> list[tuple[str, int, str]]:
    return [(cause.kind, cause.count, cause.sentence) for cause in of(report, awaited).causes]


def with_rows(**changed: list[dict[str, object]]) -> DistrictReport:
    """A finished centre with other rows in some registers."""
    rows: Rows = {**finished_centre(), **changed}
    return report_on(*tabs_of(rows))


def test_a_district_where_all_is_done_and_read_is_not_called() -> None:
    assert told(finished()) == []


def test_every_district_of_the_province_stands_in_its_order_also_without_a_workbook() -> None:
    found = attention(ProvinceReport(2565, AS_OF, (finished(),)), YEAR)
    assert [one.district for one in found] == [d.code for d in province().districts]
    assert [[cause.kind for cause in one.causes] for one in found] == [
        [],
        *[["workbook_missing"]] * 8,
    ]
    assert found[1].causes[0].sentence == "ยังไม่มีสมุดงานของปี 2565"


def test_an_unreadable_workbook_says_why_and_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "2565").mkdir()
    (tmp_path / "2565" / "5601.xlsx").touch()
    (report,) = province_report(XlsxFolder(tmp_path), YEAR, AS_OF).districts
    old = replace(report, modified=datetime(2021, 1, 1, tzinfo=BANGKOK))
    said = ("workbook_unreadable", 1, "เปิดสมุดงานไม่ได้: แฟ้มว่าง (0 ไบต์)")
    assert told(old) == [said]


def test_a_workbook_open_elsewhere_is_said_last_and_is_still_looked_into(tmp_path: Path) -> None:
    write_workbook(tmp_path / "2565" / "5601.xlsx", tabs_of(finished_centre()))
    (tmp_path / "2565" / "~$5601.xlsx").touch()
    (report,) = province_report(XlsxFolder(tmp_path), YEAR, AS_OF).districts
    assert [(kind, count) for kind, count, _ in told(report)] == [("open_elsewhere", 1)]
    assert "เปิดอยู่ในเครื่องอื่น" in told(report)[0][2]


def test_a_register_that_cannot_be_read_is_named_with_the_steps_it_leaves_unknown() -> None:
    rows = finished_centre()
    del rows["debts"], rows["visits"]
    (cause, errors) = of(report_on(*tabs_of(rows))).causes
    assert (cause.kind, cause.count, cause.steps) == ("register_unreadable", 2, (1, 2, 6))
    assert cause.sentence == "อ่านแท็บ «ลูกหนี้», «ติดตาม» ไม่ได้ จึงยังไม่ทราบขั้นตอน 1, 2, 6"
    assert cause.centre_ids == ("C1",)
    assert "missing_tab" in cause.codes
    assert (errors.kind, errors.codes[0]) == ("data_errors", "missing_tab")


def test_a_register_of_centres_that_is_empty_unreadable_or_declared_none_is_told_apart() -> None:
    rows = finished_centre()
    others: Rows = {code: [] for code in rows if code != "centres"}
    empty = told(report_on(*tabs_of({"centres": [], **others})))
    assert empty == [("no_centres", 1, "ไม่มีศูนย์ในทะเบียน และยังไม่ได้แจ้งว่าไม่มี")]
    none = {"centres": [{"centre_id": "ไม่มีศูนย์"}], **others}
    assert told(report_on(*tabs_of(none))) == []
    lost = told(report_on(*tabs_of({**others})))
    assert lost[0] == ("register_unreadable", 1, "อ่านแท็บ «ศูนย์» ไม่ได้ จึงยังไม่ทราบว่ามีศูนย์กี่แห่ง")


def test_centres_behind_are_counted_at_their_first_step_not_done() -> None:
    rows = finished_centre()
    report = with_rows(meetings=rows["meetings"][:3], visits=[])
    first, *rest = of(report).causes
    assert (first.kind, first.count, first.steps, first.centre_ids) == (
        "centres_behind", 1, (3,), ("C1",),
    )  # fmt: skip
    assert first.sentence.startswith("ศูนย์ 1 แห่งยังไม่ครบขั้นตอน 3 ประชุม")
    assert [(cause.kind, cause.count, cause.steps) for cause in rest] == [
        ("households_without", 2, (3,)),
        ("households_without", 5, (6,)),
    ]
    assert rest[0].sentence.startswith("ยังขาดอีก 2 ครัวเรือนเป้าหมายที่ผ่านขั้นตอน 3 ")


def test_a_centre_that_has_started_nothing_is_not_counted_as_behind_as_well() -> None:
    rows = finished_centre()
    nothing: Rows = {code: [] for code in rows if code != "centres"}
    (cause,) = of(report_on(*tabs_of({"centres": rows["centres"], **nothing}))).causes
    assert (cause.kind, cause.count, cause.centre_ids) == ("centres_not_started", 1, ("C1",))
    assert cause.sentence == "ศูนย์ 1 แห่งยังไม่เริ่มขั้นตอนใด"


def test_a_sixth_household_is_not_asked_for_where_five_are_enough() -> None:
    rows = finished_centre(6)
    rows["visits"] = rows["visits"][:5]
    assert told(report_on(*tabs_of(rows))) == []
    rows["visits"] = rows["visits"][:3]
    found = [c for c in of(report_on(*tabs_of(rows))).causes if c.kind == "households_without"]
    assert [(cause.count, cause.steps) for cause in found] == [(2, (6,))]


def test_errors_in_the_data_are_counted_the_commonest_first() -> None:
    rows = finished_centre()
    rows["debts"][0]["principal"] = "-5"
    rows["debts"][1]["principal"] = rows["debts"][2]["principal"] = "??"
    rows["households"][0]["consent"] = ""
    (cause,) = of(report_on(*tabs_of(rows))).causes
    assert (cause.kind, cause.count) == ("data_errors", 3)
    assert cause.codes == ("unreadable_value", "negative_amount")
    assert cause.sentence == "มีข้อที่ต้องแก้ในข้อมูล 3 ข้อ"


@pytest.mark.parametrize(("days", "said"), [(13, []), (14, [14]), (400, [400]), (-3, [])])
def test_a_workbook_not_saved_for_the_years_number_of_days_is_told(
    days: int, said: list[int]
) -> None:
    saved = datetime(2022, 7, 19, 0, 30, tzinfo=BANGKOK) - timedelta(days=days)
    report = replace(finished(), modified=saved)
    assert [count for kind, count, _ in told(report) if kind == "not_saved"] == said
    assert len(told(report)) == len(said)


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        (DUE, "ยังไม่ได้รับรายงาน 2 ฉบับ ครบกำหนดในอีก 7 วัน"),
        (AS_OF, "ยังไม่ได้รับรายงาน 2 ฉบับ ครบกำหนดวันนี้"),
        (AS_OF - timedelta(days=3), "ยังไม่ได้รับรายงาน 2 ฉบับ เลยกำหนดมาแล้ว 3 วัน"),
    ],
)
def test_reports_not_received_are_told_by_the_earliest_of_their_days(
    due: date, sentence: str
) -> None:
    awaited = Awaited({"5601": (2, due)})
    assert told(finished(), awaited) == [("reports_expected", 2, sentence)]
    other = attention(ProvinceReport(2565, AS_OF, (finished(),)), YEAR, awaited)[1]
    assert [cause.kind for cause in other.causes] == ["workbook_missing"]


def test_the_words_of_the_rule_name_every_kind_in_its_order() -> None:
    words: dict[Kind, str] = {
        "workbook_missing": "ไม่มีสมุดงาน",
        "workbook_unreadable": "เปิดสมุดงานไม่ได้",
        "register_unreadable": "อ่านทะเบียนไม่ได้",
        "no_centres": "ไม่มีศูนย์ในทะเบียน",
        "reports_expected": "ยังไม่ได้รับรายงาน",
        "centres_not_started": "ศูนย์ยังไม่เริ่ม",
        "centres_behind": "ศูนย์ยังไม่ครบ",
        "households_without": "ครัวเรือนยังขาด",
        "data_errors": "ข้อที่ต้องแก้ในข้อมูล",
        "open_elsewhere": "สมุดงานเปิดค้าง",
        "not_saved": "สมุดงานไม่ได้บันทึกนาน",
    }
    rule = reason("attention_rule")
    places = [rule.index(words[kind]) for kind in KINDS]
    assert places == sorted(places)
    assert rule.startswith("ร่าง")


def district(code: str, *counts: int) -> DistrictAttention:
    causes = tuple(Cause(k, n, f"{k} {n}") for k, n in zip(KINDS, counts, strict=False) if n)
    return DistrictAttention(code, code, causes)


def test_more_of_the_most_urgent_kind_is_called_first_and_equals_by_code() -> None:
    ordered = most_urgent_first(
        [
            district("5609"),
            district("5601", 0, 0, 0, 0, 9, 9),
            district("5603", 0, 0, 1),
            district("5602", 0, 0, 1),
            district("5604", 0, 0, 1, 0, 0, 1),
            district("5605", 0, 0, 2),
        ]
    )
    assert [one.district for one in ordered] == ["5605", "5604", "5602", "5603", "5601", "5609"]


COUNTS = st.lists(st.integers(0, 3), min_size=len(KINDS), max_size=len(KINDS))


@given(st.lists(COUNTS, min_size=2, max_size=6), st.integers(0, len(KINDS) - 1), st.data())
def test_one_more_reason_never_makes_a_district_less_urgent(
    drawn: list[list[int]], kind: int, data: st.DataObject
) -> None:
    whole = [district(f"56{n:02}", *counts) for n, counts in enumerate(drawn)]
    chosen = data.draw(st.integers(0, len(drawn) - 1))
    more = [count + (place == kind) for place, count in enumerate(drawn[chosen])]
    worse = [*whole[:chosen], district(whole[chosen].district, *more), *whole[chosen + 1 :]]

    def rank(districts: list[DistrictAttention]) -> int:
        ordered = [one.district for one in most_urgent_first(districts)]
        assert ordered == [one.district for one in most_urgent_first(districts[::-1])]
        return ordered.index(whole[chosen].district)

    assert rank(worse) <= rank(whole)


def test_the_next_due_day_names_all_forms_of_that_day_and_today_counts() -> None:
    ahead = next_due(YEAR, AS_OF)
    assert ahead is not None
    assert (ahead.due, ahead.days_left) == (DUE, 7)
    assert [(form.name, round_.number) for form, round_ in ahead.rounds] == [
        ("form_1", 1),
        ("form_2", 1),
        ("readiness_ranking", 1),
    ]
    today = next_due(YEAR, DUE)
    assert today is not None
    assert today.days_left == 0
    assert next_due(YEAR, DUE + timedelta(days=1)) is None


def test_the_second_round_comes_after_the_first() -> None:
    ahead = next_due(programme(2560), date(2017, 5, 1))
    assert ahead is not None
    assert [(form.name, round_.number) for form, round_ in ahead.rounds] == [
        ("activity_3", 1),
        ("single_contract_report", 2),
    ]


def test_criteria_of_2560_are_called_criteria() -> None:
    centre = tab("ศูนย์", "| รหัสศูนย์ | ชื่อศูนย์ | ตำบล |\n| C1 | สมมติ | เวียง |")
    old = report_on(centre, year=2560)
    found = attention(ProvinceReport(2560, AS_OF, (old,)), programme(2560))[0].causes
    assert [cause.kind for cause in found] == ["register_unreadable", "data_errors"]
    assert "เกณฑ์ 1, 2, 3, 4, 5" in found[0].sentence
