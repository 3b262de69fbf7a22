"""One figure everywhere: what the line says, the page shows and the paper prints, to the satang."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from services.compute.outcomes import percent_of
from services.pipeline import open_workbooks, province_report
from services.present import as_json
from services.present.explain import indicators as explain_indicators
from services.present.explain import outcomes as explain_outcomes
from services.present.explain import reporting as explain_reporting
from services.present.explain import steps as explain_steps
from services.present.explain import villages as explain_villages
from services.present.indicators import indicators_table
from services.present.outcomes import OUTCOME_WORDS, outcomes_table
from services.present.papers.offered import asked, filled
from services.present.papers.paper import Paper
from services.present.reporting import reporting_table
from services.present.scope import Scope
from services.present.steps import STATES, centres_table, ladder_table, steps_by_district
from services.present.villages import ranks_table, unranked_table
from services.store.memory import MemoryStore
from sheets_schema.loader import programme, province
from tests.papers.test_laws import exact, typed
from tests.support.centres import Row, Rows, finished_centre, tabs_of
from tests.support.papers import sheets
from tests.support.sheets import AS_OF

ITEMS = [item.code for item in getattr(programme(2565).readiness, "items", ())]
MONEY = ("before", "after", "reduced")
HEADERS = ("ก่อน (บาท)", "หลัง (บาท)", "ลดลง (บาท)")
NAMES = {district.code: district.name for district in province().districts}

amounts = st.one_of(
    st.integers(0, 10**11).map(typed),
    st.sampled_from(["", "0", "0.01", "ประมาณ 5,000", "1,5OO", "-1"]),
)
centres = st.lists(st.tuples(amounts, amounts, amounts), max_size=2)
full = st.lists(st.sampled_from(["0", "1", "3", "5"]), min_size=8, max_size=8)
gaps = st.lists(st.sampled_from(["2", "5", "", "6"]), min_size=8, max_size=8)
villages = st.tuples(st.sampled_from(["3", "3", "3", "2", ""]), full | gaps, amounts)
districts = st.tuples(
    st.lists(centres, min_size=1, max_size=3), st.lists(villages, max_size=5), st.booleans()
)
provinces = st.dictionaries(
    st.sampled_from(["5601", "5603", "5609"]), districts, min_size=2, max_size=3
)
every_province = settings(deadline=None, max_examples=15)


@dataclass(frozen=True, eq=False)
class Everywhere:
    """The same workbooks by the line, for the page, and as papers."""

    scope: Scope
    print_paper: Callable[[str], Paper]

    @property
    def line(self) -> Any:
        return self.scope.report


def everywhere(held: Mapping[str, Any]) -> Everywhere:
    tabs = {code: tuple(tabs_of(rows_of(*told))) for code, told in held.items()}
    store, year = MemoryStore({2565: tabs}), programme(2565)
    scope = Scope(province_report(store, year, AS_OF), year, province().districts)

    def print_paper(name: str) -> Paper:
        opened = open_workbooks(store, year, AS_OF)
        (paper,) = filled(asked(scope, name, None), opened, people=True)
        return paper

    return Everywhere(scope, print_paper)


def rows_of(own: Sequence[Any], asked_villages: Sequence[Any], visits_lost: bool) -> Rows:  # noqa: FBT001 – drawn
    """A district's registers; two districts may use the same ids."""
    rows: Rows = {code: [] for code in finished_centre(0)}
    for number, households in enumerate(own, 1):
        for code, register in finished_centre(len(households)).items():
            rows[code] += [numbered(row, number) for row in register]
        for (before, contract, after), place in zip(
            households, range(-len(households), 0), strict=True
        ):
            rows["debts"][place]["outstanding_at_entry"] = before
            rows["contracts"][place]["amount"] = contract
            rows["visits"][place]["balance"] = after
    rows["readiness"] = [village(n, *told) for n, told in enumerate(asked_villages, 1)]
    if visits_lost:
        del rows["visits"]
    return rows


def numbered(row: Row, centre: int) -> Row:
    return {c: f"{v}.{centre}" if c.endswith(("_id", "_no")) else v for c, v in row.items()}


def village(number: int, level: str, given_marks: Sequence[str], capital: str) -> Row:
    own = {"village_code": f"560101{number:02}", "village": f"สมมติ {number}", "tambon": "เวียง"}
    more = {"savings_group": "กลุ่มสมมติ", "governance_level": level, "capital": capital}
    return {**own, **more, **dict(zip(ITEMS, given_marks, strict=True))}


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def rows(table: pd.DataFrame, *headers: str) -> list[tuple[Any, ...]]:
    """The table's rows under these headers; None where nothing is known."""
    plain = table[list(headers)].astype("object")
    return [tuple(None if pd.isna(v) else v for v in row) for row in plain.itertuples(index=False)]


def printed(paper: Paper) -> list[dict[str, Any]]:
    """The rows of the paper's table and its totals as they stand in the workbook."""
    (sheet,) = sheets([paper])
    assert isinstance(sheet, Worksheet)
    codes = [heading.code for heading in paper.columns]
    held = list(sheet.iter_rows(max_col=len(codes), values_only=True))
    first = next(n for n, row in enumerate(held) if paper.columns[0].header == row[0]) + 1
    last = first + len(paper.rows) + (paper.totals is not None)
    return [dict(zip(codes, row, strict=True)) for row in held[first:last]]


@every_province
@given(provinces)
def test_debt_before_and_after_is_one_figure(held: Mapping[str, Any]) -> None:
    told = everywhere(held)
    line: Any = as_json.outcomes(told.line)
    totals = line["totals"]
    both = [h for h in line["households"] if h["before"] and h["after"]]

    def added(which: str, of: list[Any]) -> Decimal | None:
        return sum((Decimal(h[which]) for h in of), Decimal(0)) if of else None

    shown = {row[0]: row[1:] for row in rows(outcomes_table(told.scope), "อำเภอ", *HEADERS)}
    for code, name in NAMES.items():
        mine = [h for h in both if h["district"] == code]
        assert shown[name] == tuple(added(which, mine) for which in MONEY)
    sums = tuple(Decimal(totals[which]) for which in MONEY)
    assert shown["รวม"] == (sums if both else (None, None, None))
    assert sums == tuple(added(which, both) or Decimal(0) for which in MONEY)

    (whole,) = rows(outcomes_table(told.scope).tail(1), *OUTCOME_WORDS.values())
    assert whole == tuple(totals["outcomes"].values())
    explained = explain_outcomes.outcomes(told.scope)
    assert explained.value == (f"{sums[2]:,.2f} บาท" if both else "ไม่ทราบ")
    assert f"{totals['with_both']} จาก {totals['households']} ครัวเรือน" in explained.coverage

    lines = printed(told.print_paper("form_2"))
    expected = [
        [NAMES[h["district"]], h["household_id"], *(h[which] for which in (*MONEY, "percent"))]
        for h in line["households"]
    ]
    figures = [[exact(row[which]) for which in (*MONEY, "percent")] for row in lines]
    assert [
        [row["district"], row["household_id"], *own]
        for row, own in zip(lines[: len(expected)], figures, strict=False)
    ] == expected
    if both:
        percent = percent_of(int(sums[2] * 100), int(sums[0] * 100)) if sums[0] else None
        shown_percent = None if percent is None else format(percent, "f")
        assert figures[-1] == [*(totals[w] for w in MONEY), shown_percent]


@every_province
@given(provinces)
def test_a_step_is_as_far_on_the_page_as_by_the_line(held: Mapping[str, Any]) -> None:
    told = everywhere(held)
    scope, line = told.scope, as_json.progress(told.line)
    found: Any = line["centres"]
    table = centres_table(scope)
    assert len(table) == len(found)
    for (_, shown), centre in zip(table.iterrows(), found, strict=True):
        key = (centre["district"], centre["centre_id"])
        assert (shown["อำเภอ"], shown["รหัส"]) == (NAMES[key[0]], key[1])
        ladder = ladder_table(scope, key)
        for step, state, achieved in zip(
            centre["steps"], ladder["สถานะ"], ladder["ทำได้"], strict=True
        ):
            known = step["achieved"] is not None
            figure = f"{step['achieved']} จาก {step['required']} " if known else "ไม่ทราบ"
            assert state == STATES[step["state"]]
            assert achieved.startswith(figure)
            assert explain_steps.step_of_centre(scope, key, step["number"]).value == achieved
            short = f"{step['achieved']}/{step['required']}" if known else "ไม่ทราบ"
            assert shown[str(step["number"])] == f"{state[0]} {short}"
    for district, number, done, known in rows(
        steps_by_district(scope), "district", "step", "done", "known"
    ):
        states = [
            step["state"]
            for centre in found
            if NAMES[centre["district"]] == district
            for step in centre["steps"]
            if step["number"] == number
        ]
        assert (states.count("done"), len(states) - states.count("unknown")) == (done, known)
    passed = [centre["passed"] for centre in found if centre["passed"] is not None]
    assert explain_steps.passed(scope).value == f"{sum(passed)} จาก {len(passed)} ศูนย์"


@every_province
@given(provinces)
def test_a_village_has_one_rank_and_one_score(held: Mapping[str, Any]) -> None:
    told = everywhere(held)
    scope, readiness = told.scope, told.scope.programme.readiness
    assert readiness is not None
    line: Any = as_json.ranks(told.line)
    found = [
        (NAMES[district["district"]], one["village_code"], one["rank"], one["score"])
        for district in line["districts"]
        for one in district["villages"]
    ]
    ranked = [one for one in found if one[2] is not None]
    names = [(d, f"สมมติ {int(code[-2:])}", rank, decimal(score)) for d, code, rank, score in ranked]
    table = ranks_table(scope, readiness)
    assert rows(table, "อำเภอ", "หมู่บ้าน", "ลำดับ", "คะแนน") == names
    assert len(unranked_table(scope)) == len(found) - len(ranked)
    explained = explain_villages.ranks(scope)
    assert explained is not None
    assert explained.value == f"{len(ranked)} จาก {len(found)} หมู่บ้าน"

    lines = printed(told.print_paper("readiness_ranking"))
    chosen = [one for one in ranked if one[2] <= readiness.ranks_reported]
    assert [
        (row["district"], row["village_code"], row["rank"], exact(row["score"])) for row in lines
    ] == chosen
    capitals = rows(table[table["ลำดับ"] <= readiness.ranks_reported], "เงินทุน (บาท)")
    assert [(decimal(exact(row["capital"])),) for row in lines] == capitals


@every_province
@given(provinces)
def test_indicators_and_reports_are_counted_once(held: Mapping[str, Any]) -> None:
    told = everywhere(held)
    scope, year = told.scope, told.scope.programme
    line: Any = as_json.indicators(told.line, year)
    shown = rows(indicators_table(scope), "ค่า", "เป้า", "หน่วย", "แถวทั้งหมด", "อ่านได้")
    assert shown == [
        (
            decimal(one["value"]),
            decimal(one["target"]),
            one["unit"],
            one["coverage"]["rows"],
            one["coverage"]["read"],
        )
        for one in line["indicators"]
    ]
    for one, explained in zip(
        line["indicators"], explain_indicators.indicators(scope), strict=True
    ):
        value = explained.value.partition(" จาก ")[0].replace(",", "")
        assert (None if value == "ไม่ทราบ" else Decimal(value)) == decimal(one["value"])
        sign = {True: "✓", False: "✗", None: "?"}[one["met"]] if one["target"] else "–"
        assert explained.rule.startswith(sign)

    reports: Any = as_json.reporting(told.line, year)
    counts = ("expected", "received", "on_time")
    table = rows(reporting_table(scope), "อำเภอ", "ต้องส่ง", "ได้รับแล้ว", "ทันกำหนด")
    expected = [(NAMES[d["district"]], *(d[c] for c in counts)) for d in reports["districts"]]
    assert table == [*expected, ("รวม", *(reports[c] for c in counts))]
    whole = explain_reporting.reports(scope).value
    assert whole == f"{reports['received']} จาก {reports['expected']} ฉบับ"


@pytest.mark.parametrize("satang", [0, 1, 99, 10**11])
def test_the_law_would_see_a_single_satang(satang: int) -> None:
    """What is drawn above reaches the figures: no amount is lost on the way in."""
    told = everywhere({"5601": ([[(typed(satang), "1", "0")]], [], False)})
    line: Any = as_json.outcomes(told.line)
    assert line["totals"]["before"] == f"{satang // 100}.{satang % 100:02}"
