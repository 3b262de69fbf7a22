"""A person moves rows between our two calls: what is written by number and what by anchor."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.google.asking import (
    CLERK,
    DELETE_FIRST,
    INSERT_ABOVE,
    TURN_AROUND,
    anchor,
    ask,
    batch,
    by_id,
    post,
    read,
    sheet,
    write,
)
from tests.google.fact import THREE
from tests.support.google.client import LocalGoogle

BY_NUMBER = write("T!C2", [["done"]])
BY_ANCHOR = post(
    "/values:batchUpdateByDataFilter",
    {
        "valueInputOption": "RAW",
        "data": [{"dataFilter": by_id(7), "values": [[None, None, "done"]]}],
    },
)
LAST_TO_TOP = {"moveDimension": {"source": {"dimension": "ROWS", "startIndex": 2, "endIndex": 3}}}


def ours(google: LocalGoogle, file_id: str, asked: Any) -> None:
    """Ask as the product does: over the wire, so that people may act before it."""
    method, rest, query, body = asked
    target = f"/v4/spreadsheets/{file_id}{rest}?{urlencode(query)}"
    sent = json.dumps(body).encode()
    status, answer = google.request(method, target, sent, {"Content-Type": "application/json"})
    assert status == 200, answer


def done(google: LocalGoogle, asked: Any, move: dict[str, Any]) -> str:
    """Give the name in the row that was marked, a person having moved rows right before."""
    file_id = google.add_spreadsheet("Meanwhile", [sheet(THREE)], shared_with={CLERK: "writer"})
    assert ask(google, file_id, batch(anchor(1)))[0] == 200
    act = {"method": "POST", "path": f"/v4/spreadsheets/{file_id}:batchUpdate"}
    google.script([{"before": 1, "actor": CLERK, "do": [{**act, "body": {"requests": [move]}}]}])
    ours(google, file_id, asked)
    _, answer = ask(google, file_id, read("T!A1:C5"))
    return next(str(row[0]) for row in answer["values"] if row[2:] == ["done"])


@pytest.mark.parametrize(
    "move", [INSERT_ABOVE, DELETE_FIRST, LAST_TO_TOP], ids=["inserted", "deleted", "moved"]
)
def test_by_number_the_wrong_row_is_marked_by_anchor_the_right_one(
    google: LocalGoogle, move: dict[str, Any]
) -> None:
    """The race matrix of our study of Sheets (§5.2), its two ends."""
    assert done(google, BY_NUMBER, move) != "b"
    assert done(google, BY_ANCHOR, move) == "b"


def test_by_anchor_a_sorted_row_is_found(google: LocalGoogle) -> None:
    shuffled = {**TURN_AROUND["sortRange"], "sortSpecs": [{"dimensionIndex": 1}]}
    assert done(google, BY_ANCHOR, {"sortRange": shuffled}) == "b"
