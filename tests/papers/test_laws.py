"""What holds on every province: one figure everywhere, and the whole is the sum of its parts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.compute.reports import ProvinceReport
from services.present import as_json
from services.present.papers import papers
from services.present.papers.paper import Paper
from tests.support.centres import Rows, finished_centre, row_of
from tests.support.papers import asked, opened, sheets, total_of
from tests.support.sheets import AS_OF

amounts = st.none() | st.integers(0, 10**11)
households = st.lists(st.tuples(amounts, amounts), max_size=3)
provinces = st.dictionaries(st.sampled_from(["5601", "5603", "5609"]), households, max_size=3)
MONEY = ("before", "after", "reduced")


def rows_of(debts: list[tuple[int | None, int | None]]) -> Rows:
    """A centre whose households owed and owe these satang; None: nobody typed it."""
    rows = finished_centre(len(debts))
    for number, (before, after) in enumerate(debts, 1):
        entry = row_of(rows, "debts", f"DH{number}")
        entry["outstanding_at_entry"] = typed(before)
        row_of(rows, "visits", f"VH{number}")["balance"] = typed(after)
    return rows


def typed(satang: int | None) -> str:
    return "" if satang is None else f"{satang // 100:,}.{satang % 100:02}"


def exact(number: Any) -> str | None:
    """A sheet's number as the baht it shows."""
    return None if number is None else format(Decimal(repr(number)).quantize(Decimal("0.01")), "f")


def printed(form: Paper) -> dict[tuple[str, str], list[str | None]]:
    """District and household -> its money and percentage, as they stand in the workbook."""
    (sheet,) = sheets([form])
    rows = list(sheet.iter_rows(values_only=True))
    first = next(number for number, row in enumerate(rows) if row[0] == "ที่") + 1
    codes = [heading.code for heading in form.columns]
    found = {}
    for row in rows[first : first + len(form.rows)]:
        cells = dict(zip(codes, row, strict=True))
        figures = [exact(cells[code]) for code in (*MONEY, "percent")]
        found[str(cells["district"]), str(cells["household_id"])] = figures
    return found


@settings(deadline=None, max_examples=10)
@given(provinces)
def test_the_paper_prints_what_outcomes_says_to_the_satang(
    districts: dict[str, list[tuple[int | None, int | None]]],
) -> None:
    data = opened(*((code, rows_of(debts)) for code, debts in districts.items()))
    (form,) = papers(asked("form_2", None), data)
    told: Any = as_json.outcomes(ProvinceReport(2565, AS_OF, tuple(one.report for one in data)))
    names = {"5601": "เมืองพะเยา", "5603": "เชียงคำ", "5609": "ภูกามยาว"}
    assert printed(form) == {
        (names[h["district"]], h["household_id"]): [h[code] for code in (*MONEY, "percent")]
        for h in told["households"]
    }
    assert len(form.rows) == told["totals"]["households"]
    if told["totals"]["with_both"]:
        assert [exact(total_of(form, code) / 100) for code in MONEY] == [
            told["totals"][code] for code in MONEY
        ]


@settings(deadline=None, max_examples=10)
@given(provinces)
def test_the_districts_papers_add_up_to_the_provinces(
    districts: dict[str, list[tuple[int | None, int | None]]],
) -> None:
    data = opened(*((code, rows_of(debts)) for code, debts in districts.items()))
    for name, codes in (("form_1", ("debt_at_entry", "members")), ("form_2", MONEY)):
        (whole,) = papers(asked(name, None), data)
        parts = [papers(asked(name, code), data)[0] for code in districts]
        assert len(whole.rows) == sum(len(part.rows) for part in parts)
        for code in codes:
            sums = [total_of(part, code) for part in parts if part.totals]
            known = [added for added in sums if added is not None]
            expected = sum(known) if known else None
            assert (total_of(whole, code) if whole.totals else None) == expected
