"""What an office has typed, coloured or hidden stays as it is; what its tabs lack is added."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from services.google_setup.lay_out import LaidOut
from services.normalise.locate import ROW_ID
from services.normalise.workbook import registers_of
from services.template import READ_FIRST, note
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
    assert min(at for _, at in added) == 26
    assert [one["description"].partition("[")[1] for one in protections] == ["[", "["]
    assert missing(office) == []


def test_completing_a_tab_costs_three_readings_and_two_writes(google: LocalGoogle) -> None:
    office = office_with(google, sheet(TAB, [HEADERS[:3]]))
    office.lay_out(VISITS)
    assert office.calls() == {"read": 3, "write": 2}
    told = office.shown(fields="developerMetadata,sheets.data.rowMetadata.developerMetadata")
    assert "developerMetadata" not in json.dumps(told)


def test_a_column_that_comes_after_hidden_ones_is_seen(google: LocalGoogle) -> None:
    """The product's row ids stand hidden at the right end; a later year's column comes after."""
    hidden = {"columnMetadata": [{}, {}, {}, {"hiddenByUser": True}]}
    tab = sheet(TAB, [[*HEADERS[:3], ROW_ID]], data=hidden, grid={"columnCount": 4})
    office = office_with(google, tab)
    laid_out(office)
    bodies = [call.body or "{}" for call in office.google.calls() if call.kind == "write"]
    asked = [told for told in map(json.loads, bodies) if "insertDimension" in str(told)]
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


def test_a_new_column_looks_like_none_of_its_neighbours(google: LocalGoogle) -> None:
    """It takes neither a rule nor a colour from the office's last column, and has its own help."""
    debts = replace(VISITS, registers=("debts",))
    register = registers_of(debts)["debts"]
    last = typed("ของเรา", userEnteredFormat=RED, dataValidation=OWN_RULE)
    others = [one.header for one in register.columns if one.code != "debtor_class"]
    office = office_with(google, sheet("ลูกหนี้", [[*others, last], [], [{}] * 3 + [last]]))
    office.lay_out(debts)
    told = cells(office.tab("ลูกหนี้"))
    assert told[0, 26]["note"] == note(register.by_code["debtor_class"])
    assert "italic" not in told[0, 26]["userEnteredFormat"]["textFormat"]
    rules = [told[row, 26]["dataValidation"]["condition"]["type"] for row in range(1, 50)]
    assert set(rules) == {"ONE_OF_LIST"}
    assert "dataValidation" not in told[0, 26]


@pytest.mark.parametrize("title", [TAB, "5. ติดตามผล"])
def test_below_a_title_row_headers_come_into_the_header_row(
    google: LocalGoogle, title: str
) -> None:
    office = office_with(google, sheet(title, [["แบบติดตาม ปี 2565"], [], HEADERS[1:5], ["H01"]]))
    done, _, protections = laid_out(office, title)
    assert done.columns == tuple((title, one) for one in (HEADERS[0], *HEADERS[5:], ROW_ID))
    assert row_of(office.tab(title), 2)[26:] == [HEADERS[0], *HEADERS[5:], ROW_ID]
    assert protections[0]["range"]["startRowIndex"] == 2
    assert missing(office) == []


def test_a_tab_known_by_its_headers_is_completed_and_not_made_anew(google: LocalGoogle) -> None:
    office = office_with(google, sheet("ข้อมูล", [HEADERS[:5], ["V01"]]))
    done, _, _ = laid_out(office, "ข้อมูล")
    assert done.columns == tuple(("ข้อมูล", one) for one in (*HEADERS[5:], ROW_ID))
    assert office.titles() == ["ข้อมูล", READ_FIRST]


def test_beside_a_header_over_two_rows_with_units_the_new_ones_stand_in_the_first(
    google: LocalGoogle,
) -> None:
    upper = [HEADERS[0], HEADERS[1], "ผลการติดตาม"]
    lower = ["", "", HEADERS[2], HEADERS[3]]
    units = ["(๑)", "(๒)", "(๓)", "(๔)"]
    office = office_with(google, sheet(TAB, [upper, lower, units, ["V01", "H01"]]))
    done, added, protections = laid_out(office)
    assert {row for row, _ in added if row < 3} == {0}
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
    assert laid_out(office) == (LaidOut(), {}, [])
    assert {code for code, _, _ in missing(office)} == {"header_twice"}
