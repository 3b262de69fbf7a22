"""How these tests ask: a sheet, a call, a request of a batch, each in one word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tests.support.google.client import LocalGoogle
from tests.support.google.discovery import answer_problems

Json = dict[str, Any]
Ask = tuple[str, str, Mapping[str, Any], Any]  # method, what follows the file's id, query, body
OWNER = "owner@office.example"
CLERK = "clerk@office.example"

# --- how a call is said ------------------------------------------------------------------


def read(where: str, **query: Any) -> Ask:
    return "GET", f"/values/{quote(where, safe='')}", query, None


def write(where: str, values: list[list[Any]], option: str = "RAW", **query: Any) -> Ask:
    path, query = f"/values/{quote(where, safe='')}", {"valueInputOption": option, **query}
    return "PUT", path, query, {"values": values}


def append(where: str, values: list[list[Any]], insert: str = "OVERWRITE") -> Ask:
    query = {"valueInputOption": "RAW", "insertDataOption": insert}
    return "POST", f"/values/{quote(where, safe='')}:append", query, {"values": values}


def batch(*requests: Json) -> Ask:
    return "POST", ":batchUpdate", {}, {"requests": list(requests)}


def look(fields: str, **query: Any) -> Ask:
    return "GET", "", {"fields": fields, **query}, None


def post(verb: str, body: Json) -> Ask:
    return "POST", verb, {}, body


# --- requests of a batch -----------------------------------------------------------------


def rows(start: int, end: int, dimension: str = "ROWS") -> Json:
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def cells(top: int, bottom: int, left: int, right: int) -> Json:
    return {
        "sheetId": 0,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def anchor(row: int, number: int = 7, key: str = "w") -> Json:
    location = {"dimensionRange": rows(row, row + 1)}
    return metadata(number, key, location)


def metadata(number: int, key: str, location: Json) -> Json:
    made = {"metadataId": number, "metadataKey": key, "visibility": "DOCUMENT"}
    return {"createDeveloperMetadata": {"developerMetadata": {**made, "location": location}}}


def by_id(number: int) -> Json:
    return {"developerMetadataLookup": {"metadataId": number}}


def by_key(key: str) -> Json:
    return {"developerMetadataLookup": {"metadataKey": key}}


INSERT_ABOVE = {"insertDimension": {"range": rows(0, 1), "inheritFromBefore": False}}
DELETE_FIRST = {"deleteDimension": {"range": rows(0, 1)}}
LAST_TO_TOP = {"moveDimension": {"source": rows(2, 3), "destinationIndex": 0}}
TURN_AROUND = {
    "sortRange": {
        "range": cells(0, 3, 0, 2),
        "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}],
    }
}
ANCHORED = post("/values:batchGetByDataFilter", {"dataFilters": [by_id(7)]})
HERE = "valueRanges.0.valueRange.range"
NOTE = {
    "updateCells": {
        "range": cells(0, 1, 0, 1),
        "fields": "note,dataValidation",
        "rows": [
            {
                "values": [
                    {
                        "note": "look here",
                        "dataValidation": {"condition": {"type": "NOT_BLANK"}, "strict": True},
                    }
                ]
            }
        ],
    }
}


def sheet(values: list[list[Any]]) -> Json:
    grid = {"rowCount": 10, "columnCount": 6}
    shown = [{"values": [cell(value) for value in row]} for row in values]
    properties = {"sheetId": 0, "title": "T", "gridProperties": grid}
    return {"properties": properties, "data": [{"rowData": shown}]}


def cell(value: Any) -> Json:
    if value == "":
        return {}
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    return {"userEnteredValue": {kind: value}}


def ask(google: LocalGoogle, file_id: str, asked: Ask, actor: str = OWNER) -> tuple[int, Any]:
    method, rest, query, body = asked
    path = f"/v4/spreadsheets/{file_id}{rest}"
    status, answer = google.act(actor, method, path, query, body)
    assert status != 200 or not answer_problems(method, path, answer)
    return status, answer


def at(answer: Any, place: str) -> Any:
    """Follow `a.0.b`; None where there is nothing."""
    for step in place.split("."):
        found = answer.get(step) if isinstance(answer, dict) else None
        if isinstance(answer, list):
            found = answer[int(step)] if int(step) < len(answer) else None
        answer = found
    return answer
