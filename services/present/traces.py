"""Who opened and downloaded what, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import pandas as pd

from services.present.words import day_in_thai
from services.traces import Deed, Trace

HEADERS = ("เวลา", "บัญชี", "บทบาท", "ทำอะไร", "หน้าหรือแฟ้ม", "ปีและอำเภอ")
DEEDS: Mapping[Deed, str] = {
    "opened": "เปิดหน้า",
    "downloaded": "ดาวน์โหลด",
    "laid_out": "จัดทะเบียน",
    "refreshed": "รีเฟรช",
    "saved": "บันทึกทะเบียน",
    "settled": "ตัดสินข้อขัดแย้ง",
}
ROLES = {
    "alone": "ใช้คนเดียว",
    "province_admin": "ผู้ดูแลจังหวัด",
    "province_viewer": "ผู้ดูระดับจังหวัด",
    "district_editor": "ผู้แก้ไขของอำเภอ",
}


def traces_table(traces: Iterable[Trace]) -> pd.DataFrame:
    """One row per line, as given."""
    rows = [
        (
            _moment(one.at),
            "–" if one.who == "alone" else one.who,
            ROLES.get(one.role, one.role),
            DEEDS.get(one.deed, one.deed),
            one.what,
            one.of,
        )
        for one in traces
    ]
    return pd.DataFrame(rows, columns=list(HEADERS))


def _moment(at: str) -> str:
    when = datetime.fromisoformat(at)
    return f"{day_in_thai(when)} {when:%H:%M} น."
