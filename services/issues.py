"""A problem in people's data: returned, never raised.

Findings travel in batches (one code, one column, many rows), because a register may hold thousands
of them; they become single Issues with sentences only for people (docs/decisions/007).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.cells import Cell, Cells
from sheets_schema.loader import messages, reasons, registers
from sheets_schema.wording import Severity

FILE_ENDING = ".xlsx"
ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, eq=False)
class Findings:
    """The same finding in many rows.

    `ids` name the rows for the product, `keys` for people; `values` are what was read, `details`
    fill the sentence's other blanks; each is empty or as long as `cells`. `cells` is None where no
    cell exists (a missing tab). `header` and `accepted` describe the column as people see it;
    `cure` names a reason to be told instead of the finding's usual fix.
    """

    code: str
    register: str | None = None
    column: str | None = None
    cells: Cells | None = None
    ids: Sequence[str | None] = ()
    values: Sequence[str | None] = ()
    details: Sequence[Mapping[str, str]] = ()
    keys: Sequence[str | None] = ()
    header: str = ""
    accepted: str = ""
    cure: str | None = None

    def __len__(self) -> int:
        """How many rows it was found in."""
        return 1 if self.cells is None else len(self.cells)


@dataclass(frozen=True)
class Issue:
    """One finding, ready to read."""

    code: str
    severity: Severity
    district: str | None
    register: str | None
    row_id: str | None
    cell: Cell | None
    value: str | None
    message: str
    fix: str


def reason(code: str, **blanks: str | int) -> str:
    """A reason in the office's words, for instance why a step is not proved yet."""
    return reasons()[code].format(**blanks)


def each(batches: Iterable[Findings], district: str | None, workbook: str) -> Iterator[Issue]:
    """Every finding by itself, with its sentence."""
    for batch in batches:
        yield from _expand(batch, district, workbook)


def _expand(batch: Findings, district: str | None, workbook: str) -> Iterator[Issue]:
    message = messages()[batch.code]
    register = registers().get(batch.register) if batch.register else None
    cells = [None] if batch.cells is None else list(batch.cells.each(workbook))
    for number, cell in enumerate(cells):
        value = batch.values[number] if batch.values else None
        row_id = batch.ids[number] if batch.ids else None
        blanks = {
            "workbook": workbook,
            "book": workbook.removesuffix(FILE_ENDING),  # of a file and of a sheet alike
            "tab": cell.tab if cell else (register.tab if register else ""),
            "a1": cell.a1 if cell else "",
            "header": batch.header,
            "accepted": batch.accepted,
            "value": value or "",
            "id": (batch.keys[number] if batch.keys else row_id) or "–",
            **(batch.details[number] if batch.details else {}),
        }
        yield Issue(
            batch.code,
            message.severity,
            district,
            batch.register,
            row_id,
            cell,
            value,
            message.text.format(**blanks),
            (reasons()[batch.cure] if batch.cure else message.fix).format(**blanks),
        )


def in_reading_order(issues: Iterable[Issue]) -> list[Issue]:
    """Errors first, then by district; within one workbook as the checks found them."""
    return sorted(issues, key=lambda issue: (ORDER[issue.severity], issue.district or ""))
