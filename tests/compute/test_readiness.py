"""Villages ranked 1, 2, 3 … within a district, and why."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from services.compute.readiness import Village, weights_of, what_if
from sheets_schema.loader import programme
from tests.support.sheets import report_on, tab

ITEMS = [item.title for item in programme(2565).readiness.items]  # type: ignore[union-attr]
HEADER = [
    "รหัสหมู่บ้าน", "บ้าน", "ตำบล", "กลุ่มออมทรัพย์เพื่อการผลิต", "ระดับธรรมาภิบาลปีก่อน",
    "เงินทุน (บาท)", "จำนวนสมาชิก (คน)", *ITEMS,
]  # fmt: skip


def villages(*lines: str) -> dict[str | None, Village]:
    """`code level capital members marks…`; one mark stands for all eight."""
    rows = ["|".join(HEADER)]
    for line in lines:
        code, level, capital, members, *marks = line.split()
        marks = marks * 8 if len(marks) == 1 else marks
        cells = [code, "บ้านสมมติ", "เวียง", "กลุ่มสมมติ", level, capital, members, *marks]
        rows.append("|".join(cells))
    report = report_on(tab("ประเมินหมู่บ้าน", "\n".join(f"|{row}|" for row in rows)))
    return {village.village_code: village for village in report.villages}


def order(found: dict[str | None, Village]) -> list[tuple[str | None, int | None, str | None]]:
    return [(village.village_code, village.rank, village.decided_by) for village in found.values()]


def test_the_score_is_the_weighted_marks_of_a_hundred() -> None:
    found = villages("56010101 3 - - 5 4 3 2 1 0 5 4", "56010102 3 - - 5")
    assert found["56010101"].score == Decimal("62.00")
    assert found["56010102"].score == Decimal("100.00")
    assert order(found) == [("56010102", 1, "score"), ("56010101", 2, "score")]


def test_equal_scores_are_decided_by_capital_then_members_then_code() -> None:
    found = villages(
        "56010104 3 100 10 4",
        "56010103 3 100 10 4",
        "56010102 3 100 20 4",
        "56010101 3 - 99 4",
        "56010105 3 200 1 4",
    )
    assert order(found) == [
        ("56010105", 1, "capital"),
        ("56010102", 2, "members"),
        ("56010103", 3, "village_code"),
        ("56010104", 4, "village_code"),
        ("56010101", 5, "capital"),
    ]


def test_a_village_alone_is_decided_by_nothing() -> None:
    assert order(villages("56010101 3 - - 4")) == [("56010101", 1, None)]


def test_villages_below_the_gate_or_not_fully_marked_are_listed_with_the_reason() -> None:
    found = villages(
        "56010101 2 1 1 5", "56010102 3 1 1 5 5 5 5 5 5 5 -", "56010103 - 1 1 5", "56010104 3 1 1 1"
    )
    assert found["56010104"].rank == 1
    assert (found["56010101"].eligible, found["56010101"].rank) == (False, None)
    assert found["56010101"].reason == "ระดับธรรมาภิบาล 2 ไม่ใช่ระดับ 3"
    assert (found["56010102"].eligible, found["56010102"].score) == (True, None)
    assert found["56010102"].reason == "ยังไม่ได้ให้คะแนน: สถานที่และอุปกรณ์"
    assert (found["56010102"].items, found["56010102"].filled) == (8, 7)
    assert found["56010103"].reason == "ไม่รู้ระดับธรรมาภิบาล"


def test_a_mark_above_five_is_asked_about_and_not_used() -> None:
    assert villages("56010101 3 1 1 6")["56010101"].score is None


def test_a_village_says_where_it_is_and_how_each_item_was_marked() -> None:
    village = villages("56010101 2 1,000 - 5 4 3 2 1 0 - 6")["56010101"]
    assert (village.village, village.moo, village.tambon) == ("บ้านสมมติ", None, "เวียง")
    assert (village.savings_group, village.governance_level) == ("กลุ่มสมมติ", 2)
    assert (village.capital, village.members) == (100_000, None)
    assert village.marks == {
        "committee": 5,
        "accounts": 4,
        "debtor_data": 3,
        "funds_joining": 2,
        "rules_allow": 1,
        "multi_debt": 0,
    }


def test_the_years_own_weights_give_the_years_own_ranks() -> None:
    readiness = programme(2565).readiness
    assert readiness is not None
    found = villages("56010102 3 1 1 5", "56010101 3 1 1 5 4 3 2 1 0 5 4", "56010103 2 1 1 5")
    again = what_if(found.values(), readiness, weights_of(readiness))
    assert order({village.village_code: village for village in again}) == order(found)


def test_a_village_listed_twice_with_different_marks_is_not_ranked() -> None:
    found = villages("56010101 3 1 1 5", "56010101 3 1 1 4", "56010102 3 1 1 1")
    assert (found["56010101"].rank, found["56010102"].rank) == (None, 1)
    assert "หลายแถว" in (found["56010101"].reason or "")


def test_a_village_without_a_code_is_not_ranked() -> None:
    assert villages("- 3 1 1 5")[None].reason == "รหัสหมู่บ้านว่างหรืออ่านไม่ได้"


def test_a_year_without_readiness_ranks_nobody() -> None:
    assert report_on(year=2560).villages == ()


LINES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=9
)


@given(LINES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=15)
def test_the_order_of_rows_never_changes_a_rank(
    drawn: list[tuple[int, int, int]], random: object
) -> None:
    lines = [f"560101{n:02} 3 {c} {m} {mark}" for n, (mark, c, m) in enumerate(drawn)]
    ranked = sorted(order(villages(*lines)), key=str)
    random.shuffle(lines)  # type: ignore[attr-defined]
    assert sorted(order(villages(*lines)), key=str) == ranked
    assert sorted(rank or 0 for _, rank, _ in ranked) == list(range(1, len(lines) + 1))
