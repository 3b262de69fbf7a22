"""The default store: DIR/<year BE>/<district code>[ anything].xlsx, edited in Excel or LibreOffice.

A file is read whole into memory between two looks at its size and time; if it changed
meanwhile, or its end is missing, somebody is saving it, and it is read again.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from services.errors import DataFolderError
from services.settings import BANGKOK
from services.store.base import (
    Annotated,
    NotAsSeenError,
    Notes,
    OwnTab,
    RawTab,
    RawWorkbook,
    Rows,
    Trouble,
    WorkbookRef,
    Writing,
)
from services.store.notes import check_tabs
from services.store.own_tab import is_as_wanted, standing
from services.store.xlsx_notes import annotated
from services.store.xlsx_own_tab import posted
from services.store.xlsx_parts import Parts, shown_booleans
from services.store.xlsx_safety import (
    LARGEST_FILE,
    UnsafeWorkbookError,
    judge_positions,
    judge_sheets,
    unpacked,
)
from services.store.xlsx_write import replace_file, rewritten
from sheets_schema.loader import province

NAMED = re.compile(r"([0-9๐-๙]{4})(?![0-9๐-๙]).*", re.DOTALL)
OTHER_FORMATS = {".xls", ".xlsm", ".xlsb", ".ods", ".csv"}
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
"""Start of an old .xls and of a password-protected .xlsx alike."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
TRIES = 4
PAUSE_SECONDS = 0.15
PASSING: tuple[Trouble, ...] = (
    "half_written",
    "empty_file",
    "not_a_workbook",
    "no_permission",
    "open_elsewhere",
)
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
            ref = _listed(entry, opened, self.folder)
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
            data, trouble = _seen(self.folder / str(year) / ref.name, ref)
            if data is not None:
                digest = _digest(data, ref)
                if digest == unless:
                    return None
                tabs, problem = _tabs(data)
                if problem is None:
                    return RawWorkbook(ref, digest, tabs, ref.trouble, ref.name)
                trouble = problem
            if trouble not in PASSING:
                break
        return RawWorkbook(ref, ref.stamp, (), trouble, ref.name)

    def write(self, book: RawWorkbook, year: int, wanted: Sequence[Writing]) -> None:
        """Write into the very bytes that were read; a file that is open elsewhere is left."""
        path, data = self._as_read(book, year)
        replace_file(path, data, rewritten(data, wanted), _marks(path))

    def annotate(self, book: RawWorkbook, year: int, wanted: Notes) -> Annotated:
        """Into the very bytes that were read; a file where nothing changes is not touched."""
        check_tabs(book, wanted)
        path, data = self._as_read(book, year)
        made, told = annotated(data, wanted)
        if told.changed:
            replace_file(path, data, made, _marks(path))
        return told

    def post(self, book: RawWorkbook, year: int, tab: OwnTab) -> bool:
        """The same with the product's own tab."""
        path, data = self._as_read(book, year)
        if is_as_wanted(standing(book, tab), tab):
            return False
        replace_file(path, data, posted(data, tab), _marks(path))
        return True

    def _as_read(self, book: RawWorkbook, year: int) -> tuple[Path, bytes]:
        """The file and its bytes, which are still those that were read."""
        path = self.folder / str(year) / book.ref.name
        data, _ = _seen(path, book.ref)
        if data is None or _digest(data, book.ref) != book.digest or book.ref.trouble:
            raise NotAsSeenError
        return path, data


def _marks(path: Path) -> list[Path]:
    """The files that Excel and LibreOffice lay beside one they have open."""
    return [path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")]


def _digest(data: bytes, ref: WorkbookRef) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest() + (ref.trouble or "")


def _locked_name(name: str) -> str | None:
    """The file a lock file speaks of: Excel's ~$… or LibreOffice's .~lock.…#."""
    if name.startswith(".~lock.") and name.endswith("#"):
        return name[len(".~lock.") : -1]
    return name[2:] if name.startswith("~$") else None


def _listed(entry: os.DirEntry[str], opened: set[str], folder: Path) -> WorkbookRef | None:
    """What a folder entry stands for; None if it is no workbook of a district."""
    path = Path(entry.name)
    suffix = path.suffix.lower()
    if entry.name.startswith(("~$", ".")):
        return None
    named = NAMED.fullmatch(path.stem)
    if suffix != ".xlsx" and not (named and suffix in OTHER_FORMATS):
        return None
    stamp, saved, unsafe = _looked_at(entry, folder)
    if stamp is None:
        return None
    name = entry.name.encode("utf-8", "replace").decode()  # bytes that are no UTF-8 become ?
    if named is None:
        return WorkbookRef(None, name, stamp, unsafe or "no_district_code", saved)
    district = f"{int(named[1]):04}"  # Thai digits are digits to int
    trouble: Trouble | None = unsafe
    if district not in province().by_code:
        trouble = "unknown_district"
    elif suffix != ".xlsx":
        trouble = "old_xls" if suffix == ".xls" else "other_format"
    elif name != entry.name:
        trouble = "odd_file_name"
    elif unsafe is None and opened & {entry.name, entry.name[2:]}:
        trouble = "open_elsewhere"
    stamp += f"-{trouble}" if trouble else ""
    return WorkbookRef(district, name, stamp, trouble, saved)


def _looked_at(
    entry: os.DirEntry[str], folder: Path
) -> tuple[str | None, datetime | None, Trouble | None]:
    """Its stamp, when it was saved, and whether it is a file of this folder; no stamp: no file."""
    try:
        if entry.is_dir():
            return None, None, None
        seen = entry.stat()
    except FileNotFoundError:
        return None, None, None
    except OSError:  # a link to itself, a folder that may not be looked into
        return entry.name, None, "not_a_plain_file"
    stamp = f"{seen.st_mtime_ns}-{seen.st_size}-{seen.st_ino}"
    saved = datetime.fromtimestamp(seen.st_mtime, BANGKOK)
    if not stat.S_ISREG(seen.st_mode):
        return stamp, saved, "not_a_plain_file"
    if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(folder.resolve()):
        return stamp, saved, "link_outside"
    return stamp, saved, None


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


def _seen(path: Path, ref: WorkbookRef) -> tuple[bytes | None, Trouble]:
    """The file's bytes, or none and why."""
    try:
        return _steady_bytes(path), "half_written"
    except PermissionError:
        return None, "open_elsewhere" if ref.trouble else "no_permission"
    except OSError:  # being replaced, or on a disk that answers no more
        return None, "half_written"
    except UnsafeWorkbookError as unsafe:
        return None, unsafe.trouble


def _steady_bytes(path: Path) -> bytes | None:
    """The file's bytes, or None if it changed while it was read."""
    before = path.stat()
    if not stat.S_ISREG(before.st_mode):
        raise UnsafeWorkbookError(trouble="not_a_plain_file")
    if before.st_size > LARGEST_FILE:
        raise UnsafeWorkbookError(trouble="too_large")
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
        inside, archive = unpacked(data)
        parts = Parts(inside)
        usual = judge_sheets(inside, parts.sheets)
        book = CalamineWorkbook.from_filelike(archive)
        return tuple(_each_tab(book, parts, usual)), None
    except UnsafeWorkbookError as unsafe:
        return (), unsafe.trouble
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
        return (), "half_written"
    except (CalamineError, KeyError, ValueError):
        return (), "not_a_workbook"


def _not_an_archive(data: bytes) -> Trouble | None:
    """What the first bytes say against it."""
    if not data:
        return "empty_file"
    if data.startswith(COMPOUND_FILE):
        return "password_protected" if ENCRYPTED in data else "old_xls"
    return None if data.startswith(b"PK") else "not_a_workbook"


def _each_tab(book: CalamineWorkbook, parts: Parts, usual: frozenset[str]) -> Iterator[RawTab]:
    """The tabs that hold cells (not charts); those named `usual` hold no fault."""
    positions = 0
    for named in book.sheets_metadata:
        if named.typ == SheetTypeEnum.WorkSheet:
            cells = book.get_sheet_by_name(named.name)
            row, column = cells.end or (-1, -1)
            positions += (row + 1) * (column + 1)
            judge_positions(positions)
            rows: Rows = cells.to_python(skip_empty_area=False)
            sheet = parts.sheet(named.name)
            shown = shown_booleans(rows) if sheet.has_booleans else rows
            faults = {} if named.name in usual else sheet.faults()
            yield RawTab(named.name, shown, faults, sheet.formulas, sheet.number_formats)
