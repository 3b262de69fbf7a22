"""What is read is remembered, with the author of what came through the product, and shown again."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services.history.changes import Change
from services.history.past import PastStore
from services.history.record import History
from services.settings import BANGKOK
from services.store.base import NotAsSeenError, OwnTab, RawTab, RawWorkbook
from services.writeback.recorded import Recorded
from services.writeback.save import Desk, NotNowError
from services.writeback.settle import CannotPutBackError, ChangedSinceError, put_back
from services.writeback.wants import WHOLE_ROW, Fate
from tests.writeback.office import DISTRICT, YEAR, Sheet, changed, desk, saved, usual, want

NOW = datetime(2022, 7, 19, 9, 0, 30, tzinfo=BANGKOK)
WHO = "kanya@office.example"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def sheet() -> Sheet:
    return Sheet.of(usual())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def recorded(sheet: Sheet, tmp_path: Path, clock: Clock) -> Recorded:
    return Recorded(sheet, tmp_path, clock)


@pytest.fixture
def at(recorded: Recorded, tmp_path: Path) -> Desk:
    return desk(recorded, tmp_path)


def read(store: Recorded | PastStore) -> RawWorkbook:
    book = store.read(store.workbooks(YEAR)[0], YEAR)
    assert book is not None
    return book


def told(folder: Path) -> list[tuple[str, str, str, str, str]]:
    found = History(folder, YEAR, DISTRICT).found()
    return [(one.row, one.column, one.old, one.new, one.who) for _, one in found]


def test_what_people_type_in_the_sheet_has_no_author_and_what_they_save_here_has(
    recorded: Recorded, sheet: Sheet, at: Desk, tmp_path: Path
) -> None:
    book = read(recorded)
    sheet.type(changed(usual(), 1, 2, "F8"))
    saved(at, book, want(book, 2, "outstanding", 1500), want(book, 3, "debt_id", "D33"))
    read(recorded)
    assert sorted(told(tmp_path)) == [
        ("D1", "fund_id", "F1", "F8", ""),
        ("D2", "outstanding", "2000", "1500", WHO),
        ("D33", "debt_id", "D3", "D33", WHO),
    ]


def test_a_row_removed_here_is_told_with_its_author(
    recorded: Recorded, at: Desk, tmp_path: Path
) -> None:
    book = read(recorded)
    saved(at, book, want(book, 2, WHOLE_ROW, ""))
    read(recorded)
    assert {(row, who) for row, _, _, _, who in told(tmp_path)} == {("D2", WHO)}


def test_a_save_of_long_ago_signs_nothing(
    recorded: Recorded, at: Desk, sheet: Sheet, clock: Clock, tmp_path: Path
) -> None:
    book = read(recorded)
    saved(at, book, want(book, 2, "outstanding", 1500))
    read(recorded)
    clock.now += timedelta(hours=2)
    sheet.type(usual())
    read(recorded)
    sheet.type(changed(usual(), 2, 3, 1500.0))
    read(recorded)
    assert [who for *_, who in told(tmp_path)] == ["", "", WHO]


def test_a_disk_that_refuses_stops_nobody(
    recorded: Recorded, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> bool:
        raise OSError(28, "/secret/place")

    with monkeypatch.context() as patch:
        patch.setattr(History, "record", full)
        assert read(recorded).tabs
    assert recorded.forgetful
    assert "/secret/place" not in caplog.text
    read(recorded)
    assert not recorded.forgetful


def test_it_is_the_same_store_in_everything_else(recorded: Recorded, sheet: Sheet) -> None:
    book = read(recorded)
    assert (recorded.years(), recorded.workbooks(YEAR)) == (sheet.years(), sheet.workbooks(YEAR))
    assert recorded.read(book.ref, YEAR, unless=book.digest) is None
    assert recorded.annotate(book, YEAR, {"ลูกหนี้": {(1, 0): "ตรวจ"}}).changed == 1
    assert recorded.post(read(recorded), YEAR, OwnTab("_ข้อเสนอแนะ", (("ข้อ",),)))


def test_a_folder_that_can_only_be_read_is_a_refusal_in_words(
    recorded: Recorded, at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "/secret/place")

    monkeypatch.setattr("services.writeback.save.PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(Sheet, "write", refused)
    book = read(recorded)
    with pytest.raises(NotNowError, match="อ่านได้อย่างเดียว") as raised:
        saved(at, book, want(book, 1, "fund_id", "F2"))
    assert "secret" not in str(raised.value)


def test_a_workbook_is_shown_as_it_stood_and_cannot_be_changed_there(
    recorded: Recorded, sheet: Sheet, tmp_path: Path
) -> None:
    read(recorded)
    then = NOW + timedelta(seconds=30)
    recorded.now = lambda: NOW + timedelta(minutes=5)
    sheet.type(changed(usual(), 2, 3, 777.0))
    read(recorded)
    past = PastStore(recorded, tmp_path, then)
    book = read(past)
    assert book.tabs[0].rows[2][3] == 2000.0
    assert past.years() == (YEAR,)
    assert past.read(book.ref, YEAR, unless=book.ref.stamp) is None
    assert read(PastStore(recorded, tmp_path, NOW + timedelta(hours=1))).tabs[0].rows[2][3] == 777.0
    for write in (
        lambda: past.write(book, YEAR, []),
        lambda: past.annotate(book, YEAR, {}),
        lambda: past.post(book, YEAR, OwnTab("_", ())),
    ):
        with pytest.raises(NotAsSeenError):
            write()


def test_a_workbook_nobody_had_read_by_then_says_so(
    recorded: Recorded, sheet: Sheet, tmp_path: Path
) -> None:
    early = PastStore(recorded, tmp_path, NOW - timedelta(days=1))
    assert read(early).trouble == "not_recorded_then"
    book = read(recorded)
    past = PastStore(recorded, tmp_path, NOW + timedelta(minutes=1))
    ref = past.workbooks(YEAR)[0]
    (History(tmp_path, YEAR, DISTRICT).place / "000000.json.gz").write_bytes(b"spoilt")
    spoilt = past.read(ref, YEAR)
    assert spoilt is not None
    assert spoilt.trouble == "not_recorded_then"
    assert book.tabs
    assert sheet.rows


def test_a_change_may_be_put_back_as_long_as_nobody_changed_the_cell_again(
    recorded: Recorded, sheet: Sheet, at: Desk
) -> None:
    book = read(recorded)
    saved(at, book, want(book, 2, "outstanding", 1500))
    change = Change("debts", "D2", "outstanding", "2000", "1500")
    assert put_back(at, change, WHO) == Fate("written")
    assert sheet.rows[1][3] == 2000.0
    with pytest.raises(ChangedSinceError, match="ถูกแก้อีก"):
        put_back(at, change, WHO)


def test_a_day_of_the_sheet_is_not_put_back_as_words(at: Desk) -> None:
    for old in ("26/07/2022", "#REF!"):
        with pytest.raises(CannotPutBackError, match="วันที่หรือผลของสูตร"):
            put_back(at, Change("debts", "D2", "outstanding", old, "2000"), WHO)


def test_a_tab_only_the_past_knows_is_found_there(tmp_path: Path, clock: Clock) -> None:
    sheet = Sheet.of(usual(), RawTab("บันทึก", [["ก"]]))
    recorded = Recorded(sheet, tmp_path, clock)
    read(recorded)
    sheet.type(usual())
    read(recorded)
    past = PastStore(recorded, tmp_path, NOW + timedelta(seconds=2))
    assert [tab.name for tab in read(past).tabs] == ["ลูกหนี้", "บันทึก"]
