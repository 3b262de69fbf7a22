"""Who opened and downloaded what, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from services.traces import Deed, Trace

HEADERS = ("เวลา", "บัญชี", "บทบาท", "ทำอะไร", "หน้าหรือแฟ้ม", "ปีและอำเภอ")
DEEDS: Mapping[Deed, str] = {
    "opened": "เปิดหน้า",
    "downloaded": "ดาวน์โหลด",
    "laid_out": "จัดทะเบียน",
    "refreshed": "รีเฟรช",
}


def traces_table(traces: Iterable[Trace]) -> pd.DataFrame:
    """One row per line, as given."""
    rows = [(t.at, t.who, t.role, DEEDS.get(t.deed, t.deed), t.what, t.of) for t in traces]
    return pd.DataFrame(rows, columns=list(HEADERS))
