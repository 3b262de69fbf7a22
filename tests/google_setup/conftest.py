"""Tabs with few rows, for tests that do not need a thousand of them."""

import pytest

from services.google_setup import dress, lay_out
from tests.google_setup.office import FEW


@pytest.fixture
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lay_out, dress):
        monkeypatch.setattr(module, "ROWS_PREPARED", FEW)
