"""The blank workbook an office begins with."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from services.errors import NotWrittenError
from services.normalise.locate import find_registers
from services.normalise.workbook import registers_of
from services.pipeline import province_report
from services.store.xlsx_folder import XlsxFolder
from services.template import READ_FIRST, write_template
from sheets_schema.loader import programme

YEARS = (2560, 2565)


def heading(tab: Worksheet, header: str) -> int:
    """Give the column (from 1) of a header in the first row."""
    return [cell.value for cell in tab[1]].index(header) + 1


@pytest.mark.parametrize("year", YEARS)
def test_a_blank_workbook_needs_nobodys_attention(tmp_path: Path, year: int) -> None:
    write_template(tmp_path, programme(year), "5601")
    report = province_report(XlsxFolder(tmp_path), programme(year), date(2022, 7, 19))
    assert [district.readable for district in report.districts] == [True]
    assert report.issues() == []


@pytest.mark.parametrize("year", YEARS)
def test_every_column_of_every_register_is_found_again(tmp_path: Path, year: int) -> None:
    write_template(tmp_path, programme(year), "5607")
    store = XlsxFolder(tmp_path)
    raw = store.read(store.workbooks(year)[0], year)
    assert raw is not None
    wanted = registers_of(programme(year))
    for code, place in find_registers(raw.tabs, wanted.values()).items():
        assert place is not None, code
        assert place.header is not None, code
        assert not place.by_headers, code
        assert set(place.header.columns) == {*wanted[code].by_code, "row_id"}


def test_the_workbook_is_named_after_its_district_and_says_how_to_type(tmp_path: Path) -> None:
    write_template(tmp_path, programme(2565), "5601")
    path = write_template(tmp_path, programme(2565), "5607")
    assert path == tmp_path / "2565" / "5607 แม่ใจ.xlsx"
    book = load_workbook(path)
    assert book.sheetnames[0] == READ_FIRST
    words = " ".join(str(cell.value) for row in book[READ_FIRST] for cell in row if cell.value)
    for said in ("พ.ศ. 2565", "อำเภอแม่ใจ", "ร่าง", "วันที่:", "เงิน:", "แท็บ «ครัวเรือน»"):
        assert said in words


def test_a_header_tells_what_its_column_takes(tmp_path: Path) -> None:
    book = load_workbook(write_template(tmp_path, programme(2565), "5601"))
    debts = book["ลูกหนี้"]
    drafted = debts.cell(1, heading(debts, "ประเภทลูกหนี้"))
    assert drafted.comment is not None
    assert "รับ: ปกติ, เฝ้าระวัง" in drafted.comment.text
    assert "ร่าง" in drafted.comment.text
    needed, welcome = (debts.cell(1, heading(debts, h)) for h in ("รหัสครัวเรือน", "เงินต้น (บาท)"))
    assert needed.fill.fgColor.rgb != welcome.fill.fgColor.rgb
    assert debts.freeze_panes == "A2"


def test_people_pick_words_and_marks_but_type_codes_and_dates_freely(tmp_path: Path) -> None:
    book = load_workbook(write_template(tmp_path, programme(2565), "5601"))
    offered = {
        (
            tab.title,
            tab.cell(1, min(place.min_col for place in rule.sqref.ranges)).value,
        ): rule.formula1
        for tab in book
        for rule in tab.data_validations.dataValidation
    }
    assert offered["ครัวเรือน", "ครัวเรือนเป้าหมาย"] == '"ใช่,ไม่"'
    assert offered["ประเมินหมู่บ้าน", "บัญชีเป็นปัจจุบัน"] == '"0,1,2,3,4,5"'
    assert "โอนภาระหนี้" in str(offered["สัญญา", "วิธีบริหารจัดการหนี้"])
    assert ("ครัวเรือน", "หมู่ที่") not in offered
    households = book["ครัวเรือน"]
    for header in ("รหัสครัวเรือน", "วันที่เข้าร่วมกระบวนการ"):
        letter = households.cell(1, heading(households, header)).column_letter
        assert households.column_dimensions[letter].number_format == "@"


def test_the_products_row_ids_stand_hidden_at_the_end(tmp_path: Path) -> None:
    book = load_workbook(write_template(tmp_path, programme(2565), "5601"))
    for tab in book.worksheets[1:]:
        last = tab.cell(1, tab.max_column)
        assert last.value == "row_id"
        assert tab.column_dimensions[last.column_letter].hidden


def test_a_districts_own_workbook_is_never_written_over(tmp_path: Path) -> None:
    own = tmp_path / "2565" / "5601 ของสำนักงาน.xlsx"
    own.parent.mkdir()
    own.write_bytes(b"PK own")
    with pytest.raises(NotWrittenError, match="5601 ของสำนักงาน"):
        write_template(tmp_path, programme(2565), "5601")
    assert [path.read_bytes() for path in own.parent.iterdir()] == [b"PK own"]


def test_a_folder_that_refuses_the_workbook_is_named(tmp_path: Path) -> None:
    (tmp_path / "2565").write_text("a file where the folder should be")
    with pytest.raises(NotWrittenError, match="2565"):
        write_template(tmp_path, programme(2565), "5601")
