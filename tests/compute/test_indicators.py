"""The year's indicators: what counts, what is not known, and when a target is met."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from services.compute.indicators import Part, indicators
from services.compute.measures import MEASURES
from services.compute.reports import DistrictReport, ProvinceReport
from sheets_schema import loader
from sheets_schema.loader import programme
from sheets_schema.model import IndicatorId
from tests.support.centres import Rows, finished_centre, tabs_of
from tests.support.institutions import DAY, course, figure, institutions, on
from tests.support.sheets import AS_OF, place, report_on


def said(name: IndicatorId, *districts: Rows, year: int = 2560) -> tuple[str, str, bool | None]:
    """Value, target and whether it is met."""
    one = figure(name, *districts, year=year)
    return str(one.value), str(one.target), one.met


def coverage(name: IndicatorId, *districts: Rows, year: int = 2560) -> tuple[int, int]:
    part = figure(name, *districts, year=year).part
    return part.rows, part.read


def test_every_indicator_a_year_may_name_is_counted() -> None:
    assert set(MEASURES) == set(get_args(IndicatorId))


def test_an_institution_that_did_everything_reaches_every_target() -> None:
    told = on(institutions()).indicators(programme(2560))
    assert [(one.id, str(one.value), str(one.target), one.met) for one in told] == [
        ("single_contract_households", "30.00", "11.00", True),
        ("institutions_passing", "100.00", "75.00", True),
        ("households_chosen", "30.00", "30.00", True),
        ("households_trained", "30.00", "30.00", True),
        ("training_days", "4.00", "4.00", True),
        ("budget_per_institution", "40000.00", "40000.00", True),
    ]


def test_the_province_shares_ten_thousand_households_by_its_institutions() -> None:
    """10,000 × 12 ÷ 924 = 129.87."""
    one = figure("single_contract_households", institutions(12, households=1))
    assert (one.target, one.share, one.national) == (Decimal("130.00"), 130, 10_000)
    assert one.draft
    assert any("130" in words and "10000" in words for words in one.rests_on)


def test_three_quarters_of_924_institutions_are_693() -> None:
    one = figure("institutions_passing", institutions(12, households=1))
    assert (one.target, one.national, one.share) == (Decimal("75.00"), 693, 9)


def test_a_figure_names_its_cells_with_their_workbook() -> None:
    rows = institutions(1, households=1)
    cells = {
        one.id: [(c.workbook, place(c)) for proof in one.part.proofs for c in proof.each()]
        for one in on(rows).indicators(programme(2560))
    }
    book = "5601.xlsx"
    assert cells["households_chosen"] == [(book, "ครัวเรือน!L2")]
    assert cells["training_days"] == [(book, "กิจกรรม!F2")]
    assert cells["budget_per_institution"] == [(book, "กิจกรรม!I2")]
    assert (book, "สัญญา!D2") in cells["single_contract_households"]
    assert cells["institutions_passing"] == []
    assert [place(c) for p in figure("institutions_passing", institutions()).part.proofs
            for c in p.each()] == ["ศูนย์!A2"]  # fmt: skip


def test_one_institution_below_its_target_is_not_made_up_for_by_another() -> None:
    rows = institutions(2, households=31)
    for household in rows["households"][:2]:
        household["target"] = "ไม่"
    assert said("households_chosen", rows) == ("30.00", "30.00", False)
    one = figure("households_chosen", rows)
    assert (one.part.reaching, one.part.centres) == (1, 2)
    assert "ถึงเป้า 1 จาก 2 สถาบัน" in one.rests_on


def test_an_unread_row_leaves_open_what_it_could_still_change() -> None:
    rows = institutions()
    rows["households"][0]["target"] = "?"
    assert said("households_chosen", rows) == ("29.00", "30.00", None)
    assert coverage("households_chosen", rows) == (30, 29)
    assert said("households_trained", rows)[2] is None
    rows["households"][1]["target"] = "ไม่"
    assert said("households_chosen", rows) == ("28.00", "30.00", False)
    assert said("households_trained", rows)[2] is False


def test_copies_of_a_household_that_differ_are_counted_once_as_unknown() -> None:
    rows = institutions()
    rows["households"].append({**rows["households"][0], "house_no": "99"})
    assert said("households_chosen", rows) == ("29.00", "30.00", None)
    assert coverage("households_chosen", rows) == (30, 29)
    assert said("households_trained", rows)[2] is None


def test_a_target_household_without_its_code_or_centre_might_be_anybodys() -> None:
    rows = institutions()
    rows["households"][0]["household_id"] = ""
    assert said("households_chosen", rows)[2] is None
    rows = institutions()
    rows["households"][0]["centre_id"] = "C9"
    assert said("households_chosen", rows) == ("30.00", "30.00", None)


@pytest.mark.parametrize(
    ("cells", "value", "met"),
    [
        ({"days": "3"}, "3.00", False),
        ({"days": ""}, "None", None),
        ({"days": "สี่"}, "None", None),
        ({"finished_on": "", "started_on": "25/05/2560"}, "4.00", True),
        ({"finished_on": "", "started_on": ""}, "None", None),
        ({"finished_on": "ปลายเดือน"}, "None", None),
        ({"finished_on": "30/09/2559"}, "0.00", False),
        ({"finished_on": "02/08/2560"}, "0.00", False),
        ({"activity": "จัดตั้งสถาบันการจัดการเงินทุนชุมชน"}, "0.00", False),
        ({"centre_id": "C9"}, "4.00", None),
    ],
)  # fmt: skip
def test_days_are_those_of_the_course_dated_within_the_year(
    cells: dict[str, str], value: str, met: object
) -> None:
    rows = institutions()
    rows["activities"] = [course("C1.1") | cells]
    assert said("training_days", rows) == (value, "4.00", met)


def test_days_of_several_courses_add_up_and_money_is_exact() -> None:
    rows = institutions()
    rows["activities"] = [
        course("C1.1", days="3", budget_received="19,999.99"),
        course("C1.1", activity_id="A2", days="1", budget_received="20,000"),
    ]
    assert said("training_days", rows)[2] is True
    assert said("budget_per_institution", rows) == ("39999.99", "40000.00", False)


def test_a_register_nobody_can_read_is_no_zero() -> None:
    rows = institutions()
    del rows["activities"]
    assert said("training_days", rows) == ("None", "4.00", None)
    assert said("training_days", rows, institutions()) == ("4.00", "4.00", None)
    assert "บางแฟ้ม" in figure("training_days", rows).rests_on[-1]


@pytest.mark.parametrize(
    ("cells", "met"),
    [
        ({"method": ""}, False),
        ({"method": "อื่น ๆ"}, False),
        ({"signed_on": "เมื่อวาน"}, None),
        ({"closed_on": "?"}, None),
        ({"household_id": "H9"}, False),
    ],
)
def test_a_single_contract_is_counted_as_the_fifth_criterion_counts_it(
    cells: dict[str, str], met: object
) -> None:
    rows = institutions(1, households=11)
    rows["contracts"][0] |= cells
    assert said("single_contract_households", rows) == ("10.00", "11.00", met)
    fifth = on(rows).districts[0].centres[0].steps[4]
    assert fifth.achieved == 10


def test_a_percentage_is_of_institutions_known_and_met_only_if_the_unknown_cannot_change_it() -> (
    None
):
    good, bad, unknown = institutions(3), institutions(), institutions()
    bad["evidence"] = []
    del unknown["evidence"]
    assert said("institutions_passing", good, bad) == ("75.00", "75.00", True)
    assert said("institutions_passing", good, unknown) == ("100.00", "75.00", True)
    assert said("institutions_passing", institutions(2), unknown) == ("100.00", "75.00", None)
    assert said("institutions_passing", bad, unknown) == ("0.00", "75.00", False)
    assert coverage("institutions_passing", good, unknown) == (4, 3)
    assert said("institutions_passing", unknown) == ("None", "75.00", None)


def test_percentages_and_means_are_rounded_half_up() -> None:
    bad = institutions(5)
    bad["evidence"] = []
    assert figure("institutions_passing", institutions(3), bad).value == Decimal("37.50")
    assert figure("institutions_passing", institutions(1), bad).value == Decimal("16.67")
    uneven = institutions(2)
    uneven["activities"] = [course("C1.1", days="4"), course("C1.2", days="5")]
    assert figure("training_days", uneven).value == Decimal("4.50")


def test_an_unreadable_workbook_leaves_every_target_open_once_for_its_district() -> None:
    readable = on(institutions()).districts[0]
    broken = DistrictReport("5602", "5602.xlsx", "", "", readable=False, findings=())
    stray = replace(broken, district=None)
    year = programme(2560)
    open_ones = ProvinceReport(2560, DAY, (readable, broken, broken)).indicators(year)
    assert {one.met for one in open_ones} == {None}
    assert {one.part.lost for one in open_ones} == {1}
    assert all(one.met for one in ProvinceReport(2560, DAY, (readable, stray)).indicators(year))


def test_centres_that_cannot_be_read_leave_the_targets_open() -> None:
    rows = institutions()
    del rows["centres"]
    assert {one.met for one in on(rows).indicators(programme(2560))} == {None}


def test_without_any_workbook_nothing_is_known_and_nothing_is_met() -> None:
    told = indicators(programme(2560), ())
    assert {(one.met, one.value) for one in told} == {(None, None)}


def test_of_one_district_no_share_of_the_nation_is_told() -> None:
    part = Part(3, centres=3, counted=3, rows=3, read=3)
    parts = [{one.id: part for one in programme(2560).indicators}]
    alone, whole = (indicators(programme(2560), parts, whole=w)[0] for w in (False, True))
    assert (whole.target, whole.national, whole.share) == (Decimal("33.00"), 10_000, 33)
    assert (alone.target, alone.national, alone.share) == (None, None, None)
    assert not any("ทั้งประเทศ" in words for words in alone.rests_on)


def test_each_centre_of_2565_brings_five_households_out_of_debt() -> None:
    better = finished_centre()
    assert said("households_reduced_or_cleared", better, year=2565) == ("5.00", "5.00", True)
    unknown, worse = finished_centre(), finished_centre()
    unknown["debts"][0]["outstanding_at_entry"] = "?"
    assert said("households_reduced_or_cleared", better, unknown, year=2565) == (
        "9.00",
        "10.00",
        None,
    )
    assert coverage("households_reduced_or_cleared", better, unknown, year=2565) == (10, 9)
    worse["visits"][0]["balance"] = "10,000"
    assert said("households_reduced_or_cleared", worse, year=2565) == ("4.00", "5.00", False)


def test_every_centre_of_2565_has_its_five_households() -> None:
    name: IndicatorId = "centres_with_all_households"
    few, unsure, lost = finished_centre(4), finished_centre(), finished_centre()
    assert said(name, finished_centre(), finished_centre(6), year=2565) == ("2.00", "2.00", True)
    assert said(name, finished_centre(), few, year=2565) == ("1.00", "2.00", False)
    unsure["households"][0]["target"] = "?"
    assert said(name, finished_centre(), unsure, year=2565) == ("1.00", "2.00", None)
    del lost["households"]
    assert said(name, finished_centre(), lost, year=2565) == ("1.00", "2.00", None)


def test_centres_with_all_steps_done_have_no_target() -> None:
    half = finished_centre(4)
    assert said("centres_all_steps_done", finished_centre(), half, year=2565) == (
        "1.00",
        "None",
        None,
    )


def test_a_third_year_in_known_words_scopes_its_targets_in_data(tmp_path: Path) -> None:
    text = (loader.HERE / "programmes/2565.toml").read_text(encoding="utf-8")
    for was, becomes in (
        ("year = 2565", "year = 2566"),
        ("households_per_centre = 5", "households_per_centre = 3\ninstitutions_nationally = 7"),
        ('scope = "per_centre"\nsource = "ข้อ ๑.๒–', 'scope = "share_of_nation"\nsource = "ข้อ ๑.๒–'),
        ("target = 1\n", "target = 20\n"),
    ):
        assert was in text
        text = text.replace(was, becomes)
    (tmp_path / "2566.toml").write_text(text, encoding="utf-8")
    own = programme(2566, tmp_path)
    report = report_on(*tabs_of(finished_centre(4)), year=2566, as_of=AS_OF, of=own)
    told = ProvinceReport(2566, AS_OF, (report,)).indicators(own)
    assert [(str(one.value), str(one.target), one.met) for one in told] == [
        ("4.00", "3.00", True),
        ("1.00", "3.00", False),
        ("0.00", "None", None),
    ]
