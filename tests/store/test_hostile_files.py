"""Files no spreadsheet program wrote: refused in words, within memory, beside good ones."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from services.pipeline import province_report
from services.store import xlsx_safety
from services.store.base import Trouble
from services.store.xlsx_folder import _tabs
from sheets_schema.loader import programme, reasons
from tests.data.make import NEVER, broken, rewritten, sound
from tests.store.books import YEAR, put

SOUND = sound()
MEGABYTE = 2**20
MOST_MEMORY = 48 * MEGABYTE
"""What reading any of these files may take beside what was there; the largest is 50 MB itself."""
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OUTSIDE = b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (n, *[n - 1] * 4) for n in range(ord("b"), ord("p"))
)

Place = Callable[[Path], None]


def with_parts(*parts: tuple[str, bytes]) -> bytes:
    """Give the workbook with these parts added or put in the place of its own, packed well."""
    mine, out = {name for name, _ in parts}, BytesIO()
    with ZipFile(BytesIO(SOUND)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in mine:
                new.writestr(ZipInfo(name, NEVER), old.read(name), ZIP_DEFLATED)
        for name, content in parts:
            new.writestr(ZipInfo(name, NEVER), content, ZIP_DEFLATED)
    return out.getvalue()


def cells(body: bytes, root: bytes = b"worksheet") -> bytes:
    """Give the workbook with these rows on its tab."""
    xml = b"<%s %s><sheetData>%s</sheetData></%s>" % (root, NAMESPACE, body, root)
    return with_parts((SHEET, xml))


def texts(strings: bytes, times: int) -> bytes:
    """Give the workbook with as many cells that all hold the first shared string."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, times)
    )
    xml = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (NAMESPACE, rows)
    return with_parts((SHEET, xml), (STRINGS, b"<sst %s>%s</sst>" % (NAMESPACE, strings)))


def part_of(name: str) -> bytes:
    with ZipFile(BytesIO(SOUND)) as archive:
        return archive.read(name)


def smaller_than_it_is() -> bytes:
    """Give a bomb that says of its sheet it were small."""
    bomb = with_parts((SHEET, b" " * 8 * MEGABYTE))
    return bomb.replace((8 * MEGABYTE).to_bytes(4, "little"), (900).to_bytes(4, "little"))


def with_a_key() -> bytes:
    """Give the workbook with every part marked as encrypted."""
    marked = rewritten(SOUND, SHEET, part_of(SHEET))
    for head in (b"PK\x03\x04\x14\0", b"PK\x01\x02\x14\x03\x14\0"):
        marked = marked.replace(head + b"\0\0", head + b"\1\0")
    return marked


def with_another_letter() -> bytes:
    """Give the workbook with a byte of an unpacked part changed."""
    return rewritten(SOUND, SHEET, part_of(SHEET)).replace(b"<sheetData>", b"<sheetdata>")


def with_many_formats() -> bytes:
    form = b'<numFmt numFmtId="170" formatCode="0.0%"/>'
    styles = b"<styleSheet %s><numFmts>%s</numFmts><cellXfs>%s</cellXfs></styleSheet>"
    return with_parts(("xl/styles.xml", styles % (NAMESPACE, form, b'<xf numFmtId="170"/>' * 5000)))


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_link_outside(path: Path) -> None:
    elsewhere = path.parents[2] / "elsewhere.xlsx"
    elsewhere.write_bytes(SOUND)
    path.symlink_to(elsewhere)


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def as_unpacked_by_an_old_program(path: Path) -> None:
    """A Thai name in Windows-874, which is no UTF-8."""
    Path(os.fsdecode(os.fsencode(path.parent) + b"/5601 \xc0\xc1.xlsx")).write_bytes(SOUND)


def of_fifty_megabytes_and_one(path: Path) -> None:
    path.touch()
    os.truncate(path, xlsx_safety.LARGEST_FILE + 1)


def far(row: bytes) -> bytes:
    """Give the workbook with a first cell, and this row far from it."""
    return cells(b'<row r="1"><c r="A1"><v>1</v></c></row>' + row)


HOSTILE: dict[str, tuple[bytes | Place, Trouble]] = {
    "larger than any office's": (of_fifty_megabytes_and_one, "too_large"),
    "a bomb of blanks": (with_parts((SHEET, b" " * 30 * MEGABYTE)), "unpacks_too_large"),
    "a bomb in many parts": (
        with_parts(*[(f"xl/p{n}.xml", b" " * 2 * MEGABYTE) for n in range(33)]),
        "unpacks_too_large",
    ),
    "a bomb that lies": (smaller_than_it_is(), "half_written"),
    "two thousand parts": (with_parts(*[(f"x/{n}", b"") for n in range(2100)]), "odd_parts"),
    "a part above the folder": (with_parts(("../../x.xml", b"<a/>")), "odd_parts"),
    "a part at the root": (with_parts(("/x/y.xml", b"<a/>")), "odd_parts"),
    "a part of Windows": (with_parts(("xl\\x.xml", b"<a/>")), "odd_parts"),
    "a part named twice": (with_parts(("XL/WorkBook.xml", b"<a/>")), "odd_parts"),
    "a thousand laughs": (with_parts((BOOK, LAUGHS + b"]><w>&o;</w>")), "odd_xml"),
    "a file from outside": (with_parts((STRINGS, OUTSIDE + b"<sst>&x;</sst>")), "odd_xml"),
    "a DTD later": (with_parts((SHEET, b"<!-- <a> -->" + OUTSIDE + b"<w/>")), "odd_xml"),
    "signs of two bytes": (with_parts((SHEET, "<worksheet/>".encode("utf-16"))), "odd_xml"),
    "macros": (with_parts(("xl/vbaProject.bin", b"\xd0\xcf")), "has_macros"),
    "macros of 1992": (with_parts(("xl/macrosheets/sheet1.xml", b"<a/>")), "has_macros"),
    "parts with a key": (with_a_key(), "password_protected"),
    "a key around all": (broken()["password_protected.xlsx"], "password_protected"),
    "cut short": (SOUND[:-100], "half_written"),
    "a wrong checksum": (with_another_letter(), "half_written"),
    "a page of the web": (b"<html><script>alert(1)</script></html>", "not_a_workbook"),
    "a letter": (broken()["letter_renamed.xlsx"], "not_a_workbook"),
    "the last cell there is": (
        far(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "cell_too_far",
    ),
    "the last row, its cells unnamed": (
        far(b'<row r="1048576">' + b"<c><v>1</v></c>" * 9 + b"</row>"),
        "cell_too_far",
    ),
    "the last cell in small letters": (
        far(b"<row><c t='n' r = 'xfd1048576'><v>1</v></c></row>"),
        "cell_too_far",
    ),
    "the last cell under another prefix": (
        far(b'<row><y:c xmlns:y="u" r="ALL99999"><v>1</v></y:c></row>'),
        "cell_too_far",
    ),
    "beyond the last row": (
        far(b'<row r="%s"><c><v>1</v></c></row>' % (b"9" * 30)),
        "cell_too_far",
    ),
    "a sheet that never ends": (far(b"<row><c><v>1"), "not_a_workbook"),
    "one text in every cell": (
        texts(b"<si><t>%s</t></si>" % (b"x" * MEGABYTE), 400),
        "unpacks_too_large",
    ),
    "one text in every cell, disguised": (
        texts(b"<si>%s</si>" % (b"<t>%s</t><!-- </si> -->" % (b"x" * 1024) * 1024), 400),
        "unpacks_too_large",
    ),
    "boxes within boxes": (
        with_parts((BOOK, b"<a>" * 300_000 + b"</a>" * 300_000)),
        "unpacks_too_large",
    ),
    "a format for every cell": (with_many_formats(), "unpacks_too_large"),
    "a pipe": (a_pipe, "not_a_plain_file"),
    "a link to itself": (a_link_to_itself, "not_a_plain_file"),
    "a link outside": (a_link_outside, "link_outside"),
    "a name in old letters": (as_unpacked_by_an_old_program, "odd_file_name"),
}


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)


@pytest.mark.parametrize(("put_there", "trouble"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_told_in_words_and_its_neighbour_is_read(
    put_there: bytes | Place, trouble: Trouble, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    store = put(tmp_path / "data", "5602 จุน.xlsx", SOUND)
    path = tmp_path / "data" / str(YEAR) / "5601 เมืองพะเยา.xlsx"
    if isinstance(put_there, bytes):
        path.write_bytes(put_there)
    else:
        put_there(path)
    tracemalloc.start()
    report = province_report(store, programme(YEAR), date(2022, 7, 19))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    bad, good = report.districts
    ((told,),) = (finding.details for finding in bad.findings)
    said = reasons()
    assert told == {"why": said[trouble], "cure": said[f"{trouble}_fix"]}
    assert (bad.district, bad.readable, good.readable) == ("5601", False, True)
    assert "\udcc0" not in bad.workbook
    assert peak < MOST_MEMORY


HARMLESS = {
    "a link to another book": ("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
    "an embedded object": ("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0"),
    "an archive within": ("xl/embeddings/inner.xlsx", with_parts((SHEET, b" " * 30 * MEGABYTE))),
    "boxes within boxes": ("xl/x.xml", b"<a>" * 100_000 + b"</a>" * 100_000),
}


@pytest.mark.parametrize(("name", "content"), HARMLESS.values(), ids=HARMLESS)
def test_what_is_never_opened_harms_nobody(name: str, content: bytes) -> None:
    tabs, trouble = _tabs(with_parts((name, content)))
    assert (trouble, [list(row) for row in tabs[0].rows][1]) == (None, ["C01", "ศูนย์สมมติ", "เวียง"])


TALL = b"".join(b'<row r="%d"><c r="B%d" s="1"><v>7</v></c></row>' % (n, n) for n in (3, 20_000))
PREFIXED = b"<x:%s><x:sheetData>%s</x:sheetData></x:worksheet>" % (
    b'worksheet xmlns:x="u"',
    b'<x:row r="1"><x:c r="AAA1"><x:v>1</x:v></x:c></x:row>',
)
HONEST = {
    "twenty thousand rows": (cells(TALL), 20_000, 2),
    "formatted to the last cell": (far(b'<row><c r="XFD1048576" s="0"/></row>'), 1, 1),
    "cells without an address": (cells(b"<row><c><v>1</v></c><c><v>2</v></c></row>" * 3), 3, 2),
    "another order of words": (cells(b'<row r="2"><c t="n" r="C2"><v>1</v></c></row>'), 2, 3),
    "another prefix": (with_parts((SHEET, PREFIXED)), 1, 703),
    "a long note": (texts(b"<si><t>%s</t></si>" % (b"x" * 400_000), 400), 399, 1),
    "a note with a comment": (texts(b"<si><!-- --><t>%s</t></si>" % (b"x" * 9999), 99), 98, 1),
}


@pytest.mark.parametrize(("content", "rows", "columns"), HONEST.values(), ids=HONEST)
def test_an_unusual_but_honest_file_is_read_whole(content: bytes, rows: int, columns: int) -> None:
    tabs, trouble = _tabs(content)
    assert trouble is None
    assert (len(tabs[0].rows), len(tabs[0].rows[0])) == (rows, columns)


def test_far_cells_are_counted_over_all_tabs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_safety, "NEAR_ROWS", 2)
    monkeypatch.setattr(xlsx_safety, "MOST_POSITIONS", 2 * xlsx_safety.NEAR_COLUMNS)
    assert _tabs(SOUND)[1] is None
    monkeypatch.setattr(xlsx_safety, "MOST_POSITIONS", 5)
    monkeypatch.setattr(xlsx_safety, "NEAR_ROWS", 0)
    assert _tabs(SOUND) == ((), "cell_too_far")


def test_many_short_texts_are_not_one_long_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_safety, "MOST_TEXT", 100_000)
    short = b'<y:sst xmlns:y="u">%s</y:sst>' % (b"<y:si><y:t>a</y:t></y:si>" * 9999)
    assert _tabs(with_parts((STRINGS, short)))[1] is None


def test_a_pasted_or_sent_file_is_judged_by_its_bytes_alone() -> None:
    with pytest.raises(xlsx_safety.UnsafeWorkbookError) as refused:
        xlsx_safety.unpacked(b"PK" + b"\0" * xlsx_safety.LARGEST_FILE)
    assert refused.value.trouble == "too_large"


def test_a_file_swapped_for_a_pipe_after_it_was_listed_is_not_waited_for(tmp_path: Path) -> None:
    store, path = put(tmp_path, "5601.xlsx", SOUND), tmp_path / str(YEAR) / "5601.xlsx"
    (ref,) = store.workbooks(YEAR)
    path.unlink()
    os.mkfifo(path)
    book = store.read(ref, YEAR)
    assert book is not None
    assert (book.trouble, book.tabs) == ("not_a_plain_file", ())


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    store = put(tmp_path, "5601.xlsx", SOUND)
    (tmp_path / str(YEAR) / "5602.xlsx").symlink_to("5601.xlsx")
    assert [ref.trouble for ref in store.workbooks(YEAR)] == [None, None]


def test_marks_of_faults_without_a_cell_cost_no_more_than_one_look() -> None:
    """Each would otherwise be looked for from the sheet's start again: hours for one file."""
    marks = b't="e"' * 200_000
    start = time.process_time()
    tabs, trouble = _tabs(far(b"<!-- " + marks + b' <c r="A1" t="e">' * 2 + b" -->"))
    assert (trouble, len(tabs)) == (None, 1)
    assert time.process_time() - start < 5
