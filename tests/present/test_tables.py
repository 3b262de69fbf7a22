"""Tables as pages show them: whom they speak of, what is not known, what is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from services.access import Viewer
from services.compute.attention import Awaited, NextDue
from services.present.debts import classes_table, coverage, creditors_table, several_funds_table
from services.present.explain.debts import outstanding
from services.present.findings import findings_table
from services.present.indicators import national_table
from services.present.outcomes import households_table, totals_of, without_consent
from services.present.papers.todo import todo
from services.present.reporting import awaited, due_counts, missing_table, reporting_table
from services.present.scope import Scope
from services.present.steps import centre_names, centres_table, first_undone, ladder_table
from services.present.villages import ranks_table, supposed_table, unranked_table
from services.store.base import Fault, RawTab
from sheets_schema.loader import programme
from sheets_schema.loader import province as province_of
from tests.support.centres import Row, Rows, finished_centre, row_of, tabs_of
from tests.support.institutions import institutions
from tests.support.sheets import register_tab, scope_on
from tests.support.submissions import village

READINESS = programme(2565).readiness
assert READINESS is not None
ITEMS = [item.code for item in READINESS.items]


def province(**districts: Rows) -> Scope:
    return scope_on({code.strip("_"): tuple(tabs_of(rows)) for code, rows in districts.items()})


def lines(table: pd.DataFrame) -> list[list[object]]:
    return [list(row) for row in table.astype("object").itertuples(index=False)]


def debt(number: int, **cells: str) -> Row:
    held = {"debt_id": f"D{number}", "household_id": "H1", "outstanding": "100"}
    return {**held, "fund_id": "F1", **cells}


def test_a_creditor_is_its_fund_or_stands_outside_or_is_not_named() -> None:
    rows = finished_centre(0) | {
        "debts": [
            debt(1, outstanding="5"),
            debt(2, fund_id="F9", outstanding="7.01"),
            debt(3, fund_id="", other_creditor="เจ้าหนี้สมมติ", outstanding="900"),
            debt(4, fund_id="", outstanding="800"),
        ]
    }
    table = creditors_table(province(_5601=rows))
    assert lines(table[["อำเภอ", "รหัสกองทุน", "กองทุน", "ประเภทกองทุน", "หนี้คงเหลือ (บาท)"]]) == [
        ["เมืองพะเยา", "F9", "F9", "–", Decimal("7.01")],
        ["เมืองพะเยา", "F1", "กองทุนสมมติ", "กข.คจ.", Decimal("5.00")],
        ["–", "–", "เจ้าหนี้นอกศูนย์", "–", Decimal("900.00")],
        ["–", "–", "ไม่ระบุเจ้าหนี้", "–", Decimal("800.00")],
    ]
    assert "เจ้าหนี้สมมติ" not in table.to_csv()


def test_the_offices_own_class_stands_beside_ours_also_where_nobody_gave_one() -> None:
    rows = finished_centre(0) | {
        "debts": [debt(1, debtor_class="ค้างชำระ"), debt(2), debt(3, outstanding="?")]
    }
    table = classes_table(province(_5601=rows)).set_index("ประเภท")
    assert list(table["รายการ"].dropna()) == [0, 2, 0, 0, 0, 1]
    assert table.loc["ค้างชำระ", "รายการ (อำเภอจัด)"] == 1
    assert table.loc["(ยังไม่จัดประเภท)", "รายการ (อำเภอจัด)"] == 2
    assert table.loc["ไม่ทราบ", "หนี้คงเหลือ (บาท)"] is None


def test_a_workbook_whose_debts_cannot_be_read_is_in_no_sum_and_is_told() -> None:
    lost = finished_centre()
    del lost["debts"]
    scope = province(_5601=finished_centre(1), _5602=lost)
    assert coverage(scope.report.debts()) == "อ่านได้ 1 จาก 1 แถว · อ่านไม่ได้ 1 สมุดงาน"
    assert outstanding(scope).value == "9,000.00 บาท"


def test_households_of_the_most_funds_and_the_largest_debts_come_first() -> None:
    def owing(household: str, *balances: str) -> list[Row]:
        return [
            debt(
                0, debt_id=f"{household}{n}", household_id=household, fund_id=f"F{n}", outstanding=b
            )
            for n, b in enumerate(balances, 1)
        ]

    rows = finished_centre(3)
    rows["debts"] = [*owing("H1", "1", "2"), *owing("H2", "1", "2.01"), *owing("H3", "1", "1", "1")]
    table = several_funds_table(province(_5602=rows))
    assert lines(table) == [
        ["จุน", "C1", "H3", 3, "F1, F2, F3", Decimal("3.00")],
        ["จุน", "C1", "H2", 2, "F1, F2", Decimal("3.01")],
        ["จุน", "C1", "H1", 2, "F1, F2", Decimal("3.00")],
    ]


def test_each_target_household_stands_with_its_consent_and_without_a_name() -> None:
    rows = finished_centre(4)
    for key, typed in (("H2", "ไม่"), ("H3", ""), ("H4", "?")):
        row_of(rows, "households", key)["consent"] = typed
    rows["households"][3]["centre_id"] = ""
    scope = province(_5601=rows, _5602=finished_centre(1))
    table = households_table(scope)
    assert lines(table)[0] == [
        "เมืองพะเยา", "C1", "H1", Decimal("10000.00"), Decimal("8000.00"), Decimal("2000.00"),
        "ลดหนี้", "ใช่",
    ]  # fmt: skip
    assert list(table["ยินยอม"]) == ["ใช่", "ไม่", "ยังไม่ตอบ", "ไม่ทราบ", "ใช่"]
    assert list(table["ศูนย์"]) == ["C1", "C1", "C1", "–", "C1"]
    assert "สมมติ" not in table.to_csv()
    assert without_consent(scope) == (3, 5)
    assert without_consent(scope.only("5602")) == (0, 1)
    assert totals_of(scope, "5601") == totals_of(province(_5601=finished_centre(4)))


def test_what_stands_for_a_name_and_cannot_be_read_is_told_to_the_districts_own_people_only() -> (
    None
):
    tab = register_tab("households", finished_centre(1)["households"][0])
    place = [str(cell) for cell in tab.rows[0]].index("ชื่อ-สกุลหัวหน้าครัวเรือน")
    rows = [[*row] for row in tab.rows]
    rows[1][place] = "#ชื่อ?"
    broken = RawTab(tab.name, rows, {(1, place): Fault("formula_error", "#ชื่อ?")})
    whole = scope_on({"5601": (broken,)})
    theirs = replace(whole, viewer=Viewer("province_viewer"))
    own, others = (findings_table(of, "error", "formula_error") for of in (whole, theirs))
    assert list(own["อ่านได้ว่า"]) == ["#ชื่อ?"]
    assert list(others["อ่านได้ว่า"]) == ["•••"]
    assert "#ชื่อ?" not in others.to_csv()
    mended = todo(whole, province_of().by_code["5601"])
    assert "#ชื่อ?" not in str(mended.rows)


def test_a_name_typed_for_a_households_code_is_not_told() -> None:
    rows = finished_centre(1)
    row_of(rows, "households", "H1")["household_id"] = "นายสมมติ ตัวอย่าง"
    assert list(households_table(province(_5601=rows))["ครัวเรือน"]) == ["(ชื่อบุคคล ไม่ใช่รหัส)"]


def test_the_whole_countrys_figures_are_reckoned_as_the_guideline_does() -> None:
    year = programme(2560)
    scope = Scope(scope_on({"5601": tuple(tabs_of(institutions()))}, 2560).report, year, ())
    told = {what: (many, how) for what, many, how in lines(national_table(scope))}
    assert told["สถาบันที่ต้องผ่าน"] == ("693", "ร้อยละ 75 × 924")
    assert told["สัญญาเดียวขั้นต่ำ"] == ("10,164", "11 × 924")
    assert told["ครัวเรือนที่คัดเลือกและอบรม"] == ("27,720", "30 × 924")
    assert told["งบประมาณ (บาท)"] == ("36,960,000", "40,000 × 924")
    assert told["ครัวเรือน ๑ สัญญา ที่ต้องได้"][0] == "10,000"


def test_a_year_that_asks_less_of_the_country_has_fewer_national_figures() -> None:
    whole, year = scope_on({}, 2560), programme(2560)
    asked = replace(
        year.targets,
        households_nationally=None,
        institutions_passing_percent=None,
        budget_per_centre=None,
    )
    less = national_table(replace(whole, programme=replace(year, targets=asked)))
    assert set(national_table(whole)["เรื่อง"]) - set(less["เรื่อง"]) == {
        "ครัวเรือน ๑ สัญญา ที่ต้องได้", "สถาบันที่ต้องผ่าน", "งบประมาณ (บาท)",
    }  # fmt: skip
    assert len(national_table(scope_on({}))) == 0


def test_the_reports_of_every_district_are_counted_and_added_up() -> None:
    scope = province(_5601=finished_centre())
    table = reporting_table(scope).set_index("อำเภอ")
    assert len(table) == 10
    assert list(table.loc["รวม"]) == [int(table.iloc[:-1][h].sum()) for h in table.columns]
    assert list(table.loc["เมืองพะเยา"])[:2] == [3, 2]
    assert list(reporting_table(scope.only("5601"))["อำเภอ"]) == ["เมืองพะเยา"]
    silent = missing_table(scope.only("5602"))
    assert list(silent["แบบ"]) == ["แบบ ๑", "แบบ ๒", "เอกสาร ๒"]
    assert set(silent["กำหนดส่ง"]) == {"26 ก.ค. 2565"}
    assert set(silent["ช่อง"]) == {"–"}
    mine = missing_table(scope.only("5601"))
    assert set(mine["แบบ"]) == {"เอกสาร ๒"}


@pytest.mark.parametrize(
    ("as_of", "still"),
    [(date(2022, 6, 25), False), (date(2022, 6, 26), True), (date(2022, 9, 1), True)],
)
def test_reports_are_awaited_from_a_month_before_their_day_and_ever_after(
    as_of: date, *, still: bool
) -> None:
    """Also when another report's day has come in between: what is overdue is not forgotten."""
    scope = province(_5601=finished_centre())
    then = replace(scope, report=replace(scope.report, as_of=as_of))
    due = date(2022, 7, 26)
    counts = dict.fromkeys(scope.names, (3, due)) | {"5601": (1, due)}
    assert awaited(then) == Awaited(counts if still else {})


def test_the_oldest_day_of_reports_overdue_is_told() -> None:
    scope = scope_on({}, 2560)
    then = replace(scope, report=replace(scope.report, as_of=date(2017, 4, 5)))
    count, due = awaited(then).by_district["5601"]
    assert (count, due) == (3, date(2017, 1, 31))


def test_what_is_due_next_is_counted_paper_by_paper() -> None:
    scope = province(_5601=finished_centre()).only("5601")
    forms = {form.name: form for form in scope.programme.forms}
    due = NextDue(date(2022, 7, 26), 7, tuple((f, f.rounds[0]) for f in forms.values() if f.rounds))
    counts = {name: (c.received, c.expected) for name, c in due_counts(scope, due).items()}
    assert counts == {"แบบ ๑": (1, 1), "แบบ ๒": (1, 1), "เอกสาร ๒": (0, 1)}
    assert due_counts(scope, None) == {}


def test_other_weights_move_villages_and_say_by_how_much() -> None:
    first, last = ITEMS[0], ITEMS[-1]
    marks = dict.fromkeys(ITEMS, "3")
    rows: Rows = {
        "readiness": [
            {**village(1), **marks, first: "5", "members": "12", "capital": "0.05"},
            {**village(2), **marks, last: "5"},
            {**village(3), **marks},
            {**village(4), "governance_level": "2"},
        ]
    }
    scope = province(_5601=rows)
    assert READINESS is not None
    table = supposed_table(scope, READINESS, dict.fromkeys(ITEMS, 0) | {last: 1})
    assert lines(table[["ลำดับจริง", "ลำดับสมมติ", "เปลี่ยน"]]) == [
        [2, 1, "▲ 1"], [1, 2, "▼ 1"], [3, 3, "="],
    ]  # fmt: skip
    real = ranks_table(scope, READINESS)
    assert list(real["คะแนน"]) == [Decimal("66.00"), Decimal("64.00"), Decimal("60.00")]
    assert list(real["สมาชิก"].dropna()) == [12]
    assert real["สมาชิก"].dtype == "Int64"
    assert list(real["เงินทุน (บาท)"]) == [Decimal("0.05"), None, None]
    (unranked,) = lines(unranked_table(scope))
    assert unranked[3] == "ไม่มีสิทธิ์"


def test_a_ladder_is_the_centres_own_where_two_districts_use_the_same_code() -> None:
    bare = finished_centre() | {"visits": []}
    row_of(bare, "contracts", "SH1")["amount"] = ""
    scope = province(_5601=finished_centre(), _5602=bare)
    assert list(centre_names(scope)) == [("5601", "C1"), ("5602", "C1")]
    done, undone = (ladder_table(scope, key) for key in centre_names(scope))
    assert set(done["สถานะ"]) == {"✓ ครบ"}
    assert list(undone["ทำได้"])[3] == "4 จาก 5 ครัวเรือน"
    assert list(undone["ยังขาด (ข้อ)"])[3:] == [1, 0, 5]
    assert [first_undone(scope, key) for key in centre_names(scope)] == [6, 4]
    assert list(centres_table(scope)["4"]) == ["✓ 5/5", "◐ 4/5"]
