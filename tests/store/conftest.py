"""The local Google under a clock of our own, and one spreadsheet in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.secrets_file import GoogleAccount
from services.store.base import RawTab, SheetStore
from services.store.google_http import GoogleHTTP, Pace
from services.store.mirror import Mirror
from tests.store.asking import TABS
from tests.store.keeping import Keep, in_a_folder, in_memory, on_google
from tests.support.google.books import add_workbook, key
from tests.support.google.client import LocalGoogle
from tests.support.google.clock import SteppedClock


@pytest.fixture
def clock(google: LocalGoogle) -> SteppedClock:
    return SteppedClock(google)


@pytest.fixture
def http(google: LocalGoogle, clock: SteppedClock) -> GoogleHTTP:
    account = GoogleAccount(key(), google.address)
    return GoogleHTTP(account, Pace(clock, clock.sleep), to_answer=0.3)


@pytest.fixture
def sheet(google: LocalGoogle) -> str:
    return add_workbook(google, "เมืองพะเยา", TABS)


@pytest.fixture(params=["memory", "xlsx", "google", "mirror of google"])
def keep(request: pytest.FixtureRequest) -> Keep:
    """Every store there is, as the place where these tabs are kept."""
    if request.param in ("memory", "xlsx"):
        return in_memory if request.param == "memory" else in_a_folder
    google: LocalGoogle = request.getfixturevalue("google")

    def kept(folder: Path, tabs: tuple[RawTab, ...]) -> SheetStore:
        live = on_google(google, tabs)
        if request.param == "google":
            live.look_for_changes()
            return live
        mirror = Mirror(live, folder / "last_good")
        mirror.refresh()
        return mirror

    return kept
