"""The demo province: what a first visitor, and every later test, looks at."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from services.checks import CHECKS, FOUND_WHILE_READING
from services.compute.reports import ProvinceReport
from services.demo import write_demo
from services.demo.ledgers import ledger_of
from services.demo.odd import ODDITIES
from services.demo.rows import Meant, Typed
from services.demo.story import CENTRES
from services.errors import NotWrittenError
from services.issues import Issue
from services.normalise.workbook import Tables, normalise_workbook
from services.pipeline import province_report
from services.store.base import RawWorkbook, Stored
from services.store.xlsx_folder import XlsxFolder
from sheets_schema.loader import messages, programme, province
from sheets_schema.model import Column

YEARS = (2560, 2565)
TODAY = date(2022, 7, 19)
Seed = tuple[int, str, str | None, str | None, tuple[str, str, str] | None]
"""Year, code, district, register, cell."""
INVENTED_NAME = re.compile(
    r"(นาย|นาง|นางสาว)(สมมติ|ตัวอย่าง|จำลอง|ทดลอง) (สมมติ|ตัวอย่าง|จำลอง|ทดลอง)[๐-๙]+"
)
NAMING_PEOPLE = {"head_name", "debtor_name", "guarantor", "officer", "visitor", "assessor"}
SPELLINGS = {
    "Thai digits in a date": r"[๐-๙]{1,2}/[๐-๙]{1,2}/[๐-๙]{4}",
    "a short month": r"\d{1,2} ก\.พ\. \d{4}",
    "a long month with its era": r"\d{1,2} มิถุนายน พ\.ศ\. \d{4}",
    "ISO": r"\d{4}-\d\d-\d\d",
    "two digits of the year": r"\d{1,2}/\d{1,2}/\d\d",
    "a month alone": r"มี\.ค\. 2562",
    "baht with a dash": r"[\d,]+\.-",
    "baht in Thai digits": r"[๐-๙,]+ บาท",
    "baht in hundred thousands": r"[\d.]+ แสน",
    "a dash for nothing": "-",
    "none for zero": "ไม่มี",
    "ำ in two keystrokes": ".*ํา.*",
    "แ in two keystrokes": ".*เเ.*",
    "a trailing space": ".*[ก-๙] ",
    "a ticked box": "✓",
    "a percentage in words": "ร้อยละ [๐-๙]+",
    "a total row": "รวม",
    "a signature": "ลงชื่อ .*",
}


@dataclass(frozen=True)
class Demo:
    """The province as written, with what the product makes of it."""

    folder: Path

    @cached_property
    def seeds(self) -> set[Seed]:
        """Give what the manifest says should be found."""
        manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        return {
            (
                *(one[key] for key in ("year", "code", "district", "register")),
                one["cell"] and tuple(one["cell"].values()),
            )
            for one in manifest["findings"]
        }

    @cached_property
    def reports(self) -> dict[int, ProvinceReport]:
        store = XlsxFolder(self.folder)
        return {year: province_report(store, programme(year), TODAY) for year in YEARS}

    @cached_property
    def found(self) -> dict[Seed, Issue]:
        """Give what `check` finds."""
        return {
            (year, i.code, i.district, i.register, where(i)): i
            for year, report in self.reports.items()
            for i in report.issues()
        }

    @cached_property
    def raw(self) -> dict[tuple[int, str], RawWorkbook]:
        store = XlsxFolder(self.folder)
        return {
            (year, str(ref.district)): raw
            for year in YEARS
            for ref in store.workbooks(year)
            if (raw := store.read(ref, year)) is not None
        }

    @cached_property
    def tables(self) -> dict[tuple[int, str], Tables]:
        return {
            key: normalise_workbook(raw, key[1], programme(key[0]))[0]
            for key, raw in self.raw.items()
        }

    def cells(self) -> Iterator[Stored]:
        tabs = (tab for book in self.raw.values() for tab in book.tabs)
        return (cell for tab in tabs for row in tab.rows for cell in row if cell != "")


def held(column: pd.Series[Any]) -> list[object]:
    """Give a table's column with blanks as None and days as days."""
    values = column.astype(object).where(column.notna(), None)
    return [value.date() if isinstance(value, pd.Timestamp) else value for value in values]


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file by its place in the folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def where(issue: Issue) -> tuple[str, str, str] | None:
    cell = issue.cell
    return None if cell is None else (cell.workbook, cell.tab, cell.a1)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return Demo(folder)


def test_everything_seeded_is_found_where_it_was_written(demo: Demo) -> None:
    assert sorted(demo.seeds - demo.found.keys(), key=str) == []


def test_every_error_and_warning_was_meant(demo: Demo) -> None:
    severe = {seed for seed, issue in demo.found.items() if issue.severity != "info"}
    assert sorted(severe - demo.seeds, key=str) == []


def test_every_finding_the_product_knows_can_be_seen_in_the_demo(demo: Demo) -> None:
    assert {seed[1] for seed in demo.seeds} == {*FOUND_WHILE_READING, *CHECKS} - {
        "workbook_unreadable"
    }
    assert {seed[1] for seed in demo.seeds} < set(messages())


def test_all_nine_districts_reported_and_twelve_centres_kept_their_codes(demo: Demo) -> None:
    for report in demo.reports.values():
        centres = [c.centre_id for d in report.districts for c in d.centres]
        assert centres == [centre.id for centre in CENTRES]
        assert len(centres) == 12
        assert [d.district for d in report.districts if d.readable] == list(province().by_code)


def test_a_centre_has_about_sixty_households_and_one_to_three_debts_each(demo: Demo) -> None:
    for centre in CENTRES:
        tables = demo.tables[2560, centre.district_code]
        households = tables["households"].frame
        own = households.loc[households["centre_id"] == centre.id, "household_id"]
        debts = tables["debts"].frame["household_id"].value_counts()
        assert 56 <= len(own) <= 64, centre.id
        assert set(own.map(debts)) <= {1, 2, 3}, centre.id


def test_the_districts_of_2565_stand_at_different_steps(demo: Demo) -> None:
    done = {
        centre.centre_id: "".join(step.state[0] for step in centre.steps)
        for district in demo.reports[2565].districts
        for centre in district.centres
    }
    assert done == {
        "5601-1": "dddddd",
        "5601-2": "dddddd",
        "5602-1": "ddpdnn",
        "5603-1": "dddppn",
        "5603-2": "ddpnnn",
        "5604-1": "ppnnnu",
        "5605-1": "dddddp",
        "5605-2": "dddddp",
        "5606-1": "dddppn",
        "5607-1": "ddpnnn",
        "5608-1": "ddnnnn",
        "5609-1": "nnnnnn",
    }


def test_two_of_three_institutions_of_2560_meet_all_five_criteria(demo: Demo) -> None:
    centres = [c for district in demo.reports[2560].districts for c in district.centres]
    assert [c.passed for c in centres].count(True) == 8
    assert {c.centre_id for c in centres if c.passed is None} == {"5608-1"}


def test_households_came_out_of_debt_in_every_way(demo: Demo) -> None:
    assert all(demo.reports[2565].totals().outcomes.values())


def test_villages_are_told_apart_by_score_capital_and_members(demo: Demo) -> None:
    villages = [v for district in demo.reports[2565].districts for v in district.villages]
    assert {v.decided_by for v in villages if v.rank} == {"score", "capital", "members"}
    assert any(not v.eligible for v in villages)
    for district in demo.reports[2565].districts:
        assert 4 <= len(district.villages) <= 8 or district.district == "5609"


def as_read(column: Column, meant: Meant) -> object:
    """Give what a table should hold for what an officer meant."""
    if meant is None or isinstance(meant, date):
        return meant
    if column.type == "yesno":
        return meant == "ใช่"
    units = {"baht": 100, "percent": 10_000}.get(column.type, 1)
    return meant if isinstance(meant, str) else round(float(str(meant)) * units)


def test_what_an_officer_meant_is_what_is_read(demo: Demo) -> None:
    """Typed in dozens of spellings, every cell that is not odd comes back as it was meant."""
    compared, wrong = 0, []
    for (year, district), tables in demo.tables.items():
        ledger = ledger_of(province().by_code[district], year)
        ODDITIES[year, district](ledger)
        for code, rows in ledger.rows.items():
            for column in tables[code].register.columns:
                if column.code in tables[code].places:
                    meant = [row.cells.get(column.code) for row in rows]
                    pairs = zip(meant, held(tables[code].frame[column.code]), strict=True)
                    sure = [(as_read(column, m), r) for m, r in pairs if not isinstance(m, Typed)]
                    wrong += [(code, column.code, *pair) for pair in sure if pair[0] != pair[1]]
                    compared += len(sure)
    assert wrong == []
    assert compared > 50_000


@pytest.mark.parametrize("kind", SPELLINGS)
def test_it_is_typed_the_way_people_type(demo: Demo, kind: str) -> None:
    spelling = re.compile(SPELLINGS[kind])
    assert any(isinstance(cell, str) and spelling.fullmatch(cell) for cell in demo.cells())


def test_dates_stand_in_cells_of_both_eras(demo: Demo) -> None:
    years = {cell.year for cell in demo.cells() if isinstance(cell, (date, datetime))}
    assert {2022, 2565} <= years


def test_nobody_in_the_demo_could_be_a_real_person(demo: Demo) -> None:
    names: set[str] = set()
    for tables in demo.tables.values():
        for table in tables.by_code.values():
            for column in NAMING_PEOPLE & table.register.by_code.keys():
                names.update(table.frame[column].dropna())
    assert len(names) > 700
    assert [name for name in names if not INVENTED_NAME.fullmatch(name)] == []
    for book in demo.raw.values():
        assert book.tabs[0].name == "ข้อมูลสมมติ"


def test_the_demo_comes_out_the_same_every_time(demo: Demo, tmp_path: Path) -> None:
    written = write_demo(tmp_path)
    assert written[-1].name == "manifest.json"
    assert contents(tmp_path) == contents(demo.folder)
    assert len(contents(tmp_path)) == len(written) == 19


def test_a_demo_broken_off_in_the_middle_is_completed(demo: Demo, tmp_path: Path) -> None:
    shutil.copytree(demo.folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "manifest.json").unlink()
    empty, half, lost, *_ = sorted(tmp_path.rglob("*.xlsx"))
    empty.write_bytes(b"")
    half.write_bytes(half.read_bytes()[:500])
    lost.unlink()
    write_demo(tmp_path)
    assert contents(tmp_path) == contents(demo.folder)


@pytest.mark.parametrize("name", ["5601 เมืองพะเยา.xlsx", "5601 ของสำนักงาน.xlsx"])
def test_the_demo_never_covers_an_offices_own_workbook(tmp_path: Path, name: str) -> None:
    own = tmp_path / "2565" / name
    own.parent.mkdir()
    own.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1"))
    with pytest.raises(NotWrittenError, match="5601"):
        write_demo(tmp_path)
    assert list(tmp_path.rglob("*.xlsx")) == [own]


def test_a_folder_that_refuses_the_demo_is_named(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file where the folder should be")
    with pytest.raises(NotWrittenError, match="demo"):
        write_demo(tmp_path / "demo")
