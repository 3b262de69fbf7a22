"""Notes in workbook files that other programs wrote, in ways that Excel and ours do not."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from services.store import xlsx_package, xlsx_styles
from services.store.base import Annotated, CannotWriteError
from services.store.notes import COLOUR, MOST, is_ours, sealed
from services.store.xlsx_comments import comments_in
from services.store.xlsx_notes import annotated
from tests.store.hanging import in_file
from tests.store.test_xlsx_notes import COMMENTS, SHAPES, SHEET, STYLES, with_part
from tests.store.test_xlsx_write import OFFICE, TAB, parts

RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
TYPES = "[Content_Types].xml"
AT = (1, 1)
OURS = (sealed("ก"), COLOUR)


def replaced(data: bytes, name: str, old: str, new: str) -> bytes:
    before = parts(data)[name]
    made = re.sub(old.encode(), new.encode(), before, flags=re.DOTALL)
    assert made != before
    return with_part(data, name, lambda _: made)


def without_parts(data: bytes, *names: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as new:
        for name, part in parts(data).items():
            if name not in names:
                new.writestr(name, part)
    return made.getvalue()


def bare(inside: str, before: str = "", after: str = "") -> bytes:
    """A small workbook whose sheet holds this."""
    saved, book = BytesIO(), openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = TAB
    for name in ("I1", "B1"):
        sheet[name].font = openpyxl.styles.Font(bold=name == "B1", italic=name == "I1")
        sheet[name] = 1
    book.save(saved)
    table = f"{before}<sheetData>{inside}</sheetData>{after}"
    return replaced(saved.getvalue(), SHEET, "<sheetData>.*</sheetData>", table)


def note_and_back(data: bytes) -> tuple[bytes, bytes]:
    made, told = annotated(data, {TAB: {AT: "ก"}})
    assert told.changed == 1
    assert in_file(BytesIO(made))[TAB][AT] == OURS
    assert annotated(made, {TAB: {AT: "ก"}}) == (made, Annotated(0))
    back, told = annotated(made, {})
    assert told.changed == 1
    return made, back


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (COMMENTS, "<authors>", "<!-- ! --><authors>"),
        (COMMENTS, "</comments>", "</comment"),
        (COMMENTS, "(<comment .*</comment>)", r"\1\1"),
        (COMMENTS, "commentList", "list"),
        (COMMENTS, 'ref="A2"', 'ref="?"'),
        (COMMENTS, 'authorId="0"', 'authorId="me"'),
        (STYLES, "</styleSheet>", ""),
        (STYLES, "cellXfs", "xfs"),
        (STYLES, "<cellXfs.*</cellXfs>", "<cellXfs/>"),
        (STYLES, "<styleSheet ", "<!-- ! --><styleSheet "),
        (SHEET, 's="1"', 's="77"'),
        (SHEET, 's="1"', 's="one"'),
        (SHEET, "http://schemas.openxmlformats.org/spread", "http://purl.oclc.org/ooxml/spread"),
        (SHEET, '<legacyDrawing r:id="[^"]*"', '<legacyDrawing r:id="rId77"'),
        (SHAPES, "</v:shape>", ""),
        (SHAPES, "</xml>", ""),
        (SHAPES, "<v:shape id=.*", '<v:shape id="'),
        (RELATIONS, r"(<Relationship [^>]*comments\d.xml[^>]*>)", r"\1\1"),
        (RELATIONS, "</Relationships>", ""),
        (RELATIONS, "vmlDrawing1.vml", "vmlDrawing7.vml"),
    ],
)
def test_a_file_put_together_as_nobody_does_is_refused(name: str, old: str, new: str) -> None:
    odd = replaced(OFFICE, name, old, new)
    if (name, old) == (SHAPES, "</xml>"):
        odd = with_part(odd, SHAPES, lambda _: b"<xml>")
    with pytest.raises(CannotWriteError):
        annotated(odd, {TAB: {AT: "ก"}})


@pytest.mark.parametrize("name", [STYLES, TYPES, COMMENTS, SHAPES])
def test_a_file_that_lacks_a_part_is_refused(name: str) -> None:
    with pytest.raises(CannotWriteError):
        annotated(without_parts(OFFICE, name), {TAB: {AT: "ก"}})


def test_a_drawing_too_large_to_be_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_package, "MOST_SHAPES", 10)
    with pytest.raises(CannotWriteError):
        annotated(OFFICE, {TAB: {AT: "ก"}})


def test_a_file_with_as_many_styles_as_excel_takes_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx_styles, "MOST_STYLES", 2)
    with pytest.raises(CannotWriteError):
        annotated(OFFICE, {TAB: {AT: "ก"}})


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (COMMENTS, "<authors>.*</commentList>", "<authors/><commentList/>"),
        (SHAPES, "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:vml "),
        (SHAPES, "<v:shapetype.*</v:shapetype>", ""),
        (SHAPES, "<o:shapelayout.*</o:shapelayout>", ""),
        (TYPES, 'Extension="vml"', 'Extension="VML"'),
        (STYLES, ' count="\\d+"', ""),
    ],
)
def test_ways_of_writing_that_are_odd_but_clear_are_taken(name: str, old: str, new: str) -> None:
    odd = replaced(OFFICE, name, old, new)
    _, back = note_and_back(odd)
    assert in_file(BytesIO(back)) == in_file(BytesIO(odd))


def prefixed(xml: bytes) -> bytes:
    """As the Open XML SDK writes: every name with a prefix."""
    named = re.sub(rb"<(/?)(?=\w)", rb"<\1x:", xml)
    return named.replace(b" xmlns=", b" xmlns:x=")


def test_parts_whose_names_have_a_prefix_keep_it() -> None:
    made = OFFICE
    for name in (SHEET, COMMENTS, STYLES):
        made = with_part(made, name, prefixed)
    after, back = note_and_back(made)
    assert b"<x:comment " in parts(after)[COMMENTS]
    assert b"<x:patternFill " in parts(after)[STYLES]
    assert parts(back)[COMMENTS] == parts(made)[COMMENTS]


def test_parts_are_found_by_name_whatever_its_case() -> None:
    made, _ = annotated(bare(""), {TAB: {AT: "ก"}})
    odd = replaced(made, TYPES, 'PartName="/xl/comments', 'PartName="/xl/Comments')
    back, _ = annotated(odd, {})
    assert parts(back)[TYPES] == parts(bare(""))[TYPES]


def test_notes_of_an_office_whose_program_draws_no_boxes() -> None:
    odd = replaced(OFFICE, SHEET, "<legacyDrawing [^>]*>", "")
    odd = replaced(odd, RELATIONS, "<Relationship [^>]*vmlDrawing[^>]*>", "")
    made, back = note_and_back(without_parts(odd, SHAPES))
    assert SHAPES in parts(made)
    assert parts(back)[COMMENTS] == parts(odd)[COMMENTS]
    assert SHAPES not in parts(back)
    assert parts(back)[SHEET] == parts(odd)[SHEET]


def test_a_box_of_ours_that_was_lost_is_drawn_again() -> None:
    made, _ = annotated(OFFICE, {TAB: {AT: "ก"}})
    lost = with_part(made, SHAPES, lambda _: parts(OFFICE)[SHAPES])
    again, told = annotated(lost, {TAB: {AT: "ก"}})
    assert told == Annotated(1)
    assert parts(again)[SHAPES] == parts(made)[SHAPES]


def test_buttons_on_a_sheet_stay() -> None:
    button = replaced(OFFICE, SHAPES, 'ObjectType="Note"', 'ObjectType="Button"')
    button = replaced(button, RELATIONS, r"<Relationship [^>]*comments\d.xml[^>]*>", "")
    button = replaced(button, TYPES, r"<Override [^>]*comments1.xml[^>]*>", "")
    button = without_parts(button, COMMENTS)
    made, _ = annotated(button, {TAB: {AT: "ก"}})
    back, _ = annotated(made, {})
    assert parts(back)[SHAPES] == parts(button)[SHAPES]
    assert parts(back).keys() == parts(button).keys()


def test_a_drawing_that_points_elsewhere_is_kept() -> None:
    made, _ = annotated(bare(""), {TAB: {AT: "ก"}})
    shapes = next(name for name in parts(made) if name.endswith(".vml"))
    pointing = BytesIO(made)
    with ZipFile(pointing, "a") as archive:
        archive.writestr(f"xl/drawings/_rels/{shapes.rpartition('/')[2]}.rels", "<Relationships/>")
    back, _ = annotated(pointing.getvalue(), {})
    assert shapes in parts(back)


def test_an_author_of_ours_whom_others_follow_stays_among_the_authors() -> None:
    made, _ = annotated(OFFICE, {TAB: {AT: "ก"}})
    followed = replaced(made, COMMENTS, "</authors>", "<author>อื่น</author></authors>")
    back, _ = annotated(followed, {})
    assert "อื่น".encode() in parts(back)[COMMENTS]
    assert list(comments_in(parts(back)[COMMENTS])) == [(1, 0)]


def test_signs_that_xml_cannot_hold_are_read_as_they_were_meant() -> None:
    made, _ = annotated(OFFICE, {TAB: {AT: "_x0041_"}})
    assert comments_in(parts(made)[COMMENTS])[AT].text == sealed("_x0041_")


def test_a_cell_within_a_merged_area_takes_no_note() -> None:
    made, told = annotated(OFFICE, {TAB: {(4, 0): "ก", (4, 1): "ข"}})
    assert told == Annotated(1, ((TAB, (4, 1)),))
    assert in_file(BytesIO(made))[TAB][4, 0] == OURS


def test_a_sheet_that_names_its_shapes_before_its_cells_is_refused() -> None:
    odd = replaced(OFFICE, SHEET, "<legacyDrawing [^>]*>", "")
    odd = replaced(odd, SHEET, "<sheetData>", '<legacyDrawing r:id="rId1"/><sheetData>')
    with pytest.raises(CannotWriteError):
        annotated(odd, {TAB: {AT: "ก"}})


def test_a_note_of_ours_that_never_had_a_box_goes_too() -> None:
    made, _ = annotated(OFFICE, {TAB: {AT: "ก"}})
    odd = replaced(made, SHEET, "<legacyDrawing [^>]*>", "")
    back, told = annotated(odd, {})
    assert told == Annotated(1)
    assert parts(back)[COMMENTS] == parts(OFFICE)[COMMENTS]


def test_a_note_longer_than_anybody_reads_is_cut() -> None:
    long = sealed("ก" * 5000)
    assert len(long) == len(sealed("")) + MOST
    assert long.endswith("ก…")
    assert is_ours(long)


def test_a_conversation_on_a_cell_stays_and_takes_no_note() -> None:
    """Excel keeps one as a part of its own, and a note beside it for older programs."""
    talk = "xl/threadedComments/threadedComment1.xml"
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    link = f'<Relationship Id="rId77" Type="{kind}" Target="../threadedComments/{talk[21:]}"/>'
    made = replaced(OFFICE, RELATIONS, "</Relationships>", f"{link}</Relationships>")
    made = replaced(made, COMMENTS, "<author></author>", "<author>tc={0A}</author>")
    threaded = BytesIO(made)
    with ZipFile(threaded, "a") as archive:
        archive.writestr(talk, "<ThreadedComments/>")
    data = threaded.getvalue()
    after, told = annotated(data, {TAB: {(1, 0): "ก", AT: "ข"}})
    assert told == Annotated(1, ((TAB, (1, 0)),))
    assert parts(after)[talk] == parts(data)[talk]
    assert parts(after)[RELATIONS] == parts(data)[RELATIONS]
    back, _ = annotated(after, {})
    assert parts(back)[COMMENTS] == parts(data)[COMMENTS]
