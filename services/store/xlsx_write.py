"""Writes cells into a workbook file: only into the state that was seen, and whole or not at all.

Everything but the changed cells stays as it is: other parts of the file byte for byte. Where that
cannot be kept, nothing is written. A file that somebody has open is left alone.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping, Sequence
from glob import escape
from pathlib import Path

from filelock import FileLock

from services.store.base import CannotWriteError, NotAsSeenError, Position, Writing, Written
from services.store.repack import repacked
from services.store.sheet_xml import TAG, Sheet, spliced
from services.store.xlsx_parts import Parts
from services.store.xlsx_patch import patched
from services.store.xlsx_safety import unpacked
from services.store.xlsx_stale import Known, stale_results, without_results
from services.store.xlsx_tables import area_of_table, grown

WORKBOOK, BESIDE = "xl/workbook.xml", ".tmp-"
SIGNATURES = "_xmlsignatures/"
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
CALCULATION = re.compile(rb"<(?:\w+:)?calcPr(?=[\s/>])")
AFTER_CALCULATION = re.compile(
    rb"<(?:\w+:)?(?:oleSize|customWorkbookViews|pivotCaches|smartTagPr|smartTagTypes|webPublishing"
    rb"|fileRecoveryPr|webPublishObjects|extLst)[\s/>]|</(?:\w+:)?workbook\s*>"
)
RECALCULATE = re.compile(rb"""\s+fullCalcOnLoad\s*=\s*(?:"[^"]*"|'[^']*')""")


def rewritten(data: bytes, wanted: Sequence[Writing]) -> bytes:
    """The workbook with these cells changed; formulas are worked out again when it is opened.

    Until then results that may rest on a changed cell are no values: they are taken out.

    Raises:
        CannotWriteError: a cell may not be changed, or something of the office's would be lost.
        KeyError: there is no such tab.
    """
    inside, _ = unpacked(data)
    if any(name.lower().startswith(SIGNATURES) for name in inside):
        raise CannotWriteError(obstacle="signed")
    if not any(one.cells for one in wanted):
        return data
    parts = Parts(inside)
    cells: dict[str, dict[Position, Written]] = {one.seen.name: {} for one in wanted if one.cells}
    for one in wanted:
        cells.get(one.seen.name, {}).update(one.cells)
    sheets = {
        name: Sheet(xml)
        for name, xml in parts.sheets.items()
        if name in cells or FORMULA.search(xml)
    }
    changes = {name: patched(sheets[name], changed) for name, changed in cells.items()}
    new = _tables(parts, inside, sheets, cells)
    stale = stale_results(sheets, Known(parts.paths, parts.names), cells)
    for name, results in stale.items():
        changes.setdefault(name, []).extend(without_results(sheets[name], results))
    for name, splices in changes.items():
        new[parts.paths[name]] = spliced(sheets[name].xml, splices)
    if any(sheet.formulas for sheet in sheets.values()):
        new[WORKBOOK] = _worked_out_again(inside[WORKBOOK])
    return repacked(data, {part: xml for part, xml in new.items() if xml != inside[part]})


def _tables(
    parts: Parts,
    inside: Mapping[str, bytes],
    sheets: Mapping[str, Sheet],
    cells: Mapping[str, Mapping[Position, Written]],
) -> dict[str, bytes]:
    """The tables that grow with these cells."""
    new = {}
    for name, changed in cells.items():
        areas = {part: area_of_table(inside[part]) for part in parts.related(name, "table")}
        for part in areas:
            others = [area for other, area in areas.items() if other != part]
            new[part] = grown(inside[part], sheets[name], changed, others)
    return new


def _worked_out_again(workbook: bytes) -> bytes:
    """The workbook's own part, asking whatever opens it to calculate."""
    found = CALCULATION.search(workbook)
    if found is None:
        end = AFTER_CALCULATION.search(workbook)
        if end is None:
            raise CannotWriteError(obstacle="odd_sheet")
        prefix = re.match(rb"</?(\w+:)?", end[0])
        name = (prefix[1] if prefix and prefix[1] else b"") + b"calcPr"
        return (
            workbook[: end.start()] + b'<%s fullCalcOnLoad="1"/>' % name + workbook[end.start() :]
        )
    tag = TAG.match(workbook, found.start())
    if tag is None:
        raise CannotWriteError(obstacle="odd_sheet")
    head = found[0]
    rest = RECALCULATE.sub(b"", tag[0][len(head) :])
    return workbook.replace(tag[0], head + b' fullCalcOnLoad="1"' + rest, 1)


def replace_file(path: Path, seen: bytes, made: bytes, opened_by: list[Path]) -> None:
    """Put the made file where the seen one stands.

    `opened_by`: the lock files of Excel and LibreOffice that would tell that somebody has it open.

    Raises:
        NotAsSeenError: the file is another by now, or somebody has it open.
        OSError: the disk refuses; the old file stands.
    """
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    with lock:
        before = path.stat()
        if path.read_bytes() != seen or any(mark.exists() for mark in opened_by):
            raise NotAsSeenError
        beside = path.with_name(f".{path.name}{BESIDE}{os.getpid()}")
        for left in path.parent.glob(f".{escape(path.name)}{BESIDE}*"):
            left.unlink()  # of a writer that was killed: nobody else holds the lock
        try:
            with beside.open("wb") as file:
                file.write(made)
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(stat.S_IMODE(before.st_mode))
            after = path.stat()
            if _sign(before) != _sign(after) or any(mark.exists() for mark in opened_by):
                raise NotAsSeenError
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        _settle(path.parent)


def _sign(seen: os.stat_result) -> tuple[int, int, int]:
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


def _settle(folder: Path) -> None:
    """The folder's list is on the disk, too."""
    if os.name == "nt":  # pragma: no cover: Windows – a folder cannot be opened there
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
