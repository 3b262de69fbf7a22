"""The local Google under a clock of our own, and one spreadsheet in it."""

from __future__ import annotations

import pytest

from services.secrets_file import GoogleAccount
from services.store.google_http import GoogleHTTP, Pace
from tests.store.asking import TABS
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
