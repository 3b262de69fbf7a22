"""Protected ranges refuse who is no editor, whatever the edit is."""

from __future__ import annotations

import pytest

from tests.google.asking import (
    CLERK,
    DELETE_FIRST,
    NOTE,
    OWNER,
    TURN_AROUND,
    Ask,
    Json,
    ask,
    batch,
    cells,
    post,
    sheet,
    write,
)
from tests.google.fact import THREE
from tests.support.google.client import LocalGoogle

PROTECTED = cells(0, 1, 0, 2)
EDITS: dict[str, Ask] = {
    "writes a value": write("T!A1", [["x"]]),
    "writes by filter": post("/values:batchUpdateByDataFilter", {
        "valueInputOption": "RAW",
        "data": [{"dataFilter": {"a1Range": "T!A1"}, "values": [["x"]]}],
    }),
    "clears": ("POST", "/values/T!A1:B1:clear", {}, {}),
    "deletes the row": batch(DELETE_FIRST),
    "sorts over it": batch(TURN_AROUND),
    "writes a note": batch(NOTE),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_a_protection_refuses_who_is_no_editor(google: LocalGoogle, edit: str) -> None:
    """ARCHITECTURE: it blocks a sort and a deletion as well as an edit."""
    file_id = _protected(google, {"editors": {"users": []}})
    status, answer = ask(google, file_id, EDITS[edit], CLERK)
    assert status == 400
    assert "You are trying to edit a protected cell or object." in answer["error"]["message"]
    assert ask(google, file_id, EDITS[edit], OWNER)[0] == 200


@pytest.mark.parametrize("edit", EDITS)
def test_a_warning_refuses_nobody(google: LocalGoogle, edit: str) -> None:
    file_id = _protected(google, {"warningOnly": True})
    assert ask(google, file_id, EDITS[edit], CLERK)[0] == 200


def test_an_editor_of_a_protection_may_edit(google: LocalGoogle) -> None:
    file_id = _protected(google, {"editors": {"users": [CLERK]}})
    assert ask(google, file_id, EDITS["writes a value"], CLERK)[0] == 200


def _protected(google: LocalGoogle, how: Json) -> str:
    file_id = google.add_spreadsheet("Facts", [sheet(THREE)], shared_with={CLERK: "writer"})
    protection = {"addProtectedRange": {"protectedRange": {"range": PROTECTED, **how}}}
    assert ask(google, file_id, batch(protection))[0] == 200
    return file_id
