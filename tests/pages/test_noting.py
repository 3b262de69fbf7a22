"""Notes in the district's own sheet, from the data quality page: put, renewed, taken away."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from services.writeback.switches import is_on, switch
from tests.pages.login import EDITOR, VIEWER, opened_by, with_login
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import everything

YEAR, DISTRICT = 2565, "5601"
PUT, RENEW, TAKE = "เขียนข้อเสนอแนะลงในชีต", "ปรับข้อเสนอแนะในชีต", "เอาข้อเสนอแนะออกจากชีต"
SEEDED = {
    ("debts", "outstanding"): "หกพัน",
    ("debts", "due_date"): "เมื่อวาน",
    ("households", "members"): "หลายคน",
    ("households", "income_year"): "ไม่แน่นอน",
    ("contracts", "amount"): "ตามตกลง",
    ("visits", "visited_on"): "วันก่อน",
    ("centres", "members"): "มาก",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with_login(tmp_path, tmp_path / "data", monkeypatch)
    return written(tmp_path / f"data/{YEAR}/{DISTRICT} เมืองพะเยา.xlsx", SEEDED)


def written(place: Path, seeded: dict[tuple[str, str], str]) -> Path:
    rows = finished_centre(5)
    for (register, column), text in seeded.items():
        rows[register][0][column] = text
    return write_workbook(place, tabs_of(rows))


def notes(place: Path) -> dict[str, str]:
    """Cell -> the note on it, of every register."""
    book = openpyxl.load_workbook(place)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def presses(label: str) -> AppTest:
    app = opened_by(EDITOR, "quality/findings", district="เมืองพะเยา")
    (button,) = [one for one in app.button if one.label == label]
    again = button.click().run()
    assert not again.exception
    return again


def marked(place: Path) -> set[str]:
    """The seeded texts on whose cells a note stands."""
    book = openpyxl.load_workbook(place)
    return {
        str(book[where.split("!")[0]][where.split("!")[1]].value) for where in notes(place)
    } & set(SEEDED.values())


def test_seven_defects_are_seven_notes_and_the_second_time_nothing_is_written(place: Path) -> None:
    assert "ปรับแล้ว" in everything(presses(PUT))
    assert marked(place) == set(SEEDED.values())
    assert all("→" in text for text in notes(place).values())
    assert "_ข้อเสนอแนะ" in openpyxl.load_workbook(place).sheetnames
    before = place.read_bytes()
    assert "ไม่มีอะไรต้องเขียน" in everything(presses(RENEW))
    assert place.read_bytes() == before


def test_a_corrected_cell_loses_its_note_and_the_others_keep_theirs(place: Path) -> None:
    presses(PUT)
    book = openpyxl.load_workbook(place)
    for row in book["ลูกหนี้"].iter_rows():
        for cell in row:
            if cell.value == "หกพัน":
                cell.value = "6000"
    book.save(place)
    presses(RENEW)
    assert marked(place) == set(SEEDED.values()) - {"หกพัน"}


def test_taken_away_every_note_is_gone(place: Path, tmp_path: Path) -> None:
    presses(PUT)
    assert is_on(tmp_path / "history", YEAR, DISTRICT)
    presses(TAKE)
    assert notes(place) == {}
    assert not is_on(tmp_path / "history", YEAR, DISTRICT)
    app = opened_by(EDITOR, "quality/findings", district="เมืองพะเยา")
    assert TAKE not in {one.label for one in app.button}


def test_only_a_districts_own_people_put_notes(place: Path) -> None:
    assert place.exists()
    for email, address in ((VIEWER, {"district": "เมืองพะเยา"}), (VIEWER, {})):
        app = opened_by(email, "quality/findings", **address)
        assert PUT not in {one.label for one in app.button}


def test_a_workbook_somebody_has_open_is_said(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.writeback.feedback.PAUSE_SECONDS", 0.0)
    place.with_name(f"~${place.name}").touch()
    assert "ยังไม่ได้บันทึก" in presses(PUT).error[0].value
    assert notes(place) == {}


def test_the_rows_ids_are_looked_at_and_mended_when_asked(place: Path) -> None:
    book = openpyxl.load_workbook(place)
    tab = book["ลูกหนี้"]
    tab.cell(1, tab.max_column + 1).value = "row_id"
    book.save(place)
    app = presses("ตรวจรหัสแถว")
    assert "**ลูกหนี้** ไม่มีรหัส" in everything(app)
    (mend,) = [one for one in app.button if one.label == "ซ่อมรหัสแถว"]
    again = mend.click().run()
    assert "ซ่อมแล้ว" in everything(again)
    assert "รหัสแถวครบ" in everything(presses("ตรวจรหัสแถว"))
    place.with_name(f"~${place.name}").touch()
    assert "ยังไม่ได้บันทึก" in presses("ตรวจรหัสแถว").error[0].value


def test_switches_are_kept_by_year_and_district(tmp_path: Path) -> None:
    for year, district in ((2565, "5601"), (2565, "5602"), (2560, "5601")):
        switch(tmp_path, year, district, on=True)
    switch(tmp_path, 2565, "5601", on=False)
    switch(tmp_path, 2565, "5609", on=False)
    assert [is_on(tmp_path, 2565, code) for code in ("5601", "5602", "5609")] == [
        False,
        True,
        False,
    ]
    assert is_on(tmp_path, 2560, "5601")
    (tmp_path / "feedback.json").write_text("[]", encoding="utf-8")
    assert not is_on(tmp_path, 2565, "5602")
