"""The pages on Google's sheets: as on files, with their age; while Google stumbles, without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui import reading
from pages._ui.refreshing import Rounds
from services.history.record import History
from services.secrets_file import GoogleAccount
from services.settings import Settings
from services.store.base import SheetStore
from services.store.chosen import store_of
from services.store.google_http import PER_MINUTE, GoogleHTTP, Pace
from services.store.google_sheets import GoogleSheets
from services.store.mirror import Mirror
from tests.pages.test_every_page import SCRIPTS, every_page
from tests.support.google.books import OFFICE, ROBOT, key
from tests.support.google.client import LocalGoogle
from tests.support.google.clock import SteppedClock
from tests.support.google.province import Links, add_province, write_secrets
from tests.support.google.quota import most_in_a_minute
from tests.support.pages import APP, everything

YEAR, DAY = 2565, date(2022, 7, 19)
OF_PLACES = {"สมุดงาน", "บันทึกล่าสุด", "กี่วันแล้ว", "ลิงก์"}
LINE = re.compile(r"^- (\S+) \d\d:\d\d น\. \(.+\)", re.MULTILINE)


@dataclass
class Office:
    """The demo province in the local Google, and the pages on it under a clock of our own."""

    google: LocalGoogle
    clock: SteppedClock
    mirror: Mirror
    links: Links

    def id_of(self, code: str) -> str:
        return self.links[YEAR][code].split("/")[-2]


def mirror_of(google: LocalGoogle, clock: SteppedClock, links: Links, folder: Path) -> Mirror:
    http = GoogleHTTP(GoogleAccount(key(), google.address), Pace(clock, clock.sleep), to_answer=0.5)
    return Mirror(GoogleSheets(http, links), folder / "last_good", clock.now)


@contextmanager
def pages_on(mirror: Mirror, clock: SteppedClock, links: Links, folder: Path) -> Iterator[None]:
    """Point the pages at the mirror; no thread of its own reads."""

    def ours(chosen: Settings) -> SheetStore:
        return mirror if chosen.google else store_of(chosen)

    with pytest.MonkeyPatch.context() as patch:
        secrets = write_secrets(folder / "secrets.toml", clock.google, links, DAY)
        patch.delenv("KONGTHUN_DATA", raising=False)
        patch.setenv("KONGTHUN_SECRETS", str(secrets))
        patch.setenv("KONGTHUN_HISTORY", str(folder))
        patch.setattr(reading, "store_of", ours)
        patch.setattr(reading, "now", clock.now)
        patch.setattr(Rounds, "keep_going", lambda _: None)
        yield
    reading._kept.cache_clear()


@pytest.fixture
def office(google: LocalGoogle, demo: Path, tmp_path: Path) -> Iterator[Office]:
    """Nothing is read yet."""
    google.reset(quota=True)
    clock, links = SteppedClock(google), add_province(google, demo)
    mirror = mirror_of(google, clock, links, tmp_path)
    google.forget_calls()
    with pages_on(mirror, clock, links, tmp_path):
        yield Office(google, clock, mirror, links)


@pytest.fixture(scope="module")
def read_once(
    google_process: LocalGoogle, demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Mirror, SteppedClock, Links]:
    """The province read once; its copies need no Google any more."""
    google_process.reset()
    clock, links = SteppedClock(google_process), add_province(google_process, demo)
    mirror = mirror_of(google_process, clock, links, tmp_path_factory.mktemp("read"))
    mirror.refresh([YEAR])
    return mirror, clock, links


def opens(script: str | None = None, **address: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, words in address.items():
        app.query_params[name] = words
    if script:
        app.switch_page(f"pages/{script}.py")
    return app.run()


def tables_of(app: AppTest) -> list[str]:
    """The tables' content, without what says where workbooks live, or who looked when."""
    tables = [one.value for one in app.dataframe if "บัญชี" not in one.value]
    return [t.drop(columns=[name for name in t if name in OF_PLACES]).to_csv() for t in tables]


@every_page
def test_a_page_says_on_sheets_what_it_says_on_files(
    script: str,
    read_once: tuple[Mirror, SteppedClock, Links],
    demo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pages_on(*read_once, tmp_path):
        of_sheets = opens(script, district="เมืองพะเยา")
    monkeypatch.setenv("KONGTHUN_DATA", str(demo))
    of_files = opens(script, district="เมืองพะเยา")
    assert not of_sheets.exception
    assert not of_sheets.error
    assert [m.value for m in of_sheets.metric] == [m.value for m in of_files.metric]
    assert tables_of(of_sheets) == tables_of(of_files)
    assert any("จำลอง Google" in one.value for one in of_sheets.markdown)
    assert not any("จำลอง Google" in one.value for one in of_files.markdown)


def test_before_the_first_reading_every_page_says_so_and_none_waits(office: Office) -> None:
    for script in SCRIPTS:
        app = opens(script, year=str(YEAR))
        assert not app.exception
        assert "ยังไม่เคยอ่านได้" in everything(app)
    assert office.google.calls() == []


def test_the_history_sees_what_a_round_read_while_nobody_looks(
    office: Office, tmp_path: Path
) -> None:
    reading._round()
    path = f"/v4/spreadsheets/{office.id_of('5604')}/values/A5"
    body = {"values": [["พิมพ์เมื่อครู่"]]}
    office.google.act(OFFICE, "PUT", path, {"valueInputOption": "RAW"}, body)
    office.clock.sleep(600)
    reading._round()
    found = History(tmp_path, YEAR, "5604").found("พิมพ์เมื่อครู่")
    assert [change.who for _, change in found] == [""]


def test_viewers_cause_no_call(office: Office) -> None:
    office.mirror.refresh([YEAR])
    office.google.forget_calls()
    for script in SCRIPTS:
        opens(script, year=str(YEAR))
    assert office.google.calls() == []


def test_refresh_now_reads_everything_and_tells_the_new_age(office: Office) -> None:
    office.mirror.refresh()
    office.clock.sleep(7200)
    app = opens(year=str(YEAR))
    assert "- จุน 09:00 น. (2 ชั่วโมงที่แล้ว)" in everything(app)
    office.google.forget_calls()
    (button,) = [one for one in app.button if one.label == "รีเฟรชตอนนี้"]
    again = button.click().run()
    assert not again.exception
    assert "- จุน 11:00 น. (เมื่อครู่)" in everything(again)
    assert len(office.google.calls()) == 19


def test_a_district_that_was_unshared_is_shown_as_last_read_with_its_age(office: Office) -> None:
    office.mirror.refresh()
    before = [metric.value for metric in opens(year=str(YEAR)).metric]
    office.google.share(office.id_of("5603"), ROBOT, None)
    office.clock.sleep(3 * 24 * 3600)
    office.mirror.refresh()
    app = opens(year=str(YEAR))
    assert [metric.value for metric in app.metric] == before
    said = everything(app)
    assert "แสดงตัวเลขที่อ่านได้ครั้งล่าสุด" in said
    assert "- เชียงคำ 5 ม.ค. 2569 09:00 น. (3 วันที่แล้ว) – ขณะนี้อ่านไม่ได้" in said
    assert "- ปง 09:00 น. (เมื่อครู่)" in said
    findings = opens("quality/findings", year=str(YEAR), district="เชียงคำ")
    assert "ยังไม่ได้แชร์" in everything(findings)


def test_a_disk_that_keeps_nothing_is_said(office: Office) -> None:
    office.mirror.refresh()
    office.mirror.forgetful = True
    assert "เก็บสำเนาล่าสุดไว้ไม่ได้" in everything(opens(year=str(YEAR)))


def test_five_minutes_of_refusals_leave_every_page_standing_and_the_quota_kept(
    office: Office,
) -> None:
    """429, 503, time-outs and dropped lines, on half of all calls, for five simulated minutes."""
    google, pages = office.google, cycle(SCRIPTS)
    office.mirror.refresh()
    office.clock.sleep(60)
    trouble: tuple[Any, ...] = ({"status": 429}, {"status": 503}, {"hang": 0.7}, {"drop": True})
    for number, how in enumerate(trouble):
        google.fault(times=None, chance=0.17, seed=number, **how)
    while office.clock.seconds < 360:
        office.mirror.refresh()
        for _ in range(3):
            app = opens(next(pages), year=str(YEAR))
            assert not app.exception
            assert not app.error
            assert len(LINE.findall(everything(app))) == 9
        office.clock.sleep(60)
    statuses = {call.status for call in google.calls()}
    assert {0, 200, 429, 503} <= statuses
    times = [datetime.fromisoformat(call.at).timestamp() for call in google.calls()]
    assert most_in_a_minute(times) <= PER_MINUTE
    google.clear_faults()
    office.clock.sleep(300)
    office.mirror.refresh()
    listed, now = office.mirror.workbooks(YEAR), office.clock.now()
    assert [one.trouble for one in listed] == [None] * 9
    assert all(one.read_at and now - one.read_at < timedelta(minutes=1) for one in listed)
