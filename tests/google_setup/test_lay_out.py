"""A year's registers in an empty spreadsheet: read without a finding, and laid out once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.google_setup.lay_out import LaidOut, planned
from services.normalise.locate import ROW_ID
from services.normalise.workbook import registers_of
from services.store.base import RefusedError
from services.template import READ_FIRST, drop_down, note
from sheets_schema.loader import programme, programme_files
from sheets_schema.model import Programme
from tests.google_setup.office import FEW, Office, cells, row_of
from tests.support.google.client import LocalGoogle

pytestmark = pytest.mark.usefixtures("few_rows")
YEARS = [programme(year) for year in programme_files()]
YEAR = programme(2565)
EMPTY = {"sheets": [{"properties": {"sheetId": 0, "title": "ชีต1", "gridProperties": {}}}]}


@pytest.mark.parametrize("year", YEARS, ids=lambda year: str(year.year))
def test_every_register_of_the_year_is_read_from_it_without_a_finding(
    google: LocalGoogle, year: Programme
) -> None:
    office = Office(google)
    done = office.lay_out(year)
    tabs = [register.tab for register in registers_of(year).values()]
    assert done == LaidOut((READ_FIRST, *tabs), (), done.changes)
    assert office.calls() == {"read": 1, "write": 1}
    tables, findings = office.read(year)
    assert findings == []
    for code, register in registers_of(year).items():
        assert tables[code].tab == register.tab
        assert set(tables[code].places) == {*register.by_code, ROW_ID}
    assert office.titles() == ["Sheet1", READ_FIRST, *tabs]
    assert cells(office.tab("Sheet1")) == {}


@pytest.mark.parametrize("year", YEARS, ids=lambda year: str(year.year))
def test_laid_out_twice_is_as_laid_out_once(google: LocalGoogle, year: Programme) -> None:
    office = Office(google)
    office.lay_out(year)
    office.calls()
    before = office.shown()
    assert office.lay_out(year) == LaidOut()
    assert office.calls() == {"read": 1}
    assert office.shown() == before


def test_the_next_years_registers_may_come_into_the_same_spreadsheet(google: LocalGoogle) -> None:
    office = Office(google)
    office.lay_out(programme(2560))
    assert office.lay_out(YEAR).tabs == ("ประเมินหมู่บ้าน",)
    for year in YEARS:
        assert office.read(year)[1] == []


def test_a_header_says_what_its_column_takes_and_whether_it_must_be_filled(
    google: LocalGoogle,
) -> None:
    office = Office(google)
    office.lay_out(YEAR)
    debts = registers_of(YEAR)["debts"]
    tab = office.tab(debts.tab)
    assert row_of(tab) == [*(column.header for column in debts.columns), ROW_ID]
    told = cells(tab)
    grounds = {}
    for at, column in enumerate(debts.columns):
        assert told[0, at]["note"] == note(column)
        look = told[0, at]["userEnteredFormat"]
        assert look["textFormat"]["bold"]
        assert look["wrapStrategy"] == "WRAP"
        grounds[column.code] = look["backgroundColorStyle"]["rgbColor"]
    assert grounds["debt_id"] == grounds["fund_id"] != grounds["principal"]
    assert {int(255 * share + 0.5) for share in grounds["debt_id"].values()} == {0x1F, 0x56, 0x73}
    assert tab["properties"]["gridProperties"] == {
        "rowCount": 1 + FEW,
        "columnCount": len(debts.columns) + 1,
        "frozenRowCount": 1,
    }


def test_cells_stay_as_typed_and_drop_downs_remind_without_forbidding(google: LocalGoogle) -> None:
    office = Office(google)
    office.lay_out(YEAR)
    debts = registers_of(YEAR)["debts"]
    told = cells(office.tab(debts.tab))
    for at, column in enumerate(debts.columns):
        for row in (1, FEW):
            cell = told.get((row, at), {})
            shown_as = cell.get("userEnteredFormat", {}).get("numberFormat")
            if column.type in ("text", "date", "choice", "percent"):
                assert shown_as == {"type": "TEXT", "pattern": "@"}
            else:
                assert shown_as is None
            if column.code == "debtor_class":
                rule = cell["dataValidation"]
                offered = [one["userEnteredValue"] for one in rule["condition"]["values"]]
                assert tuple(offered) == drop_down(column) == column.choices
                assert rule["condition"]["type"] == "ONE_OF_LIST"
                assert rule["showCustomUi"]
                assert not rule.get("strict")
            else:
                assert "dataValidation" not in cell


def test_row_ids_stand_hidden_at_the_end_and_protections_only_warn(google: LocalGoogle) -> None:
    office = Office(google)
    office.lay_out(YEAR)
    for register in registers_of(YEAR).values():
        tab = office.tab(register.tab)
        last = len(register.columns)
        hidden = [bool(one.get("hiddenByUser")) for one in tab["data"][0]["columnMetadata"]]
        assert hidden == [*[False] * last, True]
        header, own = tab["protectedRanges"]
        assert header["warningOnly"]
        assert own["warningOnly"]
        assert (header["range"]["startRowIndex"], header["range"]["endRowIndex"]) == (0, 1)
        assert own["range"]["startColumnIndex"] == last


def test_the_first_tab_to_read_says_how_to_type(google: LocalGoogle) -> None:
    office = Office(google)
    office.lay_out(YEAR)
    words = " ".join(
        str(cell.get("formattedValue")) for cell in cells(office.tab(READ_FIRST)).values()
    )
    for said in ("พ.ศ. 2565", "ร่าง", "วันที่:", "เงิน:", "แท็บ «ครัวเรือน»"):
        assert said in words
    assert "อำเภอ" not in words.partition("ที่มา:")[0]


def test_nothing_is_ever_written_as_a_formula() -> None:
    def values(told: Any) -> list[Any]:
        if isinstance(told, dict):
            own = (
                [told["userEnteredValue"]] if isinstance(told.get("userEnteredValue"), dict) else []
            )
            return own + [one for part in told.values() for one in values(part)]
        return [one for part in told for one in values(part)] if isinstance(told, list) else []

    written = values(json.loads(json.dumps(planned(EMPTY, YEAR).requests)))
    assert written
    assert {kind for value in written for kind in value} == {"stringValue"}


def test_a_new_tabs_number_is_the_same_every_time_and_nobody_elses() -> None:
    def numbers(taken: int) -> list[int]:
        own = {"sheetId": taken, "title": "ของเรา", "gridProperties": {}}
        found = {"sheets": [{"properties": {**own, "sheetType": "OBJECT"}}]}
        requests = planned(found, YEAR).requests
        return [one["addSheet"]["properties"]["sheetId"] for one in requests if "addSheet" in one]

    usual = numbers(0)
    assert usual == numbers(0)
    assert len(set(usual)) == 1 + len(registers_of(YEAR))
    moved = numbers(usual[3])
    assert moved == [*usual[:3], usual[3] + 1, *usual[4:]]


def test_a_refusal_is_told_and_changes_nothing(google: LocalGoogle) -> None:
    office = Office(google, role="reader")
    before = office.shown()
    with pytest.raises(RefusedError) as refused:
        office.lay_out(YEAR)
    assert refused.value.trouble == "not_shared"
    assert office.shown() == before
