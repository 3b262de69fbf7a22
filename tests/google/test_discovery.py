"""What does not fit Google's published shapes is refused as Google refuses it."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.google import discovery
from tests.support.google.discovery import answer_problems, method_of, problem

SHEET = "/v4/spreadsheets/S"
UNKNOWN = "Invalid JSON payload received. Unknown name"
TYPES = "type.googleapis.com/google.apps.sheets.v4"

PATHS_AND_METHODS = """
GET   /v4/spreadsheets/S                           get
POST  /v4/spreadsheets                             create
POST  /v4/spreadsheets/S:batchUpdate               batchUpdate
POST  /v4/spreadsheets/S:getByDataFilter           getByDataFilter
GET   /v4/spreadsheets/S/values/%27a%2Fb%27%21A1%3AB2 values.get
PUT   /v4/spreadsheets/S/values/A1:B2              values.update
POST  /v4/spreadsheets/S/values/A1:B2:append       values.append
POST  /v4/spreadsheets/S/values/A1:clear           values.clear
GET   /v4/spreadsheets/S/values:batchGet           values.batchGet
POST  /v4/spreadsheets/S/values:batchUpdate        values.batchUpdate
POST  /v4/spreadsheets/S/developerMetadata:search  developerMetadata.search
GET   /drive/v3/files                              drive.files.list
GET   /drive/v3/files/F                            drive.files.get
GET   /drive/v3/files/generateIds                  drive.files.generateIds
POST  /v4/spreadsheets/S:batchupdate               -
PUT   /upload/drive/v2/files/F                     -
"""


@pytest.mark.parametrize("line", PATHS_AND_METHODS.strip().splitlines())
def test_a_path_belongs_to_one_method(line: str) -> None:
    http_method, path, name = line.split()
    method = method_of(http_method, path)
    assert (method.id.removeprefix("sheets.spreadsheets.") if method else "-") == name


def test_the_parts_of_a_path_are_decoded() -> None:
    path = f"{SHEET}/values/%27a%2Fb%27%21A1%3AB2:append"
    method = method_of("POST", path)
    assert method is not None
    assert method.parts(path) == {"spreadsheetId": "S", "range": "'a/b'!A1:B2"}


def words(
    http_method: str, path: str, query: dict[str, list[str]], body: object = None
) -> list[str]:
    refused = problem(http_method, path, query, body)
    return refused["error"]["message"].splitlines() if refused else []


def batch(*requests: object) -> list[str]:
    return words("POST", f"{SHEET}:batchUpdate", {}, {"requests": list(requests)})


def values(given: object, **query: str) -> list[str]:
    asked = {name: [text] for name, text in query.items()}
    return words("PUT", f"{SHEET}/values/A1", asked, {"values": given})


def test_an_unknown_name_is_told_with_its_place() -> None:
    assert batch({"foo": {}}) == [f"{UNKNOWN} \"foo\" at 'requests[0]': Cannot find field."]
    assert batch({}, {"addSheet": {"properties": {"Title": "x", "sheet_id": 1}}}) == [
        f"{UNKNOWN} \"Title\" at 'requests[1].add_sheet.properties': Cannot find field.",
        f"{UNKNOWN} \"sheet_id\" at 'requests[1].add_sheet.properties': Cannot find field.",
    ]
    assert words("PUT", f"{SHEET}/values/A1", {}, {"value": []}) == [
        f"{UNKNOWN} \"value\" at 'data': Cannot find field."
    ]


def test_a_refusal_is_googles_whole_body() -> None:
    body = {"foo": 1, "requests": [{"bar": 2}]}
    top = f'{UNKNOWN} "foo": Cannot find field.'
    inner = f"{UNKNOWN} \"bar\" at 'requests[0]': Cannot find field."
    assert problem("POST", f"{SHEET}:batchUpdate", {}, body) == {
        "error": {
            "code": 400,
            "message": f"{top}\n{inner}",
            "status": "INVALID_ARGUMENT",
            "details": [
                {
                    "@type": "type.googleapis.com/google.rpc.BadRequest",
                    "fieldViolations": [
                        {"description": top},
                        {"field": "requests[0]", "description": inner},
                    ],
                }
            ],
        }
    }


NO_LIST = "Proto field is not repeating, cannot start list."
WRONG_PROPERTIES = f"""
{{"sheetType": "X"}}         | Invalid value at '@.sheet_type' ({TYPES}.SheetType), "X"
{{"title": 5}}               | Invalid value at '@.title' (TYPE_STRING), 5
{{"index": "first"}}         | Invalid value at '@.index' (TYPE_INT32), "first"
{{"index": 1.5}}             | Invalid value at '@.index' (TYPE_INT32), 1.5
{{"index": true}}            | Invalid value at '@.index' (TYPE_INT32), true
{{"sheetId": 2147483648}}    | Invalid value at '@.sheet_id' (TYPE_INT32), 2147483648
{{"hidden": "yes"}}          | Invalid value at '@.hidden' (TYPE_BOOL), "yes"
{{"tabColor": {{"red": ""}}}}| Invalid value at '@.tab_color.red' (TYPE_FLOAT), ""
{{"tabColor": "red"}}        | Invalid value at '@.tab_color' ({TYPES}.Color), "red"
{{"title": {{}}}}            | Invalid value at '@' (title), Starting an object on a scalar field
{{"tabColor": []}}           | {UNKNOWN} "tabColor" at '@': {NO_LIST}
"""


@pytest.mark.parametrize("line", WRONG_PROPERTIES.strip().splitlines())
def test_a_wrong_type_is_told_with_the_type_expected(line: str) -> None:
    properties, expected = (part.strip() for part in line.split("|"))
    told = batch({"addSheet": {"properties": json.loads(properties)}})
    assert told == [expected.replace("@", "requests[0].add_sheet.properties")]


def test_values_are_a_list_of_lists_of_anything() -> None:
    a_list = "type.googleapis.com/google.protobuf.ListValue"
    assert values("D2") == [f"Invalid value at 'data.values' ({a_list}), \"D2\""]
    assert values(["a"]) == [f"Invalid value at 'data.values[0]' ({a_list}), \"a\""]
    assert values([{"a": 1}]) == [f"{UNKNOWN} \"a\" at 'data.values[0]': Cannot find field."]
    assert values([[1, None, "x", True], []]) == []


def test_a_request_does_one_thing() -> None:
    why = "oneof field 'kind' is already set. Cannot set 'deleteSheet'"
    assert batch({"clearBasicFilter": {}, "addSheet": None, "deleteSheet": {}}) == [
        f"Invalid value at 'requests[0]' (oneof), {why}"
    ]


def test_a_body_is_a_message() -> None:
    told = words("POST", f"{SHEET}:batchUpdate", {}, [])
    assert told == [f'{UNKNOWN} "": Root element must be a message.']


def test_the_value_of_a_map_is_told_by_its_number() -> None:
    criteria = {"0": {}, "1": {"hiddenValues": [7]}}
    second = "requests[0].set_basic_filter.filter.criteria[1].value"
    assert batch({"setBasicFilter": {"filter": {"criteria": criteria}}}) == [
        f"Invalid value at '{second}.hidden_values[0]' (TYPE_STRING), 7"
    ]


def test_null_stands_for_what_is_absent() -> None:
    assert batch({"addSheet": {"properties": {"title": None, "tabColor": None}}}) == []
    assert words("POST", f"{SHEET}:batchUpdate", {}, {"requests": None}) == []


def test_numbers_are_numbers_and_long_ones_may_be_text() -> None:
    red = {"tabColorStyle": {"rgbColor": {"red": 1, "green": 0.5}}}
    assert batch({"addSheet": {"properties": red}}) == []
    for size in (7, "7"):
        assert words("POST", "/drive/v3/files", {}, {"size": size}) == []
    assert words("POST", "/drive/v3/files", {}, {"size": "x"}) == [
        "Invalid value at 'size' (TYPE_INT64), \"x\""
    ]


def test_query_parameters_are_known_and_of_their_type() -> None:
    unbound = "Cannot bind query parameter. Field 'foo' could not be found in request message."
    assert words("GET", SHEET, {"foo": ["1"]}) == [f'{UNKNOWN} "foo": {unbound}']
    assert words("GET", SHEET, {"includeGridData": ["maybe"]}) == [
        "Invalid value at 'include_grid_data' (TYPE_BOOL), \"maybe\""
    ]
    assert values([], valueInputOption="Text") == [
        f"Invalid value at 'value_input_option' ({TYPES}.ValueInputOption), \"Text\""
    ]
    assert words("GET", "/drive/v3/files", {"pageSize": ["all"]}) == [
        "Invalid value at 'page_size' (TYPE_INT32), \"all\""
    ]


def test_what_every_method_takes_and_how_gspread_writes_it_is_fine() -> None:
    common = ["fields", "key", "quotaUser", "access_token", "uploadType"]
    query = {
        **{name: ["x"] for name in common},
        "alt": ["json"],
        "prettyPrint": ["false"],
        "$.xgafv": ["2"],
        "includeGridData": ["False"],
        "ranges": ["A1", "B2"],
    }
    assert words("GET", SHEET, query) == []
    recorded = {"supportsAllDrives": ["True"], "includeItemsFromAllDrives": ["True"]}
    assert words("GET", "/drive/v3/files/F", recorded) == []
    assert len(words("DELETE", "/drive/v3/files/F", recorded)) == 1


def test_a_number_in_a_path_is_one() -> None:
    assert words("POST", f"{SHEET}/sheets/first:copyTo", {}, {}) == [
        "Invalid value at 'sheet_id' (TYPE_INT32), \"first\""
    ]


def test_what_is_no_method_is_left_to_the_server_but_its_answer_is_no_answer() -> None:
    assert problem("GET", "/v4/nothing", {}, None) is None
    assert answer_problems("GET", "/v4/nothing", {}) == ["no such method: GET /v4/nothing"]


def test_an_answer_holds_nothing_the_method_does_not_declare() -> None:
    assert answer_problems("GET", SHEET, {}) == []
    sheet = {"properties": {"sheetId": "0", "colour": "red", "sheetType": "X"}}
    found = answer_problems("GET", SHEET, {"sheets": [sheet]})
    assert sorted(line.partition(":")[0] for line in found) == [
        "$.sheets[0].properties",
        "$.sheets[0].properties.sheetId",
        "$.sheets[0].properties.sheetType",
    ]
    assert answer_problems("GET", "/drive/v3/files/F", {"size": "1", "version": 2}) == []


def test_a_deleted_file_answers_nothing() -> None:
    assert answer_problems("DELETE", "/drive/v3/files/F", "") == []
    assert answer_problems("DELETE", "/drive/v3/files/F", {"id": "F"}) != []


def test_without_the_documents_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(discovery.DocumentsAbsentError, match="install google-api-python-client"):
        discovery._document.__wrapped__("sheets.v4")


def recordings() -> Iterator[dict[str, Any]]:
    folder = os.environ.get("GOOGLE_RECORDINGS")
    if not folder:
        pytest.skip("GOOGLE_RECORDINGS names no folder of recorded answers of Google")
    with gzip.open(Path(folder) / "gspread_recordings.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            recorded = json.loads(line)
            recorded["url"] = urlsplit(recorded["uri"])
            if not recorded["url"].path.startswith("/upload/drive/v2/"):  # no document of v2
                yield recorded


def test_google_took_every_recorded_request_we_take() -> None:
    """The bodies wrong in meaning, not in shape, are the server's to refuse."""
    checked = 0
    for recorded in recordings():
        query = parse_qs(recorded["url"].query, keep_blank_values=True)
        body = json.loads(recorded["body"]) if recorded["body"] else None
        found = problem(recorded["method"], recorded["url"].path, query, body)
        assert found is None or found == recorded["response"], recorded["uri"]
        checked += 1
    assert checked > 1000


def test_every_recorded_answer_fits_its_schema() -> None:
    checked = 0
    for recorded in recordings():
        if recorded["status"] < 300:
            path = recorded["url"].path
            found = answer_problems(recorded["method"], path, recorded["response"])
            assert found == [], recorded["uri"]
            checked += 1
    assert checked > 1000
