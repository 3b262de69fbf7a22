"""The verb `form`: a paper of the year into a file, or one sentence why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from services.cli import main
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one finished district and one broken file."""
    write_workbook(tmp_path / "data/2565/5601 เมืองพะเยา.xlsx", tabs_of(finished_centre()))
    (tmp_path / "data/2565/5602 จุน.xlsx").write_bytes(b"not a workbook")
    return tmp_path


def form(
    capsys: pytest.CaptureFixture[str], folder: Path, name: str, *options: str, out: str = "p.xlsx"
) -> tuple[int, str, str]:
    fixed = ["--data", str(folder / "data"), "--as-of", "2022-07-19", "--out", str(folder / out)]
    if "--format" not in options:
        fixed += ["--format", "xlsx"]
    if "--year" not in options:
        fixed += ["--year", "2565"]
    code = main(["form", name, *fixed, *options])
    return (code, *capsys.readouterr())


def test_form_writes_the_districts_paper(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, err = form(capsys, folder, "form_2", "--district", "5601", "--round", "1", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told == {
        "file": str(folder / "p.xlsx"), "pages": None, "rows": 5, "snapshot": told["snapshot"],
    }  # fmt: skip
    assert len(told["snapshot"]) == 12
    assert load_workbook(folder / "p.xlsx").sheetnames == ["แบบ ๒"]
    assert sorted(entry.name for entry in folder.iterdir()) == ["data", "p.xlsx"]


def test_form_without_a_district_is_the_provinces(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    code, out, _ = form(capsys, folder, "form_1")
    assert (code, out) == (0, f"เขียนแบบ ๑ 5 แถวไว้ที่ {folder / 'p.xlsx'}\n")
    cells = [cell.value for cell in load_workbook(folder / "p.xlsx").active["A"]]
    assert cells[1] == "จังหวัดพะเยา"
    assert any("อำเภอจุน: สมุดงานอ่านไม่ได้" in str(cell) for cell in cells)


def test_form_of_one_centre_holds_its_households(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    code, out, _ = form(capsys, folder, "form_1", "--district", "5601", "--centre", "C1", "--json")
    assert (code, json.loads(out)["rows"]) == (0, 5)


def test_a_blank_questionnaire_is_made_where_there_is_no_data(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = form(capsys, tmp_path, "readiness_sheet", "--json")
    assert code == 0
    assert json.loads(out)["snapshot"] is None


@pytest.mark.parametrize(
    ("order", "thai", "english"),
    [
        ("form_3", "ปี 2565 ไม่มีแบบ «form_3» แบบที่มี: form_1, form_2", "no paper «form_3»"),
        ("form_1 --year 2560", "ปี 2560 ไม่มีแบบ «form_1» แบบที่มี: –", "2560 has no paper"),
        ("form_1 --district 99", "ไม่พบ --district «99» ที่มี: 5601, 5602", "knows only: 5601"),
        ("form_1 --district 5601 --centre C9", "ไม่พบ --centre «C9» ที่มี: C1", "only: C1"),
        ("form_1 --district 5602 --centre C1", "ไม่พบ --centre «C1» ที่มี: –", "only: –"),
        ("form_1 --centre C1", "ต้องระบุ --district ด้วย", "--district is needed"),
        ("readiness_ranking --centre C1", "«เอกสาร ๒» ใช้ --centre ไม่ได้", "one centre"),
        ("form_1 --household H1", "«แบบ ๑» ใช้ --household ไม่ได้", "one household"),
        ("form_1 --round 2", "«แบบ ๑» ใช้ --round ไม่ได้: รอบที่มี: 1", "rounds: 1"),
        ("readiness_sheet --round 1", "รอบที่มี: –", "rounds: –"),
        ("form_1 --format pdf", "ยังทำแบบเป็น pdf ไม่ได้", "pdf comes later"),
        ("form_1 --format docx", "ยังทำแบบเป็น docx ไม่ได้", "docx comes later"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], folder: Path, order: str, thai: str, english: str
) -> None:
    name, *options = order.split()
    code, out, err = form(capsys, folder, name, *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert thai in err
    assert english in err
    assert not (folder / "p.xlsx").exists()


def test_a_paper_is_never_written_among_the_offices_workbooks(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    book = folder / "data/2565/5601 เมืองพะเยา.xlsx"
    before = book.read_bytes()
    code, _, err = form(capsys, folder, "form_1", out="data/2565/5601 เมืองพะเยา.xlsx")
    assert (code, book.read_bytes()) == (2, before)
    assert "เป็นโฟลเดอร์ของสมุดงาน" in err


def test_a_folder_that_refuses_the_paper_is_named(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    code, _, err = form(capsys, folder, "form_1", out="nowhere/p.xlsx")
    assert code == 2
    assert "nowhere" in err


def test_a_paper_is_made_anew_over_an_older_one(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "p.xlsx").write_bytes(b"older")
    assert form(capsys, folder, "form_1")[0] == 0
    first = (folder / "p.xlsx").read_bytes()
    assert form(capsys, folder, "form_1")[0] == 0
    assert (folder / "p.xlsx").read_bytes() == first


def test_a_folder_in_place_of_a_file_is_named(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    code, _, err = form(capsys, folder, "form_1", out="/")
    assert (code, "ไม่ได้เขียน" in err) == (2, True)


def test_a_file_in_place_of_a_folder_is_named(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "note.txt").write_text("บันทึก", encoding="utf-8")
    code, _, err = form(capsys, folder, "form_1", out="note.txt/p.xlsx")
    assert (code, "ไม่ได้เขียน" in err) == (2, True)
