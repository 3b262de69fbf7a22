"""Files that cannot be read: one clear finding, and the other districts go on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from services.cli import main
from services.store import xlsx_folder
from services.store.base import RawTab
from tests.checks.cases import clean, empty, hit
from tests.checks.changes import save
from tests.support.centres import finished_centre, tabs_of

CODE = "workbook_unreadable"
FILE = "5601 เมืองพะเยา.xlsx"
ASKED = ("check", "--year", "2565", "--as-of", "2022-07-19", "--json", "--data")
"""What stands before the folder."""


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_folder, "PAUSE_SECONDS", 0)


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, str]]]:
    """The exit code, and what `check` says of files."""
    code = main([*ASKED, str(folder)])
    said = json.loads(capsys.readouterr().out)["findings"]
    return code, [one for one in said if one["code"] == CODE]


def year(folder: Path) -> Path:
    (folder / "2565").mkdir(exist_ok=True)
    return folder / "2565"


@hit(CODE)
@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        (FILE, b"", "0 ไบต์"),
        (FILE, b"PK\x03\x04 half of a file", "แฟ้มไม่ครบ"),
        (FILE, b"dear governor", "แฟ้มเสียหาย"),
        (FILE, bytes.fromhex("d0cf11e0a1b11ae1"), "แบบเก่า"),
        ("5601.xls", b"anything", "แบบเก่า"),
        ("5699 ที่อื่น.xlsx", b"PK", "ไม่รู้จักรหัสอำเภอ"),
        ("เมืองพะเยา.xlsx", b"PK", "ไม่ขึ้นต้นด้วยรหัสอำเภอ"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_once_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, why: str
) -> None:
    (year(tmp_path) / name).write_bytes(content)
    save(tuple(tabs_of(finished_centre())), year(tmp_path) / "5603 เชียงคำ.xlsx")
    code, (issue,) = checked(tmp_path, capsys)
    assert (code, issue["severity"]) == (1, "error")
    assert [issue[key] for key in ("register", "cell", "value", "row_id")] == [None] * 4
    assert f"«{name}»" in issue["message"]
    assert why in issue["message"]
    assert issue["fix"].strip()


@clean(CODE)
def test_the_same_file_saved_properly_is_no_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(tuple(tabs_of(finished_centre())), year(tmp_path) / FILE)
    assert checked(tmp_path, capsys) == (0, [])


@empty(CODE)
def test_a_workbook_without_a_single_cell_can_be_read_and_a_year_may_have_no_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year(tmp_path)
    assert checked(tmp_path, capsys) == (0, [])
    save((RawTab("Sheet1", []),), year(tmp_path) / FILE)
    assert checked(tmp_path, capsys) == (1, [])


def test_an_open_file_is_told_and_read_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(tuple(tabs_of(finished_centre())), year(tmp_path) / FILE)
    (year(tmp_path) / f".~lock.{FILE}#").write_text("", encoding="utf-8")
    _, (issue,) = checked(tmp_path, capsys)
    assert "เปิดอยู่ในเครื่องอื่น" in issue["message"]
    main(["progress", *ASKED[1:], str(tmp_path)])
    assert len(json.loads(capsys.readouterr().out)["centres"]) == 1


def test_two_files_of_one_district_are_not_chosen_between(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (FILE, "5601 สำเนา.xlsx"):
        save(tuple(tabs_of(finished_centre())), year(tmp_path) / name)
    _, (issue,) = checked(tmp_path, capsys)
    assert "หลายแฟ้ม" in issue["message"]
