"""What an office hears of a link before it is used: each way to go wrong, and its cure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.checkup import Check
from services.cli import main
from services.google_setup.inspect import Inspection, inspect
from services.secrets_file import GoogleAccount
from services.store.base import RawTab
from services.store.google_http import GoogleHTTP, Pace
from sheets_schema.loader import programme
from tests.support.centres import finished_centre, tabs_of
from tests.support.google.books import OFFICE, ROBOT, add_workbook, key
from tests.support.google.client import LocalGoogle
from tests.support.google.clock import SteppedClock
from tests.support.google.province import write_secrets

YEAR = programme(2565)
WHOLE = tabs_of(finished_centre())
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def looked_at(google: LocalGoogle, link: str, account: GoogleAccount | None = None) -> Inspection:
    clock = SteppedClock(google)
    known = account or GoogleAccount(key(), google.address)
    return inspect(GoogleHTTP(known, Pace(clock, clock.sleep)), link, YEAR, 9)


def wrong(found: Inspection) -> list[Check]:
    return [check for check in found.checks if not check.ok]


def without_tab(tabs: Sequence[RawTab], name: str) -> list[RawTab]:
    return [tab for tab in tabs if tab.name != name]


def with_header(tabs: Sequence[RawTab], name: str, old: str, new: str) -> list[RawTab]:
    """The tabs, one header written otherwise."""
    return [
        replace(tab, rows=[[new if cell == old else cell for cell in tab.rows[0]], *tab.rows[1:]])
        if tab.name == name
        else tab
        for tab in tabs
    ]


def not_shared(google: LocalGoogle) -> str:
    return add_workbook(google, "ก", WHOLE, shared_with={})


def wrong_id(_: LocalGoogle) -> str:
    return "https://docs.google.com/spreadsheets/d/1no-such-spreadsheet/edit"


def never_converted(google: LocalGoogle) -> str:
    return add_workbook(google, "ก.xlsx", (), mime_type=XLSX)


def missing_tab(google: LocalGoogle) -> str:
    return add_workbook(google, "ก", without_tab(WHOLE, "สัญญา"))


def missing_header(google: LocalGoogle) -> str:
    return add_workbook(google, "ก", with_header(WHOLE, "ศูนย์", "ชื่อศูนย์", "หมายเหตุของเรา"))


def header_twice(google: LocalGoogle) -> str:
    centres = next(tab for tab in WHOLE if tab.name == "ศูนย์")
    rows = [[*row, "ชื่อศูนย์" if row is centres.rows[0] else ""] for row in centres.rows]
    return add_workbook(google, "ก", [replace(centres, rows=rows), *without_tab(WHOLE, "ศูนย์")])


def read_only(google: LocalGoogle) -> str:
    return add_workbook(google, "ก", WHOLE, shared_with={ROBOT: "reader"})


def api_disabled(google: LocalGoogle) -> str:
    google.reset(disabled_apis={"sheets.googleapis.com"})
    return add_workbook(google, "ก", WHOLE)


def drive_disabled(google: LocalGoogle) -> str:
    google.reset(disabled_apis={"drive.googleapis.com"})
    return add_workbook(google, "ก", WHOLE)


def wrong_key(google: LocalGoogle) -> str:
    google.reset(known_callers={OFFICE})
    return add_workbook(google, "ก", WHOLE)


def quota(google: LocalGoogle) -> str:
    google.fault(status=429, times=None)
    return add_workbook(google, "ก", WHOLE)


def a_folder(_: LocalGoogle) -> str:
    return "https://drive.google.com/drive/folders/1folder"


WAYS: list[tuple[Callable[[LocalGoogle], str], str, str]] = [
    (not_shared, "ยังไม่ได้แชร์", f"ผู้แก้ไข (Editor): {ROBOT}"),
    (wrong_id, "ไม่พบสเปรดชีตตามลิงก์", "คัดลอกลิงก์ใหม่ทั้งบรรทัด"),
    (never_converted, "ยังเป็น .xlsx", "บันทึกเป็น Google ชีต"),
    (missing_tab, "ยังไม่มีแท็บ หรือมีหลายแท็บที่อาจใช่: สัญญา", "จัดทะเบียนลงสเปรดชีตนี้"),
    (missing_header, "ยังไม่มีหัวคอลัมน์ ศูนย์: ชื่อศูนย์", "พิมพ์หัวคอลัมน์"),
    (header_twice, "มีหัวคอลัมน์ซ้ำ จึงไม่รู้ว่าใช้คอลัมน์ใด: ศูนย์: ชื่อศูนย์", "เปลี่ยนชื่อหัว"),
    (read_only, "แก้ไขไม่ได้", f"เปลี่ยนสิทธิ์ของ {ROBOT} เป็นผู้แก้ไข"),
    (api_disabled, "ยังไม่ได้เปิด Google Sheets API", "เปิดทั้ง Google Sheets API และ Google Drive API"),
    (drive_disabled, "ยังไม่ได้เปิด Google Sheets API หรือ Google Drive API", "แล้วรอไม่กี่นาที"),
    (wrong_key, "กุญแจของ service account ใช้ไม่ได้", "ดาวน์โหลดกุญแจ JSON ใหม่"),
    (quota, "ถี่เกินโควตา", "รอหนึ่งนาที"),
    (a_folder, "ไม่ใช่ลิงก์ของสเปรดชีต", "ลิงก์ของโฟลเดอร์"),
]


@pytest.mark.parametrize(("way", "said", "cure"), WAYS, ids=[way.__name__ for way, _, _ in WAYS])
def test_what_is_wrong_is_said_with_its_cure(
    way: Callable[[LocalGoogle], str], said: str, cure: str, google: LocalGoogle
) -> None:
    (told,) = wrong(looked_at(google, way(google)))
    assert said in told.message
    assert cure in told.fix


def test_a_key_that_is_none_is_said_like_any_refusal(google: LocalGoogle) -> None:
    account = GoogleAccount({"type": "service_account"}, google.address)
    (told,) = wrong(looked_at(google, add_workbook(google, "ก", WHOLE), account))
    assert "กุญแจของ service account ใช้ไม่ได้" in told.message


def test_a_sheet_as_it_should_be_needs_nothing_and_costs_two_calls(google: LocalGoogle) -> None:
    found = looked_at(google, add_workbook(google, "ก", WHOLE))
    assert wrong(found) == []
    assert [call.kind for call in google.calls()] == ["read", "drive"]


def test_a_sheet_of_another_language_and_hour_is_said(google: LocalGoogle) -> None:
    sheet = add_workbook(google, "ก", WHOLE, locale="en_US")
    body = {
        "requests": [
            {
                "updateSpreadsheetProperties": {
                    "properties": {"timeZone": "America/New_York"},
                    "fields": "timeZone",
                }
            }
        ]
    }
    assert google.act(OFFICE, "POST", f"/v4/spreadsheets/{sheet}:batchUpdate", None, body)[0] == 200
    told = [check.message for check in wrong(looked_at(google, sheet))]
    assert ["en_US" in told[0], "America/New_York" in told[1], len(told)] == [True, True, 2]


def test_every_header_says_how_it_was_understood(google: LocalGoogle) -> None:
    tabs = with_header(WHOLE, "ศูนย์", "ตำบล", "สีของป้าย")
    columns = looked_at(google, add_workbook(google, "ก", tabs)).columns
    centres = {
        column.typed: column for column in columns if column.register == "ศูนย์" and column.typed
    }
    assert (centres["ชื่อศูนย์"].read_as, centres["ชื่อศูนย์"].state) == ("ชื่อศูนย์", "read")
    assert (centres["สีของป้าย"].read_as, centres["สีของป้าย"].state) == ("", "own")
    missing = [c.read_as for c in columns if c.register == "ศูนย์" and c.state == "missing"]
    assert "ตำบล" in missing


def test_a_column_without_a_header_is_nobodys(google: LocalGoogle) -> None:
    tabs = with_header(WHOLE, "ศูนย์", "ตำบล", "")
    columns = looked_at(google, add_workbook(google, "ก", tabs)).columns
    assert all(column.typed for column in columns if column.state in ("read", "own"))


def test_an_empty_sheet_lacks_everything_and_can_be_laid_out(google: LocalGoogle) -> None:
    sheet = add_workbook(google, "ก", [RawTab("ชีต1", [])])
    found = looked_at(google, sheet)
    assert [check.id for check in wrong(found)] == ["sheet_empty"]
    assert (found.sheet_id, found.complete) == (sheet, False)
    assert {column.state for column in found.columns} == {"missing"}


def test_more_districts_than_the_quota_allows_are_said(google: LocalGoogle) -> None:
    http = GoogleHTTP(GoogleAccount(key(), google.address))
    found = inspect(http, add_workbook(google, "ก", WHOLE), YEAR, 77)
    assert [check.id for check in wrong(found)] == ["quota"]


def test_the_doctor_looks_at_a_pasted_link(
    google: LocalGoogle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(
        "KONGTHUN_SECRETS", str(write_secrets(tmp_path / "secrets.toml", google, {}))
    )

    def said(link: str, *more: str) -> tuple[int, str]:
        code = main(["doctor", "--sheet", link, "--data", str(tmp_path), *more])
        return code, capsys.readouterr().out

    whole = add_workbook(google, "ก", WHOLE)
    code, out = said(whole, "--year", "2565", "--json")
    told: dict[str, list[dict[str, Any]]] = json.loads(out)
    assert (code, set(told)) == (0, {"checks", "columns"})
    assert {"register", "tab", "typed", "read_as", "state", "required"} == set(told["columns"][0])
    code, out = said(header_twice(google))
    assert code == 1
    assert "✗ ศูนย์: ชื่อศูนย์ = ชื่อศูนย์" in out
    assert "✓ เปิดสเปรดชีต «ก» ได้" in out


def test_an_answer_that_is_none_of_googles_is_google_away(
    google: LocalGoogle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GoogleHTTP, "spreadsheet", lambda *_, **__: {"sheets": [{}]})
    (told,) = wrong(looked_at(google, add_workbook(google, "ก", WHOLE)))
    assert "ติดต่อ Google ไม่ได้" in told.message
