"""What `smoke` leaves behind: nothing, whatever Google does meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from services import smoke as smoking
from services.cli import main
from services.smoke import smoke
from services.smoke.own_tab import Found, OwnTab, new_title
from services.store.base import RefusedError
from services.store.google_http import GoogleHTTP
from tests.support.google.books import ROBOT
from tests.support.google.client import LocalGoogle
from tests.support.trial import add_spreadsheet, as_office, run, whole

WRITES = ":batchUpdate"


def found_in(told: Any, name: str) -> Iterator[Any]:
    """Every value of that name, however deep."""
    if isinstance(told, dict):
        yield from (value for key_, value in told.items() if key_ == name)
        told = list(told.values())
    if isinstance(told, list):
        for one in told:
            yield from found_in(one, name)


def test_what_is_written_stays_in_the_tab_of_its_own(google: LocalGoogle, sheet: str) -> None:
    google.reset(keep_bodies=True)
    sheet = add_spreadsheet(google)
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


def test_a_tab_that_could_not_be_deleted_is_named(
    google: LocalGoogle, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    google.fault(WRITES, status=503, times=None, skip=9)
    code, told, said = run(capsys, sheet)
    assert (code, told["cleaned"]) == (2, False)
    *_, ours = as_office(google, sheet, "GET", "")["sheets"]
    assert f"ถ้ายังมีแท็บ «{ours['properties']['title']}» ให้ลบแท็บนี้เอง" in said


def test_a_trial_that_is_broken_off_is_cleaned_up_too(
    google: LocalGoogle, sheet: str, http: GoogleHTTP, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(tab: OwnTab) -> Iterator[Found]:
        tab.update(tab.note(9, {"spreadsheet": True}))
        yield "number_is_read", 1.0
        raise KeyboardInterrupt

    before = whole(google, sheet)
    monkeypatch.setattr(smoking, "PROBES", (broken_off,))
    with pytest.raises(KeyboardInterrupt):
        smoke(http, sheet, new_title())
    assert whole(google, sheet) == before


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
