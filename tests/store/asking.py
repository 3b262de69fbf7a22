"""What a spreadsheet answers, or why it does not."""

from __future__ import annotations

import pytest

from services.store.base import RawTab, RefusedError
from services.store.google_http import GoogleHTTP

TABS = (RawTab("ศูนย์", [["รหัสศูนย์"], ["C01"]]),)


def titles(http: GoogleHTTP, sheet: str) -> list[str]:
    told = http.spreadsheet(sheet, fields="sheets.properties.title")
    return [one["properties"]["title"] for one in told["sheets"]]


def trouble_of(http: GoogleHTTP, sheet: str) -> str:
    with pytest.raises(RefusedError) as refused:
        titles(http, sheet)
    assert "–" in refused.value.thai, "what it is, and what to do"
    return refused.value.trouble
