"""What the checks found in a workbook, as notes on its own cells.

A note says what the finding and its fix say, and no more: it stands where the people of the
district read it, on the cell they have to look at.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.cells import position_of
from services.issues import ORDER, Issue
from services.store.base import Position
from sheets_schema.wording import Severity

TOLD: tuple[Severity, ...] = ("error", "warning")
"""What somebody has to do something about; the rest stays on the page."""
THEN = " → "


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
