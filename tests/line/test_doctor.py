"""The verb `doctor`: what is not set up right in this copy and its data, and what to do then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.access import Viewer
from services.checkup import Check
from services.cli import main
from services.doctor import examined, read_afresh
from services.settings import settings
from sheets_schema.loader import province
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook

TODAY = date(2022, 7, 19)
WHOLE = tabs_of(finished_centre())


@pytest.fixture(autouse=True)
def _own_words_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KONGTHUN_DATA", "KONGTHUN_PROGRAMMES", "KONGTHUN_VIEWER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def nine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A province whose nine districts have a workbook as it should be."""
    folder = tmp_path_factory.mktemp("nine")
    for district in province().districts:
        write_workbook(folder / f"2565/{district.code} {district.name}.xlsx", WHOLE)
    return folder


def doctor(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> tuple[int, dict[str, Mapping[str, Any]]]:
    """Exit code, and each check by its id."""
    code = main(["doctor", "--data", str(folder), "--json"])
    out, err = capsys.readouterr()
    assert err == ""
    told = json.loads(out)
    assert set(told) == {"checks"}
    assert [set(check) for check in told["checks"]] == [{"id", "ok", "message", "fix"}] * len(
        told["checks"]
    )
    found = {check["id"]: check for check in told["checks"]}
    assert len(found) == len(told["checks"])
    assert all(bool(check["fix"]) != check["ok"] for check in found.values())
    assert all(check["message"] for check in found.values())
    return code, found


def wrong(found: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [name for name, check in found.items() if not check["ok"]]


def test_all_is_well_where_nine_districts_stand_whole(
    capsys: pytest.CaptureFixture[str], nine: Path
) -> None:
    code, found = doctor(capsys, nine)
    assert (code, wrong(found)) == (0, [])
    assert list(found) == [
        "today", "libraries", "fonts", "data_folder", "years", "programme:2565",
        *(f"workbook:2565:{district.code}" for district in province().districts),
    ]  # fmt: skip


def test_a_person_reads_one_line_a_check_with_its_cure(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write_workbook(tmp_path / "2565/5602 จุน.xlsx", WHOLE)
    assert main(["doctor", "--data", str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "✓ ปี 2565 «5602 จุน.xlsx» อ่านได้ ครบทุกแท็บและหัวคอลัมน์" in lines
    missing = "✗ ปี 2565 อำเภอเมืองพะเยา ยังไม่มีสมุดงาน → วางแฟ้มของอำเภอในโฟลเดอร์ 2565 ชื่อขึ้นต้นด้วย 5601"
    assert missing in lines
    assert sum(line.startswith("✗") for line in lines) == 8


def test_a_folder_that_is_not_there_ends_the_check_up_with_where_it_looked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, found = doctor(capsys, tmp_path / "away")
    assert (code, wrong(found)) == (1, ["data_folder"])
    assert str(tmp_path / "away") in found["data_folder"]["message"]
    assert list(found)[-1] == "data_folder"


def test_a_folder_without_a_year_says_how_a_year_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, found = doctor(capsys, tmp_path)
    assert (code, wrong(found)) == (1, ["years"])
    assert "2565" in found["years"]["fix"]


def test_a_wrong_file_of_the_offices_own_year_is_named_and_the_other_years_are_looked_at(
    capsys: pytest.CaptureFixture[str], nine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, own = tmp_path / "data", tmp_path / "own"
    own.mkdir()
    (own / "2566.toml").write_text("year = 2566\n", encoding="utf-8")
    monkeypatch.setenv("KONGTHUN_PROGRAMMES", str(own))
    (data / "2566").mkdir(parents=True)
    (data / "2565").symlink_to(nine / "2565")
    code, found = doctor(capsys, data)
    assert (code, wrong(found)) == (1, ["programme:2566"])
    assert "own/2566.toml" in found["programme:2566"]["message"]
    assert found["programme:2565"]["ok"]


def test_a_file_of_no_district_and_a_tab_that_is_missing_are_named_with_their_cure(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    without_debts = [tab for tab in WHOLE if tab.name != "ลูกหนี้"]
    write_workbook(tmp_path / "2565/5601 เมืองพะเยา.xlsx", without_debts)
    write_workbook(tmp_path / "2565/เวียง.xlsx", WHOLE)
    write_workbook(tmp_path / "2565/5699 เวียง.xlsx", WHOLE)
    code, found = doctor(capsys, tmp_path)
    assert code == 1
    assert "«ลูกหนี้»" in found["workbook:2565:5601"]["message"]
    for stranger in ("เวียง.xlsx", "5699 เวียง.xlsx"):
        check = found[f"workbook:2565:{stranger}"]
        assert not check["ok"]
        assert "รหัสอำเภอ" in check["fix"]


def test_a_row_to_put_right_is_the_offices_business_and_not_the_check_ups(
    capsys: pytest.CaptureFixture[str], nine: Path, tmp_path: Path
) -> None:
    """A blank or a doubtful amount is for `check`; here only what keeps a tab from being read."""
    for path in (nine / "2565").iterdir():
        (tmp_path / "2565").mkdir(exist_ok=True)
        (tmp_path / "2565" / path.name).hardlink_to(path)
    (tmp_path / "2565/5601 เมืองพะเยา.xlsx").unlink()
    rows = finished_centre()
    rows["debts"][0]["outstanding"] = "ประมาณ 5,000"
    write_workbook(tmp_path / "2565/5601 เมืองพะเยา.xlsx", tabs_of(rows))
    assert main(["check", "--data", str(tmp_path), "--year", "2565", "--json"]) == 1
    capsys.readouterr()
    assert doctor(capsys, tmp_path)[0] == 0


def by_id(checks: list[Check]) -> dict[str, Check]:
    return {check.id: check for check in checks}


def test_a_library_of_another_version_and_a_font_that_is_gone_are_named(
    nine: Path, tmp_path: Path
) -> None:
    words = "# libraries\npytest==0.0.1\nkongthun-nowhere==2.0\n"
    (tmp_path / "requirements.txt").write_text(words, encoding="utf-8")
    chosen = settings(nine)
    told = by_id(examined(chosen, TODAY, read_afresh(chosen, TODAY), home=tmp_path))
    assert not told["libraries"].ok
    assert (
        f"pytest {pytest.__version__} ≠ 0.0.1, kongthun-nowhere – ≠ 2.0"
        in told["libraries"].message
    )
    assert not told["fonts"].ok
    assert "Sarabun-Bold.ttf" in told["fonts"].message


def test_a_district_is_told_of_its_own_workbook_only(nine: Path) -> None:
    chosen, viewer = settings(nine), Viewer("district_editor", ("5607",))
    told = by_id(examined(chosen, TODAY, read_afresh(chosen, TODAY), viewer))
    assert [name for name in told if name.startswith("workbook:")] == ["workbook:2565:5607"]
