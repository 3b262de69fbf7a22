"""The papers' own arithmetic, and the places, as the facts files hold them."""

from fractions import Fraction

import pytest

from sheets_schema.loader import offices, programme, programme_files, province

TUESDAY = 1


def test_the_sums_of_the_guideline_of_2560_come_out() -> None:
    """The paper says 479 three times and 447 once; only 479 makes the sum."""
    workshop, set_up, course = (a.centres_nationally for a in programme(2560).activities)
    targets = programme(2560).targets
    centres = targets.institutions_nationally
    assert (workshop, set_up, course, centres) == (479, 445, 924, 924)
    assert workshop + set_up == course
    assert targets.institutions_passing_percent is not None
    assert Fraction(targets.institutions_passing_percent, 100) * course == 693
    assert targets.households_per_centre * course == 27_720
    assert (targets.budget_per_centre or 0) * course == 36_960_000
    assert (targets.single_contracts_per_centre or 0) * course == 10_164
    assert targets.households_nationally == 10_000


def test_the_indicators_of_2560_ask_for_what_the_targets_say() -> None:
    targets = programme(2560).targets
    asked = {indicator.id: indicator.target for indicator in programme(2560).indicators}
    assert asked == {
        "single_contract_households": targets.households_nationally,
        "institutions_passing": targets.institutions_passing_percent,
        "households_chosen": targets.households_per_centre,
        "households_trained": targets.households_per_centre,
        "training_days": targets.training_days,
        "budget_per_institution": targets.budget_per_centre,
    }


def test_each_indicator_says_whom_its_target_asks_and_where_it_stands_in_the_paper() -> None:
    scopes = {i.id: i.scope for y in programme_files() for i in programme(y).indicators}
    assert scopes == {
        "single_contract_households": "share_of_nation",
        "institutions_passing": "as_it_stands",
        "households_chosen": "per_institution",
        "households_trained": "per_institution",
        "training_days": "per_institution",
        "budget_per_institution": "per_institution",
        "households_reduced_or_cleared": "per_centre",
        "centres_with_all_households": "per_centre",
        "centres_all_steps_done": "as_it_stands",
    }
    year = programme(2565)
    assert [year.target_of(one) for one in year.indicators] == [5, 1, None]
    assert all("ข้อ" in i.source for y in programme_files() for i in programme(y).indicators)


def test_the_fifth_criterion_asks_for_the_minimum_of_single_contracts() -> None:
    fifth = programme(2560).steps[4]
    assert (fifth.done_when, fifth.required) == ("single_contracts", 11)
    assert programme(2560).targets.single_contracts_per_centre == 11


def test_the_reports_of_2560_fall_due_on_the_last_days_of_their_months() -> None:
    due = {f.name: [r.due.isoformat() for r in f.rounds] for f in programme(2560).forms}
    assert due == {
        "activity_1": ["2017-01-31"],
        "activity_2": ["2017-04-30"],
        "activity_3": ["2017-07-31"],
        "single_contract_report": ["2017-04-30", "2017-07-31"],
    }
    assert all(round_.draft for form in programme(2560).forms for round_ in form.rounds)


def test_the_reports_of_2565_fall_due_on_tuesday_26_july() -> None:
    due = {round_.due for form in programme(2565).forms for round_ in form.rounds}
    assert [(day.isoformat(), day.weekday()) for day in due] == [("2022-07-26", TUESDAY)]


def test_a_fiscal_year_runs_from_october_to_september() -> None:
    year = programme(2565)
    assert (year.first_day.isoformat(), year.last_day.isoformat()) == ("2021-10-01", "2022-09-30")


def test_readiness_weighs_to_a_hundred() -> None:
    readiness = programme(2565).readiness
    assert readiness is not None
    assert sum(item.weight for item in readiness.items) == 100
    assert (readiness.gate_level, readiness.ranks_reported, readiness.top_mark) == (3, 3, 5)
    assert readiness.tie_break == ("capital", "members", "village_code")


def test_each_year_asks_for_its_own_number_of_households() -> None:
    assert programme(2565).targets.households_per_centre == 5
    assert programme(2560).targets.households_per_centre == 30
    assert [len(programme(year).steps) for year in (2560, 2565)] == [5, 6]
    assert [kind.number for kind in programme(2560).evidence_kinds] == list(range(1, 10))


@pytest.mark.parametrize("year", programme_files())
def test_nobody_of_the_department_has_confirmed_a_year_yet(year: int) -> None:
    loaded = programme(year)
    assert loaded.is_draft
    assert loaded.classes.draft
    assert all(step.draft for step in loaded.steps)


def test_phayao_has_nine_districts_and_sixty_eight_tambons() -> None:
    districts = province().districts
    assert [district.code for district in districts] == [f"560{n}" for n in range(1, 10)]
    assert sum(len(district.tambons) for district in districts) == 68
    tambons = [tambon for district in districts for tambon in district.tambons]
    assert len({tambon.code for tambon in tambons}) == 68
    for district in districts:
        assert {tambon.code[:4] for tambon in district.tambons} == {district.code}
        assert len({tambon.name for tambon in district.tambons}) == len(district.tambons)


def test_two_districts_have_a_tambon_wiang() -> None:
    of = [d.code for d in province().districts if "เวียง" in {t.name for t in d.tambons}]
    assert of == ["5601", "5603"]


def test_no_two_districts_share_a_tile_of_the_map() -> None:
    tiles = [district.tile for district in province().districts]
    assert len(set(tiles)) == len(tiles)
    assert all(0 <= part < 10 for tile in tiles for part in tile)


def test_the_province_and_every_district_has_its_office() -> None:
    assert set(offices()) == {province().code, *province().by_code}
    for district in province().districts:
        assert offices()[district.code].name.endswith(f"อำเภอ{district.name}")
