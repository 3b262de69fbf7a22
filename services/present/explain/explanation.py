"""One figure explained, and its cells as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from services.cells import Cell, Cells
from services.normalise.tables import told_code

USED, LACKING = "ใช้แล้ว", "ยังขาด"
HEADERS = ("สถานะ", "อำเภอ", "แท็บ", "ช่อง", "คำอธิบาย", "เรื่อง", "จำนวนช่อง", "สมุดงาน", "ลิงก์")


@dataclass(frozen=True)
class Rest:
    """Cells a figure rests on, or a cell that would have to change."""

    state: str
    district: str
    about: str
    workbook: str
    tab: str
    a1: str
    count: int
    words: str = ""
    url: str | None = None


@dataclass(frozen=True, eq=False)
class Explanation:
    """`rule` and `source` say what is counted and by which paper; `draft` where it is ours.

    `rests` finds the cells when somebody asks for them: a province has many.
    """

    title: str
    value: str
    rule: str
    source: str
    coverage: str
    draft: bool
    rests: Callable[[], Iterable[Rest]]

    def cells(self) -> tuple[Rest, ...]:
        """The cells it rests on, those that are missing first."""
        return tuple(sorted(self.rests(), key=lambda rest: rest.state != LACKING))


def cells_table(rests: Iterable[Rest]) -> pd.DataFrame:
    """The cells as a table: HEADERS, without columns in which nothing stands."""
    rows = [
        (r.state, r.district, r.tab, r.a1, r.words, r.about, r.count, r.workbook, r.url)
        for r in rests
    ]
    table = pd.DataFrame(rows, columns=list(HEADERS))
    return table.drop(columns=[h for h in ("คำอธิบาย", "ลิงก์") if not table[h].any()])


def used(
    district: str, about: str, workbook: str, batches: Iterable[Cells], words: str = ""
) -> Iterator[Rest]:
    """Cells that make a figure, neighbours together."""
    for cells in batches:
        for a1, count in cells.runs():
            link, about = cells.link(a1), told_code(about)
            yield Rest(USED, district, about, workbook, cells.tab, a1, count, words, link)


def lacking(district: str, about: str, workbook: str, cell: Cell | None, words: str) -> Rest:
    """What is still missing, with the cell that would have to change if there is one."""
    about = told_code(about)
    if cell is None:
        return Rest(LACKING, district, about, workbook, "–", "–", 0, words)
    return Rest(LACKING, district, about, cell.workbook, cell.tab, cell.a1, 1, words, cell.url)
