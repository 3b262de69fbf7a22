"""Money, whole numbers and rates as people type them: read exactly, or asked about."""

from datetime import date, time, timedelta

import pytest

from services.normalise.columns import read_column
from services.normalise.numbers import baht, read_baht, read_int, read_percent
from services.normalise.reading import State
from services.store.base import Stored
from sheets_schema.loader import registers

DEBTS = registers()["debts"].by_code


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("1,500.-", 150_000),
        ("๑,๕๐๐ บาท", 150_000),
        ("1.5 แสน", 15_000_000),
        ("(1,500.00)", -150_000),
        ("-1,500", -150_000),
        ("1500 บาทถ้วน", 150_000),
        ("๒ หมื่นบาท", 2_000_000),
        ("3.25 ล้าน", 325_000_000),
        ("฿ 1,500.50", 150_050),
        ("1,500\u00a0บ.", 150_000),
        ("12,345,678.99", 1_234_567_899),
        ("0", 0),
        ("ไม่มี", 0),
        (" ไม่มี\u200b", 0),
        (1500.5, 150_050),
        (1500, 150_000),
        (0.1 + 0.2, 30),
        (8809923.39, 880_992_339),
        ("1.0000001", 100),
    ],
)
def test_an_amount_is_read_to_the_satang(typed: Stored, satang: int) -> None:
    assert (read_baht(typed).value, read_baht(typed).state) == (satang, State.READ)


@pytest.mark.parametrize(
    "typed",
    [
        "หมื่นสอง",
        "ประมาณ 5,000",
        "1,50",
        "1,5OO",
        "1,500,00",
        "1.500,00",
        "1 500",
        "1,500-2,000",
        "1 แสน 5 หมื่น",
        "แสน",
        "(-500)",
        "((500))",
        "0.005",
        12.345,
        "1e5",
        "?",
    ],
)
def test_an_amount_that_might_mean_two_things_is_asked_about(typed: Stored) -> None:
    assert (read_baht(typed).value, read_baht(typed).state) == (None, State.ASK)


def test_a_date_or_a_time_is_no_number() -> None:
    """A sheet makes a date of 1/3 and a time of 1:30."""
    odd: list[Stored] = [date(2022, 3, 1), time(1, 30), timedelta(hours=30)]
    for cell in odd:
        states = {read(cell).state for read in (read_baht, read_int, read_percent)}
        assert states == {State.ASK}


@pytest.mark.parametrize("typed", ["", "-", "–", "—", "--", " - ", "\u00a0"])
def test_a_blank_is_not_zero(typed: str) -> None:
    for read in (read_baht, read_int, read_percent):
        assert (read(typed).value, read(typed).state) == (None, State.BLANK)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("๑๒ คน", 12),
        ("หมู่ที่ ๕", 5),
        ("ม.5", 5),
        ("พ.ศ. 2551", 2551),
        ("จำนวน 1,200 ครัวเรือน", 1200),
        ("ระดับ 3", 3),
        (3.0, 3),
        ("ไม่มี", 0),
        ("3.5", None),
        ("สาม", None),
        ("5-6", None),
        (3.5, None),
    ],
)
def test_a_count_is_whole_or_asked_about(typed: Stored, number: int | None) -> None:
    assert read_int(typed).value == number
    assert read_int(typed).state is (State.ASK if number is None else State.READ)


@pytest.mark.parametrize(
    ("typed", "shown_as", "rate"),
    [
        ("6", "", 60_000),
        ("ร้อยละ ๖", "", 60_000),
        ("6.5% ต่อปี", "", 65_000),
        ("6 เปอร์เซ็นต์/ปี", "", 60_000),
        (6.0, "", 60_000),
        (6.0, "00", 60_000),
        (0.06, "0%", 60_000),
        (0.0675, "0.00%", 67_500),
        ("6 บาท", "", None),
        ("ไม่มี", "", None),
    ],
)
def test_a_rate_is_what_the_sheet_shows(typed: Stored, shown_as: str, rate: int | None) -> None:
    """A cell shown as 6 % is stored as 0.06."""
    assert read_percent(typed, shown_as).value == rate


def test_a_percent_cell_and_a_plain_one_stand_in_one_column() -> None:
    read = read_column(DEBTS["rate"], [0.06, 6.0, 0.06, "6%"], ["0%", "", "", ""])
    assert read.arrays["rate"].tolist() == [60_000, 60_000, 600, 60_000]


def test_money_is_written_with_two_decimals() -> None:
    assert [baht(s) for s in (0, 5, -5, 150_000)] == ["0.00", "0.05", "-0.05", "1500.00"]


@pytest.mark.parametrize("typed", ["9" * 20, "1" * 40, 1e17, 1e300, float("inf"), float("nan")])
@pytest.mark.parametrize("code", ["principal", "rate"])
def test_a_number_no_register_could_hold_is_asked_about(typed: Stored, code: str) -> None:
    """An account number typed into a money column must not stop the district."""
    read = read_column(DEBTS[code], ["6", typed])
    assert read.states.tolist() == [State.READ, State.ASK]


@pytest.mark.parametrize(
    ("typed", "state"), [("-1", State.ASK), ("0", State.READ), ("7", State.READ)]
)
def test_a_number_below_what_can_be_is_asked_about(typed: str, state: State) -> None:
    assert read_column(registers()["centres"].by_code["members"], [typed]).states[0] == state


@pytest.mark.parametrize(
    ("typed", "state"),
    [("0", State.ASK), ("1", State.READ), ("๓", State.READ), ("4", State.ASK), ("", State.BLANK)],
)
def test_a_level_stands_on_its_scale(typed: str, state: State) -> None:
    level = registers()["readiness"].by_code["governance_level"]
    assert read_column(level, [typed]).states[0] == state
