"""One key twice: identical rows count once, differing ones not at all."""

from tests.normalise.reading import column, read, said
from tests.support.sheets import tab

HEAD = "| เลขที่ | รหัสครัวเรือน | วันที่ติดตาม | หนี้คงเหลือ | บันทึกของอำเภอ |\n"


def visits(rows: str) -> tuple[list[str], list[str]]:
    """Tell the findings, and the keys of the rows figures may rest on."""
    tables, issues = read(tab("ติดตาม", HEAD + rows))
    return said(issues), tables["visits"].rows["visit_id"].astype(object).tolist()


def test_a_row_pasted_twice_counts_once() -> None:
    """Another spelling of a date or amount, and the office's own notes, are no difference."""
    rows = """
    | V1 | H1 | 01/06/2565 | 1,500 | |
    | V2 | H2 | 01/06/2565 | 5     | |
    | V1 | H1 | 1 มิ.ย. 2565 | 1500.- | คัดลอก |
    """
    assert visits(rows) == ([], ["V1", "V2"])


def test_copies_that_differ_are_all_named_and_none_counts() -> None:
    rows = """
    | V1 | H1 | 01/06/2565 | 1,500 | |
    | V2 | H2 | 01/06/2565 | 5     | |
    | V1 | H1 | 01/06/2565 | 1,600 | |
    | V1 | H1 | 01/06/2565 | 1,500 | |
    """
    assert visits(rows) == (
        [
            "duplicate_key ติดตาม!A2 V1",
            "duplicate_key ติดตาม!A4 V1",
            "duplicate_key ติดตาม!A5 V1",
        ],
        ["V2"],
    )


def test_what_cannot_be_read_is_compared_as_typed() -> None:
    rows = "| V1 | H1 | 01/06/2565 | {} | |\n| V1 | H1 | 01/06/2565 | {} | |"
    same, kept = visits(rows.format("หมื่นสอง", "หมื่นสอง"))
    assert (len(same), kept) == (2, ["V1"])
    differing, kept = visits(rows.format("หมื่นสอง", "หมื่นสาม"))
    assert ([f.split()[0] for f in differing].count("duplicate_key"), kept) == (2, [])


def test_a_blank_beside_a_value_is_a_difference() -> None:
    rows = "| V1 | H1 | 01/06/2565 | 5 | |\n| V1 | H1 | | 5 | |"
    assert visits(rows)[1] == []


def test_rows_without_a_key_are_no_copies_of_each_other() -> None:
    rows = "| | H1 | 01/06/2565 | 5 | |\n| | H1 | 01/06/2565 | 5 | |"
    tables, issues = read(tab("ติดตาม", HEAD + rows))
    assert [i.code for i in issues] == ["missing_required", "missing_required"]
    assert column(tables["visits"], "balance") == [500, 500]


def test_codes_are_compared_whole_with_their_zeros() -> None:
    rows = "| 00401 | H1 | 01/06/2565 | 5 | |\n| 401 | H1 | 01/06/2565 | 6 | |"
    assert visits(rows) == ([], ["00401", "401"])
