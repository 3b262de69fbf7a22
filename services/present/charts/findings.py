"""Where most is to be put right."""

from __future__ import annotations

import pandas as pd

from services.present.charts.drawing import ORANGE, RED, Drawing, drawing
from services.present.charts.stacked import Stack, stacked
from services.present.findings import SEVERITIES
from services.present.scope import Scope
from sheets_schema.wording import Severity


def findings_by_district(scope: Scope) -> Drawing:
    """Errors and warnings, one bar a district."""
    wanted: tuple[Severity, ...] = ("error", "warning")
    rows = []
    for district in scope.districts:
        report = scope.of(district.code)
        for severity in wanted:
            count = report.count(severity) if report else 0
            rows.append((district.name, SEVERITIES[severity], count))
    table = pd.DataFrame(rows, columns=["อำเภอ", "ระดับ", "ข้อ"])
    colours = {SEVERITIES["error"]: RED, SEVERITIES["warning"]: ORANGE}
    stack = Stack("อำเภอ", "ระดับ", "ข้อ", colours, "ข้อ")
    chart = stacked(table, stack, list(scope.names.values()))
    wide = table.pivot_table(index="อำเภอ", columns="ระดับ", values="ข้อ", sort=False).reset_index()
    return drawing(
        chart,
        f"ข้อที่ต้องแก้ {scope.programme.year}",
        (
            "ข้อที่ต้องแก้ รายอำเภอ",
            "ข้อ · ข้อผิดพลาดไม่ถูกนำไปรวมในตัวเลข",
            "แท่งจำนวนข้อผิดพลาดและข้อควรตรวจของแต่ละอำเภอ",
        ),
        wide,
    )
