"""What an office has typed, coloured or hidden stays as it is; what its tabs lack is added."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from services.google_setup.dress import HEADER_MARK
from services.normalise.locate import ROW_ID
from services.normalise.workbook import registers_of
from services.template import READ_FIRST
from tests.google_setup.office import (
    HEADERS,
    TAB,
    VISITS,
    cells,
    laid_out,
    missing,
    office_with,
    row_of,
    sheet,
    typed,
)
from tests.support.google.client import LocalGoogle

pytestmark = pytest.mark.usefixtures("few_rows")
RED = {"backgroundColorStyle": {"rgbColor": {"red": 1}}, "textFormat": {"italic": True}}
OWN_RULE = {"condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "0"}]}}
DATED = {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}}


def test_the_offices_own_sheet_stays_and_missing_headers_come_at_the_right_end(
    google: LocalGoogle,
) -> None:
    header = [
        typed(HEADERS[1], userEnteredFormat=RED, note="ของอำเภอ"),
        typed("สีของเรา", note="อย่าลบ"),
        typed(HEADERS[0], userEnteredFormat={"horizontalAlignment": "CENTER"}),
        typed(HEADERS[2], userEnteredFormat=DATED),
    ]
    row = [
        typed("H01", dataValidation=OWN_RULE),
        {"userEnteredValue": {"numberValue": 7}, "userEnteredFormat": RED},
        typed("V01"),
        {"userEnteredValue": {"formulaValue": "=B2"}, "userEnteredFormat": DATED},
    ]
    widths = [{"pixelSize": 77}, {"hiddenByUser": True}, {"pixelSize": 31}]
    own = {"description": "ของเรา", "range": {"startRowIndex": 0, "endRowIndex": 1}}
    tab = sheet(
        TAB,
        [header, row],
        data={"columnMetadata": widths},
        protectedRanges=[{**own, "warningOnly": True}],
        merges=[
            {"startRowIndex": 9, "endRowIndex": 10, "startColumnIndex": 1, "endColumnIndex": 3}
        ],
        properties={"tabColorStyle": {"rgbColor": {"green": 1}}},
        grid={"frozenColumnCount": 1},
    )
    office = office_with(google, tab)
    done, added, protections = laid_out(office)
    assert done.tabs == ()
    assert done.columns == tuple((TAB, name) for name in (*HEADERS[3:], ROW_ID))
    assert row_of(office.tab(TAB))[26:] == [*HEADERS[3:], ROW_ID]
    assert {at for at in added if at[1] < 26} == {(0, 2), (0, 3)}
    assert added[0, 2].keys() == added[0, 3].keys() == {"note"}
    assert [one["description"].partition("[")[1] for one in protections] == ["[", "["]
    assert office.tab(TAB)["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert missing(office) == []


def test_a_column_that_comes_after_hidden_ones_is_seen(google: LocalGoogle) -> None:
    """The product's row ids stand hidden at the right end; a later year's column comes after."""
    hidden = {"columnMetadata": [{}, {}, {}, {"hiddenByUser": True}]}
    tab = sheet(TAB, [[*HEADERS[:3], ROW_ID]], data=hidden, grid={"columnCount": 4})
    office = office_with(google, tab)
    laid_out(office)
    asked = [
        json.loads(call.body or "{}") for call in office.google.calls() if call.kind == "write"
    ]
    told = [
        one["updateDimensionProperties"]
        for one in asked[0]["requests"]
        if "updateDimensionProperties" in one
    ]
    shown = [range(one["range"]["startIndex"], one["range"]["endIndex"]) for one in told]
    assert sorted(at for part in shown for at in part) == [4, 5, 6, 7, 8]
    assert all(one["properties"]["hiddenByUser"] is False for one in told)
    cleared = next(one["repeatCell"] for one in asked[0]["requests"] if "repeatCell" in one)
    assert (cleared["cell"], cleared["range"]["startColumnIndex"]) == ({}, 4)


def test_a_drop_down_comes_where_no_rule_is_and_a_frozen_row_stays(google: LocalGoogle) -> None:
    debts = replace(VISITS, registers=("debts",))
    headers = [column.header for column in registers_of(debts)["debts"].columns]
    at = headers.index("ประเภทลูกหนี้")
    rows = [["ทะเบียน"], headers]
    rules = {}
    for name, rule in (("free", None), ("ruled", OWN_RULE)):
        below: list[Any] = [{}] * at + [{"dataValidation": rule} if rule else {}]
        tab = sheet("ลูกหนี้", [*rows, [], below], grid={"frozenRowCount": 1, "rowCount": 9})
        office = office_with(google, tab)
        office.lay_out(debts)
        told = office.tab("ลูกหนี้")
        assert told["properties"]["gridProperties"]["frozenRowCount"] == 1
        rules[name] = {
            row: cell["dataValidation"]["condition"]["type"]
            for (row, column), cell in cells(told).items()
            if column == at and "dataValidation" in cell
        }
    assert rules == {
        "free": dict.fromkeys(range(2, 9), "ONE_OF_LIST"),
        "ruled": {3: "NUMBER_GREATER"},
    }


@pytest.mark.parametrize("title", [TAB, "5. ติดตามผล"])
def test_below_a_title_row_headers_come_into_the_header_row(
    google: LocalGoogle, title: str
) -> None:
    office = office_with(google, sheet(title, [["แบบติดตาม ปี 2565"], [], HEADERS[1:5], ["H01"]]))
    done, _, protections = laid_out(office, title)
    assert done.columns == tuple((title, one) for one in (HEADERS[0], *HEADERS[5:], ROW_ID))
    assert row_of(office.tab(title), 2)[26:] == [HEADERS[0], *HEADERS[5:], ROW_ID]
    assert protections[0]["range"]["startRowIndex"] == 2
    assert office.tab(title)["properties"]["gridProperties"]["frozenRowCount"] == 3
    assert missing(office) == []


def test_a_tab_known_by_its_headers_is_completed_and_not_made_anew(google: LocalGoogle) -> None:
    office = office_with(google, sheet("ข้อมูล", [HEADERS[:5], ["V01"]]))
    done, _, _ = laid_out(office, "ข้อมูล")
    assert done.columns == tuple(("ข้อมูล", one) for one in (*HEADERS[5:], ROW_ID))
    assert office.titles() == ["ข้อมูล", READ_FIRST]


def test_a_header_over_two_rows_with_units_keeps_its_note_where_its_words_are(
    google: LocalGoogle,
) -> None:
    upper = [HEADERS[0], HEADERS[1], "ผลการติดตาม"]
    lower = ["", "", HEADERS[2], HEADERS[3]]
    units = ["(๑)", "(๒)", "(๓)", "(๔)"]
    office = office_with(google, sheet(TAB, [upper, lower, units, ["V01", "H01"]]))
    done, added, protections = laid_out(office)
    assert [at for at in added if at[1] < 26] == [(0, 0), (0, 1), (1, 2), (1, 3)]
    assert done.columns == tuple((TAB, one) for one in (*HEADERS[4:], ROW_ID))
    assert row_of(office.tab(TAB), 0)[26:] == [*HEADERS[4:], ROW_ID]
    assert protections[0]["range"] == {
        **protections[0]["range"],
        "startRowIndex": 0,
        "endRowIndex": 3,
    }
    assert missing(office) == []


def test_a_header_that_stands_twice_is_there_and_left_to_the_office(google: LocalGoogle) -> None:
    office = office_with(google, sheet(TAB, [[*HEADERS, HEADERS[3], ROW_ID, ROW_ID]]))
    done, added, protections = laid_out(office)
    assert (done.tabs, done.columns) == ((), ())
    assert {at[1] for at in added} == {0, 1, 2, 4, 5, 6, 7}
    assert [HEADER_MARK in one["description"] for one in protections] == [True]
    assert {code for code, _, _ in missing(office)} == {"header_twice"}
