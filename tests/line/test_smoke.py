"""The verb `smoke`: all is as expected on the local Google, and nothing of the trial is left."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services import smoke as smoking
from services.cli import main
from services.secrets_file import GoogleAccount
from services.smoke import Smoke, smoke
from services.smoke.drive import NOT_YET
from services.smoke.facts import FACTS
from services.smoke.own_tab import OwnTab, new_title
from services.store.base import RawTab, RefusedError
from services.store.google_http import GoogleHTTP, Pace
from tests.support.google.books import OFFICE, ROBOT, add_workbook, key
from tests.support.google.client import LocalGoogle
from tests.support.google.clock import SteppedClock
from tests.support.google.province import write_secrets

TABS = (RawTab("ศูนย์", [["รหัสศูนย์"], ["C01"]]), RawTab("ลูกหนี้", [["หนี้คงเหลือ"], [1200.0]]))
HERE = "/v4/spreadsheets/{}"
WRITES = ":batchUpdate"
MOST_CALLS = 60


@pytest.fixture
def sheet(google: LocalGoogle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An office's spreadsheet with a note on it and one on a row; the secrets lead to it."""
    sheet = add_workbook(google, "สำหรับทดลอง", TABS)
    first_row = {"dimension": "ROWS", "startIndex": 0, "endIndex": 1, "sheetId": 0}
    for number, location in ((7, {"spreadsheet": True}), (8, {"dimensionRange": first_row})):
        made = {"metadataId": number, "metadataKey": "w", "visibility": "DOCUMENT"}
        note = {"createDeveloperMetadata": {"developerMetadata": {**made, "location": location}}}
        as_office(google, sheet, "POST", ":batchUpdate", {"requests": [note]})
    monkeypatch.delenv("KONGTHUN_DATA", raising=False)
    monkeypatch.setenv("KONGTHUN_SECRETS", str(write_secrets(tmp_path / "s.toml", google, {})))
    google.forget_calls()
    return sheet


@pytest.fixture
def clock(google: LocalGoogle) -> SteppedClock:
    return SteppedClock(google)


@pytest.fixture
def http(google: LocalGoogle, clock: SteppedClock) -> GoogleHTTP:
    return GoogleHTTP(GoogleAccount(key(), google.address), Pace(clock, clock.sleep))


def as_office(google: LocalGoogle, sheet: str, method: str, rest: str, body: Any = None) -> Any:
    query = {"includeGridData": "true"} if method == "GET" else None
    status, answer = google.act(OFFICE, method, HERE.format(sheet) + rest, query, body)
    assert status == 200
    return answer


def whole(google: LocalGoogle, sheet: str) -> tuple[Any, Any]:
    """Everything the spreadsheet holds, and every note on it and its rows."""
    every: dict[str, Any] = {"dataFilters": [{"developerMetadataLookup": {}}]}
    notes = as_office(google, sheet, "POST", "/developerMetadata:search", every)
    return as_office(google, sheet, "GET", ""), notes


def link(sheet: str) -> str:
    return f"https://docs.google.com/spreadsheets/d/{sheet}/edit#gid=0"


def run(
    capsys: pytest.CaptureFixture[str], sheet: str, *options: str
) -> tuple[int, dict[str, Any], str]:
    """Exit code, JSON, and what was said beside it."""
    code = main(["smoke", "--sheet", link(sheet), "--json", *options])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def by_id(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {fact["id"]: fact for fact in told["facts"]}


def found_in(told: Any, name: str) -> Iterator[Any]:
    """Every value of that name, however deep."""
    if isinstance(told, dict):
        yield from (value for key_, value in told.items() if key_ == name)
        told = list(told.values())
    if isinstance(told, list):
        for one in told:
            yield from found_in(one, name)


def test_every_fact_is_as_expected_and_the_spreadsheet_as_it_was(
    google: LocalGoogle, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = whole(google, sheet)
    code, told, said = run(capsys, sheet)
    assert (code, told["cleaned"], set(told)) == (0, True, {"facts", "cleaned"})
    assert list(by_id(told)) == [fact.id for fact in FACTS]
    assert [fact["id"] for fact in told["facts"] if not fact["same"]] == []
    keys = {"id", "question", "expected", "got", "same", "known"}
    assert [set(fact) for fact in told["facts"]] == [keys] * len(FACTS)
    assert "จะเพิ่มแท็บ «_ทดสอบ " in said
    assert whole(google, sheet) == before
    assert len(google.calls()) < MOST_CALLS


def test_what_is_written_stays_in_the_tab_of_its_own(google: LocalGoogle, sheet: str) -> None:
    google.reset(keep_bodies=True)
    sheet = add_workbook(google, "สำหรับทดลอง", TABS)
    assert main(["smoke", "--sheet", sheet]) == 0
    bodies = [json.loads(call.body) for call in google.calls() if call.body]
    numbers = set(found_in(bodies, "sheetId"))
    assert len(numbers) == 1
    assert isinstance(numbers.pop(), int)
    ranges = [one for one in found_in(bodies, "range") if isinstance(one, str)]
    assert ranges
    assert [one for one in ranges if not one.startswith("'_ทดสอบ ")] == []
    asked = [one for call in google.calls() for one in call.query.get("ranges", ())]
    assert [one for one in asked if not one.startswith("'_ทดสอบ ")] == []
    lookups = list(found_in(bodies, "developerMetadataLookup"))
    assert lookups
    assert all(one["metadataKey"].startswith("smoke-") for one in lookups)
    assert {*found_in(bodies, "valueInputOption")} == {"RAW"}


def test_no_id_address_or_key_is_told(sheet: str, capsys: pytest.CaptureFixture[str]) -> None:
    for options in ([], ["--json"]):
        assert main(["smoke", "--sheet", link(sheet), *options]) == 0
    told = "".join(capsys.readouterr())
    for secret in (sheet, ROBOT, OFFICE, key()["private_key"], "PRIVATE KEY", "docs.google.com"):
        assert secret not in told


def test_googles_words_are_told_without_what_is_only_this_spreadsheets(http: GoogleHTTP) -> None:
    tab = OwnTab(http, "1AbC-d_eF", "_ทดสอบ ab")
    words = "Range ('_ทดสอบ ab'!A2) of 1AbC-d_eF: ID [184467] exists, ask clerk@office.example"
    assert tab._plain(words) == "Range ('…'!A2) of …: ID [N] exists, ask …"


def test_a_person_reads_one_line_a_fact(sheet: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["smoke", "--sheet", link(sheet)]) == 0
    *lines, differ, settled = capsys.readouterr().out.splitlines()
    assert len(lines) == len(FACTS)
    known = [fact.known for fact in FACTS]
    assert [line[0] for line in lines] == ["✓" if one else "?" for one in known]
    assert "✓ ตัวเลขอ่านได้เป็นตัวเลขหรือไม่" in lines
    assert "? เขียนผ่านหมุดที่ไม่มีแล้ว เขียนได้กี่ช่อง หรือถูกปฏิเสธ: 0" in lines
    assert differ == "✗ ต่างจากที่ Google บอกหรือเคยเป็น: ไม่มี"
    assert settled == f"? เพิ่งรู้จากครั้งนี้ {known.count(False)} ข้อ ต่างจากที่เซิร์ฟเวอร์จำลองเดาไว้: ไม่มี"


def test_every_question_is_thai_and_is_asked_once() -> None:
    assert [fact.id for fact in FACTS if not re.search("[ก-๙]", fact.question)] == []
    assert len({fact.id for fact in FACTS}) == len({fact.question for fact in FACTS}) == len(FACTS)
    assert [fact.id for fact in FACTS if fact.known and fact.expected is None] == []


def test_a_google_that_does_otherwise_is_told_by_the_name_of_the_fact(
    google: LocalGoogle, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = whole(google, sheet)
    google.fault("values:batchUpdateByDataFilter", status=403, times=None)
    code, told, _ = run(capsys, sheet)
    assert (code, told["cleaned"]) == (1, True)
    facts = by_id(told)
    assert facts["anchor_is_read"]["same"]
    assert facts["anchor_is_written"]["got"] == [None, [1, ["c", "x"]]]
    assert facts["write_without_a_match"] == {
        "id": "write_without_a_match",
        "question": "เขียนผ่านหมุดที่ไม่มีแล้ว เขียนได้กี่ช่อง หรือถูกปฏิเสธ",
        "expected": 0,
        "got": "refused: The caller does not have permission",
        "same": False,
        "known": False,
    }
    assert main(["smoke", "--sheet", link(sheet)]) == 1
    *_, differ, settled = capsys.readouterr().out.splitlines()
    assert "anchor_is_written" in differ
    assert settled.endswith("เดาไว้: write_without_a_match")
    assert whole(google, sheet) == before


def test_an_unknown_that_turns_out_otherwise_is_told_apart_from_a_promise_broken(
    sheet: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    guessed = [replace(f, expected=1) if f.id == "read_without_a_match" else f for f in FACTS]
    monkeypatch.setattr(smoking, "FACTS", guessed)
    assert main(["smoke", "--sheet", link(sheet)]) == 1
    *lines, differ, settled = capsys.readouterr().out.splitlines()
    assert "? อ่านผ่านหมุดที่ไม่มีแล้ว ได้กี่ช่วง หรือถูกปฏิเสธ: 0 (คาดไว้ 1)" in lines
    assert differ.endswith(": ไม่มี")
    assert settled.endswith("เดาไว้: read_without_a_match")


@pytest.mark.parametrize("write", [0, 1, 2, 9, 17, -3, -2, -1])
@pytest.mark.parametrize("when", ["before", "after"])
def test_whichever_write_is_not_answered_the_spreadsheet_is_left_as_it_was(
    when: Any, write: int, google: LocalGoogle, sheet: str, http: GoogleHTTP
) -> None:
    before = whole(google, sheet)
    assert smoke(http, sheet, new_title()).as_expected
    written = sum(WRITES in call.path for call in google.calls())
    google.fault(WRITES, status=503, times=1, when=when, skip=write % written)
    found = smoke(http, sheet, new_title())
    assert found.cleaned
    assert (found.stopped is None) == (write in (-1, -2)), "a deletion is tried again"
    assert whole(google, sheet) == before


def test_what_was_found_before_google_went_away_is_told(
    google: LocalGoogle, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    google.fault(WRITES, status=503, times=1, skip=9)
    code, told, said = run(capsys, sheet)
    assert (code, told["cleaned"]) == (2, True)
    assert 0 < len(told["facts"]) < len(FACTS)
    assert "ติดต่อ Google ไม่ได้" in said
    google.fault(WRITES, status=503, times=1, skip=9)
    assert main(["smoke", "--sheet", link(sheet)]) == 2
    assert capsys.readouterr().out.splitlines()[-1] == "หยุดก่อนครบทุกข้อ"


def test_a_tab_that_could_not_be_deleted_is_named(
    google: LocalGoogle, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    google.fault(WRITES, status=503, times=None, skip=9)
    code, told, said = run(capsys, sheet)
    assert (code, told["cleaned"]) == (2, False)
    *_, ours = as_office(google, sheet, "GET", "")["sheets"]
    assert f"ถ้ายังมีแท็บ «{ours['properties']['title']}» ให้ลบแท็บนี้เอง" in said


def test_a_google_that_refuses_everything_is_as_expected_in_nothing(
    google: LocalGoogle, sheet: str, http: GoogleHTTP
) -> None:
    google.fault("/v4/spreadsheets/", status=404, times=None, skip=1)
    found = smoke(http, sheet, new_title())
    assert not found.cleaned
    assert found.stopped is not None
    assert found.stopped.trouble == "wrong_id"
    assert len(found.outcomes) == len(FACTS)
    at_spreadsheet = [one for one in found.outcomes if not one.fact.id.startswith("drive_")]
    assert [one.fact.id for one in at_spreadsheet if one.same] == []


def seconds(found: Smoke) -> Any:
    (told,) = (o.got for o in found.outcomes if o.fact.id == "drive_seconds_until_told")
    return told


@pytest.mark.parametrize(("lag", "told"), [(0, 0), (7, 10), (20, 20), (60, NOT_YET)])
def test_drive_is_watched_for_twenty_seconds_and_whatever_it_does_is_right(
    lag: float, told: Any, google: LocalGoogle, clock: SteppedClock, http: GoogleHTTP
) -> None:
    google.reset(modified_lag=lag)
    found = smoke(http, add_workbook(google, "สำหรับทดลอง", TABS), new_title())
    assert seconds(found) == told
    assert clock.seconds <= 20
    assert found.as_expected
    assert len(google.calls()) < MOST_CALLS


def test_a_spreadsheet_that_drive_does_not_list_differs_and_is_not_waited_for(
    google: LocalGoogle, sheet: str, clock: SteppedClock, http: GoogleHTTP
) -> None:
    google.act(OFFICE, "PATCH", f"/drive/v3/files/{sheet}", None, {"trashed": True})
    found = smoke(http, sheet, new_title())
    assert [one.fact.id for one in found.outcomes if not one.same] == ["drive_lists_the_sheet"]
    assert clock.seconds == 0


def test_who_may_only_read_is_told_so_and_changes_nothing(
    google: LocalGoogle, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    google.share(sheet, ROBOT, "reader")
    before = whole(google, sheet)
    code, told, said = run(capsys, sheet)
    assert (code, told) == (2, {})
    assert said.splitlines()[-1] == str(RefusedError("not_shared"))
    assert "ลบสิ่งที่ทดลองไว้ไม่สำเร็จ" not in said
    assert whole(google, sheet) == before


@pytest.mark.parametrize("text", ["ไม่ใช่ลิงก์", "https://drive.google.com/drive/folders/1AbC", ""])
def test_a_link_that_is_none_is_refused_before_google_is_asked(
    text: str, google: LocalGoogle, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sheet
    assert main(["smoke", "--sheet", text]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines()), google.calls()) == ("", 1, [])
    assert "--sheet ไม่ถูกต้อง" in err
