"""How the headers of a spreadsheet were understood, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from services.google_setup.inspect import State, Understood

HEADERS = ("ทะเบียน", "แท็บในสเปรดชีต", "หัวที่พิมพ์ไว้", "อ่านเป็น", "ผล")
RESULTS: Mapping[State, str] = {
    "read": "✓ อ่านได้",
    "missing": "– ยังไม่มี",
    "twice": "✗ ซ้ำ",
    "own": "ของสำนักงานเอง",
}
NEEDED = "✗ ยังไม่มี ต้องใช้"


def columns_table(columns: Iterable[Understood]) -> pd.DataFrame:
    """One row per column: register, tab, what is typed over it, what it is read as, result."""
    rows = [
        (
            one.register,
            one.tab or "–",
            one.typed or "–",
            one.read_as or "–",
            NEEDED if one.required and one.state == "missing" else RESULTS[one.state],
        )
        for one in columns
    ]
    return pd.DataFrame(rows, columns=list(HEADERS))
