"""A spreadsheet to try things in, and everything it holds before and after."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.cli import main
from services.store.base import RawTab
from tests.support.google.books import OFFICE, add_workbook
from tests.support.google.client import LocalGoogle

TABS = (RawTab("ศูนย์", [["รหัสศูนย์"], ["C01"]]), RawTab("ลูกหนี้", [["หนี้คงเหลือ"], [1200.0]]))
NAME, HERE = "สำหรับทดลอง", "/v4/spreadsheets/{}"
MOST_CALLS = 60


def add_spreadsheet(google: LocalGoogle) -> str:
    """An office's spreadsheet, with a note on it and one on a row."""
    sheet = add_workbook(google, NAME, TABS)
    first_row = {"dimension": "ROWS", "startIndex": 0, "endIndex": 1, "sheetId": 0}
    for number, location in ((7, {"spreadsheet": True}), (8, {"dimensionRange": first_row})):
        made = {"metadataId": number, "metadataKey": "w", "visibility": "DOCUMENT"}
        note = {"createDeveloperMetadata": {"developerMetadata": {**made, "location": location}}}
        as_office(google, sheet, "POST", ":batchUpdate", {"requests": [note]})
    google.forget_calls()
    return sheet


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
