"""เอกสาร ๑ and เอกสาร ๒: the questionnaire, and the villages it ranks."""

from __future__ import annotations

from decimal import Decimal

from services.present.papers import papers
from services.present.papers.paper import Paper
from sheets_schema.loader import programme
from tests.support.centres import Row, Rows, finished_centre
from tests.support.papers import asked, column, opened, paper, total_of
from tests.support.sheets import DISTRICT

ITEMS = [item.code for item in getattr(programme(2565).readiness, "items", ())]


def village(number: int, mark: int = 4, **typed: str) -> Row:
    return {
        "village_code": f"5601010{number}",
        "village": f"สมมติ {number}",
        "moo": str(number),
        "tambon": "เวียง",
        "savings_group": f"กลุ่มสมมติ {number}",
        "governance_level": "3",
        **dict.fromkeys(ITEMS, str(mark)),
        **typed,
    }


def rows(*villages: Row) -> Rows:
    return finished_centre(0) | {"readiness": list(villages)}


def sheets_of(*villages: Row) -> tuple[Paper, ...]:
    return papers(asked("readiness_sheet"), opened((DISTRICT, rows(*villages))))


def test_only_the_ranks_the_year_reports_stand_on_the_paper() -> None:
    ranking = paper(
        "readiness_ranking",
        rows(village(1, 1), village(2, 5), village(3, 3), village(4, 4), village(5, 5, moo="")),
    )
    assert column(ranking, "rank") == [1, 2, 3]
    assert column(ranking, "village") == ["สมมติ 2", "สมมติ 5", "สมมติ 4"]
    assert column(ranking, "moo") == [2, None, 4]
    assert column(ranking, "score") == [Decimal("100.00"), Decimal("100.00"), Decimal("80.00")]
    assert column(ranking, "decided_by") == ["รหัสหมู่บ้าน", "รหัสหมู่บ้าน", "คะแนน"]
    assert ranking.totals is None


def test_each_item_of_the_year_is_a_column_with_its_mark() -> None:
    readiness = programme(2565).readiness
    assert readiness is not None
    ranking = paper("readiness_ranking", rows(village(1, 4, place="2", capital="9.50")))
    shown = dict(zip([c.header for c in ranking.columns], ranking.rows[0], strict=True))
    assert [shown[item.title] for item in readiness.items] == [4] * 7 + [2]
    assert (column(ranking, "capital"), column(ranking, "decided_by")) == ([950], [None])


def test_a_district_without_a_ranked_village_says_so() -> None:
    ranking = paper("readiness_ranking", rows(village(1, governance_level="2")))
    assert ranking.rows == ()
    assert "อำเภอเมืองพะเยา: ยังไม่มีหมู่บ้านที่จัดลำดับได้" in ranking.notes


def test_the_provinces_ranking_holds_each_districts_ranks() -> None:
    both = opened(("5601", rows(village(1), village(2, 3))), ("5602", rows(village(1))))
    (ranking,) = papers(asked("readiness_ranking", None), both)
    assert column(ranking, "district") == ["เมืองพะเยา", "เมืองพะเยา", "จุน"]
    assert column(ranking, "rank") == [1, 2, 1]


def test_a_blank_questionnaire_needs_no_data() -> None:
    (sheet,) = papers(asked("readiness_sheet", None))
    assert sheet.snapshot is None
    assert column(sheet, "mark") == [None] * len(ITEMS)
    assert (total_of(sheet, "weight"), total_of(sheet, "mark")) == (100, None)
    assert all("....." in line for line in sheet.lines)
    assert sheet.portrait


def test_each_village_of_the_district_has_its_questionnaire_in_the_registers_order() -> None:
    marked = village(1, 4, capital="1,234.50", members="9", assessed_on="24/06/2565")
    first, second = sheets_of(village(2, 5), marked)
    assert (first.tab, second.tab) == ("1 56010102", "2 56010101")
    assert second.lines[:3] == (
        "ชื่อบ้าน: สมมติ 1  หมู่ที่: ๑  ตำบล: เวียง  อำเภอ: เมืองพะเยา",
        "รหัสหมู่บ้าน: ๕๖๐๑๐๑๐๑  กลุ่มออมทรัพย์เพื่อการผลิต: กลุ่มสมมติ 1",
        "ระดับธรรมาภิบาลปีก่อน: ๓  เงินทุน: ๑,๒๓๔.๕๐ บาท  สมาชิก: ๙ คน",
    )
    assert second.lines[3].startswith("วันที่ประเมิน: ๒๔ มิ.ย. ๖๕  ผู้ประเมิน: ....")
    assert column(second, "mark") == [4] * len(ITEMS)
    assert total_of(second, "mark") == Decimal("80.00")
    assert "ลำดับที่ ๒ ของอำเภอ" in second.notes


def test_a_village_that_is_not_ranked_says_why_on_its_questionnaire() -> None:
    (sheet,) = sheets_of(village(1, place=""))
    assert column(sheet, "mark")[-1] is None
    assert total_of(sheet, "mark") is None
    assert "ยังไม่จัดลำดับ: ยังไม่ได้ให้คะแนน: สถานที่และอุปกรณ์" in sheet.notes


def test_a_district_without_villages_gets_a_blank_questionnaire_that_says_so() -> None:
    (missing,) = papers(asked("readiness_sheet"))
    (empty,) = sheets_of()
    assert "อำเภอเมืองพะเยา: ยังไม่มีสมุดงานของปีนี้" in missing.notes
    assert any("จึงเป็นแบบเปล่า" in note for note in empty.notes)
    assert "อำเภอ: เมืองพะเยา" in empty.lines[0]
