"""Every cell that needs somebody is named with what it shows; no other is."""

from datetime import date

from services.normalise.columns import Mask
from services.normalise.tables import Table
from services.store.base import Fault, RawTab, Stored
from tests.normalise.reading import column, days, read, said
from tests.support.sheets import tab

DEBTS = """
| เลขที่หนี้ | รหัส คร. | รหัสกองทุน | เจ้าหนี้อื่น | คงเหลือ | ครบกำหนดชำระ | ชั้นลูกหนี้ | ดอกเบี้ย |
| D1 | H1 | F1 |       | 1,500 | 26/07/2565 | ปกติ | 6  |
| D2 | H1 |    | ธ.ก.ส. | 1,5OO | 26/7/65    | ดี   | -1 |
| D3 |    |    |       |       | ก.ค. 65    |     | 6  |
| D4 | H1 | F1 |       |       |            |     |    |
| D5 | H1 | F1 |       |       | 26/7/65    |     |    |
"""


def debts() -> tuple[Table, list[str], list[str]]:
    sheet = tab(
        "ลูกหนี้",
        DEBTS,
        {
            "E5": Fault("formula_error", "#REF!"),
            "E6": Fault("formula_without_value", "=…"),
            "F5": date(1965, 7, 26),
        },
    )
    tables, issues = read(sheet)
    return tables["debts"], said(issues), [issue.message for issue in issues]


def test_each_cell_in_need_is_named_with_what_it_shows() -> None:
    _, findings, _ = debts()
    assert sorted(findings) == [
        "choice_outside_list ลูกหนี้!G3 ดี",
        "formula_error ลูกหนี้!E5 #REF!",
        "formula_without_value ลูกหนี้!E6 =…",
        "missing_required ลูกหนี้!B4",
        "missing_required ลูกหนี้!C4",
        "missing_required ลูกหนี้!E4",
        "unreadable_value ลูกหนี้!E3 1,5OO",
        "unreadable_value ลูกหนี้!F5 26/07/1965",
        "unreadable_value ลูกหนี้!H3 -1",
        "value_assumed ลูกหนี้!F3 26/7/65",
        "value_assumed ลูกหนี้!F4 ก.ค. 65",
        "value_assumed ลูกหนี้!F6 26/7/65",
    ]


def test_a_finding_says_where_what_and_how_to_put_it_right() -> None:
    _, _, messages = debts()
    assert "แท็บ «ลูกหนี้» ช่อง F4: «ครบกำหนดชำระ» «ก.ค. 65» อ่านว่า 07/2565 (ทั้งเดือน)" in messages
    assert "แท็บ «ลูกหนี้» ช่อง F3: «ครบกำหนดชำระ» «26/7/65» อ่านว่า 26/07/2565" in messages
    assert "แท็บ «ลูกหนี้» ช่อง E5 «หนี้คงเหลือ (บาท)»: สูตรแสดง #REF!" in messages


def test_what_was_not_read_is_marked_and_has_no_value() -> None:
    table, _, _ = debts()

    def rows(mask: Mask) -> list[str]:
        return table.frame.loc[mask, "debt_id"].tolist()

    assert rows(table.is_unread("outstanding")) == ["D2", "D4", "D5"]
    assert rows(table.is_unread("due_date")) == ["D4"]
    assert rows(table.is_unread("contract_no")) == []
    assert column(table, "outstanding") == [150_000, None, None, None, None]
    assert days(table, "due_date")[2] == (date(2022, 7, 1), date(2022, 7, 31))
    assert days(table, "due_date")[0] == (date(2022, 7, 26), date(2022, 7, 26))


def test_a_word_outside_the_list_is_kept_as_typed() -> None:
    table, _, _ = debts()
    assert column(table, "debtor_class") == ["ปกติ", "ดี", None, None, None]


def test_a_village_code_of_another_form_is_unreadable() -> None:
    _, issues = read(
        tab(
            "ประเมินหมู่บ้าน",
            """
    | รหัสหมู่บ้าน | บ้าน   | ตำบล  | กลุ่มออมทรัพย์เพื่อการผลิต | ระดับธรรมาภิบาล | คณะกรรมการมีความพร้อม |
    | 5601       | สมมติ | เวียง | ออมทรัพย์สมมติ          | 4             | 6                  |
    """,
        )
    )
    assert said(issues) == [
        "unreadable_value ประเมินหมู่บ้าน!A2 5601",
        "unreadable_value ประเมินหมู่บ้าน!E2 4",
        "unreadable_value ประเมินหมู่บ้าน!F2 6",
    ]


def test_number_formats_are_asked_for_only_where_numbers_need_them() -> None:
    asked: list[str] = []
    formats = {(1, 0): "00000", (1, 2): "0%"}

    def look() -> dict[tuple[int, int], str]:
        asked.append("formats")
        return formats

    sheet = tab("สัญญา", "| เลขที่สัญญา | วงเงิน | ดอกเบี้ย |\n| x | 5 | x |\n| S2 | 5 | 6% |")
    numbers: list[list[Stored]] = [
        list(sheet.rows[0]),
        [401.0, 5.0, 0.06],
        list(sheet.rows[2]),
    ]
    tables, _ = read(RawTab("สัญญา", numbers, formats=look))
    assert column(tables["contracts"], "contract_no") == ["00401", "S2"]
    assert column(tables["contracts"], "rate") == [60_000, 60_000]
    assert asked
    tables, _ = read(RawTab("สัญญา", numbers))
    assert column(tables["contracts"], "contract_no") == ["401", "S2"]
    asked.clear()
    tables, _ = read(RawTab("สัญญา", [*numbers[:1], ["S1", 5.0, "6%"]], formats=look))
    assert column(tables["contracts"], "rate") == [60_000]
    assert asked == []
