"""What a save costs at Google."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.history.record import History
from services.store.google_http import GoogleHTTP
from services.store.google_sheets import GoogleSheets
from services.store.mirror import Mirror
from services.writeback.recorded import Recorded
from services.writeback.save import save
from services.writeback.wants import Fate
from tests.store.conftest import clock, http  # noqa: F401 – fixtures
from tests.support.google.books import add_workbook
from tests.support.google.client import LocalGoogle
from tests.writeback.office import DISTRICT, YEAR, Rows, debts, desk, pressed, want

MOST_CALLS = 6


def test_fifty_edits_cost_six_calls_at_most(
    google: LocalGoogle,
    http: GoogleHTTP,  # noqa: F811
    tmp_path: Path,
) -> None:
    rows: Rows = [[f"D{n}", f"H{n}", "F1", f"{n}", "", f"id{n}"] for n in range(1, 61)]
    sheet = add_workbook(google, "เมืองพะเยา", [debts(rows)])
    mirror = Mirror(GoogleSheets(http, {YEAR: {DISTRICT: sheet}}), tmp_path / "last_good")
    mirror.refresh()
    plain = desk(mirror, tmp_path)
    at = desk(Recorded(mirror, tmp_path, plain.now), tmp_path)
    book = at.read()
    google.forget_calls()
    wants = [want(book, n, "contract_no", f"{n}/2565") for n in range(1, 51)]
    assert save(at, book, pressed(book, *wants)) == (Fate("written"),) * 50
    assert len(google.calls()) <= MOST_CALLS
    assert [row[4] for row in at.read().tabs[0].rows[1:51]] == [f"{n}/2565" for n in range(1, 51)]
    found = History(tmp_path, YEAR, DISTRICT).found()
    assert len(found) == 50
    assert {change.who for _, change in found} == {"kanya@office.example"}


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+66", "-1", "@x", "00123", "1/2"])
def test_a_text_comes_back_from_google_as_it_was_typed(
    text: str,
    google: LocalGoogle,
    http: GoogleHTTP,  # noqa: F811
    tmp_path: Path,
) -> None:
    sheet = add_workbook(google, "เมืองพะเยา", [debts([["D1", "H1", "F1", "1", "", "id1"]])])
    store = GoogleSheets(http, {YEAR: {DISTRICT: sheet}})
    at = desk(store, tmp_path)
    book = at.read()
    assert save(at, book, pressed(book, want(book, 1, "contract_no", text))) == (Fate("written"),)
    assert at.read().tabs[0].rows[1][4] == text
