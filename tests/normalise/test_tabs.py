"""Which tab holds which register, and which registers a year has."""

import pytest

from services.normalise.workbook import registers_of
from sheets_schema.loader import product_tabs, programme, registers
from tests.normalise.reading import column, read, said
from tests.support.sheets import register_tab, tab

VISITS = """
    | เลขที่ | รหัสครัวเรือน | วันที่ติดตาม | หนี้คงเหลือ |
    | V1   | H1         | 01/06/2565 | 5        |
"""


@pytest.mark.parametrize(
    "name", ["ติดตาม", " ติดตาม ", "๘. ติดตาม", "8 ติดตาม", "ติดตามผล", "ติดตาม*", "08-การติดตาม"]
)
def test_a_register_is_known_by_its_tab_in_any_spelling(name: str) -> None:
    tables, issues = read(tab(name, VISITS))
    assert said(issues) == []
    assert tables["visits"].tab == name


def test_the_name_itself_goes_before_another_name() -> None:
    tables, issues = read(tab("ติดตามผล", VISITS.replace("V1", "V9")), tab("ติดตาม", VISITS))
    assert said(issues) == []
    assert column(tables["visits"], "visit_id") == ["V1"]


def test_a_tab_with_a_name_of_its_own_is_known_by_its_headers_and_said() -> None:
    tables, issues = read(
        register_tab("supports", {"support_id": "A1", "household_id": "H1"}), tab("เยี่ยมบ้าน", VISITS)
    )
    assert said(issues) == ["value_assumed เยี่ยมบ้าน!A1"]
    assert "«เยี่ยมบ้าน»" in issues[0].message
    assert "«ติดตาม»" in issues[0].message
    assert column(tables["visits"], "balance") == [500]


def test_two_tabs_that_might_be_the_register_are_not_chosen_between() -> None:
    supports = register_tab("supports", {"support_id": "A1", "household_id": "H1"})
    for names in (("ติดตาม", "8 ติดตาม"), ("ติดตามผล", "การติดตาม"), ("เยี่ยม ก", "เยี่ยม ข")):
        tables, _ = read(supports, *(tab(name, VISITS) for name in names))
        assert tables["visits"].tab is None


def test_of_two_tabs_of_the_name_the_one_with_the_headers_is_taken_and_said() -> None:
    tables, issues = read(
        register_tab("supports"), tab("ติดตาม", "| บันทึก |"), tab("8 ติดตาม", VISITS)
    )
    assert said(issues) == ["value_assumed 8 ติดตาม!A1"]
    assert tables["visits"].tab == "8 ติดตาม"


def test_one_tab_is_never_two_registers() -> None:
    """A visit has the headers a support needs, and more."""
    tables, issues = read(tab("เยี่ยมบ้าน", VISITS))
    assert tables["visits"].tab == "เยี่ยมบ้าน"
    assert tables["supports"].tab is None
    assert said(issues) == ["value_assumed เยี่ยมบ้าน!A1"]


def test_tabs_of_the_product_are_no_registers() -> None:
    tables, _ = read(register_tab("supports"), tab("_เยี่ยมบ้าน", VISITS))
    assert tables["visits"].tab is None


def test_a_year_asks_for_its_own_registers_only() -> None:
    assert "readiness" not in registers_of(programme(2560))
    tables, _ = read(register_tab("centres"), year=2560)
    assert set(tables.by_code) == {*registers(), *product_tabs()}
    assert len(tables["readiness"].frame) == 0


def test_the_village_questionnaire_carries_the_years_items() -> None:
    item = registers_of(programme(2565))["readiness"].by_code["committee"]
    assert (item.header, item.type, item.minimum, item.maximum) == (
        "คณะกรรมการมีความพร้อม",
        "int",
        0,
        5,
    )


def test_activities_are_chosen_from_the_years_list() -> None:
    held = registers_of(programme(2560))["activities"].by_code["activity"]
    assert held.choices == (
        "ประชุมเชิงปฏิบัติการคณะกรรมการ",
        "จัดตั้งสถาบันการจัดการเงินทุนชุมชน",
        "สำนึกดี แผนดี บริหารหนี้ได้",
    )
