"""The default store: DIR/<year BE>/<district code>[ anything].xlsx, edited in Excel or LibreOffice.

Reads only. A file is read whole into memory between two looks at its size and time; if it changed
meanwhile, or its end is missing, somebody is saving it, and it is read again.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import re
import time
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from services.errors import DataFolderError
from services.settings import BANGKOK
from services.store.base import RawTab, RawWorkbook, Rows, Trouble, WorkbookRef
from services.store.xlsx_parts import Parts, shown_booleans
from sheets_schema.loader import province

NAMED = re.compile(r"([0-9๐-๙]{4})(?![0-9๐-๙]).*", re.DOTALL)
OTHER_FORMATS = {".xls", ".xlsm", ".xlsb", ".ods", ".csv"}
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
"""Start of an old .xls and of a password-protected .xlsx alike."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
TRIES = 4
PAUSE_SECONDS = 0.15
PASSING: tuple[Trouble, ...] = ("half_written", "empty_file", "not_a_workbook")
"""What a file may look like while it is being saved."""


@dataclass(frozen=True)
class XlsxFolder:
    """Workbooks of every year under `folder`."""

    folder: Path

    def years(self) -> tuple[int, ...]:
        """Folders named after a year, latest first."""
        if not self.folder.is_dir():
            raise DataFolderError(str(self.folder))
        names = (entry.name for entry in os.scandir(self.folder) if entry.is_dir())
        return tuple(
            sorted(
                (int(name) for name in names if name.isascii() and name.isdecimal()), reverse=True
            )
        )

    def workbooks(self, year: int) -> tuple[WorkbookRef, ...]:
        """One entry per district that has a file, in district order; troubles named."""
        place = self.folder / str(year)
        if not place.is_dir():
            raise DataFolderError(str(place))
        found: dict[str | None, list[WorkbookRef]] = defaultdict(list)
        entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        opened = {name for entry in entries if (name := _locked_name(entry.name))}
        for entry in entries:
            ref = _listed(entry, opened)
            if ref is not None:
                found[ref.district].append(ref)
        strangers = found.pop(None, [])
        one_each = [_only_one(refs) for _, refs in sorted(found.items(), key=lambda i: i[0] or "")]
        return (*one_each, *strangers)

    def read(self, ref: WorkbookRef, year: int, *, unless: str | None = None) -> RawWorkbook | None:
        """Read one file, again if it was caught half-written."""
        if ref.trouble not in (None, "open_elsewhere"):
            return RawWorkbook(ref, ref.stamp, (), ref.trouble, ref.name)
        trouble: Trouble = "half_written"
        for attempt in range(TRIES):
            if attempt:
                time.sleep(PAUSE_SECONDS)
            try:
                data = _steady_bytes(self.folder / str(year) / ref.name)
            except PermissionError:
                trouble = "open_elsewhere" if ref.trouble else "no_permission"
                continue
            except FileNotFoundError:
                trouble = "half_written"
                continue
            if data is None:
                continue
            digest = hashlib.blake2b(data, digest_size=16).hexdigest() + (ref.trouble or "")
            if digest == unless:
                return None
            tabs, problem = _tabs(data)
            if problem is None:
                return RawWorkbook(ref, digest, tabs, ref.trouble, ref.name)
            trouble = problem
            if trouble not in PASSING:
                break
        return RawWorkbook(ref, ref.stamp, (), trouble, ref.name)


def _locked_name(name: str) -> str | None:
    """The file a lock file speaks of: Excel's ~$… or LibreOffice's .~lock.…#."""
    if name.startswith(".~lock.") and name.endswith("#"):
        return name[len(".~lock.") : -1]
    if name.startswith("~$"):
        return name[2:]
    return None


def _listed(entry: os.DirEntry[str], opened: set[str]) -> WorkbookRef | None:
    """What a folder entry stands for; None if it is no workbook of a district."""
    path = Path(entry.name)
    suffix = path.suffix.lower()
    if entry.name.startswith(("~$", ".")) or not entry.is_file():
        return None
    named = NAMED.fullmatch(path.stem)
    if suffix != ".xlsx" and not (named and suffix in OTHER_FORMATS):
        return None
    try:
        stat = entry.stat()
    except FileNotFoundError:
        return None
    stamp = f"{stat.st_mtime_ns}-{stat.st_size}-{stat.st_ino}"
    saved = datetime.fromtimestamp(stat.st_mtime, BANGKOK)
    if named is None:
        return WorkbookRef(None, entry.name, stamp, "no_district_code", saved)
    district = f"{int(named[1]):04}"  # Thai digits are digits to int
    trouble: Trouble | None = None
    if district not in province().by_code:
        trouble = "unknown_district"
    elif suffix != ".xlsx":
        trouble = "old_xls" if suffix == ".xls" else "other_format"
    elif opened & {entry.name, entry.name[2:]}:
        trouble = "open_elsewhere"
    stamp += f"-{trouble}" if trouble else ""
    return WorkbookRef(district, entry.name, stamp, trouble, saved)


def _only_one(refs: list[WorkbookRef]) -> WorkbookRef:
    """The district's workbook; two of them are not chosen between."""
    usable = [ref for ref in refs if ref.trouble not in ("old_xls", "other_format")] or refs
    if len(usable) == 1:
        return usable[0]
    names = ", ".join(ref.name for ref in usable)
    stamp = "+".join(ref.stamp for ref in usable)
    known = usable[0].trouble != "unknown_district"
    trouble: Trouble = "several_files" if known else "unknown_district"
    return replace(usable[0], name=names, stamp=stamp, trouble=trouble)


def _steady_bytes(path: Path) -> bytes | None:
    """The file's bytes, or None if it changed while it was read."""
    before = path.stat()
    data = path.read_bytes()
    after = path.stat()
    same = (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
    return data if same and len(data) == after.st_size else None


def _tabs(data: bytes) -> tuple[tuple[RawTab, ...], Trouble | None]:
    """Every tab of the workbook, or why there is none."""
    trouble = _not_an_archive(data)
    if trouble is not None:
        return (), trouble
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = Parts(archive)
            book = CalamineWorkbook.from_filelike(BytesIO(data))
            return tuple(_tab(book, name, parts) for name in _worksheets(book)), None
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError):
        return (), "half_written"
    except (CalamineError, KeyError, ValueError, RuntimeError):
        return (), "not_a_workbook"


def _not_an_archive(data: bytes) -> Trouble | None:
    """What the first bytes say against it."""
    if not data:
        return "empty_file"
    if data.startswith(COMPOUND_FILE):
        return "password_protected" if ENCRYPTED in data else "old_xls"
    return None if data.startswith(b"PK") else "not_a_workbook"


def _worksheets(book: CalamineWorkbook) -> list[str]:
    """Names of the tabs that hold cells (not charts)."""
    return [s.name for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]


def _tab(book: CalamineWorkbook, name: str, parts: Parts) -> RawTab:
    rows: Rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    sheet = parts.sheet(name)
    shown = shown_booleans(rows) if sheet.has_booleans else rows
    return RawTab(name, shown, sheet.faults(), sheet.formulas, sheet.number_formats)
