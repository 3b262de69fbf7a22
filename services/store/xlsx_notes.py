"""The product's notes and fills in a workbook file: put, changed and taken away again.

What is not ours stays as it is: other parts byte for byte, in the changed parts every element of
the office's. Where a file is put together in a way that nobody writes, nothing is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from services.store.areas import meet
from services.store.base import Annotated, CannotWriteError, Notes, Position
from services.store.notes import Plan, Standing, is_ours, planned
from services.store.sheet_places import Sheet, Tag, located
from services.store.xlsx_comments import (
    NO_COMMENTS,
    comments_in,
    is_drawn,
    no_shapes,
    shapes_in,
    with_comments,
    with_shapes,
)
from services.store.xlsx_package import Package, Relation, relations_of
from services.store.xlsx_parts import Parts
from services.store.xlsx_restyle import restyled, style_at
from services.store.xlsx_styles import Styles
from services.store.xml_bytes import prefix_of

STYLES = "xl/styles.xml"
COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT, START = b"http://purl.oclc.org/ooxml/", 2_000
"""Another way of writing all of it, told within so many bytes."""


def annotated(data: bytes, wanted: Notes) -> tuple[bytes, Annotated]:
    """The file with exactly these notes of ours, and what that changed.

    Raises:
        CannotWriteError: notes cannot be added to it safely.
        KeyError: there is no such tab.
    """
    try:
        return _annotated(data, wanted)
    except ValueError as odd:  # a number that is none
        raise CannotWriteError(obstacle="odd_notes") from odd


def _annotated(data: bytes, wanted: Notes) -> tuple[bytes, Annotated]:
    book = _Book(Package(data))
    tabs = {name: _Tab(book, path) for name, path in book.paths.items()}
    changed, left = 0, []
    for name in wanted.keys() | {name for name, tab in tabs.items() if tab.has_comments}:
        judged = tabs[name].judged(wanted.get(name, {}))
        left += [(name, position) for position in (*judged.hidden, *judged.plan.left)]
        changed += len(judged.plan.changes.keys() | judged.lost)
        if judged.plan.changes or judged.lost:
            tabs[name].change(judged)
    told = Annotated(changed, tuple(sorted(left)))
    return (book.packed() if changed else data), told


@dataclass(frozen=True)
class _Judged:
    """A tab as it stands, and what has to change.

    `hidden`: wanted where no note can be seen. `lost`: notes of ours that have no box any more.
    """

    found: Sheet
    plan: Plan
    hidden: tuple[Position, ...]
    lost: frozenset[Position]


class _Book:
    """The file, and its styles."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.paths = Parts(package.parts).paths

    @cached_property
    def styles(self) -> Styles:
        """The cell styles; no other sheet's cells are read for them."""
        return Styles(self.package.read(STYLES))

    def packed(self) -> bytes:
        """The file as it is to stand."""
        self.package.put(STYLES, self.styles.made())
        return self.package.packed()


@dataclass(frozen=True)
class _Tab:
    """One tab's parts."""

    book: _Book
    path: str

    @property
    def has_comments(self) -> bool:
        """Whether anybody's notes stand there."""
        return self._comments() is not None

    def _comments(self) -> Relation | None:
        """Where the sheet's notes are."""
        links = self.book.package.relations(self.path, "comments")
        if len(links) > 1:
            raise CannotWriteError(obstacle="odd_notes")
        return links[0] if links else None

    def judged(self, wanted: Mapping[Position, str]) -> _Judged:
        """What has to change so that the tab carries exactly these notes."""
        package, xml = self.book.package, self.book.package.parts[self.path]
        found = located(xml)
        if STRICT in xml[:START] or found.shapes_at < found.data.end:
            raise CannotWriteError(obstacle="odd_notes")
        hidden = tuple(
            position
            for position in wanted
            if any(
                meet((position, position), area) and position != area[0] for area in found.merged
            )
        )
        seen = {position: text for position, text in wanted.items() if position not in hidden}
        link = self._comments()
        texts = {}
        if link is not None:
            texts = {at: one.text for at, one in comments_in(package.read(link.target)).items()}
        standing = {at: self._standing(found, at, texts.get(at, "")) for at in {*texts, *seen}}
        kept = {at for at in seen if is_ours(texts.get(at, ""))}
        lost = frozenset(kept - self._boxes(found).keys())
        return _Judged(found, planned(standing, seen), hidden, lost)

    def _standing(self, found: Sheet, position: Position, note: str) -> Standing:
        return Standing(note, self.book.styles.fill(style_at(found, position)))

    def _boxes(self, found: Sheet) -> dict[Position, object]:
        link = self._shapes(found)
        return {} if link is None else dict(shapes_in(self.book.package.read(link.target)))

    def _shapes(self, found: Sheet) -> Relation | None:
        """Where the sheet's shapes are; pictures of its headers and footers are elsewhere."""
        if found.shapes is None:
            return None
        number = _number(found.shapes)
        for link in self.book.package.relations(self.path, "vmlDrawing"):
            if link.number == number:
                return link
        raise CannotWriteError(obstacle="odd_notes")

    def change(self, judged: _Judged) -> None:
        """Put notes, boxes and fills; the cells last, since they stand before the rest."""
        texts = {at: one.note for at, one in judged.plan.changes.items()}
        self._write(texts)
        self._draw(judged.found, {**dict.fromkeys(judged.lost, True), **_kept(texts)})
        self._restyle(judged)

    def _write(self, texts: Mapping[Position, str]) -> None:
        package = self.book.package
        notes = self._comments() or self._new_comments()
        package.put(notes.target, with_comments(package.read(notes.target), texts))
        if not comments_in(package.read(notes.target)):
            self._drop(notes)

    def _draw(self, found: Sheet, boxes: Mapping[Position, bool]) -> None:
        package = self.book.package
        link = self._shapes(found)
        if link is None and any(boxes.values()):
            link = self._new_shapes(found)
        if link is None:
            return
        vml = with_shapes(package.read(link.target), boxes)
        package.put(link.target, vml)
        if found.shapes and not is_drawn(vml) and relations_of(link.target) not in package.names:
            self._drop(link)
            xml = package.parts[self.path]
            package.put(self.path, xml[: found.shapes.start] + xml[found.shapes.end :])

    def _restyle(self, judged: _Judged) -> None:
        package, styles, found = self.book.package, self.book.styles, judged.found
        new = {}
        for position, change in judged.plan.changes.items():
            if change.fill is not None:
                to = styles.with_fill if change.fill else styles.without_fill
                new[position] = to(style_at(found, position))
        package.put(self.path, restyled(package.parts[self.path], found, new))

    def _new_comments(self) -> Relation:
        package = self.book.package
        name = package.add("comments", "xml", NO_COMMENTS, COMMENTS)
        return Relation(package.relate(self.path, "comments", name), name)

    def _new_shapes(self, found: Sheet) -> Relation:
        package = self.book.package
        others = [package.read(name) for name in sorted(package.names) if name.endswith(".vml")]
        name = package.add("drawings/vmlDrawing", "vml", no_shapes(others))
        number = package.relate(self.path, "vmlDrawing", name)
        xml = package.parts[self.path]
        p = prefix_of(xml, b"sheetData").decode()
        told = f'<{p}legacyDrawing xmlns:r="{RELATIONS}" r:id="{number}"/>'.encode()
        package.put(self.path, xml[: found.shapes_at] + told + xml[found.shapes_at :])
        return Relation(number, name)

    def _drop(self, link: Relation) -> None:
        self.book.package.drop(link.target)
        self.book.package.unrelate(self.path, link.number)


def _kept(texts: Mapping[Position, str]) -> dict[Position, bool]:
    """Which notes have a box, and which none any more."""
    return {at: bool(note) for at, note in texts.items()}


def _number(link: Tag) -> str | None:
    """Which of the sheet's relations it names."""
    told = link.attributes.items()
    return next((value for name, value in told if name.rpartition(":")[2] == "id"), None)
