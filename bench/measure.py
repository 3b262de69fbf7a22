"""Ratios of one run: both sides in turn, by processor time, on the same files."""

from __future__ import annotations

import gc
import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from python_calamine import CalamineWorkbook

from bench.generate import YEAR, path_of, workbook, write_province
from bench.invented import AS_OF
from bench.metric import Metric, Results
from services.compute.reports import DistrictReport, ProvinceReport
from services.normalise.tables import Table
from services.normalise.workbook import normalise_workbook
from services.pipeline import in_processes, province_report
from services.present import as_json
from services.store.base import RawWorkbook
from services.store.xlsx_folder import XlsxFolder
from sheets_schema.loader import programme, province

T = TypeVar("T")
Memory = dict[tuple[int, date, str], DistrictReport]
CACHE_TYPE = type(cache(len))
LINE, CHANGED, BYTES = "whole line ÷ reading", "one changed of nine ÷ full", "bytes of a row ÷ dict"
TARGETS = {LINE: 4.0, CHANGED: 0.2, BYTES: 0.2}


class UnequalError(Exception):
    """Two ways to the same figures came to different ones."""


def timed(work: Callable[[], T], clock: Callable[[], float] = time.process_time) -> tuple[float, T]:
    """Seconds of the work, and what it gave."""
    gc.collect()
    start = clock()
    given = work()
    return clock() - start, given


def merely_read(paths: Sequence[Path]) -> int:
    """The floor: every cell of every sheet as calamine gives it; counts rows."""
    rows = 0
    for path in paths:
        book = CalamineWorkbook.from_object(BytesIO(path.read_bytes()))
        rows += sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
    return rows


def forget() -> None:
    """Empty what the line remembers of texts from an earlier run."""
    for name, module in list(sys.modules.items()):
        if name.startswith("services."):
            for held in vars(module).values():
                if isinstance(held, CACHE_TYPE) and held.__module__.startswith("services."):
                    held.cache_clear()


def whole_line(folder: Path, known: Memory) -> ProvinceReport:
    """The line over the folder, with reports kept from an earlier run."""
    return province_report(XlsxFolder(folder), programme(YEAR), AS_OF, known=known)


def figures(report: ProvinceReport) -> str:
    """All that the command line would print of the report."""
    shapes = (
        as_json.progress(report),
        as_json.outcomes(report),
        as_json.ranks(report),
        as_json.indicators(report, programme(YEAR)),
        as_json.reporting(report, programme(YEAR)),
        as_json.findings(report.issues()),
    )
    return json.dumps(shapes)


def must_equal(one: ProvinceReport, other: ProvinceReport, what: str) -> None:
    """Compare all figures and findings.

    Raises:
        UnequalError: they differ.
    """
    if figures(one) != figures(other):
        raise UnequalError(what)


def measured(folder: Path, *, rows: int, seed: int, pairs: int) -> Results:
    """Measure everything on a freshly made province in `folder`.

    Raises:
        UnequalError: a faster way came to other figures than the full one.
    """
    paths = write_province(folder, rows, seed)
    known: Memory = {}
    report = whole_line(folder, known)
    line: list[float] = []
    changed: list[float] = []
    for pair in range(pairs):
        _change_one(folder, pair, rows, seed)
        reading, _ = timed(lambda: merely_read(paths))
        forget()
        one, refreshed = timed(lambda kept=known: whole_line(folder, kept))  # type: ignore[misc]
        forget()
        known = {}
        full, report = timed(lambda kept=known: whole_line(folder, kept))  # type: ignore[misc]
        must_equal(refreshed, report, CHANGED)
        line.append(full / reading)
        changed.append(one / full)
    sizes = tuple(row_bytes(path) for path in paths)
    in_turn, _ = timed(lambda: whole_line(folder, {}), time.perf_counter)
    at_once, parallel = timed(lambda: _in_two_processes(folder), time.perf_counter)
    must_equal(parallel, report, "two processes")
    metrics = (
        Metric(LINE, tuple(line), TARGETS[LINE]),
        Metric(CHANGED, tuple(changed), TARGETS[CHANGED]),
        Metric(BYTES, tuple(size.typed / size.dicts for size in sizes), TARGETS[BYTES]),
        Metric("two processes ÷ one (wall)", (at_once / in_turn,)),
    )
    debts = sum(size.rows for size in sizes)
    counts = {
        "debt rows": debts,
        "sheet rows": merely_read(paths),
        "findings": len(report.issues()),
        "reading (s)": round(reading, 2),
        "whole line (s)": round(full, 2),
        "bytes of a typed row": round(sum(size.typed * size.rows for size in sizes) / debts),
    }
    return Results(metrics, counts)


def _in_two_processes(folder: Path) -> ProvinceReport:
    return province_report(XlsxFolder(folder), programme(YEAR), AS_OF, runner=in_processes(2))


def _change_one(folder: Path, pair: int, rows: int, seed: int) -> None:
    """Give one district another workbook; each pair takes the next district."""
    districts = province().districts
    place = pair % len(districts)
    debts = rows // len(districts) + (place < rows % len(districts))
    path = path_of(folder, districts[place])
    path.write_bytes(workbook(place, debts, seed + pair + 1))


@dataclass(frozen=True)
class RowBytes:
    """Bytes of one debt row in both forms, averaged over a workbook's rows."""

    rows: int
    typed: float
    dicts: float


def row_bytes(path: Path) -> RowBytes:
    """Weigh a workbook's debts as the line holds them, and as a list of dicts of the same cells."""
    store = XlsxFolder(path.parents[1])
    ref = next(ref for ref in store.workbooks(YEAR) if ref.name == path.name)
    raw = store.read(ref, YEAR)
    if raw is None or ref.district is None:
        raise UnequalError(path.name)
    tables, _ = normalise_workbook(raw, ref.district, programme(YEAR))
    table = tables["debts"]
    count = len(table.frame)
    return RowBytes(count, _held(table) / count, _dict_bytes(path, table, raw) / count)


def _held(table: Table) -> int:
    """Bytes of the frame with its texts, and of the marks beside it."""
    frame = int(table.frame.memory_usage(index=True, deep=True).sum())
    return frame + table.conflicted.nbytes + sum(mask.nbytes for mask in table.unread.values())


def _dict_bytes(path: Path, table: Table, raw: RawWorkbook) -> int:
    """Bytes of a dict per row with the cells as calamine gives them, by the allocator's count."""
    tab = next(tab.name for tab in raw.tabs if tab.name == table.tab)
    book = CalamineWorkbook.from_object(BytesIO(path.read_bytes()))
    data = [int(row) - 1 for row in table.frame["sheet_row"]]
    gc.collect()
    tracemalloc.start()
    try:
        rows = _dicts(book, tab, table.places, data)
        gc.collect()
        return tracemalloc.get_traced_memory()[0] if rows else 0
    finally:
        tracemalloc.stop()


def _dicts(
    book: CalamineWorkbook, tab: str, places: Mapping[str, int], data: Sequence[int]
) -> list[dict[str, object]]:
    sheet = book.get_sheet_by_name(tab).to_python(skip_empty_area=False)
    return [{code: sheet[row][place] for code, place in places.items()} for row in data]
