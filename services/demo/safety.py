"""The demo never stands in the way of an office's own workbooks."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from services.demo.workbook import INVENTED
from services.errors import NotWrittenError


def refuse_strangers(year: Path, ours: set[str]) -> None:
    """Look whether the year's folder holds only the demo's own workbooks, whole or broken off.

    Raises:
        NotWrittenError: a workbook of somebody else stands there.
    """
    for path in sorted(year.glob("*.xls*")):
        if path.name not in ours or not _is_ours(path.read_bytes()):
            raise NotWrittenError(str(path), exists=True)


def _is_ours(data: bytes) -> bool:
    """Whether a file carries the demo's first tab, or was broken off while it was written."""
    if not data.startswith(b"PK"):
        return not data
    try:
        with ZipFile(BytesIO(data)) as archive:
            return INVENTED in archive.read("xl/workbook.xml").decode()
    except BadZipFile:
        return True


def write_whole(path: Path, data: bytes) -> None:
    """Write beside and move into place: nobody ever reads half a file."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(data)
    beside.replace(path)
