"""Reports explained: what those that are not there still lack, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from services.present.explain.explanation import Explanation, Rest, lacking
from services.present.reporting import counted, expected, short_names
from services.present.scope import Scope
from sheets_schema.rules import rule


def _rests(scope: Scope) -> Iterator[Rest]:
    names, forms = scope.names, short_names(scope)
    workbooks = {r.district: r.workbook for r in scope.report.districts}
    for report in expected(scope):
        workbook = workbooks.get(report.district, "–")
        for missing in () if report.received else report.missing:
            for one in missing.each(workbook):
                about = f"{forms[report.form]} {report.unit_id}"
                yield lacking(names[report.district], about, workbook, one.cell, one.reason)


def reports(scope: Scope) -> Explanation:
    """How many of the year's reports are there, by content."""
    count = counted(scope)
    return Explanation(
        "รายงานที่ได้รับแล้ว",
        f"{count.received} จาก {count.expected} ฉบับ",
        rule("reporting"),
        scope.programme.source,
        f"ส่งทันกำหนด {count.on_time} ฉบับ · ยังไม่ได้รับ {count.expected - count.received} ฉบับ",
        draft=True,
        rests=lambda: _rests(scope),
    )
