"""Who may see what, and what a caller without the right is told."""

from __future__ import annotations

import pytest

from tests.google.asking import CLERK, sheet
from tests.google.calling import FILE, ROBOT, SCOPES, XLSX, call, token
from tests.support.google.client import LocalGoogle

SPREADSHEETS = SCOPES + "spreadsheets"


def test_a_stranger_is_refused_a_reader_may_not_write_a_writer_may(google: LocalGoogle) -> None:
    file_id = google.add_spreadsheet("ทะเบียน", [sheet([["a"]])])
    path = f"{FILE}{file_id}/values/T!A1"
    write = {"query": {"valueInputOption": "RAW"}, "headers": token(ROBOT)}
    seen = []
    for role in (None, "reader", "writer"):
        google.share(file_id, ROBOT, role)
        read = call(google, "GET", path, headers=token(ROBOT))[0]
        seen.append((read, call(google, "PUT", path, {"values": [["b"]]}, **write)[0]))
    assert seen == [(403, 403), (200, 403), (200, 200)]


def test_what_is_not_there_is_not_found(google: LocalGoogle) -> None:
    status, answer = call(google, "GET", FILE + "nowhere", headers=token(ROBOT))
    assert (status, answer["error"]["status"]) == (404, "NOT_FOUND")


def test_an_account_that_was_deleted_is_unauthenticated(google: LocalGoogle) -> None:
    google.reset(known_callers={CLERK})
    file_id = google.add_spreadsheet("Books", [sheet([])], shared_with={ROBOT: "writer"})
    status, answer = call(google, "GET", FILE + file_id, headers=token(ROBOT))
    assert (status, answer["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_reading_metadata_needs_the_scope_for_writing(google: LocalGoogle) -> None:
    file_id = google.add_spreadsheet("Books", [sheet([])], shared_with={ROBOT: "writer"})
    search = f"{FILE}{file_id}/developerMetadata:search"
    body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "w"}}]}
    narrow, wide = (token(ROBOT, scope=SPREADSHEETS + end) for end in (".readonly", ""))
    assert call(google, "GET", FILE + file_id, headers=narrow)[0] == 200
    assert call(google, "POST", search, body, headers=narrow)[0] == 403
    assert call(google, "POST", search, body, headers=wide)[0] == 200


def test_a_workbook_that_was_never_converted_is_no_spreadsheet(google: LocalGoogle) -> None:
    file_id = google.add_spreadsheet("old.xlsx", [], mime_type=XLSX)
    status, answer = call(google, "GET", FILE + file_id)
    assert (status, answer["error"]["status"]) == (400, "FAILED_PRECONDITION")
    assert answer["error"]["message"] == "This operation is not supported for this document"
    _, file = call(google, "GET", f"/drive/v3/files/{file_id}", query={"fields": "mimeType"})
    assert file == {"mimeType": XLSX}


def test_an_api_that_is_switched_off_says_where_to_switch_it_on(google: LocalGoogle) -> None:
    google.reset(disabled_apis={"sheets.googleapis.com"})
    _, answer = call(google, "GET", FILE + "x")
    assert answer["error"]["message"].startswith("Google Sheets API has not been used in project")
    assert answer["error"]["details"][0]["reason"] == "SERVICE_DISABLED"
    assert call(google, "GET", "/drive/v3/files")[0] == 200


def test_drive_says_in_its_own_shape_that_it_is_switched_off(google: LocalGoogle) -> None:
    google.reset(disabled_apis={"drive.googleapis.com"})
    status, answer = call(google, "GET", "/drive/v3/files")
    assert (status, answer["error"]["errors"][0]["reason"]) == (403, "accessNotConfigured")


def test_a_token_for_spreadsheets_alone_does_not_list_files(google: LocalGoogle) -> None:
    headers = token(ROBOT, scope=SPREADSHEETS)
    status, answer = call(google, "GET", "/drive/v3/files", headers=headers)
    assert (status, answer["error"]["errors"][0]["reason"]) == (403, "insufficientPermissions")


def test_a_service_account_has_no_room_for_files(google: LocalGoogle) -> None:
    file_id = google.add_spreadsheet("Form", [sheet([])], shared_with={ROBOT: "writer"})
    for path in ("/drive/v3/files", f"/drive/v3/files/{file_id}/copy"):
        status, answer = call(google, "POST", path, {"name": "New"}, headers=token(ROBOT))
        assert status == 403
        assert answer["error"]["errors"][0]["reason"] == "storageQuotaExceeded"


def test_the_list_holds_what_is_shared_and_asked_for(google: LocalGoogle) -> None:
    shared = {ROBOT: "reader"}
    first = google.add_spreadsheet("ปี 2565", [sheet([])], shared_with=shared, parents=["folder"])
    google.add_spreadsheet("not shared", [sheet([])])
    google.add_spreadsheet("old.xlsx", [], shared_with=shared, mime_type=XLSX, parents=["folder"])
    search = (
        "mimeType='application/vnd.google-apps.spreadsheet' and 'folder' in parents "
        "and trashed=false"
    )
    asked = {"q": search, "fields": "files(id,name,capabilities(canEdit))"}
    _, answer = call(google, "GET", "/drive/v3/files", query=asked, headers=token(ROBOT))
    assert answer == {
        "files": [{"id": first, "name": "ปี 2565", "capabilities": {"canEdit": False}}]
    }


@pytest.mark.parametrize(
    "search", ["colour='red'", "name='a' or name='b'", "fullText contains 'x'"]
)
def test_a_search_that_is_not_understood_is_refused(google: LocalGoogle, search: str) -> None:
    assert call(google, "GET", "/drive/v3/files", query={"q": search})[0] == 400
