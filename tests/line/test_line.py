"""The whole line: nothing but the data changes a figure."""

from __future__ import annotations

import json
import os
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from services.compute.outcomes import OutcomeTotals, total
from services.compute.reports import DistrictReport, ProvinceReport
from services.compute.rollup import StepTally, Tally, tally
from services.pipeline import in_processes, province_report, serial
from services.present import as_json
from services.store.base import RawTab, Stored
from services.store.memory import MemoryStore
from services.store.xlsx_folder import XlsxFolder
from sheets_schema import loader
from sheets_schema.loader import SchemaError, programme
from tests.support.centres import Rows, finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.sheets import AS_OF, found, report_on, tab


def figures(report: DistrictReport) -> str:
    """Every figure of a district without the cells it rests on."""
    province = ProvinceReport(2565, AS_OF, (report,))
    shape = {**as_json.progress(province), **as_json.outcomes(province), **as_json.ranks(province)}
    bare = json.loads(json.dumps(shape))
    for centre in bare["centres"]:
        for step in centre["steps"]:
            step.pop("proofs")
            step["missing"] = sorted(str(one["household_id"]) for one in step["missing"])
    bare["households"].sort(key=lambda household: str(household["household_id"]))
    return json.dumps(bare, sort_keys=True)


def half_done() -> Rows:
    rows = finished_centre(6)
    rows["meetings"] = rows["meetings"][:4]
    rows["visits"][2]["balance"] = "0"
    rows["debts"][5]["outstanding_at_entry"] = "?"
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_shuffling_rows_moving_columns_and_title_rows_change_no_figure(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    plain = figures(report_on(*tabs_of(half_done())))
    tabs = []
    for sheet in tabs_of(half_done()):
        header, *body = sheet.rows
        chance.shuffle(body)
        width = len(header)
        order = chance.sample(range(width), width)
        title: list[Stored] = ["ทะเบียนของอำเภอ ปี ๒๕๖๕", *[""] * (width - 1)]
        blank: list[Stored] = [""] * width
        rows = [title, blank, header, *body]
        tabs.append(replace(sheet, rows=[[row[place] for place in order] for row in rows]))
    chance.shuffle(tabs)
    assert figures(report_on(*tabs)) == plain


def test_the_published_book_of_ban_nong_mek_lists_a_fund_outside_its_total() -> None:
    funds = """
    | รหัสกองทุน | รหัสศูนย์ | ชื่อกลุ่ม/กองทุน | ประเภท | เงินทุน (บาท) | นับรวมในเงินทุนศูนย์ |
    | F1 | C1 | กลุ่มเมล็ดพันธุ์ข้าว | อื่น ๆ | 116,808.39 | |
    | F2 | C1 | กลุ่มออมทรัพย์ | กลุ่มออมทรัพย์เพื่อการผลิต | 8,693,115 | ใช่ |
    | F3 | C1 | กองทุนอื่น ๆ ๑๘ กองทุน | อื่น ๆ | 1,761,950.32 | ไม่ |
    """
    centre = "| รหัสศูนย์ | ชื่อศูนย์ | ตำบล | เงินทุนรวมของศูนย์ (บาท) |\n| C1 | บ้านหนองเม็ก | เวียง | {} |"
    agreed = report_on(tab("ศูนย์", centre.format("8,809,923.39")), tab("กองทุนสมาชิก", funds))
    assert found(agreed, "capital_differs") == []
    listed = report_on(tab("ศูนย์", centre.format("10,571,873.71")), tab("กองทุนสมาชิก", funds))
    (differs,) = found(listed, "capital_differs")
    assert (differs.value, "8809923.39" in differs.message) == ("10571873.71", True)


def test_the_province_is_the_sum_of_its_districts_in_any_order() -> None:
    one, other = report_on(*tabs_of(half_done())), report_on(*tabs_of(finished_centre()))
    assert tally(one.centres) + tally(other.centres) == tally((*other.centres, *one.centres))
    both = one.tally + other.tally
    assert both.province()[3] == StepTally(done=1, partial=1)
    assert both.tambons["5601", "เวียง", 3] == both.districts["5601", 3]
    assert total(one.outcomes) + total(other.outcomes) == total((*other.outcomes, *one.outcomes))
    assert ProvinceReport(2565, AS_OF, (one, other)).totals().households == 11


def test_unknown_centres_are_in_no_share() -> None:
    rows = finished_centre()
    del rows["visits"]
    step_six = report_on(*tabs_of(rows)).tally.province()[6]
    assert (step_six.centres, step_six.known) == (1, 0)


def test_nothing_at_all_adds_up_to_nothing() -> None:
    assert total(()) == OutcomeTotals()
    assert ProvinceReport(2565, AS_OF, ()).tally() == Tally()


def store_of(**districts: Rows) -> MemoryStore:
    return MemoryStore({2565: {code[1:]: tuple(tabs_of(r)) for code, r in districts.items()}})


def every_figure(report: ProvinceReport) -> str:
    shapes = (as_json.progress, as_json.outcomes, as_json.ranks)
    of_the_year = (as_json.indicators, as_json.reporting)
    told = [shape(report, programme(report.year)) for shape in of_the_year]
    found_issues = as_json.findings(report.issues())
    return json.dumps([*(shape(report) for shape in shapes), *told, found_issues], sort_keys=True)


def test_every_runner_gives_the_same_province() -> None:
    store = store_of(d5601=half_done(), d5602=finished_centre())
    in_turn = province_report(store, programme(2565), AS_OF, runner=serial)
    at_once = province_report(store, programme(2565), AS_OF, runner=in_processes(2))
    assert every_figure(in_turn) == every_figure(at_once)
    assert [district.district for district in at_once.districts] == ["5601", "5602"]


def test_a_changed_workbook_costs_one_workbook_and_gives_the_same_province() -> None:
    store = store_of(d5601=half_done(), d5602=finished_centre())
    known: dict[tuple[int, date, str], DistrictReport] = {}
    first = province_report(store, programme(2565), AS_OF, known=known)
    changed = MemoryStore(
        {2565: {**store.by_year[2565], "5602": tuple(tabs_of(finished_centre(3)))}}
    )
    second = province_report(changed, programme(2565), AS_OF, known=known)
    assert second.districts[0].centres is first.districts[0].centres
    assert every_figure(second) == every_figure(province_report(changed, programme(2565), AS_OF))
    assert second.version != first.version


def year_file(folder: Path, year: int, *changes: tuple[str, str]) -> Path:
    text = (loader.HERE / "programmes/2565.toml").read_text(encoding="utf-8")
    for old, new in (("year = 2565", f"year = {year}"), *changes):
        assert old in text
        text = text.replace(old, new)
    path = folder / f"{year}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_new_year_is_one_file_and_no_python(tmp_path: Path) -> None:
    year_file(tmp_path, 2566, ("households_per_centre = 5", "households_per_centre = 3"))
    rows = finished_centre(3)
    for register, column in (
        ("meetings", "held_on"),
        ("contracts", "signed_on"),
        ("supports", "started_on"),
        ("visits", "visited_on"),
    ):
        for row in rows[register]:
            row[column] = row[column].replace("2565", "2566")
    report = report_on(
        *tabs_of(rows), year=2566, as_of=date(2023, 7, 19), of=programme(2566, tmp_path)
    )
    assert [step.state for step in report.centres[0].steps] == ["done"] * 6


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('ladder = "ขั้นตอน"', 'ladder = "ขั้นตอน"\nladdder = 1'), "2566.toml: laddder"),
        (('done_when = "negotiated"', 'done_when = "talked"'), "2566.toml: step[3].done_when"),
        (("per_centre = 5", "per_centre = -1"), "2566.toml: targets.households_per_centre"),
    ],
)
def test_an_unknown_key_or_word_of_a_new_year_names_file_and_key(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    year_file(tmp_path, 2566, change)
    with pytest.raises(SchemaError, match="2566") as mistake:
        programme(2566, tmp_path)
    assert said in str(mistake.value)


def test_a_file_saved_again_without_a_change_is_not_worked_through_again(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "2565/5601.xlsx", tabs_of(finished_centre()))
    known: dict[tuple[int, date, str], DistrictReport] = {}
    first = province_report(XlsxFolder(tmp_path), programme(2565), AS_OF, known=known)
    os.utime(path, (1, 1))
    second = province_report(XlsxFolder(tmp_path), programme(2565), AS_OF, known=known)
    assert second.districts[0].centres is first.districts[0].centres
    assert second.districts[0].stamp != first.districts[0].stamp


def test_a_workbook_without_any_sheet_of_cells_lacks_every_tab() -> None:
    report = report_on()
    assert (report.readable, len(found(report, "missing_tab"))) == (True, 9)


def test_a_filled_tab_of_another_name_is_read_before_an_empty_one_of_the_right_name() -> None:
    tabs = [tab for tab in tabs_of(finished_centre()) if tab.name != "ลูกหนี้"]
    (debts,) = [tab for tab in tabs_of(finished_centre()) if tab.name == "ลูกหนี้"]
    empty, filled = replace(debts, rows=debts.rows[:1]), replace(debts, name="ทะเบียนลูกหนี้")
    report = report_on(*tabs, empty, filled)
    assert report.centres[0].passed is True
    assert [issue.register for issue in found(report, "value_assumed")] == ["debts"]
    both = report_on(*tabs, debts, filled)
    assert found(both, "value_assumed") == []


def test_an_empty_tab_without_headers_gives_way_to_the_filled_one() -> None:
    tabs = [tab for tab in tabs_of(finished_centre()) if tab.name != "ลูกหนี้"]
    (debts,) = [tab for tab in tabs_of(finished_centre()) if tab.name == "ลูกหนี้"]
    report = report_on(*tabs, RawTab("ลูกหนี้", []), replace(debts, name="ทะเบียนลูกหนี้"))
    assert report.centres[0].passed is True
