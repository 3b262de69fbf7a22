"""The command line that offices' scheduled jobs rest on."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from services.cli import main
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.submissions import sent, submissions_tab


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one finished district and one broken file."""
    write_workbook(tmp_path / "2565/5601 เมืองพะเยา.xlsx", tabs_of(finished_centre()))
    (tmp_path / "2565/5602 จุน.xlsx").write_bytes(b"not a workbook")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    return (code, *capsys.readouterr())


def asked(capsys: pytest.CaptureFixture[str], verb: str, folder: Path) -> Any:
    """The JSON of a verb on the folder; nothing else may stand on stdout or stderr."""
    options = ("--year", "2565", "--as-of", "2022-07-19", "--json")
    _, out, err = run(capsys, verb, "--data", folder, *options)
    assert err == ""
    return json.loads(out)


def test_check_names_the_broken_file_once_and_goes_on_with_the_others(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    findings = asked(capsys, "check", folder)["findings"]
    assert [(f["code"], f["district"]) for f in findings] == [("workbook_unreadable", "5602")]
    assert set(findings[0]) == {
        "code", "severity", "district", "register", "row_id", "cell", "value", "message", "fix",
    }  # fmt: skip
    assert (findings[0]["severity"], findings[0]["cell"]) == ("error", None)
    assert len(asked(capsys, "progress", folder)["centres"]) == 1


def test_check_exits_1_only_where_it_found_an_error(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    options = ("--data", folder, "--year", "2565", "--as-of", "2022-07-19")
    assert run(capsys, "check", *options)[0] == 1
    (folder / "2565/5602 จุน.xlsx").unlink()
    assert run(capsys, "check", *options)[0] == 0


def test_progress_has_exactly_the_agreed_shape(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    shape = asked(capsys, "progress", folder)
    assert (shape["year"], shape["as_of"]) == (2565, "2022-07-19")
    (centre,) = shape["centres"]
    assert set(centre) == {"district", "centre_id", "passed", "steps"}
    assert set(centre["steps"][0]) == {
        "number", "unit", "state", "achieved", "required", "proofs", "missing",
    }  # fmt: skip
    assert centre["steps"][0]["proofs"][0] == {
        "workbook": "5601 เมืองพะเยา.xlsx",
        "tab": "ลูกหนี้",
        "a1": "B2",
        "url": None,
    }


def test_outcomes_gives_money_as_decimal_strings(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    shape = asked(capsys, "outcomes", folder)
    assert shape["households"][0] == {
        "district": "5601",
        "centre_id": "C1",
        "household_id": "H1",
        "before": "10000.00",
        "after": "8000.00",
        "reduced": "2000.00",
        "percent": "20.00",
        "outcome": "reduced",
    }
    assert shape["totals"] == {
        "households": 5,
        "with_both": 5,
        "before": "50000.00",
        "after": "40000.00",
        "reduced": "10000.00",
        "outcomes": {"cleared": 0, "reduced": 5, "unchanged": 0, "increased": 0, "unknown": 0},
    }


def test_rank_lists_districts_with_a_questionnaire(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = finished_centre()
    rows["readiness"] = [
        {
            "village_code": "56010101",
            "village": "บ้านสมมติ",
            "tambon": "เวียง",
            "governance_level": "2",
        }
    ]
    write_workbook(tmp_path / "2565/5601.xlsx", tabs_of(rows))
    (district,) = asked(capsys, "rank", tmp_path)["districts"]
    assert district == {
        "district": "5601",
        "villages": [
            {
                "village_code": "56010101",
                "eligible": False,
                "score": None,
                "rank": None,
                "decided_by": None,
                "reason": "ระดับธรรมาภิบาล 2 ไม่ใช่ระดับ 3",
                "coverage": {"items": 8, "filled": 0},
            }
        ],
    }


def test_indicators_has_exactly_the_agreed_shape(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write_workbook(tmp_path / "2565/5601.xlsx", tabs_of(finished_centre()))
    assert asked(capsys, "indicators", tmp_path) == {
        "indicators": [
            {
                "id": "households_reduced_or_cleared",
                "value": "5.00",
                "target": "5.00",
                "unit": "ครัวเรือน",
                "coverage": {"rows": 5, "read": 5},
                "met": True,
            },
            {
                "id": "centres_with_all_households",
                "value": "1.00",
                "target": "1.00",
                "unit": "ศูนย์",
                "coverage": {"rows": 1, "read": 1},
                "met": True,
            },
            {
                "id": "centres_all_steps_done",
                "value": "1.00",
                "target": None,
                "unit": "ศูนย์",
                "coverage": {"rows": 1, "read": 1},
                "met": None,
            },
        ]
    }


def test_reporting_lists_all_nine_districts_also_the_silent_ones(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    send = sent("form_1", "C1", "2022-07-19T23:59:59+07:00")
    tabs = [*tabs_of(finished_centre()), submissions_tab(send)]
    write_workbook(folder / "2565/5601 เมืองพะเยา.xlsx", tabs)
    shape = asked(capsys, "reporting", folder)
    districts = shape.pop("districts")
    assert shape == {"expected": 27, "received": 2, "on_time": 1}
    assert districts[0] == {"district": "5601", "expected": 3, "received": 2, "on_time": 1}
    assert districts[1:] == [
        {"district": f"560{n}", "expected": 3, "received": 0, "on_time": 0} for n in range(2, 10)
    ]


@pytest.mark.parametrize(
    "verb", ["check", "progress", "outcomes", "rank", "indicators", "reporting"]
)
def test_every_verb_also_answers_in_plain_words(
    capsys: pytest.CaptureFixture[str], folder: Path, verb: str
) -> None:
    code, out, err = run(capsys, verb, "--data", folder, "--year", "2565", "--as-of", "2022-07-19")
    assert (code in (0, 1), bool(out), err) == (True, True, "")


def test_without_data_or_year_it_says_so_in_one_sentence_of_both_languages(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = run(capsys, "check", "--data", tmp_path / "ไม่มี", "--year", "2565", "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "ไม่พบโฟลเดอร์" in err
    assert "no data folder" in err
    code, _, err = run(capsys, "progress", "--data", tmp_path, "--year", "2599")
    assert (code, "2560, 2565" in err) == (2, True)


def test_a_wrong_year_file_of_the_office_stops_with_its_name_and_key(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2566.toml").write_text("year = 2566\nwhatever = 1\n", encoding="utf-8")
    monkeypatch.setenv("KONGTHUN_PROGRAMMES", str(tmp_path))
    code, _, err = run(capsys, "check", "--data", tmp_path, "--year", "2566")
    assert (code, "2566.toml: whatever" in err) == (2, True)


def test_a_folder_of_year_files_that_is_not_there_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONGTHUN_PROGRAMMES", str(tmp_path / "none"))
    code, _, err = run(capsys, "check", "--data", tmp_path, "--year", "2566")
    assert (code, "is no folder" in err) == (2, True)


def test_a_mistyped_command_stops_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["check", "--year", "สองพัน"])
    assert (stop.value.code, "คำสั่งไม่ถูกต้อง" in capsys.readouterr().err) == (2, True)


@pytest.mark.parametrize("day", ["2565-07-19", "19/07/2565"])
def test_a_buddhist_year_in_the_day_of_the_report_is_refused(
    capsys: pytest.CaptureFixture[str], day: str
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["check", "--year", "2565", "--as-of", day])
    said = capsys.readouterr().err
    assert (stop.value.code, said.count("\n"), "ค.ศ. เช่น 2022-07-19" in said) == (2, 1, True)


def test_demo_writes_a_province_that_the_other_verbs_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "demo", tmp_path, "--json")
    assert (code, len(json.loads(out)["files"])) == (0, 19)
    assert "ข้อมูลตัวอย่าง" in run(capsys, "demo", tmp_path)[1]
    assert len(asked(capsys, "progress", tmp_path)["centres"]) == 12


def test_the_day_of_the_report_is_today_in_thailand_unless_told(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONGTHUN_DATA", str(folder))
    _, out, _ = run(capsys, "progress", "--year", "2565", "--json")
    assert len(json.loads(out)["as_of"]) == len("2022-07-19")


def test_python_m_services_runs_the_same_verbs(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["services", "rank", "--data", str(folder), "--year", "2565", "--json"]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit) as stop:
        runpy.run_module("services", run_name="__main__")
    assert stop.value.code == 0
    assert json.loads(capsys.readouterr().out) == {"districts": []}


def test_template_writes_the_district_a_workbook_that_needs_no_putting_right(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    order = ("template", tmp_path, "--year", "2565", "--district", "5604", "--json")
    code, out, _ = run(capsys, *order)
    assert (code, Path(json.loads(out)["file"]).name) == (0, "5604 เชียงม่วน.xlsx")
    assert asked(capsys, "check", tmp_path)["findings"] == []
    assert run(capsys, *order)[0] == 2
