"""What calamine does not tell of an .xlsx: formulas without a value, errors, number formats.

Each sheet's XML is searched for marks of such cells; only where one stands are cells looked at.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from xml.etree import ElementTree as ET

from services.store.base import TELLING_FORMAT, Fault, Position, Rows
from services.store.xlsx_safety import UnsafeWorkbookError

ROOT = re.compile(rb"<(\w+:)?worksheet\b")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
FILLED = re.compile(
    rb'''<(?:\w+:)?f(?=\s[^<>]*\bt="(?:array|dataTable)")[^<>]*\bref="[A-Z0-9]+:([A-Z0-9]+)"'''
)
"""A formula whose results fill an area, and the area's last cell."""
MOST_FILLED = 100_000
"""Cells of such areas in one tab that show no value."""
NO_VALUE = (b"<p:v/>", b"<p:v />", b"<p:v></p:v>", b"</p:f></p:c>", b"/></p:c>")
"""How a cell without a value ends, the writer's prefix standing where p: stands."""
VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)</")
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
AFTER_NAME = b" >/\t\r\n"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BUILT_IN_FORMATS = {9: "0%", 10: "0.00%", 67: "t0%", 68: "t0.00%"}
MOST_FORMATS = 4_000
"""Telling number formats of one workbook; each is looked for by itself."""


def _position(attributes: bytes) -> Position | None:
    """Row and column from 0 of a cell's reference."""
    found = REFERENCE.search(attributes)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - ord("A") + 1
    return int(found[2]) - 1, column - 1


def shown_booleans(rows: Rows) -> Rows:
    """Ticked cells as the sheet shows them, so that TRUE is never taken for the number 1."""
    return [[str(v).upper() if isinstance(v, bool) else v for v in row] for row in rows]


@dataclass(frozen=True)
class SheetXml:
    """One sheet's XML."""

    xml: bytes
    cell_formats: Mapping[int, str]

    @property
    def has_booleans(self) -> bool:
        """Whether some cell holds TRUE or FALSE."""
        return b't="b"' in self.xml

    @cached_property
    def _prefix(self) -> bytes:
        """What stands before every element's name, if the sheet's writer uses one: `x:`."""
        root = ROOT.search(self.xml)
        return (root[1] or b"") if root else b""

    def _cells_around(self, mark: bytes) -> Iterator[tuple[Position, bytes, bytes]]:
        """Position, attributes and inside of every cell that holds the mark, each once."""
        opening, closing = b"<" + self._prefix + b"c", b"</" + self._prefix + b"c>"
        at, done = self.xml.find(mark), 0
        while at >= 0:
            start = self.xml.rfind(opening, done, at + 1)
            while start >= 0 and self.xml[start + len(opening)] not in AFTER_NAME:
                start = self.xml.rfind(opening, done, start)
            done = at + 1
            if start >= 0:
                head = self.xml.find(b">", start)
                alone = self.xml[head - 1 : head] == b"/"
                end = head if alone else self.xml.find(closing, head)
                if end < 0:
                    return  # nor has any cell after it an end
                attributes, inside = self.xml[start:head], self.xml[head:end]
                position = _position(attributes)
                if position is not None and end >= at:
                    yield position, attributes, inside
                done = max(end, done)
            at = self.xml.find(mark, done)

    def faults(self) -> dict[Position, Fault]:
        """Error cells, and formulas nobody's spreadsheet has worked out: those without a value."""
        faults: dict[Position, Fault] = {}
        p = self._prefix
        for mark in NO_VALUE if b"<" + p + b"f" in self.xml else ():
            for position, attributes, inside in self._cells_around(mark.replace(b"p:", p)):
                shown = VALUE.search(inside) or b't="str"' in attributes
                if FORMULA.search(inside) and not shown:
                    faults[position] = Fault("formula_without_value", "=…")
        for area in self._filled_without_value(faults):
            faults.update(dict.fromkeys(area, Fault("formula_without_value", "=…")))
        for position, attributes, inside in self._cells_around(b't="e"'):
            if b't="e"' in attributes:
                value = VALUE.search(inside)
                shown_as = html.unescape(value[1].decode()) if value else "#ERROR"
                faults[position] = Fault("formula_error", shown_as)
        return faults

    def _filled_without_value(
        self, faults: Mapping[Position, Fault]
    ) -> Iterator[Iterable[Position]]:
        """The cells of areas that one formula fills, where it was never worked out."""
        cells = 0
        for position, _, inside in self._cells_around(b' ref="') if faults else ():
            filled = FILLED.search(inside)
            if filled and position in faults:
                last = _position(b' r="' + filled[1] + b'"')
                bottom, right = last or position
                cells += (bottom - position[0] + 1) * (right - position[1] + 1)
                if cells > MOST_FILLED:
                    raise UnsafeWorkbookError(trouble="unpacks_too_large")
                yield product(range(position[0], bottom + 1), range(position[1], right + 1))

    def formulas(self) -> frozenset[Position]:
        """Every cell that is worked out."""
        cells = self._cells_around(b"<" + self._prefix + b"f")
        return frozenset(position for position, _, inside in cells if FORMULA.search(inside))

    def number_formats(self) -> dict[Position, str]:
        """Number formats that change what a number means, by cell."""
        return {
            position: code
            for style, code in self.cell_formats.items()
            for position, attributes, _ in self._cells_around(b's="%d"' % style)
            if b's="%d"' % style in attributes
        }


class Parts:
    """The parts of one .xlsx, found through its relations."""

    def __init__(self, inside: Mapping[str, bytes]) -> None:
        """Look up which part holds which tab."""
        self._inside = inside
        workbook = _xml(inside, "xl/workbook.xml")
        targets = {
            relation.attrib["Id"]: posixpath.normpath(
                posixpath.join("/xl", relation.attrib["Target"])
            ).lstrip("/")
            for relation in _xml(inside, "xl/_rels/workbook.xml.rels")
        }
        self.paths = {
            sheet.attrib["name"]: targets[sheet.attrib[RELATION]]
            for sheet in workbook.findall(".//{*}sheet")
        }
        """The part of every tab."""
        self.sheets = {name: inside[path] for name, path in self.paths.items()}
        """The XML of every tab."""
        named = workbook.findall(".//{*}definedName")
        self.names = [(one.attrib.get("name", ""), one.text or "") for one in named]
        """Defined names and the texts of what they stand for."""

    def sheet(self, name: str) -> SheetXml:
        """A tab."""
        return SheetXml(self.sheets[name], self._cell_formats)

    def related(self, tab: str, kind: str) -> list[str]:
        """The parts of a kind (`table`) that belong to a tab."""
        folder, _, name = self.paths[tab].rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self._inside:
            return []
        found = [
            posixpath.normpath(posixpath.join(f"/{folder}", one.attrib["Target"])).lstrip("/")
            for one in _xml(self._inside, relations)
            if one.attrib.get("Type", "").endswith(f"/{kind}")
        ]
        return [part for part in found if part in self._inside]

    @cached_property
    def _cell_formats(self) -> dict[int, str]:
        """Style number -> number format, of the telling ones."""
        if "xl/styles.xml" not in self._inside:
            return {}
        styles = _xml(self._inside, "xl/styles.xml")
        codes = dict(BUILT_IN_FORMATS)
        for own in styles.findall(".//{*}numFmt"):
            codes[int(own.attrib["numFmtId"])] = own.attrib["formatCode"]
        cell_styles = styles.find("{*}cellXfs")
        numbers = (
            [] if cell_styles is None else [int(x.attrib.get("numFmtId", 0)) for x in cell_styles]
        )
        telling = {
            style: codes[number]
            for style, number in enumerate(numbers)
            if TELLING_FORMAT.search(codes.get(number, ""))
        }
        if len(telling) > MOST_FORMATS:
            raise UnsafeWorkbookError(trouble="unpacks_too_large")
        return telling


def _xml(inside: Mapping[str, bytes], part: str) -> ET.Element:
    try:
        return ET.fromstring(inside[part])  # noqa: S314 - judged: no DTD, so no entities
    except ET.ParseError as mistake:
        message = f"{part} is not XML"
        raise ValueError(message) from mistake
