"""A workbook as read, kept as one small file: whole or not at all, for its user only.

The file says its format; a later version reads an earlier one's, and none guesses at a newer one's.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from services.store.base import Fault, RawTab, RawWorkbook, Stored, WorkbookRef

FORMAT = 1
USER_ONLY = 0o700
Json = dict[str, Any]
READERS: Mapping[str, Callable[[Any], Stored]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
}


def save(place: Path, book: RawWorkbook, read_at: datetime) -> None:
    """Write the copy beside `place`, then put it there in one step.

    Raises:
        OSError: the disk refuses; what stood there stays.
    """
    _own_folder(place.parent)
    with NamedTemporaryFile(dir=place.parent, suffix=".tmp", delete=False) as file:  # 0600
        beside = Path(file.name)
        try:
            file.write(gzip.compress(_text(book, read_at), compresslevel=3, mtime=0))
            file.flush()
            os.fsync(file.fileno())
            file.close()
            beside.replace(place)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


def _own_folder(place: Path) -> None:
    """Make the folder and those above it that are not there, for their user only."""
    if not place.is_dir():
        _own_folder(place.parent)
        place.mkdir(mode=USER_ONLY, exist_ok=True)


def load(place: Path) -> tuple[RawWorkbook, datetime] | None:
    """The copy and when it was read; None where there is none that this version can read."""
    try:
        told = json.loads(gzip.decompress(place.read_bytes()))
        return _book(told) if told["format"] <= FORMAT else None
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        return None


def _text(book: RawWorkbook, read_at: datetime) -> bytes:
    ref, saved = book.ref, book.ref.modified
    told: Json = {
        "format": FORMAT,
        "district": ref.district,
        "name": ref.name,
        "home": ref.home,
        "stamp": ref.stamp,
        "modified": saved.isoformat() if saved else None,
        "read_at": read_at.isoformat(),
        "digest": book.digest,
        "tabs": [_tab_told(tab) for tab in book.tabs],
    }
    return json.dumps(
        told, separators=(",", ":")
    ).encode()  # escaped: a cell may hold half a letter


def _tab_told(tab: RawTab) -> Json:
    return {
        "name": tab.name,
        "url": tab.url,
        "rows": [[cell_told(cell) for cell in row] for row in tab.rows],
        "faults": [[*at, fault.kind, fault.shown] for at, fault in sorted(tab.faults.items())],
        "formulas": sorted(tab.formulas()),
        "formats": [[*at, shown_as] for at, shown_as in sorted(tab.formats().items())],
    }


def cell_told(cell: Stored) -> str | float | Json:
    """A cell as JSON; `cell_of` gives the same back."""
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    if isinstance(cell, date | time):
        return {type(cell).__name__: cell.isoformat()}
    return cell


def _book(told: Json) -> tuple[RawWorkbook, datetime]:
    saved = told["modified"]
    ref = WorkbookRef(
        told["district"],
        told["name"],
        told["stamp"],
        modified=datetime.fromisoformat(saved) if saved else None,
        home=told["home"],
    )
    tabs = tuple(_tab(one) for one in told["tabs"])
    read_at = datetime.fromisoformat(told["read_at"])
    return RawWorkbook(ref, told["digest"], tabs, None, ref.name), read_at


def _tab(told: Json) -> RawTab:
    faults = {(row, column): Fault(kind, shown) for row, column, kind, shown in told["faults"]}
    formulas = {(row, column) for row, column in told["formulas"]}
    formats = {(row, column): shown_as for row, column, shown_as in told["formats"]}
    rows = [[cell_of(cell) for cell in row] for row in told["rows"]]
    return RawTab(
        told["name"],
        rows,
        faults,
        partial(frozenset, formulas),
        partial(dict, formats),
        told["url"],
    )


def cell_of(told: str | float | Json) -> Stored:
    """The cell that was told."""
    if isinstance(told, dict):
        ((kind, worth),) = told.items()
        return READERS[kind](worth)
    return told
