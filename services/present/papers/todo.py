"""A district's findings as a list to work through and tick off."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from services.issues import ORDER, each, reason
from services.present.findings import without_people
from services.present.papers.paper import Heading, Paper, Value
from services.present.papers.sources import SNAPSHOT_DIGITS
from services.present.papers.thai_words import thai_numerals
from services.present.scope import Scope
from sheets_schema.loader import messages, province, registers
from sheets_schema.places import District

SEVERITY = {"error": "ต้องแก้", "warning": "ควรตรวจ", "info": "แจ้งให้ทราบ"}
COLUMNS = (
    Heading("done", "แก้แล้ว", 14, "text", draft=False),
    Heading("severity", "ระดับ", 20, "text", draft=False),
    Heading("title", "เรื่อง", 38, "text", draft=False),
    Heading("tab", "แท็บ", 26, "text", draft=False),
    Heading("cell", "ช่อง", 14, "text", draft=False),
    Heading("value", "อ่านได้ว่า", 30, "text", draft=False),
    Heading("accepted", "รับ", 42, "text", draft=False),
    Heading("fix", "วิธีแก้", 74, "text", draft=False),
)
BOX = "☐"


def todo(scope: Scope, district: District) -> Paper:
    """Errors first, then what should be looked at, then the rest; cell by cell with its cure."""
    report = scope.of(district.code)
    digest = "" if report is None else report.digest
    named = f"{scope.report.year}\n{scope.report.as_of}\n{district.code}:{digest}"
    ordered = sorted(_rows(scope, district.code), key=lambda row: row[0])
    return Paper(
        district.name,
        reason("todo_title"),
        (
            reason("paper_district", district=district.name, province=province().name),
            reason("paper_year", year=thai_numerals(scope.report.year)),
        ),
        (),
        scope.report.as_of,
        sha256(named.encode()).hexdigest()[:SNAPSHOT_DIGITS],
        COLUMNS,
        tuple(row for _, row in ordered),
        None,
        () if ordered else (reason("todo_none"),),
        (),
        portrait=False,
    )


def _rows(scope: Scope, district: str) -> Iterator[tuple[int, tuple[Value, ...]]]:
    report = scope.of(district)
    known = messages()
    for batch in () if report is None else report.findings:
        for issue in each([batch], district, report.workbook if report else ""):
            tab = registers()[issue.register].tab if issue.register in registers() else "–"
            row = (
                BOX,
                SEVERITY[issue.severity],
                known[issue.code].title,
                issue.cell.tab if issue.cell else tab,
                issue.cell.a1 if issue.cell else "–",
                without_people(issue, batch),
                batch.accepted,
                issue.fix,
            )
            yield ORDER[issue.severity], row
