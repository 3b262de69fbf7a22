"""An .xlsx as parts that point to each other: read, changed, added, dropped; the rest as it is."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from services.store.base import CannotWriteError
from services.store.xlsx_safety import unpacked
from services.store.xml_bytes import Piece, appended, pieces, plain, prefix_of, without

TYPES = "[Content_Types].xml"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
MOST_SHAPES = 32 * 2**20
"""Bytes of a part that is not XML by name and yet read."""


@dataclass(frozen=True)
class Relation:
    """One part points to another."""

    number: str
    target: str


class Package:
    """The parts of one file."""

    def __init__(self, data: bytes) -> None:
        """Unpack what is XML.

        Raises:
            CannotWriteError: it does not say of which types its parts are.
            UnsafeWorkbookError, BadZipFile: as `unpacked`.
        """
        self._data = data
        self.parts, _ = unpacked(data)
        """XML by name, as it stands now."""
        self._before = dict(self.parts)
        with ZipFile(BytesIO(data)) as archive:
            self._entries = archive.infolist()
        self._names = {entry.filename for entry in self._entries}
        if TYPES not in self.parts:
            raise CannotWriteError(obstacle="odd_notes")

    @property
    def names(self) -> set[str]:
        """Every part there is."""
        return self._names

    def read(self, name: str) -> bytes:
        """One part, also a drawing.

        Raises:
            CannotWriteError: there is none of that name, or it is too large.
        """
        if name not in self.parts:
            entry = next((one for one in self._entries if one.filename == name), None)
            if entry is None or name not in self._names or entry.file_size > MOST_SHAPES:
                raise CannotWriteError(obstacle="odd_notes")
            with ZipFile(BytesIO(self._data)) as archive, archive.open(entry) as part:
                self.parts[name] = self._before[name] = part.read(MOST_SHAPES)
        return self.parts[name]

    def put(self, name: str, content: bytes) -> None:
        """Change a part, or add one."""
        self._names.add(name)
        self.parts[name] = content

    def add(self, stem: str, ending: str, content: bytes, kind: str | None = None) -> str:
        """A new part «xl/stem1.ending», of that content type if it is XML; its name."""
        number = 1
        taken = {name.casefold() for name in self._names}
        while f"xl/{stem}{number}.{ending}".casefold() in taken:
            number += 1
        name = f"xl/{stem}{number}.{ending}"
        self.put(name, content)
        types = plain(self.parts[TYPES])
        p = prefix_of(types, b"Types")
        if kind is not None:
            told = f' PartName="/{name}" ContentType="{kind}"/>'.encode()
            self.put(TYPES, appended(types, b"Types", b"<" + p + b"Override" + told))
        elif not any(_same(one.get(b"Extension"), ending) for one in _defaults(types)):
            told = f' Extension="{ending}" ContentType="{VML}"/>'.encode()
            self.put(TYPES, appended(types, b"Types", b"<" + p + b"Default" + told))
        return name

    def drop(self, name: str) -> None:
        """Take a part away, and what says of which type it is."""
        self._names.discard(name)
        self.parts.pop(name, None)
        types = plain(self.parts[TYPES])
        told = pieces(types, b"Override")
        gone = [one for one in told if _same(one.get(b"PartName"), f"/{name}")]
        ending = name.rpartition(".")[2]
        if ending != "xml" and not any(one.endswith(f".{ending}") for one in self._names):
            gone += [one for one in _defaults(types) if _same(one.get(b"Extension"), ending)]
        self.put(TYPES, without(types, gone))

    def relations(self, part: str, kind: str) -> list[Relation]:
        """Where a part points with relations of that kind."""
        name = relations_of(part)
        if name not in self.parts:
            return []
        return [
            Relation(one.attrib["Id"], _resolved(part, one.attrib["Target"]))
            for one in _tree(self.parts[name])
            if one.attrib.get("Type") == RELATED + kind
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part point to another; the relation's number."""
        name = relations_of(part)
        xml = plain(self.parts.get(name, NO_RELATIONS))
        taken = {one.attrib["Id"] for one in _tree(xml)}
        number = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        where = quoteattr(posixpath.relpath(target, posixpath.dirname(part)))
        p = prefix_of(xml, b"Relationships").decode()
        made = f'<{p}Relationship Id="{number}" Type="{RELATED}{kind}" Target={where}/>'
        self.put(name, appended(xml, b"Relationships", made.encode()))
        return number

    def unrelate(self, part: str, number: str) -> None:
        """Let a part point there no more."""
        name = relations_of(part)
        xml = plain(self.parts[name])
        known = list(pieces(xml, b"Relationship"))
        gone = [one for one in known if one.get(b"Id") == number]
        if len(known) == len(gone):
            self._names.discard(name)
            del self.parts[name]
        else:
            self.put(name, without(xml, gone))

    def packed(self) -> bytes:
        """The file: what was not changed as it was, byte for byte."""
        made = BytesIO()
        with ZipFile(BytesIO(self._data)) as old, ZipFile(made, "w") as archive:
            for entry in self._entries:
                name = entry.filename
                same = self.parts.get(name) == self._before.get(name)
                if name in self._names:
                    archive.writestr(entry, old.read(entry) if same else self.parts[name])
            for name in sorted(self._names - {entry.filename for entry in self._entries}):
                added = ZipInfo(name)
                added.compress_type = ZIP_DEFLATED
                archive.writestr(added, self.parts[name])
            archive.comment = old.comment
        return made.getvalue()


def relations_of(part: str) -> str:
    """The part that says where a part points."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _resolved(part: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _same(one: str | None, other: str) -> bool:
    """Names of parts and endings are alike whatever the case."""
    return (one or "").casefold() == other.casefold()


def _defaults(types: bytes) -> list[Piece]:
    return list(pieces(types, b"Default"))


def _tree(xml: bytes) -> ET.Element:
    try:
        return ET.fromstring(xml)  # noqa: S314 – judged: no DTD, so no entities
    except ET.ParseError as mistake:
        raise CannotWriteError(obstacle="odd_notes") from mistake
