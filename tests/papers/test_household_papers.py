"""แบบ ๑ and แบบ ๒: what stands of a household, what is blank, what is added up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.present.papers import households, papers, questionnaire, tables, villages
from sheets_schema.forms import COLUMN_KINDS
from tests.support.centres import Rows, finished_centre, row_of
from tests.support.papers import asked, column, opened, paper, total_of

OWN = {"number", "district"}


def told() -> Rows:
    """One household of which everything is told."""
    rows = finished_centre(1)
    rows["centres"][0] |= {"development_level": "ดี", "officer": "นางสมมติ พัฒนากร"}
    rows["households"][0] |= {
        "moo": "5", "village": "สันสมมติ", "tambon": "เวียง", "members": "4", "occupation": "ทำนา",
        "planned_method": "โอนภาระหนี้", "buddy_team": "ทีม 1", "income_year": "50,000",
    }  # fmt: skip
    rows["debts"][0] |= {"as_of": "10/01/2565", "classified_on": "11/01/2565"}
    rows["debts"].append(
        {
            "debt_id": "D2", "household_id": "H1", "other_creditor": "ร้านค้า", "outstanding": "1",
            "outstanding_at_entry": "0.50", "due_date": "01/07/2565", "as_of": "12/01/2565",
        }
    )  # fmt: skip
    rows["supports"][0] |= {"occupation": "ทอผ้า", "support": "กี่"}
    rows["visits"][0] |= {"income_year": "60,000", "problem": "ฝนแล้ง"}
    return rows


def test_every_word_of_the_year_file_is_defined_once() -> None:
    """Data picks the columns, code says what stands in them."""
    assert set(COLUMN_KINDS["target_households"]) == {*households.COLUMNS, *OWN}
    assert set(COLUMN_KINDS["ranked_villages"]) == {*villages.COLUMNS, "district"}
    assert set(COLUMN_KINDS["readiness_items"]) == set(questionnaire.COLUMNS)
    assert set(tables.TOTALS) <= set(households.COLUMNS)


def test_the_year_uses_every_word_it_could() -> None:
    """A word no paper uses would be code nobody runs."""
    used: dict[str, set[str]] = {rows: set() for rows in COLUMN_KINDS}
    for form in asked("form_1").programme.forms:
        if form.paper is not None:
            used[form.paper.rows] |= {column.code for column in form.paper.columns}
    assert used == {rows: set(words) for rows, words in COLUMN_KINDS.items()}


def test_form_1_says_who_entered_and_with_what() -> None:
    form = paper("form_1", told())
    assert dict(zip([c.code for c in form.columns], form.rows[0], strict=True)) == {
        "number": 1,
        "household_id": "H1",
        "place": "ม.๕ บ้านสันสมมติ ต.เวียง",
        "centre_name": "ศูนย์สมมติ",
        "head_name": "นายสมมติ H1",
        "members": 4,
        "occupation": "ทำนา",
        "development_level": "ดี",
        "creditors": "กองทุนสมมติ, ร้านค้า",
        "debt_at_entry": 1_000_050,
        "debtor_class": "เฝ้าระวัง",
        "planned_method": "โอนภาระหนี้",
        "receiving_fund": "กองทุนสมมติ",
        "buddy_team": "ทีม 1",
        "officer": "นางสมมติ พัฒนากร",
        "joined_on": date(2022, 2, 1),
    }


def test_form_2_says_what_became_of_them() -> None:
    form = paper("form_2", told())
    assert dict(zip([c.code for c in form.columns], form.rows[0], strict=True)) == {
        "number": 1,
        "household_id": "H1",
        "head_name": "นายสมมติ H1",
        "surveyed_on": date(2022, 1, 12),
        "classified_on": date(2022, 1, 11),
        "negotiated_on": date(2022, 3, 1),
        "contract_signed_on": date(2022, 4, 1),
        "support_started_on": date(2022, 5, 1),
        "visited_on": date(2022, 6, 1),
        "before": 1_000_050,
        "after": 800_000,
        "reduced": 200_050,
        "percent": Decimal("20.00"),
        "cleared": "ไม่",
        "contract_no": "SH1",
        "support": "ทอผ้า: กี่",
        "income_before": 5_000_000,
        "income_after": 6_000_000,
        "problem": "ฝนแล้ง",
    }


def test_both_forms_hold_the_same_households_in_the_same_order() -> None:
    rows = finished_centre(4)
    rows["households"].reverse()
    rows["households"].insert(1, {"household_id": "H9", "centre_id": "C1", "target": "ไม่"})
    rows["households"].insert(2, {"centre_id": "C1", "head_name": "นายไร้รหัส", "target": "ใช่"})
    first, second = paper("form_1", rows), paper("form_2", rows)
    assert column(first, "household_id") == column(second, "household_id")
    assert column(first, "household_id") == ["H4", "H3", "H2", "H1"]
    assert column(first, "number") == [1, 2, 3, 4]


def test_what_nobody_typed_is_blank_and_never_zero() -> None:
    rows = finished_centre(1) | {
        register: [] for register in ("debts", "meetings", "contracts", "supports", "visits")
    }
    rows["households"][0] |= {"centre_id": "C9"}
    first, second = paper("form_1", rows), paper("form_2", rows)
    blank = {c.code for c, value in zip(first.columns, first.rows[0], strict=True) if value is None}
    assert {"number", "household_id", "centre_name", "head_name", "joined_on"} | blank == {
        c.code for c in first.columns
    }
    assert column(first, "centre_name") == ["C9"]
    assert [v for v in second.rows[0] if v is not None] == [1, "H1", "นายสมมติ H1"]
    assert total_of(second, "before") is None
    assert total_of(first, "members") is None


def test_a_month_alone_is_printed_as_a_month() -> None:
    rows = finished_centre(1)
    rows["households"][0]["joined_on"] = "มีนาคม 2565"
    assert column(paper("form_1", rows), "joined_on") == ["มี.ค. ๖๕"]


@pytest.mark.parametrize(
    ("village", "tambon", "place"),
    [
        ("บ้านสันสมมติ", "ต.เวียง", "บ้านสันสมมติ ต.เวียง"),
        ("", "เวียง", "ต.เวียง"),
        ("", "", None),
    ],
)
def test_a_place_is_named_once(village: str, tambon: str, place: str | None) -> None:
    rows = finished_centre(1)
    rows["households"][0] |= {"village": village, "tambon": tambon}
    assert column(paper("form_1", rows), "place") == [place]


def test_a_fund_that_is_not_registered_is_printed_by_its_code() -> None:
    rows = finished_centre(1)
    rows["funds"] = []
    form = paper("form_1", rows)
    assert (column(form, "creditors"), column(form, "receiving_fund")) == (["F1"], ["F1"])


def test_the_receiving_fund_of_a_meeting_stands_until_there_is_a_contract() -> None:
    rows = finished_centre(2)
    rows["funds"].append({**rows["funds"][0], "fund_id": "F2", "fund_name": "กองทุนรับ"})
    rows["meetings"][0] |= {"receiving_fund_id": "F2"}
    rows["contracts"] = rows["contracts"][:1]
    rows["meetings"][1] |= {"receiving_fund_id": "F2"}
    assert column(paper("form_1", rows), "receiving_fund") == ["กองทุนสมมติ", "กองทุนรับ"]


def test_a_contract_of_another_year_is_no_step_of_this_one() -> None:
    rows = finished_centre(1)
    rows["contracts"][0]["signed_on"] = "01/04/2564"
    form = paper("form_2", rows)
    assert (column(form, "contract_signed_on"), column(form, "contract_no")) == ([None], [None])


def test_days_to_come_are_not_yet_on_the_paper() -> None:
    rows = finished_centre(1)
    rows["debts"][0] |= {"classified_on": "01/09/2565"}
    assert column(paper("form_2", rows), "classified_on") == [None]


def test_of_several_contracts_all_numbers_and_the_first_day_are_told() -> None:
    rows = finished_centre(1)
    rows["contracts"].append(
        {**rows["contracts"][0], "contract_no": "S0", "signed_on": "01/03/2565"}
    )
    form = paper("form_2", rows)
    assert column(form, "contract_no") == ["S0, SH1"]
    assert column(form, "contract_signed_on") == [date(2022, 3, 1)]


def test_two_visits_of_a_day_with_different_incomes_tell_none() -> None:
    rows = finished_centre(1)
    rows["visits"][0] |= {"income_year": "60,000", "problem": "ฝนแล้ง"}
    rows["visits"].append({**rows["visits"][0], "visit_id": "V2", "income_year": "70,000"})
    form = paper("form_2", rows)
    assert (column(form, "income_after"), column(form, "problem")) == ([None], ["ฝนแล้ง"])
    assert column(form, "after") == [800_000]


def test_a_household_whose_copies_differ_stands_once_with_what_they_agree_on() -> None:
    rows = finished_centre(2)
    rows["households"].insert(1, {**rows["households"][0], "members": "9", "occupation": "ทำนา"})
    first, second = paper("form_1", rows), paper("form_2", rows)
    assert column(first, "household_id") == ["H1", "H2"]
    assert column(first, "head_name")[0] == "นายสมมติ H1"
    assert (column(first, "occupation")[0], column(first, "creditors")[0]) == (None, None)
    assert (column(second, "after")[0], column(second, "visited_on")[0]) == (None, None)
    assert "อำเภอเมืองพะเยา: ครัวเรือนที่มีหลายแถวและข้อมูลต่างกัน ช่องที่ต่างกันจึงว่าง: H1" in first.notes


def test_cleared_is_ticked_only_where_it_is_known() -> None:
    rows = finished_centre(3)
    row_of(rows, "visits", "VH1")["balance"] = "0"
    row_of(rows, "visits", "VH3")["balance"] = "ประมาณ 5,000"
    assert column(paper("form_2", rows), "cleared") == ["✓", "ไม่", None]


def test_totals_run_over_what_is_known_and_say_so() -> None:
    rows = finished_centre(3)
    row_of(rows, "visits", "VH3")["balance"] = ""
    row_of(rows, "debts", "DH2")["outstanding_at_entry"] = "0.25"
    row_of(rows, "households", "H1")["members"] = "4"
    first, second = paper("form_1", rows), paper("form_2", rows)
    assert total_of(first, "debt_at_entry") == 2_000_025
    assert total_of(first, "members") == 4
    assert [total_of(second, code) for code in ("before", "after", "reduced", "percent")] == [
        1_000_025, 1_600_000, -599_975, Decimal("-60.00"),
    ]  # fmt: skip
    assert any("มาจากแถวที่ทราบ ๑ จาก ๓ แถว" in note for note in first.notes)
    assert any("ที่ทราบทั้งสองยอด ๒ จาก ๓ ครัวเรือน" in note for note in second.notes)


def test_the_percentage_of_no_debt_is_blank() -> None:
    rows = finished_centre(1)
    row_of(rows, "debts", "DH1")["outstanding_at_entry"] = "0"
    form = paper("form_2", rows)
    assert (total_of(form, "before"), total_of(form, "percent")) == (0, None)


def test_a_paper_on_whole_data_needs_no_note_but_that_it_is_a_draft() -> None:
    assert [note[:4] for note in paper("form_2", finished_centre()).notes] == ["ร่าง"]


def test_a_paper_can_be_narrowed_to_a_centre() -> None:
    rows = finished_centre(2)
    rows["centres"].append({"centre_id": "C2", "centre_name": "ศูนย์อื่น", "tambon": "เวียง"})
    rows["households"][1]["centre_id"] = "C2"
    form = paper("form_1", rows, centre="C2")
    assert column(form, "household_id") == ["H2"]
    assert form.subtitles == (
        "อำเภอเมืองพะเยา จังหวัดพะเยา", "ศูนย์อื่น (C2)", "รายงานปีงบประมาณ พ.ศ. ๒๕๖๕",
    )  # fmt: skip


def test_the_provinces_paper_holds_the_districts_one_after_another() -> None:
    (form,) = papers(
        asked("form_2", None), opened(("5603", finished_centre(1)), ("5601", finished_centre(2)))
    )
    assert column(form, "district") == ["เมืองพะเยา", "เมืองพะเยา", "เชียงคำ"]
    assert column(form, "number") == [1, 2, 3]
    assert total_of(form, "before") == 3_000_000
    assert form.subtitles[0] == "จังหวัดพะเยา"
    assert sum("ยังไม่มีสมุดงานของปีนี้" in note for note in form.notes) == 7


def test_a_district_that_cannot_be_told_of_says_why() -> None:
    empty = finished_centre(0) | {"households": []}
    (missing,) = papers(asked("form_1"), ())
    (none,) = papers(asked("form_1"), opened(("5601", empty)))
    assert (missing.rows, missing.totals) == (none.rows, none.totals) == ((), None)
    assert "อำเภอเมืองพะเยา: ยังไม่มีสมุดงานของปีนี้" in missing.notes
    assert "อำเภอเมืองพะเยา: ไม่มีครัวเรือนเป้าหมายในข้อมูลที่อ่านได้" in none.notes


def test_a_tab_that_is_missing_is_named_on_the_paper() -> None:
    rows = finished_centre(1)
    del rows["visits"]
    form = paper("form_2", rows)
    assert column(form, "visited_on") == [None]
    assert any(note.endswith("จึงว่าง: ติดตาม") for note in form.notes)
    assert any("ข้อที่ต้องแก้ ๑ ข้อ" in note for note in form.notes)
