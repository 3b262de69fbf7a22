"""The demo province: nine districts, two years, invented people, and what should be found in it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from services.demo.debts import TODAY
from services.demo.ledgers import ledger_of
from services.demo.odd import ODDITIES
from services.demo.safety import refuse_strangers, write_whole
from services.demo.story import FIRST, LAST
from services.demo.workbook import DistrictBook, workbook_name
from services.errors import NotWrittenError
from sheets_schema.loader import province

MANIFEST = "manifest.json"
NOTE = "ข้อมูลสมมติ: บุคคล หมู่บ้าน และจำนวนเงินไม่มีอยู่จริง ชื่ออำเภอและตำบลเป็นของจังหวัดจริง"


def write_demo(folder: Path) -> list[Path]:
    """Write `<folder>/<year>/<district>.xlsx` for both years, and last the manifest.

    The manifest stands only beside a whole province: its absence tells that writing was broken off,
    and writing again completes it. The same files come out every time.

    Raises:
        NotWrittenError: a workbook of somebody else stands there, or the folder refuses the files.
    """
    written: list[Path] = []
    found: list[dict[str, object]] = []
    names = {workbook_name(district) for district in province().districts}
    try:
        for year in (FIRST, LAST):
            refuse_strangers(folder / str(year), names)
        (folder / MANIFEST).unlink(missing_ok=True)
        for year in (FIRST, LAST):
            (folder / str(year)).mkdir(parents=True, exist_ok=True)
            for code in province().by_code:
                path, seeded = _write_district(folder, year, code)
                written.append(path)
                found += seeded
        return [*written, _write_manifest(folder, found)]
    except OSError as refusal:
        raise NotWrittenError(str(folder), exists=False) from refusal


def _write_district(folder: Path, year: int, code: str) -> tuple[Path, list[dict[str, object]]]:
    """One workbook, and its part of the manifest."""
    ledger = ledger_of(province().by_code[code], year)
    ODDITIES[year, code](ledger)
    book = DistrictBook(ledger)
    path = folder / str(year) / book.name
    write_whole(path, book.written())
    return path, [
        {
            "year": year,
            "code": one.code,
            "district": code,
            "register": one.register,
            "cell": None
            if one.cell is None
            else {key: asdict(one.cell)[key] for key in ("workbook", "tab", "a1")},
        }
        for one in book.seeded
    ]


def _write_manifest(folder: Path, findings: list[dict[str, object]]) -> Path:
    path = folder / MANIFEST
    manifest = {"demo": True, "today": TODAY.isoformat(), "note": NOTE, "findings": findings}
    write_whole(path, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    return path
