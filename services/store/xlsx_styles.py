"""The cell styles of an .xlsx, with our fill added to some of them and taken from them again.

For every style that needs it there is one more, alike but for the fill; it stands behind all others
and is used again. Styles that are alike among themselves keep their order, so that each finds back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from services.store.base import CannotWriteError
from services.store.notes import COLOUR
from services.store.xml_bytes import (
    Piece,
    appended,
    only,
    pieces,
    plain,
    prefix_of,
    recounted,
    with_attribute,
)

MOST_STYLES = 64_000
"""Excel's own limit is 65,490."""
OTHER = "other"
Look = tuple[tuple[tuple[str, str], ...], bytes]
"""A style but for its fill."""


@dataclass
class Alike:
    """Styles that differ in their fill only: without one, and with ours; in order."""

    bare: list[int] = field(default_factory=list)
    ours: list[int] = field(default_factory=list)


class Styles:
    """The styles, and those added so far."""

    def __init__(self, xml: bytes) -> None:
        """Read them.

        Raises:
            CannotWriteError: the part is put together in a way nobody writes.
        """
        self._xml = plain(xml)
        try:
            root = ET.fromstring(xml)  # noqa: S314 – judged: no DTD, so no entities
        except ET.ParseError as mistake:
            raise CannotWriteError(obstacle="odd_notes") from mistake
        self._fills = [_colour(fill) for fill in root.findall("./{*}fills/{*}fill")]
        told = root.findall("./{*}cellXfs/{*}xf")
        self._heads = list(pieces(only(self._xml, b"cellXfs").inside, b"xf"))
        if len(told) != len(self._heads) or not told:
            raise CannotWriteError(obstacle="odd_notes")
        self._known = len(told)
        self._fill_of = [self._colour_of(int(one.attrib.get("fillId", 0))) for one in told]
        self._looks = [_look(one, head) for one, head in zip(told, self._heads, strict=True)]
        self._alike: dict[Look, Alike] = {}
        for number in range(self._known):
            self._sort_in(number)

    def _colour_of(self, fill: int) -> str:
        return self._fills[fill] if 0 <= fill < len(self._fills) else OTHER

    def _sort_in(self, number: int) -> None:
        alike = self._alike.setdefault(self._looks[number], Alike())
        if self._fill_of[number] == "":
            alike.bare.append(number)
        elif self._fill_of[number] == COLOUR:
            alike.ours.append(number)

    def fill(self, style: int) -> str:
        """Blank where the style has no fill, else its colour if it is ours, else some word."""
        if not 0 <= style < len(self._fill_of):
            raise CannotWriteError(obstacle="odd_notes")
        return self._fill_of[style]

    def with_fill(self, style: int) -> int:
        """The style that is the same with our fill."""
        alike = self._alike[self._looks[style]]
        place = alike.bare.index(style)
        while len(alike.ours) <= place:
            self._add(style, COLOUR)
        return alike.ours[place]

    def without_fill(self, style: int) -> int:
        """The style that was there before our fill."""
        alike = self._alike[self._looks[style]]
        if not alike.bare:
            self._add(style, "")
        return alike.bare[min(alike.ours.index(style), len(alike.bare) - 1)]

    def _add(self, like: int, colour: str) -> None:
        if len(self._heads) >= MOST_STYLES:
            raise CannotWriteError(obstacle="odd_notes")
        if colour not in self._fills:
            self._fills.append(colour)
        fill = self._fills.index(colour)
        old = self._heads[like]
        head = with_attribute(old.head, b"fillId", str(fill))
        head = with_attribute(head, b"applyFill", "1" if colour else None)
        self._heads.append(Piece(0, 0, head, old.inside))
        self._fill_of.append(colour)
        self._looks.append(self._looks[like])
        self._sort_in(len(self._heads) - 1)

    def made(self) -> bytes:
        """The part as it is to stand."""
        xml, new = self._xml, self._heads[self._known :]
        if new:
            xml = appended(xml, b"cellXfs", b"".join(one.head + one.inside for one in new))
            xml = recounted(xml, b"cellXfs", len(self._heads))
        count = len(list(pieces(only(xml, b"fills").inside, b"fill")))
        for colour in self._fills[count:]:
            told = _fill(prefix_of(xml, b"fills").decode(), colour)
            xml = recounted(appended(xml, b"fills", told), b"fills", len(self._fills))
        return xml


def _fill(p: str, colour: str) -> bytes:
    if not colour:
        return f'<{p}fill><{p}patternFill patternType="none"/></{p}fill>'.encode()
    inside = f'<{p}fgColor rgb="FF{colour}"/><{p}bgColor indexed="64"/>'
    pattern = f'<{p}patternFill patternType="solid">{inside}</{p}patternFill>'
    return f"<{p}fill>{pattern}</{p}fill>".encode()


def _colour(fill: ET.Element) -> str:
    pattern = fill.find("./{*}patternFill")
    if pattern is None:
        return OTHER if len(fill) else ""
    kind = pattern.attrib.get("patternType", "none")
    if kind == "none":
        return ""
    fore = pattern.find("./{*}fgColor")
    shown = "" if fore is None else fore.attrib.get("rgb", "").upper()
    return COLOUR if kind == "solid" and shown[-6:] == COLOUR else OTHER


def _look(xf: ET.Element, piece: Piece) -> Look:
    told = {name: value for name, value in xf.attrib.items() if name not in ("fillId", "applyFill")}
    inside = piece.inside
    return tuple(sorted(told.items())), inside
