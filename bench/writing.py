"""Ten cells written into a district's workbook, beside openpyxl that loads and saves it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

import openpyxl

from bench.generate import YEAR, workbook
from bench.measure import timed
from bench.metric import Metric, Results
from services.normalise.workbook import registers_of
from services.store.base import Position, RawTab, Writing, Written
from services.store.xlsx_parts import Parts
from services.store.xlsx_write import WORKBOOK, rewritten
from sheets_schema.loader import programme

CELLS = 10
PLACE = 1  # the district whose hand lets the sheet subtract, with a total below
RESULT = re.compile(rb"</f><v>[^<]")
RATIO, SPOILT = "writing 10 cells ÷ openpyxl", "untouched parts that differ"
TARGETS = {RATIO: 0.08, SPOILT: 0.0}


def measured_writing(*, rows: int, seed: int, pairs: int) -> Results:
    """Both ways on one workbook of so many debts, in turn; what stays and what is taken out."""
    data = workbook(PLACE, rows, seed)
    wanted = [Writing(RawTab(_debts(), []), _cells(rows))]
    ratios = []
    for _ in range(pairs):
        ours, made = timed(lambda: rewritten(data, wanted))
        theirs, _ = timed(lambda: _loaded_and_saved(data))
        ratios.append(ours / theirs)
    before, after = _parts(data), _parts(made)
    touched = {Parts(before).paths[_debts()], WORKBOOK}
    untouched = [name for name in before if name not in touched]
    spoilt = [name for name in untouched if before[name] != after.get(name)]
    results, kept = _results(before), _results(after)
    metrics = (
        Metric(RATIO, tuple(ratios), TARGETS[RATIO]),
        Metric(SPOILT, (float(len(spoilt)),), TARGETS[SPOILT]),
    )
    counts = {
        "debts written among": rows,
        "untouched parts": len(untouched),
        "formula results": results,
        "kept": kept,
        "taken out as stale": results - kept,
        "writing (s)": round(ours, 3),
        "openpyxl (s)": round(theirs, 3),
    }
    return Results(metrics, counts)


def _debts() -> str:
    return registers_of(programme(YEAR))["debts"].tab


def _cells(rows: int) -> Mapping[Position, Written]:
    """Amounts repaid, spread over the register."""
    columns = [column.code for column in registers_of(programme(YEAR))["debts"].columns]
    first, column = 2, columns.index("repaid")
    return {(first + number * rows // CELLS, column): 100 + number for number in range(CELLS)}


def _loaded_and_saved(data: bytes) -> None:
    openpyxl.load_workbook(BytesIO(data)).save(BytesIO())


def _parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _results(parts: Mapping[str, bytes]) -> int:
    return sum(len(RESULT.findall(xml)) for xml in parts.values())
