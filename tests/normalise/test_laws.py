"""What must hold for whatever people type: read exactly, whole, and the same way every time."""

import calendar
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from services.normalise.columns import read_column
from services.normalise.dates import EPOCH, read_date
from services.normalise.locate import labels
from services.normalise.numbers import baht, read_baht, read_int, read_percent
from services.normalise.reading import State
from services.normalise.tables import SHEET_ROW
from services.normalise.thai import clean, fold
from services.normalise.words import read_code, read_text, read_yes_no
from services.store.base import RawTab, Stored
from sheets_schema.loader import corrections, registers
from sheets_schema.model import BUDDHIST_OFFSET, Column
from tests.normalise.reading import read

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
COLUMNS = [(r.code, column) for r in registers().values() for column in r.columns]
ONE_OF_EACH = list({column.type: (code, column) for code, column in COLUMNS}.values())
typed_by_people = (
    st.text(st.sampled_from("กขนมีไ่้ํา่าำเแุู็์ฯๆ ๐๑๕ 0159.,-–()/%\u200b\u00a0\nบาทABx'=+฿ล้านแสน✓"))
    | st.text()
)
cells = (
    typed_by_people
    | st.floats()
    | st.integers()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)


@given(typed_by_people)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(
    st.lists(
        st.tuples(cells, st.sampled_from(["", "0%", "00000", "ว/ด/ปปปป"])), min_size=1, max_size=3
    )
)
def test_whatever_stands_in_a_cell_every_reader_answers(stored: list[tuple[Stored, str]]) -> None:
    """One odd cell never stops the district: it is read, blank, or asked about."""
    for _, column in ONE_OF_EACH:
        read_column(column, [c for c, _ in stored], [f for _, f in stored])


@given(st.lists(typed_by_people, max_size=6), st.sampled_from(ONE_OF_EACH))
def test_a_column_is_read_as_each_of_its_cells_would_be(
    texts: list[str], named: tuple[str, Column]
) -> None:
    whole = read_column(named[1], texts)
    alone = [read_column(named[1], [text]) for text in texts]
    assert whole.states.tolist() == [one.states[0] for one in alone]
    values = [str(one.arrays[named[1].code][0]) for one in alone]
    assert [str(value) for value in whole.arrays[named[1].code]] == values


@given(st.lists(typed_by_people, max_size=6))
def test_a_column_of_texts_holds_each_text_as_it_was_meant(texts: list[str]) -> None:
    column = registers()["households"].by_code["head_name"]
    held = read_column(column, texts).arrays["head_name"]
    expected = [read_text(text).value for text in texts]
    assert [None if value != value else value for value in held] == expected  # noqa: PLR0124 - only NaN differs


@given(cells)
def test_a_value_stands_exactly_where_it_was_read(cell: Stored) -> None:
    for reading in (
        read_baht(cell),
        read_int(cell),
        read_percent(cell),
        read_date(cell),
        read_text(cell),
        read_code(cell),
        read_yes_no(cell),
    ):
        has_value = reading.state in (State.READ, State.ASSUMED, State.OUTSIDE)
        assert (reading.value is not None) == has_value


MOST = 10**15


@given(st.integers(0, MOST), st.booleans())
def test_an_amount_comes_back_to_the_satang_from_every_spelling(satang: int, thai: bool) -> None:  # noqa: FBT001
    whole, rest = divmod(satang, 100)
    exact = f"{whole}.{rest:02}"
    spellings = [exact, f"{whole:,}.{rest:02}", f"{exact} บาท", f" {exact}บาท\u200b", f"฿{exact}"]
    if rest == 0:
        spellings += [f"{whole}", f"{whole:,}.-", f"{whole:,} บาทถ้วน"]
    for text in spellings:
        assert read_baht(text.translate(THAI) if thai else text).value == satang
    assert read_baht(f"({exact})").value == read_baht(f"-{exact}").value == -satang
    assert read_baht(baht(satang)).value == satang
    if satang < 10**14:
        assert read_baht(satang / 100).value == satang


@given(st.integers(0, 10**9), st.sampled_from(corrections().multipliers))
def test_a_count_of_thousands_is_exact(hundredths: int, word: tuple[str, int]) -> None:
    text = f"{hundredths // 100}.{hundredths % 100:02} {word[0]}"
    assert read_baht(text).value == hundredths * word[1]


@given(st.integers(0, 10**12))
def test_a_wrong_comma_is_never_an_amount(number: int) -> None:
    """1,50 is neither 150 nor 1.50."""
    proper = f"{number:,}"
    for place in range(1, len(str(number))):
        text = f"{str(number)[:place]},{str(number)[place:]}"
        assert (read_baht(text).value is None) == (text != proper)


@given(st.dates(date(2000, 1, 1), date(2056, 12, 31)))
def test_a_day_comes_back_from_every_spelling(day: date) -> None:
    be = day.year + BUDDHIST_OFFSET
    number = day.toordinal() - EPOCH
    full = [
        f"{day.day}/{day.month}/{be}",
        f"{day:%d/%m}/{be}",
        f"{day.day}-{day.month}-{day.year}",
        day.isoformat(),
        f"{be}-{day:%m-%d}",
    ]
    short = [f"{day.day}/{day.month}/{be % 100:02}"]
    for name, month in corrections().months:
        if month == day.month:
            full += [
                f"{day.day} {name} {be}",
                f"{day.day} {name} พ.ศ. {be}",
                f"{day.day}{name}{be}",
            ]
            short += [f"{day.day} {name} {be % 100:02}", f"{day.day}{name}{be % 100:02}"]
    for text in full:
        assert (read_date(text).value, read_date(text).state) == ((number, number), State.READ)
    for text in (*full, *short):
        assert read_date(text).value == read_date(text.translate(THAI)).value == (number, number)
    assert {read_date(text).state for text in short} == {State.ASSUMED}


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_date_cell_means_one_day_in_either_era(day: date) -> None:
    number = day.toordinal() - EPOCH
    assert read_date(day).value == (number, number)
    if not (day.month == 2 and day.day == 29):
        assert read_date(day.replace(year=day.year + BUDDHIST_OFFSET)).value == (number, number)


@given(st.integers(2543, 2599), st.integers(1, 12))
def test_a_month_is_its_first_to_its_last_day(year: int, month: int) -> None:
    found = read_date(f"{month}/{year}").value
    assert found is not None
    first, last = (date.fromordinal(day + EPOCH) for day in found)
    ce = year - BUDDHIST_OFFSET
    assert (first, last) == (date(ce, month, 1), date(ce, month, calendar.monthrange(ce, month)[1]))


@given(st.sampled_from(COLUMNS), st.data())
def test_a_header_is_known_in_every_spelling_of_it(
    named: tuple[str, object], data: st.DataObject
) -> None:
    register = registers()[named[0]]
    column = data.draw(st.sampled_from(register.columns))
    label = data.draw(st.sampled_from((column.header, *column.aliases)))
    variants = [
        f" {label} * ",
        label.replace("แ", "เเ").replace("ำ", "ํา"),
        "\u200b".join(label),
        label.replace(" ", "\u00a0"),
        label.translate(THAI),
        "".join(mark for mark in label if mark not in "่้๊๋์็"),
    ]
    for variant in variants:
        assert fold(variant) == fold(label)
        assert labels(register)[fold(variant)][0] == column.code


DEBTS = registers()["debts"]
some_debts = st.lists(
    st.fixed_dictionaries(
        {
            "debt_id": st.sampled_from(["D1", "D2", "D3", "00401", "401", ""]),
            "household_id": st.sampled_from(["H1", "๐๑", ""]),
            "fund_id": st.sampled_from(["F1", "", "-"]),
            "outstanding": st.sampled_from(["", "5", "๕.-", "หมื่นสอง", 5.0, 5.005]),
            "due_date": st.sampled_from(["", "26/7/65", "ก.ค. 65", date(2565, 7, 26), "?"]),
        }
    ),
    max_size=6,
)


def content(rows: list[dict[str, Stored]], codes: list[str], title_rows: int) -> list[str]:
    """Give the table's rows as sorted texts, without where they stand."""
    heads: list[Stored] = [DEBTS.by_code[code].header for code in codes]
    body = [[row.get(code, "") for code in codes] for row in rows]
    title: list[list[Stored]] = [["ทะเบียน", *[""] * (len(codes) - 1)]] * title_rows
    tables, issues = read(RawTab("ลูกหนี้", [*title, heads, *body]))
    frame = tables["debts"].rows.drop(columns=SHEET_ROW)
    spelled = frame.astype(object).where(frame.notna(), None).to_dict("records")
    said = sorted(f"{i.code} {i.value} {i.row_id}" for i in issues)
    return sorted(str(sorted(row.items())) for row in spelled) + said


@settings(max_examples=40, deadline=None)
@given(some_debts, st.data())
def test_the_order_of_rows_and_columns_changes_nothing(
    rows: list[dict[str, Stored]], data: st.DataObject
) -> None:
    codes = ["debt_id", "household_id", "fund_id", "outstanding", "due_date"]
    moved = data.draw(st.permutations(codes))
    shuffled = data.draw(st.permutations(rows))
    titles = data.draw(st.integers(0, 3))
    assert content(rows, codes, 0) == content(list(shuffled), list(moved), titles)


@settings(max_examples=40, deadline=None)
@given(some_debts)
def test_every_row_somebody_typed_is_in_the_table_or_a_copy(rows: list[dict[str, Stored]]) -> None:
    codes = ["debt_id", "household_id", "fund_id", "outstanding", "due_date"]
    heads: list[Stored] = [DEBTS.by_code[code].header for code in codes]
    tables, _ = read(RawTab("ลูกหนี้", [heads, *([row[code] for code in codes] for row in rows)]))
    ids = tables["debts"].frame["debt_id"]
    typed = [row["debt_id"] for row in rows if any(v not in ("", "-") for v in row.values())]
    assert set(ids.dropna()) == set(typed) - {""}
    assert ids.isna().sum() == typed.count("")
