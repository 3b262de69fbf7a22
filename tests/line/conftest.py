"""What tests of the line may ask for: a spreadsheet to try things in, and who calls Google."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.secrets_file import GoogleAccount
from services.store.google_http import GoogleHTTP, Pace
from tests.support.google.books import key
from tests.support.google.client import LocalGoogle
from tests.support.google.clock import SteppedClock
from tests.support.google.province import write_secrets
from tests.support.trial import add_spreadsheet


@pytest.fixture
def sheet(google: LocalGoogle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A spreadsheet, and the secrets of one who may write to it."""
    monkeypatch.delenv("KONGTHUN_DATA", raising=False)
    monkeypatch.setenv("KONGTHUN_SECRETS", str(write_secrets(tmp_path / "s.toml", google, {})))
    return add_spreadsheet(google)


@pytest.fixture
def clock(google: LocalGoogle) -> SteppedClock:
    return SteppedClock(google)


@pytest.fixture
def http(google: LocalGoogle, clock: SteppedClock) -> GoogleHTTP:
    return GoogleHTTP(GoogleAccount(key(), google.address), Pace(clock, clock.sleep))
