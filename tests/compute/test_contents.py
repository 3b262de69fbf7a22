"""What a report must hold, of which unit, and the cells that are still missing."""

from __future__ import annotations

from datetime import date

import pytest

from services.compute.reporting import ExpectedReport
from tests.support.centres import Row, finished_centre, row_of
from tests.support.institutions import course, institutions
from tests.support.sheets import DISTRICT
from tests.support.submissions import EARLY, form_2, lacks, sent, told, village


def test_what_is_missing_is_named_with_its_cell_and_in_words() -> None:
    rows = finished_centre()
    rows["visits"] = rows["visits"][:3]
    rows["visits"][1]["balance"] = "?"
    rows["visits"][2]["visited_on"] = ""
    report = form_2(rows)
    assert lacks(report) == [
        ("report_no_household_row", "H4", "ติดตาม!B5"),
        ("report_no_household_row", "H5", "ติดตาม!B5"),
        ("report_cell_of_household", "H3", "ติดตาม!C4"),
        ("report_cell_of_household", "H2", "ติดตาม!D3"),
    ]
    words = [one.reason for batch in report.missing for one in batch.each("w")]
    assert words[0] == "ครัวเรือน H4 ยังไม่มีแถวในแท็บ «ติดตาม» – เพิ่มแถวใหม่เหนือแถวรวม"
    assert "H2" in words[3]
    assert "«หนี้คงเหลือ ณ วันติดตาม (บาท)»" in words[3]


def test_another_row_that_is_filled_is_enough() -> None:
    rows = finished_centre()
    rows["visits"].append({"visit_id": "W", "household_id": "H1"})
    assert form_2(rows).received


def test_a_row_whose_copies_differ_is_no_content() -> None:
    rows = finished_centre()
    rows["visits"].append({**rows["visits"][0], "balance": "1"})
    assert lacks(form_2(rows)) == [("copies_differ", "H1", "ติดตาม!A7")]


def test_a_centre_without_households_is_told_where_to_mark_them() -> None:
    rows = finished_centre()
    for household in rows["households"]:
        household["target"] = ""
    assert lacks(form_2(rows)) == [("report_no_targets", None, "ครัวเรือน!L7")]


def test_no_households_declared_against_households_on_the_list_declares_nothing() -> None:
    rows = finished_centre() | {"visits": []}
    rows["centres"][0]["no_targets"] = "ใช่"
    assert not form_2(rows).received


def test_the_first_form_rests_on_the_households_themselves() -> None:
    rows = finished_centre()
    assert told(rows)["form_1", 1, "C1"].received
    row_of(rows, "households", "H2")["joined_on"] = ""
    (missing,) = lacks(told(rows)["form_1", 1, "C1"])
    assert missing == ("report_cell_of_household", "H2", "ครัวเรือน!M3")
    rows["households"].append({"household_id": "H9", "centre_id": "C1", "head_name": "–"})
    assert len(lacks(told(rows)["form_1", 1, "C1"])) == 1


def test_a_household_of_no_known_centre_is_nobodys_gap() -> None:
    rows = finished_centre()
    rows["households"].append({**rows["households"][0], "household_id": "H9", "centre_id": "C9"})
    assert form_2(rows).received


@pytest.mark.parametrize(
    ("villages", "missing"),
    [
        ([village(1), village(2)], []),
        ([], [("report_no_rows", None, "ประเมินหมู่บ้าน!A2")]),
        ([village(1), village(2, governance_level="")], [("report_cell", None, "ประเมินหมู่บ้าน!F3")]),
        ([village(1), village(1, governance_level="2")], [
            ("copies_differ", None, "ประเมินหมู่บ้าน!A2"),
            ("copies_differ", None, "ประเมินหมู่บ้าน!A3"),
        ]),
    ],
)  # fmt: skip
def test_a_district_reports_with_at_least_one_row_and_all_of_them_filled(
    villages: list[Row], missing: list[tuple[str, str | None, str]]
) -> None:
    report = told(finished_centre() | {"readiness": villages})["readiness_ranking", 1, DISTRICT]
    assert (report.received, lacks(report)) == (not missing, missing)


def test_a_register_that_cannot_be_read_is_missing_whole() -> None:
    rows = finished_centre()
    del rows["visits"], rows["readiness"]
    reports = told(rows)
    assert lacks(reports["form_2", 1, "C1"]) == [("register_unreadable", None, "–")]
    assert lacks(reports["readiness_ranking", 1, DISTRICT]) == [("register_unreadable", None, "–")]
    del rows["households"]
    assert lacks(told(rows)["form_1", 1, "C1"]) == [("register_unreadable", None, "–")]


def test_a_district_that_declares_no_centre_is_one_unit_and_has_reported() -> None:
    rows = finished_centre() | {"centres": [{"centre_id": "ไม่มี"}], "households": [], "visits": []}
    reports = told(rows, sent("form_1", DISTRICT, EARLY))
    one, two = (reports[form, 1, DISTRICT] for form in ("form_1", "form_2"))
    assert (one.received, one.declared, one.on_time) == (True, True, True)
    assert (two.received, two.declared, two.on_time) == (True, True, False)
    assert not reports["readiness_ranking", 1, DISTRICT].received


def test_a_district_that_lists_no_centre_and_says_nothing_is_one_silent_unit() -> None:
    listed, unread = finished_centre(), finished_centre()
    listed["centres"] = []
    del unread["centres"]
    for rows, why in ((listed, "report_no_centres"), (unread, "register_unreadable")):
        reports = told(rows)
        assert len(reports) == 3
        assert [lacks(reports[f, 1, DISTRICT])[0][0] for f in ("form_1", "form_2")] == [why] * 2


def year_60(*founded: str, **registers: list[Row]) -> dict[tuple[str, int, str], ExpectedReport]:
    rows = institutions(len(founded), households=1) | registers
    for centre, year in zip(rows["centres"], founded, strict=True):
        centre["founded_year"] = year
    return told(rows, as_of=date(2017, 8, 1), year=2560)


def test_an_institution_reports_the_activity_of_its_founding_year() -> None:
    reports = year_60("2559", "2560", "", "ปีที่แล้ว")
    asked = {form: [unit for f, _, unit in reports if f == form] for form, _, _ in reports}
    assert asked == {
        "activity_1": ["C1.1"],
        "activity_2": ["C1.2"],
        "activity_3": ["C1.1", "C1.2", "C1.3", "C1.4"],
        "single_contract_report": [DISTRICT, DISTRICT],
    }
    assert [key[1] for key in reports if key[0] == "single_contract_report"] == [1, 2]
    assert all(r.received for key, r in reports.items() if key[0] == "single_contract_report")


def test_a_form_of_2560_rests_on_the_row_of_its_own_activity() -> None:
    both = year_60("2559", "2559")
    assert both["activity_3", 1, "C1.1"].received
    assert lacks(both["activity_1", 1, "C1.1"]) == [("report_no_centre_row", None, "กิจกรรม!B4")]
    open_ended = [course("C1.1", finished_on=""), course("C1.2", days="")]
    reports = year_60("2559", "2559", activities=open_ended)
    assert [lacks(reports["activity_3", 1, unit]) for unit in ("C1.1", "C1.2")] == [
        [("report_cell", None, "กิจกรรม!E2")],
        [("report_cell", None, "กิจกรรม!F3")],
    ]


def test_no_households_is_no_answer_to_a_form_on_activities() -> None:
    rows = institutions(1, households=0) | {"activities": []}
    rows["centres"][0] |= {"no_targets": "ใช่", "founded_year": "2559"}
    reports = told(rows, as_of=date(2017, 8, 1), year=2560)
    assert not reports["activity_3", 1, "C1.1"].received
