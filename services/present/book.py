"""A new workbook in memory: the office's font, formats made once, equal content in equal bytes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

FONT_NAME = "TH Sarabun New"
A4 = 9
"""A sheet program's number of the paper size."""
MADE_ON = datetime(2022, 7, 19)  # noqa: DTZ001 – a fixed mark: the same content is the same file


class NewWorkbook:
    """A workbook being written, with the formats its tabs share."""

    def __init__(self, font_size: int) -> None:
        """Begin an empty workbook."""
        self._bytes = BytesIO()
        font = {"font_name": FONT_NAME, "font_size": font_size}
        self.file = Workbook(self._bytes, {"in_memory": True, "default_format_properties": font})
        self.file.set_properties({"created": MADE_ON})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **properties: str | float) -> Format:
        """A cell format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format(properties)
        return self._formats[key]

    def finished(self) -> bytes:
        """Close the workbook and give its bytes."""
        self.file.close()
        return self._bytes.getvalue()
