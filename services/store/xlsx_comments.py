"""The notes of one sheet in an .xlsx: their texts in one part, their boxes in another.

Both are changed in place; the office's own notes and shapes stay byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from services.cells import column_letters
from services.store.areas import area_of
from services.store.base import CannotWriteError, Position
from services.store.notes import AUTHOR
from services.store.xlsx_patch import UNWRITABLE
from services.store.xml_bytes import Piece, appended, pieces, plain, prefix_of, without

NO_COMMENTS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<authors></authors><commentList></commentList></comments>"
)
HIDDEN_SIGN = re.compile("_x([0-9A-Fa-f]{4})_")
NAMES = (
    b'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
NO_SHAPES = (
    b'<xml %s><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout></xml>'
)
NOTE_SHAPE = "_x0000_t202"
SHAPE_TYPE = b"""<v:shapetype %s id="_x0000_t202" coordsize="21600,21600" o:spt="202" \
path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"""
SHAPE = """<v:shape {names} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;\
margin-left:60pt;margin-top:2pt;width:200pt;height:90pt;z-index:1;visibility:hidden" \
fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>\
<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>\
<x:Anchor>{left}, 15, {row}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>\
<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"""
DRAWN = re.compile(rb"<(?:\w+:)?(?:shape|group|rect|roundrect|oval|line|polyline|image|arc)[\s>]")
NUMBERS = re.compile(rb"""\bid\s*=\s*["']_x0000_s(\d{1,9})["']""")
BLOCKS = re.compile(rb"<(?:\w+:)?idmap\s[^<>]*?\bdata\s*=\s*[\"']([\d,]{1,99})[\"']")
PLACES = re.compile(rb"<(?:\w+:)?(Row|Column)>\s*(\d{1,7})\s*</")
IDS_IN_A_BLOCK = 1024


@dataclass(frozen=True)
class Comment:
    """A note that stands in the sheet."""

    text: str
    author: int
    piece: Piece


def comments_in(xml: bytes) -> dict[Position, Comment]:
    """Every note of the sheet.

    Raises:
        CannotWriteError: the part is put together in a way nobody writes.
    """
    try:
        root = ET.fromstring(plain(xml))  # noqa: S314 – judged: no DTD, so no entities
    except ET.ParseError as mistake:
        raise CannotWriteError(obstacle="odd_notes") from mistake
    told = root.findall("./{*}commentList/{*}comment")
    found = list(pieces(xml, b"comment"))
    made = {
        area_of(one.attrib.get("ref", ""))[0]: Comment(
            _text(one), int(one.attrib.get("authorId", 0)), piece
        )
        for one, piece in zip(told, found, strict=False)
    }
    if not len(told) == len(found) == len(made):
        raise CannotWriteError(obstacle="odd_notes")
    return made


def _text(comment: ET.Element) -> str:
    runs = comment.findall("./{*}text/{*}t") + comment.findall("./{*}text/{*}r/{*}t")
    whole = "".join(run.text or "" for run in runs)
    return HIDDEN_SIGN.sub(lambda sign: chr(int(sign[1], 16)), whole)


def with_comments(xml: bytes, changes: Mapping[Position, str]) -> bytes:
    """The part with these notes of ours put, changed or (blank) taken away."""
    gone = [one.piece for at, one in comments_in(xml).items() if at in changes]
    made = {position: text for position, text in changes.items() if text}
    xml = without(xml, gone)
    if made:
        xml, author = _with_author(xml)
        p = prefix_of(xml, b"comments").decode()
        told = (_comment(p, author, *one) for one in sorted(made.items()))
        return appended(xml, b"commentList", b"".join(told))
    return _without_author(xml)


def _comment(p: str, author: int, position: Position, text: str) -> bytes:
    """Signs beyond ASCII as numbers: whatever the part says it is written in."""
    ref = f"{column_letters(position[1])}{position[0] + 1}"
    safe = escape(UNWRITABLE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text))
    inside = f'<{p}text><{p}t xml:space="preserve">{safe}</{p}t></{p}text>'
    told = f'<{p}comment ref="{ref}" authorId="{author}">{inside}</{p}comment>'
    return told.encode("ascii", "xmlcharrefreplace")


def _authors(xml: bytes) -> list[str]:
    root = ET.fromstring(xml)  # noqa: S314 – judged
    return [one.text or "" for one in root.findall("./{*}authors/{*}author")]


def _with_author(xml: bytes) -> tuple[bytes, int]:
    """The part that names us among the authors, and as which."""
    authors = _authors(xml)
    if AUTHOR in authors:
        return xml, authors.index(AUTHOR)
    p = prefix_of(xml, b"authors").decode()
    told = f"<{p}author>{AUTHOR}</{p}author>".encode("ascii", "xmlcharrefreplace")
    return appended(xml, b"authors", told), len(authors)


def _without_author(xml: bytes) -> bytes:
    """The part that does not name us where none of the notes left needs us."""
    authors, used = _authors(xml), {one.author for one in comments_in(xml).values()}
    if authors[-1:] == [AUTHOR] and len(authors) - 1 not in used:
        return without(xml, list(pieces(xml, b"author"))[-1:])
    return xml


def no_shapes(others: Iterable[bytes]) -> bytes:
    """A part for shapes, whose numbers are not those of the other sheets' parts."""
    taken = [int(n) for one in others for found in BLOCKS.findall(one) for n in found.split(b",")]
    return NO_SHAPES % (NAMES, max(taken, default=0) + 1)


def shapes_in(vml: bytes) -> dict[Position, Piece]:
    """The box of every note."""
    found = {}
    for piece in pieces(vml, b"shape"):
        places = {name: int(number) for name, number in PLACES.findall(piece.inside)}
        if re.search(rb"""ObjectType\s*=\s*["']Note["']""", piece.inside) and len(places) > 1:
            found[places[b"Row"], places[b"Column"]] = piece
    return found


def with_shapes(vml: bytes, changes: Mapping[Position, bool]) -> bytes:
    """The part with boxes for these notes (True), or without (False)."""
    standing = shapes_in(vml)
    vml = without(vml, [standing[at] for at in changes.keys() & standing if not changes[at]])
    new = sorted(at for at, wanted in changes.items() if wanted and at not in standing)
    root = vml[: vml.find(b">")]
    names = b"" if all(name in root for name in NAMES.split()) else NAMES
    made = [] if not new or NOTE_SHAPE.encode() in vml else [SHAPE_TYPE % names]
    blocks = [int(n) for found in BLOCKS.findall(vml) for n in found.split(b",")]
    first = IDS_IN_A_BLOCK * min(blocks, default=1)
    last = max([first, *(int(number) for number in NUMBERS.findall(vml))])
    for number, (row, column) in enumerate(new, last + 1):
        ends = {"left": column + 1, "right": column + 5, "bottom": row + 6}
        told = {"names": names.decode(), "number": number, "row": row, "column": column}
        made.append(SHAPE.format(**told, **ends).encode())
    at = vml.rfind(b"</")
    if at < 0:
        raise CannotWriteError(obstacle="odd_notes")
    return vml[:at] + b"".join(made) + vml[at:]


def is_drawn(vml: bytes) -> bool:
    """Whether any shape is left."""
    return DRAWN.search(vml) is not None
