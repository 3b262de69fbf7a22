"""Papers as a page offers them: which there are, a district's file, and no names for others."""

from __future__ import annotations

from dataclasses import replace

from services.access import ALONE, Viewer
from services.present.papers.offered import (
    asked,
    filled,
    notes,
    offered,
    prints_people,
    todo_file,
)
from services.present.papers.paper import Paper
from services.present.papers.todo import todo
from services.present.papers.xlsx import workbook
from services.present.scope import Scope
from sheets_schema.loader import programme, province, registers
from tests.papers.test_village_papers import rows as village_rows
from tests.papers.test_village_papers import village
from tests.support.centres import Rows, finished_centre, row_of, tabs_of
from tests.support.papers import column, opened, read_back, sheets, texts
from tests.support.sheets import DISTRICT, scope_on

RANKING = "readiness_ranking"
WITHOUT = "ไม่แสดงชื่อบุคคล เพราะผู้ออกแบบไม่มีสิทธิ์ดู"


def scope(rows: Rows | None = None) -> Scope:
    return scope_on({DISTRICT: tuple(tabs_of(rows or finished_centre()))})


def paper(name: str, rows: Rows, *, people: bool) -> Paper:
    (one,) = filled(asked(scope(rows), name, DISTRICT), opened((DISTRICT, rows)), people=people)
    return one


def troubled() -> Rows:
    """An error, a warning and a remark of one centre."""
    rows = finished_centre()
    row_of(rows, "debts", "DH2")["outstanding"] = "=1,5OO"
    row_of(rows, "contracts", "SH1")["method"] = "วิธีอื่นที่ไม่มีในรายการ"
    row_of(rows, "households", "H1")["joined_on"] = "ก.พ. 2565"
    return rows


def test_a_page_offers_the_papers_that_the_year_can_print() -> None:
    assert list(offered(programme(2565)).values()) == ["แบบ ๑", "แบบ ๒", "เอกสาร ๑", "เอกสาร ๒"]
    assert offered(programme(2560)) == {}


def test_the_file_is_called_by_its_paper_year_and_place() -> None:
    assert asked(scope(), "form_2", DISTRICT).name == "แบบ ๒ 2565 5601 เมืองพะเยา"
    assert asked(scope(), "form_2", None).name == "แบบ ๒ 2565 56 พะเยา"


def test_who_may_not_see_people_gets_the_figures_and_a_note_instead_of_names() -> None:
    rows = finished_centre(2)
    seen, hidden = (paper("form_1", rows, people=people) for people in (True, False))
    assert column(seen, "head_name") == ["นายสมมติ H1", "นายสมมติ H2"]
    assert column(hidden, "head_name") == [None, None]
    for code in {heading.code for heading in seen.columns} - {"head_name"}:
        assert column(hidden, code) == column(seen, code)
    assert hidden.totals == seen.totals
    assert (WITHOUT in notes((seen,)), WITHOUT in notes((hidden, hidden))) == (False, True)
    (sheet,) = sheets([hidden])
    assert not [text for text in texts(sheet) if "นายสมมติ" in text]


def test_a_paper_prints_people_if_its_form_names_them_and_its_reader_may_see_them() -> None:
    mine, whole = Viewer("district_editor", (DISTRICT,), people=True), scope()
    for viewer, seen in ((ALONE, True), (Viewer("province_viewer"), False), (mine, False)):
        of = replace(whole, viewer=viewer)
        assert prints_people(of, "form_1") is seen
        assert not prints_people(of, RANKING)
        assert not prints_people(of, "readiness_sheet")
    assert prints_people(replace(whole, viewer=mine).only(DISTRICT), "form_2")


def test_a_paper_without_names_is_the_same_for_everybody() -> None:
    data, want = opened((DISTRICT, village_rows(village(1)))), asked(scope(), RANKING, DISTRICT)
    assert filled(want, data, people=False) == filled(want, data, people=True)


def test_the_to_do_list_has_errors_first_each_with_its_cell_and_its_cure() -> None:
    told = todo(scope(troubled()), province().by_code[DISTRICT])
    assert column(told, "severity") == sorted(
        column(told, "severity"), key=["ต้องแก้", "ควรตรวจ", "แจ้งให้ทราบ"].index
    )
    first = dict(zip([heading.code for heading in told.columns], told.rows[0], strict=True))
    place = [c.code for c in registers()["debts"].columns].index("outstanding")
    assert (first["done"], first["tab"]) == ("☐", "ลูกหนี้")
    assert (first["cell"], first["value"]) == (f"{chr(ord('A') + place)}3", "=1,5OO")
    assert first["accepted"]
    assert all(column(told, "fix"))
    (sheet,) = sheets([told])
    assert "=1,5OO" in texts(sheet)
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_a_finding_without_a_cell_names_its_tab_or_nothing() -> None:
    rows = finished_centre()
    del rows["visits"]
    told = todo(scope(rows), province().by_code[DISTRICT])
    assert ("ติดตาม", "–") in zip(column(told, "tab"), column(told, "cell"), strict=True)
    broken = scope_on({DISTRICT: ()})
    assert set(column(todo(broken, province().by_code[DISTRICT]), "cell")) == {"–"}


def test_a_district_with_nothing_to_do_is_told_so() -> None:
    absent = province().by_code["5602"]
    told = todo(scope(), absent)
    assert (told.rows, told.notes) == ((), ("ไม่พบข้อที่ควรแก้",))
    assert told.tab == "จุน"


def test_the_file_of_to_do_lists_has_a_tab_for_each_district_of_the_scope() -> None:
    whole = scope(troubled())
    names = [sheet.title for sheet in read_back(todo_file(whole))]
    assert names == [district.name for district in province().districts]
    one = whole.only(DISTRICT)
    assert [sheet.title for sheet in read_back(todo_file(one))] == ["เมืองพะเยา"]
    assert todo_file(one) == workbook([todo(whole, province().by_code[DISTRICT])])


def test_the_to_do_list_changes_its_mark_when_the_workbook_does() -> None:
    district = province().by_code[DISTRICT]
    before = scope()
    (report,) = before.report.districts
    saved = replace(before.report, districts=(replace(report, digest="another content"),))
    after = replace(before, report=saved)
    assert todo(before, district).snapshot != todo(after, district).snapshot


def test_who_sees_two_districts_gets_a_paper_of_these_two() -> None:
    whole = scope()
    two = Scope(whole.report, whole.programme, whole.districts[:2])
    want = asked(two, "form_1", None)
    assert want.districts == ("5601", "5602")
    (one,) = filled(want, opened((DISTRICT, finished_centre())), people=True)
    assert one.subtitles[0] == "อำเภอเมืองพะเยา, จุน จังหวัดพะเยา"
    assert sum("ยังไม่มีสมุดงาน" in note for note in one.notes) == 1


def test_a_paper_of_invented_people_says_so() -> None:
    want = asked(scope(), "form_1", DISTRICT, sample=True)
    (one,) = filled(want, opened((DISTRICT, finished_centre())), people=True)
    assert "ข้อมูลตัวอย่าง – บุคคลและหนี้ทั้งหมดสมมติขึ้น" in one.subtitles


def test_a_name_typed_for_a_code_is_not_told_to_who_may_not_see_people() -> None:
    rows = finished_centre(1)
    row_of(rows, "households", "H1")["household_id"] = "นายสมมติ ตัวอย่าง"
    hidden = paper("form_1", rows, people=False)
    assert column(hidden, "household_id") == ["(ชื่อบุคคล ไม่ใช่รหัส)"]
