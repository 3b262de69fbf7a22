"""The papers' workbook as an office opens it: real dates and numbers, ready to print."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from services.pipeline import open_workbooks
from services.present.papers import papers
from services.present.papers.bundle import bundle
from services.present.papers.preview import preview
from services.present.papers.xlsx import workbook
from services.store.xlsx_folder import XlsxFolder
from sheets_schema.loader import programme
from tests.papers.test_village_papers import rows as village_rows
from tests.papers.test_village_papers import village
from tests.support.centres import finished_centre, row_of, tabs_of
from tests.support.files import write_workbook
from tests.support.papers import asked, opened, paper, sheets, texts
from tests.support.sheets import AS_OF, DISTRICT

HEADER = 4
"""Row of the column headers on a district's paper: title, place, year, headers."""
HOSTILE = ("=1+1", "+66", "-5", "@x", "<&>", "{=1}", "'=1")


FORM = "แบบรายงานกิจกรรมส่งเสริมการจัดระดับและการแก้ไขปัญหาหนี้สินภาคครัวเรือน โดยศูนย์จัดการกองทุนชุมชน ประจำปี ๒๕๖๕"
VILLAGES = "ความพร้อมการจัดระดับหมู่บ้านที่มีศักยภาพการจัดตั้งศูนย์จัดการกองทุนชุมชน"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("form_1", f"{FORM} (แบบ ๑)"),
        ("form_2", f"{FORM} (แบบ ๒)"),
        ("readiness_sheet", f"แบบประเมิน{VILLAGES} (เอกสาร ๑)"),
        ("readiness_ranking", f"แบบรายงานประเมิน{VILLAGES} ประจำปีงบประมาณ ๒๕๖๖ (เอกสาร ๒)"),
    ],
)
def test_the_title_is_the_letters_own(name: str, title: str) -> None:
    (sheet,) = sheets([paper(name, finished_centre())])
    assert sheet["A1"].value == title
    assert {"(ลงชื่อ)", "ตำแหน่ง"} <= {text.split(" ")[0] for text in texts(sheet)}
    assert any("ร่าง – ยังไม่ใช่แบบของกรมฯ" in text for text in texts(sheet))


def test_days_are_days_and_amounts_are_numbers() -> None:
    form = paper("form_2", finished_centre(1))
    (sheet,) = sheets([form])
    cells = dict(zip([c.code for c in form.columns], sheet[HEADER + 1], strict=True))
    assert cells["visited_on"].value == datetime(2022, 6, 1)  # noqa: DTZ001 – a sheet has no zone
    assert cells["visited_on"].number_format == "[$-D07041E]d mmm yy"
    assert (cells["before"].value, cells["percent"].value) == (10_000, 20)
    assert cells["before"].number_format == "[$-D00041E]#,##0.00_-"
    assert cells["income_after"].value is None
    assert cells["number"].data_type == cells["before"].data_type == "n"


def test_the_paper_is_set_up_to_be_printed() -> None:
    (form,) = sheets([paper("form_1", finished_centre())])
    (sheet,) = sheets(papers(asked("readiness_sheet", None)))
    assert (form.page_setup.paperSize, form.page_setup.orientation) == (9, "landscape")
    assert sheet.page_setup.orientation == "portrait"
    assert form.page_setup.fitToHeight == 0
    assert form.sheet_properties.pageSetUpPr is not None
    assert form.sheet_properties.pageSetUpPr.fitToPage
    margins = form.page_margins
    assert (round(margins.left * 2.54, 2), round(margins.right * 2.54, 2)) == (3, 2)
    assert form.print_title_rows == f"${HEADER}:${HEADER}"
    assert form.freeze_panes == f"A{HEADER + 1}"
    assert (form["A5"].font.name, form["A5"].font.size) == ("TH Sarabun New", 16)
    assert form["D4"].alignment.wrap_text


def test_the_footer_names_the_day_the_data_and_the_page() -> None:
    form = paper("form_1", finished_centre(1))
    (sheet,), (blank,) = sheets([form]), sheets(papers(asked("readiness_sheet", None)))
    words = f"ข้อมูล ณ วันที่ ๑๙ กรกฎาคม ๒๕๖๕ · ชุดข้อมูล {form.snapshot} · หน้า &P จาก &N"
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center.text == words
    assert blank.oddFooter is not None
    assert blank.oddFooter.center.text == "หน้า &P จาก &N"


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_type_is_text_and_never_a_formula(typed: str) -> None:
    rows = finished_centre(1)
    rows["households"][0] |= {"head_name": typed, "occupation": typed, "buddy_team": typed}
    rows["centres"][0] |= {"centre_name": typed, "officer": typed}
    rows["funds"][0]["fund_name"] = typed
    rows["visits"][0]["problem"] = typed
    rows["readiness"] = [village(1, village=typed, savings_group=typed, assessor=typed)]
    for name in ("form_1", "form_2", "readiness_ranking", "readiness_sheet"):
        (sheet,) = sheets([paper(name, rows)])
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        assert any(typed in str(cell.value) for cell in cells)
    (narrowed,) = sheets([paper("form_1", rows, centre="C1")])
    assert narrowed["A3"].value == f"{typed} (C1)"


def test_the_longest_values_make_the_row_higher_and_stay_whole() -> None:
    rows = finished_centre(2)
    long = "กองทุนหมู่บ้านและชุมชนเมืองบ้านสมมติเหนือพัฒนา " * 20
    rows["households"][1] |= {"head_name": long, "occupation": long}
    row_of(rows, "debts", "DH2")["outstanding_at_entry"] = "99,999,999,999.99"
    form = paper("form_1", rows)
    (sheet,) = sheets([form])
    heights = [sheet.row_dimensions[HEADER + n].height for n in (1, 2)]
    assert heights[0] * 5 < heights[1] < 410
    cells = dict(zip([c.code for c in form.columns], sheet[HEADER + 2], strict=True))
    assert (cells["head_name"].value, cells["debt_at_entry"].value) == (
        long.strip(), 99_999_999_999.99,
    )  # fmt: skip


def test_a_text_longer_than_a_cell_holds_is_cut_and_says_so() -> None:
    """The paper's writer would leave it out without a word."""
    rows = finished_centre(1)
    rows["centres"][0]["centre_name"] = "ก" * 32_767
    (sheet,) = sheets([paper("form_1", rows, centre="C1")])
    assert sheet["A3"].value == "ก" * 32_766 + "…"


def test_some_drafts_among_the_columns_are_marked_one_by_one() -> None:
    asked_for = asked("form_1")
    first, *others = asked_for.layout.columns
    settled = replace(asked_for.layout, columns=(replace(first, draft=False), *others))
    (form,) = papers(replace(asked_for, layout=settled), opened((DISTRICT, finished_centre(1))))
    (sheet,) = sheets([form])
    assert [cell.value for cell in sheet[HEADER][:2]] == ["ที่", "รหัสครัวเรือน *"]
    assert "คอลัมน์ที่มี * เป็นร่าง – ยังไม่ใช่แบบของกรมฯ" in form.notes
    all_settled = tuple(replace(column, draft=False) for column in asked_for.layout.columns)
    confirmed = replace(asked_for, layout=replace(settled, columns=all_settled))
    (form,) = papers(confirmed, opened((DISTRICT, finished_centre(1))))
    (sheet,) = sheets([form])
    assert sheet[HEADER][1].value == "รหัสครัวเรือน"
    assert not any("ร่าง" in note for note in form.notes)


def test_totals_that_nobody_knows_leave_their_row_blank() -> None:
    rows = finished_centre(1) | {"debts": []}
    (sheet,) = sheets([paper("form_2", rows)])
    total = [cell.value for cell in sheet[HEADER + 2]]
    assert total[0] == "รวม"
    assert set(total[1:]) == {None}


def test_a_total_in_the_first_column_needs_no_word() -> None:
    asked_for = asked("form_1")
    columns = tuple(c for c in asked_for.layout.columns if c.code == "debt_at_entry")
    narrow = replace(asked_for, layout=replace(asked_for.layout, columns=columns))
    (form,) = papers(narrow, opened((DISTRICT, finished_centre(1))))
    (sheet,) = sheets([form])
    assert sheet.cell(HEADER + 2, 1).value == 10_000
    assert preview(form).to_numpy().tolist() == [["๑๐,๐๐๐.๐๐"], ["๑๐,๐๐๐.๐๐"]]


def test_equal_data_give_an_equal_file_and_an_equal_snapshot() -> None:
    data = opened((DISTRICT, finished_centre()))
    one, other = (papers(asked("form_2"), data) for _ in range(2))
    assert workbook(one) == workbook(other)
    (next_day,) = papers(replace(asked("form_2"), as_of=AS_OF.replace(day=20)), data)
    assert len(one[0].snapshot or "") == 12
    assert next_day.snapshot != one[0].snapshot


def test_the_snapshot_changes_with_the_cells_read_and_with_nothing_else(tmp_path: Path) -> None:
    """A file that cannot be read adds nothing, however often it is copied."""
    place = tmp_path / "2565/5601.xlsx"
    first = write_workbook(place, tabs_of(finished_centre(1))).read_bytes()
    other = write_workbook(place, tabs_of(finished_centre(2))).read_bytes()
    told: list[str | None] = []
    for content in (first, other, first):
        place.write_bytes(content)
        (tmp_path / "2565/5602.xlsx").write_bytes(b"broken" * (len(told) + 1))
        data = open_workbooks(XlsxFolder(tmp_path), programme(2565), AS_OF)
        told.append(papers(asked("form_1", None), data)[0].snapshot)
    assert told[0] == told[2] != told[1]


def test_unreadable_and_strange_files_are_named_on_the_provinces_paper(tmp_path: Path) -> None:
    write_workbook(tmp_path / "2565/5601.xlsx", tabs_of(finished_centre(1)))
    (tmp_path / "2565/5602 จุน.xlsx").write_bytes(b"not a workbook")
    write_workbook(tmp_path / "2565/นางสมมติ.xlsx", tabs_of(finished_centre(1)))
    data = open_workbooks(XlsxFolder(tmp_path), programme(2565), AS_OF)
    (form,) = papers(asked("form_1", None), data)
    assert "อำเภอจุน: สมุดงานอ่านไม่ได้ จึงยังไม่มีข้อมูลในแบบนี้" in form.notes
    assert "มีแฟ้มที่ไม่รู้ว่าเป็นของอำเภอใด จึงไม่ได้รวมในแบบนี้" in form.notes
    assert not any("นางสมมติ" in note for note in form.notes)


def test_each_questionnaire_has_its_tab_also_without_a_code() -> None:
    typed = [village(1), village(2, village_code=""), village(3, village_code="56/01")]
    made = papers(asked("readiness_sheet"), opened((DISTRICT, village_rows(*typed))))
    assert [sheet.title for sheet in sheets(made)] == ["1 56010101", "2", "3"]


def test_a_tab_can_be_called_after_a_paper_of_any_name() -> None:
    named = replace(asked("form_1").layout, short="แบบ ๑/๒ [ใหม่] สำหรับสำนักงานพัฒนาชุมชนอำเภอ")
    (sheet,) = sheets(papers(replace(asked("form_1"), layout=named)))
    assert sheet.title == "แบบ ๑-๒ -ใหม่- สำหรับสำนักงานพั"


def test_the_preview_shows_what_the_paper_does_in_thai_words() -> None:
    shown = preview(paper("form_2", finished_centre(1)))
    household, total = shown.to_dict("records")
    assert household["(๖) ติดตามล่าสุด"] == "๑ มิ.ย. ๖๕"
    assert household["หนี้ก่อน (บาท)"] == total["หนี้ก่อน (บาท)"] == "๑๐,๐๐๐.๐๐"
    assert household["ร้อยละที่ลดลง"] == "๒๐.๐๐"
    assert (household["ที่"], household["ปัญหา/อุปสรรค"]) == ("๑", "–")
    assert (total["ที่"], total["ปัญหา/อุปสรรค"]) == ("รวม", "")
    assert len(preview(papers(asked("form_2"))[0])) == 0


def test_the_districts_papers_fit_into_one_zip_with_thai_names() -> None:
    names = [f"{asked('form_1', district).name}.xlsx" for district in ("5601", "5602")]
    assert names == ["แบบ ๑ 2565 5601 เมืองพะเยา.xlsx", "แบบ ๑ 2565 5602 จุน.xlsx"]
    assert asked("form_1", None).name == "แบบ ๑ 2565 56 พะเยา"
    heard: list[int] = []
    whole = bundle(((name, name.encode()) for name in names), heard.append)
    with ZipFile(BytesIO(whole)) as archive:
        assert archive.namelist() == names
        assert archive.read(names[1]).decode() == names[1]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert heard == [1, 2]
    assert bundle((name, name.encode()) for name in names) == whole


def test_a_workbook_of_papers_says_nothing_of_its_maker() -> None:
    made = load_workbook(BytesIO(workbook([paper("form_1", finished_centre(1))])))
    assert made.properties.created == datetime(2022, 7, 19)  # noqa: DTZ001 – a fixed mark
    assert not made.properties.creator
