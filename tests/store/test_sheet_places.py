"""A sheet that is no sheet takes no notes."""

from __future__ import annotations

import pytest

from services.store.base import CannotWriteError
from services.store.sheet_places import located


@pytest.mark.parametrize(
    "xml",
    [
        b"<worksheet><sheetData></worksheet>",
        b"<worksheet/>",
        b'<worksheet><sheetData><row r="x"/></sheetData></worksheet>',
        b'<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>',
        b'<worksheet><sheetData><row r="1"><c r="?1"/></row></sheetData></worksheet>',
    ],
)
def test_what_nobody_writes_is_refused(xml: bytes) -> None:
    with pytest.raises(CannotWriteError, match="odd_sheet"):
        located(xml)


def test_rows_and_cells_that_do_not_say_where_they_stand_follow_one_another() -> None:
    xml = b"<worksheet><sheetData><row/><row><c/><c/></row></sheetData></worksheet>"
    found = located(xml)
    assert list(found.data.children) == [0, 1]
    assert list(found.data.children[1].children) == [0, 1]
    assert found.data.after(0) == xml.index(b"<row><c/>")
    assert found.data.after(1) is None
