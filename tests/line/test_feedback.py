"""The verb `feedback`: notes renewed in the sheets of the districts that want them."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from services.cli import main
from services.writeback.switches import switch
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook

YEAR = 2565


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three districts with one unreadable amount each; two of them want notes."""
    monkeypatch.setenv("KONGTHUN_HISTORY", str(tmp_path / "history"))
    monkeypatch.setattr("services.writeback.feedback.PAUSE_SECONDS", 0.0)
    for code in ("5601", "5602", "5603"):
        rows = finished_centre()
        rows["debts"][0]["outstanding"] = "หกพัน"
        write_workbook(tmp_path / f"data/{YEAR}/{code} ก.xlsx", tabs_of(rows))
    for code in ("5601", "5602"):
        switch(tmp_path / "history", YEAR, code, on=True)
    return tmp_path


def feedback(
    capsys: pytest.CaptureFixture[str], folder: Path, *options: str
) -> tuple[int, list[dict[str, object]]]:
    fixed = ["--data", str(folder / "data"), "--year", str(YEAR), "--as-of", "2022-07-19"]
    code = main(["feedback", *fixed, "--json", *options])
    return code, json.loads(capsys.readouterr().out)["districts"]


def noted(folder: Path, code: str) -> bool:
    book = openpyxl.load_workbook(folder / f"data/{YEAR}/{code} ก.xlsx")
    return any(cell.comment for sheet in book for row in sheet.iter_rows() for cell in row)


def test_who_wants_notes_gets_them_and_the_second_time_nothing_is_written(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    code, told = feedback(capsys, folder)
    assert code == 0
    assert [(one["district"], one["trouble"]) for one in told] == [("5601", None), ("5602", None)]
    assert [noted(folder, code) for code in ("5601", "5602", "5603")] == [True, True, False]
    _, again = feedback(capsys, folder)
    assert [one["changed"] for one in again] == [0, 0]


def test_one_district_alone(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    _, told = feedback(capsys, folder, "--district", "5602")
    assert [one["district"] for one in told] == ["5602"]
    assert not noted(folder, "5601")
    assert main(["feedback", "--year", str(YEAR), "--district", "9999"]) == 2


def test_a_workbook_somebody_has_open_stops_no_other(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / f"data/{YEAR}/~$5601 ก.xlsx").touch()
    code, told = feedback(capsys, folder)
    assert code == 1
    assert "ยังไม่ได้บันทึก" in str(told[0]["trouble"])
    assert noted(folder, "5602")


def test_where_nobody_wants_notes_that_is_said(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    for code in ("5601", "5602"):
        switch(folder / "history", YEAR, code, on=False)
    assert main(["feedback", "--data", str(folder / "data"), "--year", str(YEAR)]) == 0
    assert "ยังไม่มีอำเภอใด" in capsys.readouterr().out
    switch(folder / "history", YEAR, "5601", on=True)
    main(["feedback", "--data", str(folder / "data"), "--year", str(YEAR)])
    assert capsys.readouterr().out.startswith("5601\t")
