"""The verb `smoke`: on the local Google all is as expected, and what differs has its name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from services import smoke as smoking
from services.cli import main
from services.smoke import Smoke, smoke
from services.smoke.drive import NOT_YET
from services.smoke.facts import FACTS
from services.smoke.own_tab import OwnTab, new_title
from services.store.google_http import GoogleHTTP
from tests.support.google.books import OFFICE, ROBOT, key
from tests.support.google.client import LocalGoogle
from tests.support.google.clock import SteppedClock
from tests.support.trial import MOST_CALLS, add_spreadsheet, link, run, whole


def by_id(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {fact["id"]: fact for fact in told["facts"]}


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


def test_what_was_found_before_google_went_away_is_told(
    google: LocalGoogle, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    google.fault(":batchUpdate", status=503, times=1, skip=9)
    code, told, said = run(capsys, sheet)
    assert (code, told["cleaned"]) == (2, True)
    assert 0 < len(told["facts"]) < len(FACTS)
    assert "ติดต่อ Google ไม่ได้" in said
    google.fault(":batchUpdate", status=503, times=1, skip=9)
    assert main(["smoke", "--sheet", link(sheet)]) == 2
    assert capsys.readouterr().out.splitlines()[-1] == "หยุดก่อนครบทุกข้อ"


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
    found = smoke(http, add_spreadsheet(google), new_title())
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


@pytest.mark.parametrize("text", ["ไม่ใช่ลิงก์", "https://drive.google.com/drive/folders/1AbC", ""])
def test_a_link_that_is_none_is_refused_before_google_is_asked(
    text: str, google: LocalGoogle, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sheet
    assert main(["smoke", "--sheet", text]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines()), google.calls()) == ("", 1, [])
    assert "--sheet ไม่ถูกต้อง" in err
