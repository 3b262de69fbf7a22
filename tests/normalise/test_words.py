"""Texts, codes, yes and no, and words of a list, as keyboards leave them."""

from datetime import date, time

import pytest

from services.normalise.columns import read_column, shown
from services.normalise.reading import State
from services.normalise.thai import clean, fold, same_name, tambon_name
from services.normalise.words import listed_codes, read_choice, read_code, read_text, read_yes_no
from services.store.base import Stored
from sheets_schema.loader import registers


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("เเม่ใจ", "แม่ใจ"),
        ("กุุสุมาลย์", "กุสุมาลย์"),
        ("แม่่ใจ", "แม่ใจ"),
        ("บ้าน\u200bตุ่น", "บ้านตุ่น"),
        ("\u00a0บ้าน\u00a0 ตุ่น \t", "บ้าน ตุ่น"),
        ("a  b ", "a b"),
        (" ab ", "ab"),
    ],
)
def test_a_word_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert read_text(typed).value == meant


def test_sara_am_is_never_torn_apart() -> None:
    """NFKC would make two letters of ำ, and ตำบล would equal nothing any more."""
    assert clean("ตำบล น้ำ") == "ตำบล น้ำ"


@pytest.mark.parametrize("typed", ["", "-", "–", "ไม่มี", " ไม่มี "])
def test_none_and_a_dash_are_blank_in_text(typed: str) -> None:
    assert read_text(typed).state is State.BLANK
    assert read_code(typed).state is State.BLANK


@pytest.mark.parametrize("typed", [date(2022, 3, 12), time(9, 0)])
def test_a_house_number_a_sheet_made_a_date_of_is_asked_about(typed: Stored) -> None:
    """12/3 typed into a general cell becomes 12 March."""
    assert read_text(typed).state is State.ASK
    assert read_yes_no(typed).state is State.ASK


@pytest.mark.parametrize(
    ("stored", "shown_as", "code"),
    [
        ("00401", "", "00401"),
        ("๐๐๔๐๑", "", "00401"),
        ("0812345678", "", "0812345678"),
        (401.0, "00000", "00401"),
        (401.0, "", "401"),
        (401.0, "0%", "401"),
        (1234567.0, "00000", "1234567"),
        ("401", "00000", "401"),
        ("ก-๐๑", "", "ก-01"),
    ],
)
def test_a_code_is_what_the_sheet_shows(stored: Stored, shown_as: str, code: str) -> None:
    assert read_code(stored, shown_as).value == code


@pytest.mark.parametrize("typed", ["ใช่", "✓", "/", "Y", "y", "1", "๑", 1.0, True, "TRUE", " ใช่ "])
def test_yes_in_every_spelling(typed: Stored) -> None:
    assert read_yes_no(typed).value is True


@pytest.mark.parametrize(
    "typed", ["ไม่", "ไม่ใช่", "✗", "N", "n", "0", "๐", 0.0, False, "FALSE", "ไม่มี"]
)
def test_no_in_every_spelling(typed: Stored) -> None:
    assert read_yes_no(typed).value is False


@pytest.mark.parametrize(
    ("typed", "state"),
    [("", State.BLANK), ("-", State.BLANK), ("อาจจะ", State.ASK), (2.0, State.ASK)],
)
def test_neither_yes_nor_no_is_never_no(typed: Stored, state: State) -> None:
    assert (read_yes_no(typed).value, read_yes_no(typed).state) == (None, state)


METHODS = registers()["contracts"].by_code["method"].choices


@pytest.mark.parametrize(
    ("typed", "value", "state"),
    [
        ("รวมหนี้ 1 ครัวเรือน 1 สัญญา", "รวมหนี้ ๑ ครัวเรือน ๑ สัญญา", State.READ),
        ("โอนภาระหนี ", "โอนภาระหนี้", State.READ),
        ("อื่นๆ", "อื่น ๆ", State.READ),
        ("ยกหนี้ให้", "ยกหนี้ให้", State.OUTSIDE),
        ("-", None, State.BLANK),
    ],
)
def test_a_word_of_the_list_is_known_in_any_spelling(
    typed: str, value: str | None, state: State
) -> None:
    assert (read_choice(typed, METHODS).value, read_choice(typed, METHODS).state) == (value, state)


@pytest.mark.parametrize(
    ("typed", "state"),
    [("56010101", State.READ), ("๕๖๐๑๐๑๐๑", State.READ), ("5601010", State.ASK)],
)
def test_a_village_code_has_eight_digits(typed: str, state: State) -> None:
    assert read_column(registers()["readiness"].key, [typed]).states[0] == state


def test_several_codes_stand_in_one_cell() -> None:
    assert listed_codes("H01, H02;H03\n H04 、") == ("H01", "H02", "H03", "H04")
    assert listed_codes("") == ()


def test_one_person_has_one_name_with_or_without_a_title() -> None:
    names = {"นาย สมมติ ตัวอย่าง", "สมมติ  ตัวอย่าง", "นายสมมติ ตัวอย่าง", "ด.ต.สมมติ ตัวอย่าง"}
    assert {same_name(name) for name in names} == {"สมมติตัวอย่าง"}
    assert same_name("นาย") == "นาย"


def test_one_tambon_has_one_name_with_or_without_its_prefix() -> None:
    assert {tambon_name(t) for t in ("ต.เวียง", "ตำบล เวียง", "เวียง", "ต. เวียง")} == {"เวียง"}
    assert tambon_name("ตำบล") == "ตำบล"


def test_a_label_is_the_same_without_tone_marks_stars_and_spaces() -> None:
    spellings = {"หนี้คงเหลือ (บาท) *", "หนีคงเหลือ(บาท)", "หนี้ คงเหลือ\n[บาท]", "หนี้คงเหลือ_บาท"}
    assert {fold(label) for label in spellings} == {fold("หนี้คงเหลือ (บาท)")}


def test_a_finding_shows_the_cell_as_the_sheet_does() -> None:
    stored: list[Stored] = [1500.0, 1500.5, date(1965, 7, 6), "1,5OO", time(9, 0)]
    assert [shown(cell) for cell in stored] == ["1500", "1500.5", "06/07/1965", "1,5OO", "09:00:00"]
