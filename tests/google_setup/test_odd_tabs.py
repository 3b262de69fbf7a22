"""Tabs that are empty, nearly empty, locked, or hard to tell apart."""

from __future__ import annotations

from typing import Any

import pytest

from services.google_setup.lay_out import LaidOut, planned
from services.normalise.locate import ROW_ID
from services.template import READ_FIRST
from tests.google_setup.office import (
    FEW,
    HEADERS,
    TAB,
    VISITS,
    Json,
    Office,
    cells,
    laid_out,
    missing,
    office_with,
    row_of,
    sheet,
)
from tests.support.google.books import OFFICE
from tests.support.google.client import LocalGoogle

pytestmark = pytest.mark.usefixtures("few_rows")
WHOLE = [*HEADERS, ROW_ID]
OWN_RULE = {"condition": {"type": "TEXT_IS_URL"}}
ITALIC = {"textFormat": {"italic": True}}
DATED = {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}}


def locked(**where: int) -> Json:
    return {"range": where, "editors": {"users": [OFFICE]}}


def test_an_empty_tab_with_the_registers_name_is_laid_out_from_its_first_column(
    google: LocalGoogle,
) -> None:
    office = office_with(google, sheet(TAB, []))
    assert laid_out(office)[0].tabs == (TAB,)
    told = office.tab(TAB)
    assert row_of(told) == WHOLE
    assert told["properties"]["gridProperties"]["columnCount"] == 26 + len(WHOLE)
    looks = told["data"][0]["columnMetadata"]
    hidden = [bool(one.get("hiddenByUser")) for one in looks]
    assert hidden == [*[False] * 8, True, *[False] * 26]
    assert looks[0]["pixelSize"] != 100
    assert office.read(VISITS)[1] == []


def test_what_is_set_on_an_empty_tab_stays_with_its_columns(google: LocalGoogle) -> None:
    """Looks, notes, rules, formats and widths of cells nobody has typed into yet."""
    header: list[Any] = [{"userEnteredFormat": ITALIC}, {"note": "ของเรา"}, {}]
    below: list[Any] = [{"dataValidation": OWN_RULE}, {}, {"userEnteredFormat": DATED}]
    widths = {"columnMetadata": [{"pixelSize": 33}, *[{}] * 7, {"pixelSize": 44}]}
    office = office_with(google, sheet(TAB, [header, below], data=widths))
    laid_out(office)
    after = office.tab(TAB)
    assert row_of(after)[:9] == WHOLE
    assert cells(after)[0, 10]["note"] == "ของเรา"
    assert "TEXT_IS_URL" not in str(cells(after).get((1, 0)))


def test_below_titles_the_register_comes_beside_them(google: LocalGoogle) -> None:
    merge = {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 5}
    small = {"rowCount": 3, "columnCount": 5}
    office = office_with(google, sheet(TAB, [["ทะเบียนของเรา"]], merges=[merge], grid=small))
    assert laid_out(office)[0].tabs == (TAB,)
    told = office.tab(TAB)
    assert row_of(told, 3) == [""] * 5 + WHOLE
    grid = {"rowCount": 4 + FEW, "columnCount": 14}
    assert told["properties"]["gridProperties"] == grid
    assert missing(office) == []


def test_beside_a_table_of_the_offices_own_the_register_comes_at_the_right_end(
    google: LocalGoogle,
) -> None:
    own = [["เรื่อง"], *([f"เรื่องที่ {number}"] for number in range(9))]
    office = office_with(google, sheet(TAB, own))
    done, added, _ = laid_out(office)
    assert done.tabs == (TAB,)
    assert min(column for _, column in added) == 26
    assert missing(office) == []


def test_a_formula_that_shows_nothing_is_not_written_over(google: LocalGoogle) -> None:
    blank = {"userEnteredValue": {"formulaValue": '=IF(1=1,"","")'}}
    office = office_with(google, sheet(TAB, [[blank]]))
    laid_out(office)
    assert row_of(office.tab(TAB), 1) == ["", *WHOLE]


def test_a_single_header_is_enough_for_the_others_to_join_it(google: LocalGoogle) -> None:
    office = office_with(google, sheet(TAB, [["ปี 2565"], [HEADERS[0]], ["V01"]]))
    done, _, _ = laid_out(office)
    assert done.columns == tuple((TAB, one) for one in WHOLE[1:])
    assert row_of(office.tab(TAB), 1)[26:] == WHOLE[1:]
    assert missing(office) == []


def test_a_grid_that_ends_with_its_header_gets_rows(google: LocalGoogle) -> None:
    office = office_with(google, sheet(TAB, [HEADERS[:3]], grid={"rowCount": 1}))
    laid_out(office)
    assert office.tab(TAB)["properties"]["gridProperties"]["rowCount"] == 1 + FEW


@pytest.mark.parametrize(
    "tabs",
    [
        [(TAB, [HEADERS]), (f"1. {TAB}", [HEADERS])],
        [("ก", [HEADERS]), ("ข", [HEADERS])],
        [(TAB, []), ("ข้อมูล", [HEADERS, ["V01"]])],
    ],
    ids=["by name", "by headers", "by name or by headers"],
)
def test_of_several_tabs_that_might_be_the_register_a_person_must_say_which(
    google: LocalGoogle, tabs: list[tuple[str, list[Any]]]
) -> None:
    office = office_with(google, *(sheet(name, rows) for name, rows in tabs))
    before = office.shown()
    assert office.lay_out(VISITS) == LaidOut(left=(TAB,))
    assert office.calls() == {"read": 1}
    assert office.shown() == before


def test_an_empty_tab_of_its_name_is_the_register_though_another_bears_an_old_name(
    google: LocalGoogle,
) -> None:
    office = office_with(google, sheet(TAB, []), sheet("ติดตามผล", []))
    assert office.lay_out(VISITS).tabs == (TAB,)


def test_a_chart_may_bear_the_registers_name() -> None:
    chart = {"properties": {"sheetId": 5, "title": TAB, "sheetType": "OBJECT"}}
    plan = planned({"sheets": [chart]}, VISITS)
    assert (plan.tabs, plan.left) == ((READ_FIRST,), (TAB,))


def test_a_tab_whose_cells_are_kept_from_us_only_gets_its_missing_columns(
    google: LocalGoogle,
) -> None:
    lock = locked(startRowIndex=0, endRowIndex=1, startColumnIndex=0, endColumnIndex=26)
    office = office_with(google, sheet(TAB, [HEADERS[:3]], protectedRanges=[lock]))
    done, added, protections = laid_out(office)
    assert done.columns == tuple((TAB, one) for one in WHOLE[3:])
    assert min(column for _, column in added) == 26
    assert protections == []


@pytest.mark.parametrize(
    ("header", "lock", "left"),
    [
        (HEADERS[:3], locked(), (TAB,)),
        (HEADERS[:3], locked(startRowIndex=0, endRowIndex=1), (TAB,)),
        (WHOLE, locked(), ()),
    ],
    ids=["the whole tab", "the header row", "nothing missing"],
)
def test_a_tab_kept_from_us_whole_is_left_and_the_others_are_laid_out(
    google: LocalGoogle, header: list[str], lock: Json, left: tuple[str, ...]
) -> None:
    tab = sheet(TAB, [header], protectedRanges=[lock], grid={"rowCount": 1})
    office = Office(google, tab)
    before = office.tab(TAB)
    done = office.lay_out(VISITS)
    assert (done.tabs, done.columns, done.left) == ((READ_FIRST,), (), left)
    assert office.tab(TAB) == before
