"""Where a figure comes from: every cell named is the right one, of the right district."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

import numpy as np

from services.cells import Cell, Cells
from services.present.explain import debts, indicators, outcomes, reporting, steps, villages
from services.present.explain.explanation import (
    LACKING,
    USED,
    Explanation,
    Rest,
    cells_table,
    lacking,
    used,
)
from services.present.scope import Scope
from services.store.base import RawTab
from tests.support.centres import Rows, finished_centre, row_of, tabs_of
from tests.support.institutions import institutions
from tests.support.sheets import scope_on
from tests.support.submissions import EARLY, sent, submissions_tab, village

RANGE = re.compile(r"([A-Z])([0-9]+)(?::\1([0-9]+))?")
Province = dict[str, tuple[RawTab, ...]]


def two_households() -> Rows:
    rows = finished_centre(2)
    rows["funds"].append({**rows["funds"][0], "fund_id": "F2"})
    more = {"debt_id": "D3", "household_id": "H1", "fund_id": "F2", "outstanding": "0.55"}
    rows["debts"].append({**rows["debts"][0], **more, "due_date": "01/01/2565"})
    rows["debts"].append({**rows["debts"][0], "debt_id": "D4", "outstanding": "ประมาณ 5,000"})
    return rows


def provinces_tabs() -> Province:
    """5601: two households of two funds, one balance unreadable; 5602: one that nobody visited."""
    bare = finished_centre(1) | {"visits": []}
    return {"5601": tuple(tabs_of(two_households())), "5602": tuple(tabs_of(bare))}


def province(**districts: Rows) -> Scope:
    told = {code.strip("_"): tuple(tabs_of(rows)) for code, rows in districts.items()}
    return scope_on(told or provinces_tabs())


def typed(rest: Rest, tabs: Province) -> list[str]:
    """What stands in the cells of its workbook."""
    found = RANGE.fullmatch(rest.a1)
    assert found is not None
    column, first, last = ord(found[1]) - ord("A"), int(found[2]), int(found[3] or found[2])
    (tab,) = (tab for tab in tabs[rest.workbook.removesuffix(".xlsx")] if tab.name == rest.tab)
    texts = [str(tab.rows[row - 1][column]) for row in range(first, last + 1)]
    assert len(texts) == rest.count
    return texts


def amount(rests: Iterable[Rest], tabs: Province) -> Decimal:
    texts = [text for rest in rests for text in typed(rest, tabs)]
    return sum((Decimal(text.replace(",", "")) for text in texts), Decimal(0))


def places(explained: Explanation) -> list[tuple[str, str, str, str, str]]:
    return [(r.state, r.district, r.about, r.tab, r.a1) for r in explained.cells()]


def test_the_balances_named_add_up_to_the_debt_in_sum() -> None:
    tabs, scope = provinces_tabs(), province()
    explained = debts.outstanding(scope)
    rests = explained.cells()
    assert explained.value == "27,000.55 บาท"
    assert amount(rests, tabs) == Decimal("27000.55")
    assert {(rest.district, rest.workbook) for rest in rests} == {
        ("เมืองพะเยา", "5601.xlsx"), ("จุน", "5602.xlsx"),
    }  # fmt: skip
    assert amount([r for r in rests if r.about == "ค้างชำระ"], tabs) == Decimal("0.55")
    assert explained.coverage == "อ่านได้ 4 จาก 5 แถว"
    assert debts.outstanding(scope.only("5602")).value == "9,000.00 บาท"


def test_a_household_of_several_funds_is_told_with_its_balances() -> None:
    explained = debts.several_funds(province())
    rests = explained.cells()
    assert explained.value == "1 ครัวเรือน"
    assert {(r.district, r.about, r.words) for r in rests} == {("เมืองพะเยา", "H1", "F1, F2")}
    assert amount(rests, provinces_tabs()) == Decimal("9000.55")


def test_what_a_household_owed_and_owes_stands_in_the_cells_named() -> None:
    tabs, scope = provinces_tabs(), province()
    rests = outcomes.outcomes(scope).cells()
    before: dict[tuple[str, str], list[str]] = {}
    for rest in rests:
        if rest.tab == "ลูกหนี้":
            before.setdefault((rest.district, rest.about), []).extend(typed(rest, tabs))
    assert before == {
        ("เมืองพะเยา", "H1"): ["10,000"] * 3,
        ("เมืองพะเยา", "H2"): ["10,000"],
        ("จุน", "H1"): ["10,000"],
    }
    visits = [r for r in rests if r.tab == "ติดตาม" and r.about == "H2"]
    assert [typed(rest, tabs) for rest in visits] == [["01/06/2565"], ["8,000"]]
    words = {(r.district, r.about): r.words for r in rests}
    assert words["จุน", "H1"] == "ก่อน 10,000.00 หลัง ไม่ทราบ"
    assert words["เมืองพะเยา", "H1"] == "ก่อน 30,000.00 หลัง 8,000.00"


def test_a_step_names_what_is_missing_before_what_is_there() -> None:
    scope = province()
    rows = two_households()
    row_of(rows, "visits", "VH2")["balance"] = ""
    half = province(_5601=rows, _5602=finished_centre(1))
    explained = steps.step_of_centre(half, ("5601", "C1"), 6)
    assert explained.value == "1 จาก 5 ครัวเรือน"
    states = [rest.state for rest in explained.cells()]
    assert states == sorted(states, key=lambda state: state == USED)
    assert {rest.district for rest in explained.cells()} == {"เมืองพะเยา"}
    first = explained.cells()[0]
    assert (first.tab, first.a1, first.count) == ("ติดตาม", "D3", 1)
    assert "H2" in first.words
    never = steps.step_of_centre(scope, ("5602", "C1"), 6).cells()
    assert [(r.state, r.district, r.workbook) for r in never][:1] == [(LACKING, "จุน", "5602.xlsx")]


def test_a_step_that_cannot_be_known_says_which_register_cannot_be_read() -> None:
    rows = finished_centre()
    del rows["visits"]
    explained = steps.step_of_centre(province(_5601=rows), ("5601", "C1"), 6)
    (rest,) = explained.cells()
    assert (explained.value, rest.tab, rest.a1, rest.count) == ("ไม่ทราบ", "–", "–", 0)
    assert "ติดตาม" in rest.words


def test_a_step_of_all_centres_holds_the_cells_of_each_district() -> None:
    scope = province(_5601=finished_centre(), _5602=finished_centre(1))
    whole, one = steps.step_of_district(scope, 4), steps.step_of_district(scope.only("5602"), 4)
    assert (whole.value, one.value) == ("1 จาก 2 ศูนย์", "0 จาก 1 ศูนย์")
    assert whole.title.startswith("ทุกอำเภอ ขั้นตอน 4 ")
    assert one.title.startswith("จุน ขั้นตอน 4 ")
    assert {r.district for r in whole.cells()} == {"เมืองพะเยา", "จุน"}
    assert {r.district for r in one.cells()} == {"จุน"}
    assert ("ใช้แล้ว", "เมืองพะเยา", "C1", "สัญญา", "D2:D6") in places(whole)


def test_what_keeps_centres_from_every_step_comes_first() -> None:
    scope = province(_5601=finished_centre(), _5602=finished_centre() | {"supports": []})
    explained = steps.passed(scope)
    assert explained.value == "1 จาก 2 ศูนย์"
    missing = [rest for rest in explained.cells() if rest.state == LACKING]
    assert {(rest.district, rest.tab) for rest in missing} == {("จุน", "อาชีพ")}
    assert list(explained.cells())[: len(missing)] == missing
    assert len(missing) == 5


def test_an_indicator_names_cells_of_the_districts_it_counts() -> None:
    scope = scope_on({"5601": tuple(tabs_of(institutions(2)))}, 2560)
    told = {one.title: one for one in indicators.indicators(scope)}
    assert len(told) == len(scope.programme.indicators)
    (money,) = (one for title, one in told.items() if "งบประมาณ" in title)
    rests = [rest for rest in money.cells() if rest.tab == "กิจกรรม"]
    tabs = {"5601": tuple(tabs_of(institutions(2)))}
    assert {"40,000"} <= {text for rest in rests for text in typed(rest, tabs)}
    assert {(rest.district, rest.about) for rest in rests} == {("เมืองพะเยา", money.title)}


def test_a_report_rests_on_its_required_cells_or_says_which_it_lacks() -> None:
    rows = finished_centre() | {"readiness": [village(1)]}
    row_of(rows, "visits", "VH3")["balance"] = ""
    tabs = (*tabs_of(rows), submissions_tab(sent("form_1", "C1", EARLY)))
    scope = scope_on({"5601": tabs}).only("5601")
    explained = reporting.reports(scope)
    rests = explained.cells()
    there = [rest for rest in rests if rest.about == "แบบ ๑ C1"]
    assert {rest.state for rest in there} == {USED}
    assert {(rest.tab, rest.a1) for rest in there} == {
        ("ครัวเรือน", "C2:C6"), ("ครัวเรือน", "L2:L6"), ("ครัวเรือน", "M2:M6"),
    }  # fmt: skip
    assert {rest.words for rest in there} == {"ส่งเมื่อ 19 ก.ค. 2565"}
    assert {rest.state for rest in rests if rest.about == "แบบ ๒ C1"} == {LACKING}
    (visit,) = (rest for rest in rests if rest.about == "แบบ ๒ C1")
    assert (visit.district, visit.tab, visit.a1) == ("เมืองพะเยา", "ติดตาม", "D4")
    assert explained.coverage == ("ส่งทันกำหนด 1 · ข้อมูลครบแต่ยังไม่มีบันทึกการส่ง 1 · ข้อมูลยังไม่ครบ 1")


def test_a_district_without_a_workbook_lacks_its_reports_but_has_no_cell() -> None:
    scope = province(_5601=finished_centre()).only("5602")
    rests = reporting.reports(scope).cells()
    assert rests
    assert {(rest.district, rest.workbook, rest.a1) for rest in rests} == {("จุน", "–", "–")}


def test_ranks_rest_on_the_marks_of_every_village() -> None:
    items = [item.code for item in getattr(province().programme.readiness, "items", ())]
    full = {**village(1), **dict.fromkeys(items, "4")}
    scope = province(_5601={"readiness": [full, village(2)]})
    explained = villages.ranks(scope)
    assert explained is not None
    assert explained.value == "1 จาก 2 หมู่บ้าน"
    words = {rest.about: rest.words for rest in explained.cells()}
    assert words["56010101"] == "ลำดับ 1"
    assert words["56010102"].startswith("ยังไม่ได้ให้คะแนน")
    tabs = {"5601": tuple(tabs_of({"readiness": [full, village(2)]}))}
    marks = [t for r in explained.cells() if r.about == "56010101" for t in typed(r, tabs)]
    assert marks.count("4") == len(items)
    assert villages.ranks(scope_on({}, 2560)) is None


def test_the_table_of_cells_shows_only_columns_in_which_something_stands() -> None:
    cells = Cells("ลูกหนี้", 8, np.array([2, 3, 9], dtype=np.int32))
    rests = [*used("จุน", "H1", "5602.xlsx", [cells])]
    assert [(rest.a1, rest.count) for rest in rests] == [("I2:I3", 2), ("I9", 1)]
    assert "คำอธิบาย" not in cells_table(rests)
    assert "ลิงก์" not in cells_table(rests)
    online = Cell("5602", "ลูกหนี้", "I4", "https://example.org/4")
    table = cells_table([*rests, lacking("จุน", "H2", "5602.xlsx", online, "ยังว่าง")])
    assert list(table["ลิงก์"])[-1] == "https://example.org/4"
    assert list(table["คำอธิบาย"])[-1] == "ยังว่าง"


def test_a_cell_of_a_sheet_online_opens_from_where_it_is_told() -> None:
    cells = Cells("ศูนย์", 1, np.array([4, 5, 9], dtype=np.int32), "https://example.org/edit#gid=7")
    assert [cell.url for cell in cells.each("5601")] == [
        f"https://example.org/edit#gid=7&range={a1}" for a1 in ("B4", "B5", "B9")
    ]
    assert [rest.url for rest in used("เมืองพะเยา", "C1", "5601", [cells])] == [
        f"https://example.org/edit#gid=7&range={a1}" for a1 in ("B4:B5", "B9")
    ]
