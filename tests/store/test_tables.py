"""Excel's tables: a row added right below one becomes its last row."""

from __future__ import annotations

import pytest

from services.store.base import CannotWriteError, Position, Written
from services.store.sheet_xml import Sheet
from services.store.xlsx_tables import area_of_table, grown

FILTERED = '<autoFilter ref="B2:C4"><filterColumn colId="0"/></autoFilter>'


def table(more: str = "", inside: str = "") -> bytes:
    return f'<table xmlns="urn:x" id="1" ref="B2:C4"{more}>{inside}</table>'.encode()


def sheet(row: str = "", after: str = "") -> Sheet:
    data = f'<sheetData><row r="5">{row}</row></sheetData>'
    return Sheet(f'<worksheet xmlns="urn:x">{data}{after}</worksheet>'.encode())


def ref_after(cells: dict[Position, Written], *, on: Sheet | None = None) -> str:
    (top, left), (bottom, right) = area_of_table(grown(table(), on or sheet(), cells, []))
    return f"{top + 1}.{left + 1}:{bottom + 1}.{right + 1}"


@pytest.mark.parametrize(
    ("cells", "ref"),
    [
        ({(4, 1): "ก"}, "2.2:5.3"),
        ({(4, 2): 5, (5, 1): "ข", (7, 1): "ห่าง"}, "2.2:6.3"),
        ({(4, 1): ""}, "2.2:4.3"),
        ({(4, 0): "ซ้าย", (4, 3): "ขวา"}, "2.2:4.3"),
        ({(5, 1): "เว้นหนึ่งแถว"}, "2.2:4.3"),
        ({(3, 1): "แถวสุดท้าย"}, "2.2:4.3"),
    ],
)
def test_rows_right_below_a_table_make_it_longer(cells: dict[Position, Written], ref: str) -> None:
    assert ref_after(cells) == ref


def test_a_table_that_does_not_grow_keeps_every_byte() -> None:
    assert grown(table(), sheet(), {(3, 1): "ก"}, []) == table()


def test_its_filter_grows_with_it() -> None:
    made = grown(table(' totalsRowCount="0"', FILTERED), sheet(), {(4, 1): "ก"}, [])
    assert made.count(b' ref="B2:C5"') == 2
    assert b'<filterColumn colId="0"/>' in made


@pytest.mark.parametrize(
    "taken",
    [
        sheet('<c r="C5" t="s"><v>0</v></c>'),
        sheet('<c r="C5"><f>A1</f></c>'),
        sheet("", '<mergeCells><mergeCell ref="C5:D6"/></mergeCells>'),
    ],
)
def test_a_row_that_holds_something_already_is_no_added_row(taken: Sheet) -> None:
    assert ref_after({(4, 1): "ก"}, on=taken) == "2.2:4.3"


def test_a_row_that_only_has_a_format_is_free() -> None:
    assert (
        ref_after({(4, 1): "ก"}, on=sheet('<c r="A5"><v>1</v></c><c r="B5" s="1"/>')) == "2.2:5.3"
    )


def test_another_table_right_below_is_not_grown_into() -> None:
    assert grown(table(), sheet(), {(4, 1): "ก"}, [((4, 2), (6, 2))]) == table()


@pytest.mark.parametrize(
    ("more", "position", "obstacle"),
    [
        (' totalsRowCount="1"', (4, 1), "table_total"),
        (' totalsRowCount="1"', (3, 2), "table_total"),
        ("", (1, 2), "table_header"),
    ],
)
def test_its_header_and_its_totals_are_not_touched(
    more: str, position: Position, obstacle: str
) -> None:
    with pytest.raises(CannotWriteError) as refused:
        grown(table(more), sheet(), {position: "ก"}, [])
    assert refused.value.obstacle == obstacle


def test_a_table_without_headers_begins_with_its_data() -> None:
    bare = table(' headerRowCount="0"')
    assert grown(bare, sheet(), {(1, 1): "ก"}, []) == bare


def test_a_table_that_does_not_say_where_it_stands_is_not_written_beside() -> None:
    for odd in (b"<other/>", b'<table ref="A:C"/>'):
        with pytest.raises(CannotWriteError):
            area_of_table(odd)
