"""What the checks found in a workbook, as notes on its own cells and as a list in a tab of ours.

A note says what the finding and its fix say, and no more: it stands where the people of the
district read it, on the cell they have to look at.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from services.cells import position_of
from services.errors import AppError
from services.issues import ORDER, Issue
from services.store.base import (
    CannotWriteError,
    NotAsSeenError,
    OwnTab,
    Position,
    RawWorkbook,
    RefusedError,
)
from services.store.notes import holdable
from services.writeback.save import PAUSE_SECONDS, TRIES, Desk, NotNowError
from sheets_schema.wording import Severity

TOLD: dict[Severity, str] = {"error": "ข้อผิดพลาด", "warning": "ข้อควรตรวจ"}
"""What somebody has to do something about, in words; the rest stays on the page."""
THEN = " → "
LIST = "_ข้อเสนอแนะ"
HEADERS = ("ข้อเสนอแนะจากโปรแกรม", "แท็บ", "ช่อง", "เรื่อง", "วิธีแก้")
"""The first names the list as ours; each of its cells says how serious a finding is."""


class CannotNoteError(AppError):
    """The workbook's form does not take notes without losing something of the office's."""

    def __init__(self) -> None:
        super().__init__(
            "รูปแบบของสมุดงานนี้เขียนข้อเสนอแนะลงไปไม่ได้โดยไม่กระทบของเดิม จึงไม่ได้เขียน – ดูรายการที่หน้านี้แทน",
            "this workbook takes no notes without harm to the office's own: nothing was written",
        )


def notes_of(issues: Iterable[Issue]) -> dict[str, dict[Position, str]]:
    """One note a cell, by tab: errors first, each with its fix, on a line of its own.

    Findings without a cell (a missing tab) have no place in the workbook.
    """
    notes: dict[str, dict[Position, list[str]]] = {}
    for issue in sorted(issues, key=lambda issue: ORDER[issue.severity]):
        if issue.cell is not None and issue.severity in TOLD:
            cell = notes.setdefault(issue.cell.tab, {})
            lines = cell.setdefault(position_of(issue.cell.a1), [])
            said = f"{issue.message}{THEN}{issue.fix}"
            if said not in lines:
                lines.append(said)
    return {
        tab: {position: "\n".join(lines) for position, lines in cells.items()}
        for tab, cells in notes.items()
    }


def list_of(issues: Iterable[Issue]) -> OwnTab:
    """Everything that was found as a tab of the workbook: severity, tab, cell, message, fix."""
    rows = [
        (
            TOLD[issue.severity],
            issue.cell.tab if issue.cell else "",
            issue.cell.a1 if issue.cell else "",
            holdable(issue.message),
            holdable(issue.fix),
        )
        for issue in sorted(issues, key=lambda issue: ORDER[issue.severity])
        if issue.severity in TOLD
    ]
    return OwnTab(LIST, (HEADERS, *rows))


@dataclass(frozen=True)
class Put:
    """How many cells and tabs were changed, and where the office's own note was left in place."""

    changed: int
    left: int


def put(desk: Desk, found: Callable[[RawWorkbook], Iterable[Issue]]) -> Put:
    """Let the workbook carry exactly the notes of what is found in it, and the list of it.

    Args:
        desk: of the district.
        found: what the checks say of a workbook as read; nothing takes every note away.

    Raises:
        NotNowError: the workbook is being edited, or away; try again.
        CannotNoteError: its form does not take notes safely; nothing was written.
    """
    year, trouble = desk.programme.year, None
    with desk.journal.one_at_a_time():
        for _ in range(TRIES):
            book = desk.read()
            issues = list(found(book))
            try:
                noted = desk.store.annotate(book, year, notes_of(issues))
                again = desk.read() if noted.changed else book
                listed = _listed(desk, again, issues)
            except NotAsSeenError:
                time.sleep(PAUSE_SECONDS)
            except RefusedError as refusal:
                trouble = refusal.trouble
            except CannotWriteError as refusal:
                raise CannotNoteError from refusal
            else:
                return Put(noted.changed + listed, len(noted.left))
    raise NotNowError(trouble)


def _listed(desk: Desk, book: RawWorkbook, issues: list[Issue]) -> bool:
    """Keep the list; a workbook that has none gets none for nothing."""
    tab = list_of(issues)
    if len(tab.rows) == 1 and all(one.name != LIST for one in book.tabs):
        return False
    return desk.store.post(book, desk.programme.year, tab)
