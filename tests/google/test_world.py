"""The local Google's world: its clock, its quota, its log, and what people do meanwhile."""

from __future__ import annotations

import gzip
import http.client
import json
import time
from urllib.parse import urlsplit

import pytest

from tests.google.asking import (
    ANCHORED,
    CLERK,
    OWNER,
    anchor,
    ask,
    batch,
    cell,
    cells,
    look,
    post,
    read,
    sheet,
)
from tests.google.calling import FILE, call, token
from tests.support.google.client import LocalGoogle

TITLE = {"fields": "properties.title"}


def test_an_edit_moves_the_time_of_change_late_a_new_name_at_once(google: LocalGoogle) -> None:
    google.reset(modified_lag=60, now="2026-01-05T02:00:00Z")
    file_id = google.add_spreadsheet("Books", [sheet([["a"]])])
    path, asked = f"/drive/v3/files/{file_id}", {"fields": "modifiedTime"}
    google.advance(10)
    write = (f"{FILE}{file_id}/values/T!A1", {"valueInputOption": "RAW"}, {"values": [["b"]]})
    google.act(OWNER, "PUT", *write)
    seen = [call(google, "GET", path, query=asked)[1]["modifiedTime"][11:19]]
    google.advance(60)
    seen.append(call(google, "GET", path, query=asked)[1]["modifiedTime"][11:19])
    rename = {"updateSpreadsheetProperties": {"properties": {"title": "N"}, "fields": "title"}}
    google.act(OWNER, "POST", f"{FILE}{file_id}:batchUpdate", None, {"requests": [rename]})
    seen.append(call(google, "GET", path, query=asked)[1]["modifiedTime"][11:19])
    assert seen == ["02:00:00", "02:00:10", "02:01:10"]


def test_the_sixty_first_read_of_a_minute_is_refused(google: LocalGoogle) -> None:
    google.reset(quota=True)
    file_id = google.add_spreadsheet("Books", [sheet([])])
    path = FILE + file_id
    statuses = [call(google, "GET", path, query=TITLE)[0] for _ in range(61)]
    assert statuses == [200] * 60 + [429]
    google.advance(60)
    assert call(google, "GET", path, query=TITLE)[0] == 200


def test_a_person_acts_between_two_of_our_calls(google: LocalGoogle) -> None:
    file_id = google.add_spreadsheet("Books", [sheet([["a"]])], shared_with={CLERK: "writer"})
    path = f"{FILE}{file_id}/values/T!A1"
    typed = {"method": "PUT", "path": path, "query": {"valueInputOption": "USER_ENTERED"}}
    act = {"before": 2, "actor": CLERK, "do": [{**typed, "body": {"values": [["=1+1"]]}}]}
    google.script([act])
    seen = [call(google, "GET", path)[1]["values"] for _ in range(3)]
    assert seen == [[["a"]], [["2"]], [["2"]]]
    assert [noted.kind for noted in google.calls()] == ["read"] * 3


def test_a_person_may_act_before_every_call(google: LocalGoogle) -> None:
    file_id = google.add_spreadsheet("Books", [sheet([["a"]])], shared_with={CLERK: "writer"})
    inserted = {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}}
    do = {
        "method": "POST",
        "path": f"{FILE}{file_id}:batchUpdate",
        "body": {"requests": [inserted]},
    }
    google.script([{"before": "every", "actor": CLERK, "do": [do]}])
    seen = [call(google, "GET", f"{FILE}{file_id}/values/T!A1:A3")[1]["values"] for _ in range(2)]
    assert seen == [[[], ["a"]], [[], [], ["a"]]]


def test_a_lost_answer_was_still_done(google: LocalGoogle) -> None:
    file_id = google.add_spreadsheet("Books", [sheet([["a"]])])
    path = f"{FILE}{file_id}/values/T!A1"
    google.fault(path, method="PUT", status=503, when="after")
    write = call(google, "PUT", path, {"values": [["b"]]}, query={"valueInputOption": "RAW"})
    assert write[0] == 503
    assert call(google, "GET", path)[1]["values"] == [["b"]]


def test_every_call_is_noted_with_its_bytes_on_the_wire(google: LocalGoogle) -> None:
    google.reset(keep_bodies=True)
    file_id = google.add_spreadsheet("Books", [sheet([["ศูนย์ข้าวชุมชน" * 50]])])
    path = f"{FILE}{file_id}/values/T"
    packed = {"Accept-Encoding": "gzip"}
    _, raw = google.request("GET", path, None, {**packed, **token(OWNER)})
    plain = gzip.decompress(raw)
    google.request("GET", path, None, token(OWNER))
    first, second = google.calls()
    assert (first.bytes, second.bytes) == (len(raw), len(plain))
    assert (first.caller, first.status, first.answer) == (OWNER, 200, json.loads(plain))
    google.forget_calls()
    assert google.calls() == []


def test_a_formula_that_came_with_its_result_keeps_it(google: LocalGoogle) -> None:
    told = {
        "userEnteredValue": {"formulaValue": "=XLOOKUP(A1,B:B,C:C)"},
        "effectiveValue": {"errorValue": {"type": "N_A", "message": "Did not find value"}},
    }
    given = sheet([["a"]])
    given["data"][0]["rowData"][0]["values"].append(told)
    file_id = google.add_spreadsheet("Books", [given])
    _, seen = call(google, "GET", f"{FILE}{file_id}/values/T")
    assert seen["values"] == [["a", "#N/A"]]
    fields = "sheets.data.rowData.values(userEnteredValue,effectiveValue)"
    _, seen = call(google, "GET", FILE + file_id, query={"fields": fields})
    assert seen["sheets"][0]["data"][0]["rowData"][0]["values"][1] == told


def test_what_hangs_on_cells_and_lines_is_shown(google: LocalGoogle) -> None:
    day = {"numberFormat": {"type": "DATE", "pattern": "d/m/yyyy"}}
    given = sheet([])
    given["data"] = [
        {
            "rowData": [{"values": [{**cell(43831), "userEnteredFormat": day}, {"note": "look"}]}],
            "rowMetadata": [{"hiddenByUser": True}],
            "columnMetadata": [{}, {"hiddenByUser": True}],
        }
    ]
    file_id = google.add_spreadsheet("Books", [given])
    fields = (
        "sheets.data(rowData.values(formattedValue,effectiveFormat.numberFormat,note),"
        "rowMetadata.hiddenByUser,columnMetadata.hiddenByUser)"
    )
    _, seen = call(google, "GET", FILE + file_id, query={"fields": fields, "ranges": "T!A1:B2"})
    assert seen["sheets"][0]["data"][0] == {
        "rowData": [
            {"values": [{"formattedValue": "1/1/2020", "effectiveFormat": day}, {"note": "look"}]}
        ],
        "rowMetadata": [{"hiddenByUser": True}, {}],
        "columnMetadata": [{}, {"hiddenByUser": True}],
    }


def test_a_person_puts_cells_in_without_a_whole_row(google: LocalGoogle) -> None:
    """The rows below fall apart: one column moves, its neighbour stays."""
    file_id = google.add_spreadsheet("Books", [sheet([["a", 1], ["b", 2]])])
    down = {"range": cells(0, 1, 0, 1), "shiftDimension": "ROWS"}
    for kind, expected in (
        ("insertRange", [["", "1"], ["a", "2"], ["b"]]),
        ("deleteRange", [["a", "1"], ["b", "2"]]),
    ):
        assert ask(google, file_id, batch({kind: down}))[0] == 200
        assert ask(google, file_id, read("T!A1:B3"))[1]["values"] == expected


def test_a_batch_may_answer_with_the_spreadsheet(google: LocalGoogle) -> None:
    file_id = google.add_spreadsheet("Books", [sheet([["a"]])])
    title = {"updateSheetProperties": {"properties": {"title": "U"}, "fields": "title"}}
    body = {
        "requests": [title],
        "includeSpreadsheetInResponse": True,
        "responseIncludeGridData": True,
    }
    status, answer = ask(google, file_id, post(":batchUpdate", body))
    shown = answer["updatedSpreadsheet"]["sheets"][0]
    assert (status, shown["properties"]["title"]) == (200, "U")
    assert shown["data"][0]["rowData"][0]["values"][0]["formattedValue"] == "a"


def test_a_copied_sheet_has_no_metadata(google: LocalGoogle) -> None:
    """METADATA is not copied, so an anchor never stands on two rows."""
    file_id = google.add_spreadsheet("Books", [sheet([["a"]])])
    twin = {"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 5, "newSheetName": "U"}}
    assert ask(google, file_id, batch(anchor(0), twin))[0] == 200
    _, found = ask(google, file_id, ANCHORED)
    assert [one["valueRange"]["range"] for one in found["valueRanges"]] == ["T!A1:F1"]
    assert ask(google, file_id, read("U!A1"))[1]["values"] == [["a"]]
    _, seen = ask(google, file_id, look("sheets.data.rowMetadata.developerMetadata", ranges="U!A1"))
    assert seen == {"sheets": [{"data": [{"rowMetadata": [{}]}]}]}


def test_an_act_that_did_not_happen_is_told(google: LocalGoogle) -> None:
    file_id = google.add_spreadsheet("Books", [sheet([["a"]])])
    do = [{"method": "GET", "path": FILE + file_id}]
    google.script([{"before": 1, "actor": CLERK, "do": do}])
    assert call(google, "GET", FILE + file_id)[0] == 501
    google.script([{"before": 1, "actor": CLERK, "do": do, "may_be_refused": True}])
    assert call(google, "GET", FILE + file_id)[0] == 200


def test_a_call_that_hangs_is_noted_and_stays_in_its_own_world(google: LocalGoogle) -> None:
    """The next test must not see it, whenever it ends."""
    file_id = google.add_spreadsheet("Books", [sheet([["a"]])])
    google.fault(hang=0.4)
    impatient = http.client.HTTPConnection(urlsplit(google.address).netloc, timeout=0.1)
    impatient.request("GET", FILE + file_id)
    with pytest.raises(TimeoutError):
        impatient.getresponse()
    impatient.close()
    assert [noted.status for noted in google.calls()] == [0]
    google.reset()
    time.sleep(0.5)
    assert google.calls() == []


def test_a_wrong_order_is_told(google: LocalGoogle) -> None:
    with pytest.raises(ValueError, match="parent"):
        google.add_spreadsheet("Books", [sheet([])], parent="folder")
    with pytest.raises(ValueError, match="no_such_option"):
        google.reset(no_such_option=True)
    with pytest.raises(ValueError, match="50000"):
        google.add_spreadsheet("Books", [sheet([["x" * 50_001]])])
    google.reset()
