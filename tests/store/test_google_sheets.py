"""Spreadsheets of districts: which calls a reading costs, and what each link and hint means."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.errors import NotLinkedError
from services.secrets_file import GoogleAccount
from services.store.base import Fault, RawTab, RefusedError
from services.store.google_grid import tabs_of
from services.store.google_http import GoogleHTTP, Pace
from services.store.google_sheets import GoogleSheets, spreadsheet_id
from services.store.mirror import OLD, Mirror
from sheets_schema.loader import province
from tests.support.google.books import ROBOT, add_workbook, key
from tests.support.google.client import LocalGoogle
from tests.support.google.clock import SteppedClock

YEAR, LAST_YEAR = 2565, 2560
NINE = tuple(province().by_code)


def tabs(word: str = "C01") -> tuple[RawTab, ...]:
    return (RawTab("ศูนย์", [["รหัสศูนย์"], [word]]), RawTab("กองทุน", [["รหัสกองทุน"]]))


class Office:
    """Nine districts in the local Google, and their mirror."""

    def __init__(self, google: LocalGoogle, folder: Path) -> None:
        self.google, self.clock = google, SteppedClock(google)
        self.ids = {code: add_workbook(google, code, tabs()) for code in NINE}
        self.folder = folder
        self.mirror = self.started()

    def started(self) -> Mirror:
        """A process that starts, perhaps with copies on its disk."""
        account = GoogleAccount(key(), self.google.address)
        http = GoogleHTTP(account, Pace(self.clock, self.clock.sleep))
        return Mirror(GoogleSheets(http, {YEAR: self.ids}), self.folder, self.clock.now)

    def types(self, code: str, word: str) -> None:
        """Somebody of the district types into its sheet."""
        path = f"/v4/spreadsheets/{self.ids[code]}/values/'ศูนย์'!A2"
        how = {"valueInputOption": "USER_ENTERED"}
        status, _ = self.google.act("owner@office.example", "PUT", path, how, {"values": [[word]]})
        assert status == 200

    def cost(self) -> Counter[str]:
        counted = Counter(call.kind for call in self.google.calls())
        self.google.forget_calls()
        return counted


@pytest.fixture
def office(google: LocalGoogle, tmp_path: Path) -> Office:
    return Office(google, tmp_path)


def test_the_first_start_ever_costs_one_call_a_district_and_one_for_all(office: Office) -> None:
    office.mirror.refresh()
    assert office.cost() == {"drive": 1, "read": 9}


def test_nothing_changed_costs_one_call_and_viewers_cost_none(office: Office) -> None:
    office.mirror.refresh()
    office.cost()
    office.mirror.refresh()
    assert office.cost() == {"drive": 1}
    for _ in range(50):
        for ref in office.mirror.workbooks(YEAR):
            assert office.mirror.read(ref, YEAR)
    assert office.cost() == {}


def test_what_changed_costs_one_call_each_and_one_for_all(office: Office) -> None:
    office.mirror.refresh()
    office.cost()
    office.clock.sleep(60)
    for code in NINE[:3]:
        office.types(code, "C02")
    office.mirror.refresh()
    assert office.cost() == {"drive": 1, "read": 3}
    words = [
        book.tabs[0].rows[1][0]
        for ref in office.mirror.workbooks(YEAR)
        if (book := office.mirror.read(ref, YEAR))
    ]
    assert words == ["C02"] * 3 + ["C01"] * 6


def test_a_restart_with_copies_reads_only_what_is_old_or_changed(office: Office) -> None:
    office.mirror.refresh()
    office.cost()
    soon = office.started()
    soon.refresh()
    assert office.cost() == {"drive": 1}
    office.clock.sleep(OLD.total_seconds())
    later = office.started()
    later.refresh()
    assert office.cost() == {"drive": 1, "read": 9}


def test_an_edit_drive_has_not_heard_of_is_read_within_five_minutes(
    google: LocalGoogle, tmp_path: Path
) -> None:
    google.reset(modified_lag=100_000)
    office = Office(google, tmp_path)
    office.mirror.refresh()
    office.types("5605", "C07")
    office.clock.sleep(60)
    office.mirror.refresh()
    ref = office.mirror.workbooks(YEAR)[4]
    book = office.mirror.read(ref, YEAR)
    assert book is not None
    assert book.tabs[0].rows[1][0] == "C01"
    office.clock.sleep(OLD.total_seconds())
    office.mirror.refresh()
    book = office.mirror.read(ref, YEAR)
    assert book is not None
    assert book.tabs[0].rows[1][0] == "C07"


def test_a_district_nobody_shared_is_named_and_the_others_are_read(office: Office) -> None:
    office.google.share(office.ids["5604"], ROBOT, None)
    office.mirror.refresh()
    troubles = {ref.district: ref.trouble for ref in office.mirror.workbooks(YEAR)}
    assert troubles == {**dict.fromkeys(NINE), "5604": "not_shared"}


def test_a_district_is_named_by_its_code_whatever_its_sheet_is_called(office: Office) -> None:
    names = [ref.name for ref in office.mirror.workbooks(YEAR)]
    assert names[0] == "5601 เมืองพะเยา"
    assert len(set(names)) == 9


def test_links_that_cannot_be_right_are_named_without_a_call(google: LocalGoogle) -> None:
    same = "https://docs.google.com/spreadsheets/d/1sameForBoth/edit"
    folder = "https://drive.google.com/drive/folders/1folder"
    links = {"5601": same, "5602": same, "5603": folder, "9999": "1another-spreadsheet"}
    http = GoogleHTTP(GoogleAccount(key(), google.address))
    store = GoogleSheets(http, {YEAR: links})
    refs = store.workbooks(YEAR)
    assert {ref.district: ref.trouble for ref in refs} == {
        "5601": "linked_twice",
        "5602": "linked_twice",
        "5603": "bad_link",
        "9999": "unknown_district",
    }
    for ref in refs:
        book = store.read(ref, YEAR)
        assert book is not None
        assert (book.trouble, book.tabs) == (ref.trouble, ())
    assert google.calls() == []


def test_a_year_without_links_is_an_error_that_names_those_with_some(google: LocalGoogle) -> None:
    http = GoogleHTTP(GoogleAccount(key(), google.address))
    store = GoogleSheets(http, {YEAR: {"5601": "x"}, LAST_YEAR: {"5601": "x"}, 2559: {}})
    assert store.years() == (YEAR, LAST_YEAR)
    with pytest.raises(NotLinkedError, match="2565, 2560"):
        store.workbooks(2559)


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("https://docs.google.com/spreadsheets/d/1Ab-c_D/edit?gid=0#gid=0", "1Ab-c_D"),
        ("https://docs.google.com/spreadsheets/u/1/d/1Ab-c_D/edit", "1Ab-c_D"),
        (" https://drive.google.com/file/d/1Ab-c_D/view ", "1Ab-c_D"),
        ("https://drive.google.com/open?id=1Ab-c_D", "1Ab-c_D"),
        ("1rhX5lj90SwjKjeseuBXhrFYd4Tsm", "1rhX5lj90SwjKjeseuBXhrFYd4Tsm"),
        ("https://drive.google.com/file/u/1/d/1Ab-c_D/view", "1Ab-c_D"),
        ("https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml", None),
        ("https://example.org/?id=1Ab-c_D", None),
        ("https://drive.google.com/drive/folders/1Ab-c_D", None),
        ("https://example.org/", None),
        ("เมืองพะเยา", None),
        ("", None),
    ],
)
def test_a_link_is_understood_however_it_was_copied(pasted: str, expected: str | None) -> None:
    assert spreadsheet_id(pasted) == expected


def test_drive_is_asked_page_by_page_but_not_for_ever(google: LocalGoogle) -> None:
    class Endless(GoogleHTTP):
        def get(self, endpoint: str, **params: Any) -> Any:
            assert endpoint.endswith("/drive/v3/files")
            asked.append(params.get("pageToken"))
            file = {"id": "1S", "modifiedTime": "2026-01-05T02:00:00.000Z", "version": "7"}
            return {"files": [file], "nextPageToken": str(len(asked))}

    asked: list[Any] = []
    store = GoogleSheets(
        Endless(GoogleAccount(api_root=google.address)), {YEAR: {"5601": "/spreadsheets/d/1S"}}
    )
    store.look_for_changes()
    assert asked == [None, "1", "2", "3", "4"]
    (ref,) = store.workbooks(YEAR)
    assert ref.modified is not None
    assert ref.modified.isoformat() == "2026-01-05T09:00:00+07:00"


def test_a_hint_that_fails_leaves_the_last_one(office: Office) -> None:
    office.mirror.refresh()
    before = office.mirror.remote.workbooks(YEAR)
    office.google.fault("/drive/", status=403)
    with pytest.raises(RefusedError):
        office.mirror.remote.look_for_changes()
    assert office.mirror.remote.workbooks(YEAR) == before


def cell(value: Any, kind: str = "", pattern: str = "", formula: str = "") -> dict[str, Any]:
    told: dict[str, Any] = {"effectiveValue": value}
    if kind:
        told["effectiveFormat"] = {"numberFormat": {"type": kind, "pattern": pattern}}
    if formula:
        told["userEnteredValue"] = {"formulaValue": formula}
    return told


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (cell({"numberValue": 44768}, "DATE", "d mmm yy"), date(2022, 7, 26)),
        (cell({"numberValue": 44768.5}, "DATE_TIME"), datetime(2022, 7, 26, 12)),  # noqa: DTZ001
        (cell({"numberValue": 44768}, "DATE_TIME"), date(2022, 7, 26)),
        (cell({"numberValue": 0.25}, "TIME", "hh:mm"), time(6)),
        (cell({"numberValue": 1.25}, "TIME", "[h]:mm"), timedelta(hours=30)),
        (cell({"numberValue": 10.0**12}, "DATE"), 10.0**12),
        (cell({"numberValue": 44768}), 44768.0),
        (cell({"boolValue": True}), "TRUE"),
        (cell({"boolValue": False}), "FALSE"),
        (cell({"stringValue": "=1+1"}), "=1+1"),
        (cell({}), ""),
    ],
)
def test_a_value_is_what_its_format_shows(given: Any, stored: object) -> None:
    rows = [{"values": [given, cell({"stringValue": "ก"})]}]
    answer = {"sheets": [{"properties": {"title": "ก"}, "data": [{"rowData": rows}]}]}
    (tab,) = tabs_of(answer, "link")
    assert repr(tab.rows[0][0]) == repr(stored)
    assert tab.url == "link#gid=0"


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("REF", Fault("formula_error", "#REF!")),
        ("DIVIDE_BY_ZERO", Fault("formula_error", "#DIV/0!")),
        ("SOMETHING_NEW", Fault("formula_error", "#ERROR!")),
        ("LOADING", Fault("formula_without_value", "=…")),
    ],
)
def test_an_error_is_told_as_the_sheet_shows_it(kind: str, fault: Fault) -> None:
    rows = [{}, {"values": [{}, cell({"errorValue": {"type": kind}}, formula="=X")]}]
    chart = {"properties": {"title": "กราฟ", "sheetType": "OBJECT"}}
    sheet = {"properties": {"title": "ก"}, "data": [{"rowData": rows}, {"startRow": 5}]}
    (tab,) = tabs_of({"sheets": [chart, sheet]}, "link")
    assert tab.faults == {(1, 1): fault}
    assert list(tab.rows) == [["", ""], ["", ""]]
    assert tab.formulas() == {(1, 1)}


def test_formats_that_change_a_number_are_told_and_others_not() -> None:
    values = [
        cell({"numberValue": 0.06}, "PERCENT", "0.00%"),
        cell({"numberValue": 0.06}, "PERCENT"),
        cell({"numberValue": 401}, "NUMBER", "00000"),
        cell({"numberValue": 5}, "NUMBER", "#,##0.00"),
        cell({"stringValue": "6"}, "PERCENT", "0%"),
    ]
    sheet = {
        "properties": {"title": "ก"},
        "data": [{"startRow": 2, "startColumn": 1, "rowData": [{"values": values}]}],
    }
    (tab,) = tabs_of({"sheets": [sheet]}, "link")
    assert tab.formats() == {(2, 1): "0.00%", (2, 2): "0.00%", (2, 3): "00000"}


def test_half_a_sign_is_no_sign() -> None:
    """JSON can hold it; no table, file or page can."""
    block = {"rowData": [{"values": [{"effectiveValue": {"stringValue": "ก\ud800ข😀"}}]}]}
    (tab,) = tabs_of({"sheets": [{"properties": {"title": "\udfffก"}, "data": [block]}]}, "")
    assert (tab.name, tab.rows) == ("?ก", [["ก?ข😀"]])
