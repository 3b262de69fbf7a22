"""Reports explained: what those that are not there still lack, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from services.compute.reporting import ExpectedReport
from services.present.explain.explanation import Explanation, Rest, lacking, used
from services.present.reporting import counted, expected, short_names
from services.present.scope import Scope
from services.present.words import day_in_thai
from sheets_schema.rules import rule


def _rests(scope: Scope) -> Iterator[Rest]:
    names, forms = scope.names, short_names(scope)
    workbooks = {r.district: r.workbook for r in scope.report.districts}
    for report in expected(scope):
        name, workbook = names[report.district], workbooks.get(report.district, "–")
        about = f"{forms[report.form]} {report.unit_id}"
        yield from used(name, about, workbook, report.proofs, _sent(report))
        for missing in report.missing:
            for one in missing.each(workbook):
                yield lacking(name, about, workbook, one.cell, one.reason)


def _sent(report: ExpectedReport) -> str:
    if report.submitted_at is None:
        return "ยังไม่มีบันทึกการส่ง"
    return f"ส่งเมื่อ {day_in_thai(report.submitted_at)}"


def reports(scope: Scope) -> Explanation:
    """How many of the year's reports are there, by content."""
    count = counted(scope)
    return Explanation(
        "รายงานที่ได้รับแล้ว",
        f"{count.received} จาก {count.expected} ฉบับ",
        rule("reporting"),
        scope.programme.source,
        _in_words(scope),
        draft=True,
        rests=lambda: _rests(scope),
    )


def _in_words(scope: Scope) -> str:
    """Sent in time, sent late, complete but not sent, incomplete: those there are."""
    there = [report for report in expected(scope) if report.received]
    sent = [report for report in there if report.submitted_at is not None]
    in_time = sum(report.on_time for report in sent)
    counts = {
        "ส่งทันกำหนด": in_time,
        "ส่งช้า": len(sent) - in_time,
        "ข้อมูลครบแต่ยังไม่มีบันทึกการส่ง": len(there) - len(sent),
        "ข้อมูลยังไม่ครบ": counted(scope).expected - len(there),
    }
    return " · ".join(f"{words} {number}" for words, number in counts.items() if number)
