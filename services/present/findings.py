"""What is to be put right in the data, counted and as lists to work through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from services.issues import ORDER, Findings, Issue, each
from services.normalise.tables import told_code
from services.present.registers import MASK
from services.present.scope import Scope
from sheets_schema.loader import messages, registers
from sheets_schema.wording import Severity

SEVERITIES: dict[Severity, str] = {
    "error": "✗ ข้อผิดพลาด",
    "warning": "! ข้อควรตรวจ",
    "info": "i ข้อสังเกต",
}
PLACELESS = "–"


def counts(scope: Scope) -> dict[Severity, int]:
    """Findings of the scope by severity."""
    return {
        severity: sum(report.count(severity) for report in scope.report.districts)
        for severity in SEVERITIES
    }


def rules_found(scope: Scope, severity: Severity) -> dict[str, str]:
    """Codes of that severity found in the scope -> title, most frequent first."""
    known = messages()
    found: Counter[str] = Counter()
    for report in scope.report.districts:
        for batch in report.findings:
            if known[batch.code].severity == severity:
                found[batch.code] += len(batch)
    return {code: known[code].title for code, _ in found.most_common()}


def _chosen(
    scope: Scope, severity: Severity | None, code: str | None
) -> Iterator[tuple[str, Findings, Issue]]:
    known = messages()
    for report in scope.report.districts:
        name = scope.place(report)
        for batch in report.findings:
            right = severity is None or known[batch.code].severity == severity
            if right and code in (None, batch.code):
                for issue in each([batch], report.district, report.workbook):
                    yield name, batch, issue


def findings_table(
    scope: Scope, severity: Severity | None = None, code: str | None = None
) -> pd.DataFrame:
    """The chosen findings: severity, place, sentence, cure, what was read, accepted, rule."""
    rows = [
        (
            ORDER[issue.severity],
            SEVERITIES[issue.severity],
            name,
            issue.cell.tab if issue.cell else _tab(issue),
            issue.cell.a1 if issue.cell else PLACELESS,
            _told(issue, value),
            issue.fix,
            value,
            batch.accepted,
            messages()[issue.code].title,
        )
        for name, batch, issue in _chosen(scope, severity, code)
        for value in [_value(scope, batch, issue)]
    ]
    headers = [
        "order", "ระดับ", "อำเภอ", "แท็บ", "ช่อง", "ข้อความ", "วิธีแก้", "อ่านได้ว่า", "รับ", "เรื่อง",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=headers)
    return table.sort_values("order", kind="stable").drop(columns="order").reset_index(drop=True)


def without_people(issue: Issue, batch: Findings, mask: str = "") -> str:
    """What was read, for a list that names nobody: the mask for what was typed as a name."""
    register = registers().get(batch.register or "")
    column = register.by_code.get(batch.column or "") if register else None
    typed = issue.value or ""
    return mask if typed and column is not None and column.personal else told_code(typed)


def _value(scope: Scope, batch: Findings, issue: Issue) -> str:
    """What was read, as far as the viewer may know it."""
    if scope.viewer.sees_people(issue.district or ""):
        return told_code(issue.value or "")
    return without_people(issue, batch, MASK)


def _told(issue: Issue, told: str) -> str:
    """The sentence, with what may be told in place of what was typed."""
    typed = issue.value or ""
    return issue.message if told == typed else issue.message.replace(typed, told)


def _tab(issue: Issue) -> str:
    return registers()[issue.register].tab if issue.register in registers() else PLACELESS
