"""Calls to Google and their bytes, counted by the local server; beside the naive way to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import gspread
import requests
from google.auth.credentials import AnonymousCredentials, Credentials

from bench.generate import YEAR, write_province
from bench.metric import Metric, Results
from services.normalise.workbook import registers_of
from services.secrets_file import GoogleAccount
from services.settings import BANGKOK
from services.store.base import Writing
from services.store.google_http import SHEETS, GoogleHTTP
from services.store.google_sheets import GoogleSheets, spreadsheet_id
from services.store.mirror import OLD, Mirror
from sheets_schema.loader import programme
from tests.support.google.books import OFFICE
from tests.support.google.client import LocalGoogle, local_google
from tests.support.google.province import add_province

CHANGED, OK = 3, 200
EDITS, MOST_CALLS = 50, 6
BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=BANGKOK)
TYPED = {"valueInputOption": "USER_ENTERED"}
_nobody: Callable[[], Credentials] = AnonymousCredentials
AS_TYPED = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}


@dataclass
class Reading:
    """Nine linked districts, their mirror, and the moment it is."""

    google: LocalGoogle
    links: Mapping[str, str]
    folder: Path
    now: datetime = BEGAN

    def started(self) -> Mirror:
        """A process that starts, with what earlier ones left on the disk."""
        http = GoogleHTTP(GoogleAccount(api_root=self.google.address))
        return Mirror(GoogleSheets(http, {YEAR: self.links}), self.folder, lambda: self.now)

    def counted(self, work: Callable[[], object]) -> int:
        """How many calls the work makes."""
        self.google.forget_calls()
        work()
        return len(self.google.calls())

    def bytes_of(self, work: Callable[[], object]) -> int:
        """How many bytes the answers have on the wire."""
        self.google.forget_calls()
        work()
        return sum(call.bytes for call in self.google.calls())


def measured_google(folder: Path, *, rows: int, seed: int) -> Results:
    """Calls against what design.md allows, and bytes of the two ways to read a workbook."""
    write_province(folder / "data", rows=rows, seed=seed)
    with local_google() as google:
        google.reset()
        links = add_province(google, folder / "data")[YEAR]
        reading = Reading(google, links, folder / "last_good")
        calls = _calls(reading)
        naive = reading.counted(lambda: _naively(reading))
        masked, batched = _bytes(reading)
    many = len(links)
    metrics = (
        _ratio("Google: first start ÷ (2N + 1)", calls["first"], 2 * many + 1),
        _ratio("Google: cold ÷ (N + 1)", calls["cold"], many + 1),
        _ratio("Google: warm ÷ 1", calls["warm"], 1),
        _ratio("Google: k changed ÷ (k + 1)", calls["changed"], CHANGED + 1),
        _ratio("Google: 50 edits ÷ 6", calls["fifty edits"], MOST_CALLS),
        Metric("Google: a page view ÷ naive", (calls["viewed"] / naive,), 0.0),
        Metric("masked get ÷ batchGet, bytes", (masked / batched,)),
    )
    told = {f"calls {name}": float(count) for name, count in calls.items()}
    wire = {"bytes masked get": float(masked), "bytes values:batchGet": float(batched)}
    return Results(metrics, {**told, "calls naive page view": float(naive), **wire})


def _ratio(name: str, calls: int, allowed: int) -> Metric:
    return Metric(name, (calls / allowed,), 1.0)


def _calls(reading: Reading) -> dict[str, int]:
    first = reading.started()
    calls = {"first": reading.counted(first.refresh), "warm": reading.counted(first.refresh)}
    calls["viewed"] = reading.counted(lambda: _viewed(first))
    reading.google.advance(60)
    for link in list(reading.links.values())[:CHANGED]:
        path = f"/v4/spreadsheets/{spreadsheet_id(link)}/values/A900"
        status, said = reading.google.act(OFFICE, "PUT", path, TYPED, {"values": [["x"]]})
        if status != OK:
            raise ValueError(said)
    calls["changed"] = reading.counted(first.refresh)
    reading.now += OLD + timedelta(hours=12)
    again = reading.started()
    calls["cold"] = reading.counted(again.refresh)
    calls["fifty edits"] = reading.counted(lambda: _edited(again))
    return calls


def _edited(mirror: Mirror) -> None:
    """Fifty cells of one register, as a save writes them."""
    book = mirror.read(mirror.workbooks(YEAR)[0], YEAR)
    if book is None:
        raise ValueError(YEAR)
    tab = max(book.tabs, key=lambda one: len(one.rows))
    cells = {(row, 0): f"x{row}" for row in range(len(tab.rows) - EDITS, len(tab.rows))}
    mirror.write(book, YEAR, [Writing(tab, cells, rows=(0,))])


def _viewed(mirror: Mirror) -> None:
    for ref in mirror.workbooks(YEAR):
        mirror.read(ref, YEAR)


def _naively(reading: Reading) -> None:
    """One rerun of a page that opens each spreadsheet and asks each tab for its records."""
    client = gspread.Client(auth=_nobody(), session=_here(reading.google.address))
    for link in reading.links.values():
        book = client.open_by_key(str(spreadsheet_id(link)))
        for register in registers_of(programme(YEAR)).values():
            try:
                book.worksheet(register.tab).get_all_records()
            except gspread.exceptions.GSpreadException:  # no such tab, or headers it cannot take
                continue


def _bytes(reading: Reading) -> tuple[int, int]:
    """The nine workbooks by our one masked get, and as values alone."""
    mirror = reading.started()
    masked = reading.bytes_of(lambda: mirror.refresh(whole=True))
    http, tabs = GoogleHTTP(GoogleAccount(api_root=reading.google.address)), _tabs(mirror)

    def batched() -> None:
        for sheet_id, ranges in tabs.items():
            http.get(
                f"{SHEETS}/v4/spreadsheets/{sheet_id}/values:batchGet", ranges=ranges, **AS_TYPED
            )

    return masked, reading.bytes_of(batched)


def _tabs(mirror: Mirror) -> dict[str, list[str]]:
    books = ((ref.home, mirror.read(ref, YEAR)) for ref in mirror.workbooks(YEAR))
    return {home: [f"'{tab.name}'" for tab in book.tabs] for home, book in books if book}


def _here(address: str) -> requests.Session:
    """A session that asks the local server whatever Google address it is given."""
    session = requests.Session()
    send = session.request

    def request(method: str, url: str, **more: object) -> requests.Response:
        path = url.split("googleapis.com", 1)[1]
        return send(method, address + path, **more)  # type: ignore[arg-type]  # passed on

    session.request = request  # type: ignore[method-assign, assignment]  # gspread calls only this
    return session
