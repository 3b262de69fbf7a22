"""Text-table tabs written as .xlsx files, the way a district would leave them in the folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from services.store.base import RawTab


def write_workbook(path: Path, tabs: Sequence[RawTab]) -> Path:
    """Write the tabs' cells as text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        for tab in tabs:
            sheet = book.add_worksheet(tab.name)
            for number, row in enumerate(tab.rows):
                for place, cell in enumerate(row):
                    if cell != "":
                        sheet.write_string(number, place, str(cell))
    return path
