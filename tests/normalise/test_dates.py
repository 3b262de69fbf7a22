"""Dates as people type them, and as sheets store them."""

from datetime import date, datetime, time, timedelta

import pytest

from services.normalise.columns import read_column
from services.normalise.dates import in_words, read_date, thai_days
from services.normalise.reading import State
from services.store.base import Stored
from sheets_schema.loader import registers


@pytest.mark.parametrize(
    "typed",
    [
        "26/07/2565",
        "26 กรกฎาคม พ.ศ. 2565",
        "26 กรกฎาคม ๒๕๖๕",
        "วันอังคารที่ ๒๖ กรกฎาคม พ.ศ. ๒๕๖๕",
        "26-ก.ค.-2565",
        "26 กค 2565",
        "26.7.2565",
        "26/7/2022",
        "2022-07-26",
        "2565-07-26",
        "2022-07-26 00:00:00",
        "26/07/2565 09.30 น.",
        date(2022, 7, 26),
        date(2565, 7, 26),
        datetime(2565, 7, 26, 9, 30),  # noqa: DTZ001 - sheets know no time zones
    ],
)
def test_a_full_date_is_read_without_assuming_anything(typed: Stored) -> None:
    assert (in_words(read_date(typed)), read_date(typed).state) == ("2022-07-26", State.READ)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("๒๖ ก.ค. ๖๕", "2022-07-26"),
        ("26/7/65", "2022-07-26"),
        ("26ก.ค.65", "2022-07-26"),
        ("1/1/43", "2000-01-01"),
        ("31/12/99", "2056-12-31"),
        ("ก.ค. 65", "2022-07"),
        ("เดือนกรกฎาคม พ.ศ. 2565", "2022-07"),
        ("07/2565", "2022-07"),
        ("2022-07", "2022-07"),
    ],
)
def test_a_century_or_a_day_left_out_is_assumed_and_said(typed: str, read: str) -> None:
    assert (in_words(read_date(typed)), read_date(typed).state) == (read, State.ASSUMED)


@pytest.mark.parametrize(
    "typed",
    [
        "26/7/42",
        "26/7/22",
        "26/7/00",
        "7/26/2565",
        "31/04/2565",
        "29/02/2565",
        "0/7/2565",
        "13/2565",
        "07/65",
        "26/7/2999",
        "2565",
        "ก.ค.",
        "26072565",
        "ปลายเดือนกรกฎาคม",
        date(1965, 7, 26),
        date(1930, 1, 1),
        date(1999, 12, 31),
        date(2564, 2, 29),
        44768.0,
        time(9, 30),
        timedelta(days=1),
    ],
)
def test_a_date_that_might_mean_two_things_is_asked_about(typed: Stored) -> None:
    """A date cell of 1965 is what a spreadsheet makes of 26/7/65; day and month never change."""
    assert (read_date(typed).value, read_date(typed).state) == (None, State.ASK)


@pytest.mark.parametrize("typed", ["", "-", "–", "ไม่มี", "\u00a0"])
def test_no_date_is_no_date(typed: str) -> None:
    assert read_date(typed).state is State.BLANK


@pytest.mark.parametrize("typed", ["29/02/2567", "29 ก.พ. 2567", "2024-02-29", date(2024, 2, 29)])
def test_29_february_is_a_day_of_2567(typed: Stored) -> None:
    assert in_words(read_date(typed)) == "2024-02-29"


def test_a_month_is_all_of_its_days() -> None:
    read = read_date("ก.พ. 2567").value
    assert read is not None
    assert read[1] - read[0] == 28


@pytest.mark.parametrize(
    ("serial", "shown_as", "read"),
    [
        (243095.0, "ว/ด/ปปปป", "2022-07-26"),
        (44768.0, "ว ดดด ปป", "2022-07-26"),
        (44768.4, "ว ดดด ปป", "2022-07-26"),
        (26072565.0, "ว/ด/ปปปป", ""),
        (1e300, "ว/ด/ปปปป", ""),
        (44768.0, "0%", ""),
    ],
)
def test_a_number_shown_in_thai_letters_as_a_date_is_one(
    serial: float, shown_as: str, read: str
) -> None:
    """26072565 typed into a date cell is no day of any calendar."""
    assert in_words(read_date(serial, shown_as)) == read


def test_a_column_keeps_last_days_only_where_some_date_is_a_month() -> None:
    column = registers()["debts"].by_code["due_date"]
    assert list(read_column(column, ["26/07/2565", ""]).arrays) == ["due_date"]
    assert list(read_column(column, ["ก.ค. 2565", ""]).arrays) == ["due_date", "due_date_last"]


def test_a_date_is_told_back_in_the_buddhist_era() -> None:
    assert thai_days("2022-07-26") == thai_days("2022-07-26", "2022-07-26") == "26/07/2565"
    assert thai_days("2022-07-01", "2022-07-31") == "07/2565 (ทั้งเดือน)"
