"""What people found out about Google live, each with its source and date, holds here too."""

from __future__ import annotations

import json

import pytest

from tests.google import facts_of_anchors, facts_of_batches, facts_of_values
from tests.google.asking import (
    INSERT_ABOVE,
    NOTE,
    anchor,
    ask,
    at,
    batch,
    cell,
    look,
    metadata,
    read,
    rows,
    sheet,
    write,
)
from tests.google.fact import THREE, Fact
from tests.support.google.client import LocalGoogle

FACTS = (*facts_of_anchors.FACTS, *facts_of_values.FACTS, *facts_of_batches.FACTS)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.sentence)
def test_what_was_found_live_holds_here(google: LocalGoogle, fact: Fact) -> None:
    file_id = google.add_spreadsheet("Facts", [sheet(fact.given)], locale="en_US")
    *before, last = fact.asked
    for asked in before:
        status, answer = ask(google, file_id, asked)
        assert status == 200, answer
    status, answer = ask(google, file_id, last)
    if fact.refused:
        assert (status, answer["error"]["status"]) == (400, "INVALID_ARGUMENT")
        assert fact.refused in answer["error"]["message"]
    else:
        assert status == 200, answer
        assert {place: at(answer, place) for place in fact.says} == fact.says


def test_every_fact_has_its_source() -> None:
    assert all(len(fact.source) > 10 for fact in FACTS)
    assert len({fact.sentence for fact in FACTS}) == len(FACTS)


def test_a_refused_batch_leaves_nothing_behind(google: LocalGoogle) -> None:
    """The key that exists refuses the rows that came with it."""
    file_id = google.add_spreadsheet("Facts", [sheet(THREE)])
    once = batch(
        metadata(7, "op", {"spreadsheet": True}),
        {"appendCells": {"sheetId": 0, "fields": "*", "rows": [{"values": [cell("once")]}]}},
    )
    assert [ask(google, file_id, once)[0] for _ in range(3)] == [200, 400, 400]
    _, answer = ask(google, file_id, read("T!A1:A10"))
    assert answer["values"] == [["a"], ["b"], ["c"], ["once"]]


def test_a_batch_is_done_whole_or_not_at_all(google: LocalGoogle) -> None:
    """GUIDE: what came before the refused request is taken back, a new name too."""
    file_id = google.add_spreadsheet("Facts", [sheet(THREE)])
    renamed = {"updateSpreadsheetProperties": {"properties": {"title": "N"}, "fields": "title"}}
    wrong = {"deleteDimension": {"range": rows(99, 100)}}
    before = ask(google, file_id, look("*"))
    assert ask(google, file_id, batch(renamed, INSERT_ABOVE, anchor(1), NOTE, wrong))[0] == 400
    assert ask(google, file_id, look("*")) == before


@pytest.mark.parametrize(("locale", "serial"), [("en_US", 43832), ("th_TH", 43862)])
def test_a_typed_date_is_read_as_the_spreadsheets_country_writes_it(
    google: LocalGoogle, locale: str, serial: int
) -> None:
    """GDRIVES: display text depends on the locale and can name the wrong day."""
    file_id = google.add_spreadsheet("Facts", [sheet(THREE)], locale=locale)
    assert ask(google, file_id, write("T!A1", [["1/2/2020"]], "USER_ENTERED"))[0] == 200
    unformatted = {"valueRenderOption": "UNFORMATTED_VALUE"}
    assert ask(google, file_id, read("T!A1", **unformatted))[1]["values"] == [[serial]]
    assert ask(google, file_id, read("T!A1"))[1]["values"] == [["1/2/2020"]]


def test_no_answer_carries_an_etag(google: LocalGoogle) -> None:
    """RECORDED: no Sheets v4 answer has one, so nothing can be asked conditionally."""
    file_id = google.add_spreadsheet("Facts", [sheet(THREE)])
    _, answer = ask(google, file_id, look("*"))
    assert "etag" not in json.dumps(answer).lower()
