"""The product's notes and fills in a workbook file: put, changed and taken away again.

What is not ours stays as it is: other parts byte for byte, in the changed parts every element of
the office's. Where a file is put together in a way that nobody writes, nothing is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from services.store.base import Annotated, CannotWriteError, Notes, Position
from services.store.notes import Plan, Standing, is_ours, planned
from services.store.sheet_xml import Sheet, Tag, located
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
from services.store.xlsx_patch import lies_in
from services.store.xlsx_restyle import restyled, style_at
from services.store.xlsx_styles import Styles
from services.store.xml_bytes import prefix_of

STYLES = "xl/styles.xml"
COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = b"http://purl.oclc.org/ooxml/"


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
        hidden, plan, missing = tabs[name].judged(wanted.get(name, {}))
        left += [(name, position) for position in (*hidden, *plan.left)]
        changed += len(plan.changes.keys() | missing)
        if plan.changes or missing:
            tabs[name].change(plan, missing)
    told = Annotated(changed, tuple(sorted(left)))
    return (book.packed() if changed else data), told


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

    def judged(
        self, wanted: Mapping[Position, str]
    ) -> tuple[list[Position], Plan, frozenset[Position]]:
        """Where no note can be seen, what has to change, and notes of ours without a box."""
        package, xml = self.book.package, self.book.package.parts[self.path]
        if STRICT in xml[:2000]:
            raise CannotWriteError(obstacle="odd_notes")
        found = located(xml)
        hidden = sorted(
            position
            for position in wanted
            if any(lies_in(position, area) and position != area[0] for area in found.merged)
        )
        seen = {position: text for position, text in wanted.items() if position not in hidden}
        link = self._comments()
        texts = {}
        if link is not None:
            texts = {at: one.text for at, one in comments_in(package.read(link.target)).items()}
        standing = {at: self._standing(found, at, texts.get(at, "")) for at in {*texts, *seen}}
        kept = {at for at in seen if is_ours(texts.get(at, ""))}
        return hidden, planned(standing, seen), frozenset(kept - self._boxes(found).keys())

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

    def change(self, plan: Plan, missing: frozenset[Position]) -> None:
        """Put notes, boxes and fills."""
        package = self.book.package
        self._restyle(plan)
        texts = {at: one.note for at, one in plan.changes.items()}
        boxes = {**dict.fromkeys(missing, True), **{at: bool(note) for at, note in texts.items()}}
        found = located(package.parts[self.path])
        shapes = self._shapes(found) or self._new_shapes(found)
        package.put(shapes.target, with_shapes(package.read(shapes.target), boxes))
        notes = self._comments() or self._new_comments()
        package.put(notes.target, with_comments(package.read(notes.target), texts))
        if not comments_in(package.read(notes.target)):
            self._drop(notes)
        drawn = is_drawn(package.read(shapes.target))
        if not drawn and relations_of(shapes.target) not in package.names:
            self._drop(shapes)
            self._unlink()

    def _restyle(self, plan: Plan) -> None:
        package, styles = self.book.package, self.book.styles
        found = located(package.parts[self.path])
        new = {}
        for position, change in plan.changes.items():
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

    def _unlink(self) -> None:
        """Let the sheet name no shapes."""
        xml = self.book.package.parts[self.path]
        found = located(xml)
        end = found.shapes.end if found.shapes else found.shapes_at
        self.book.package.put(self.path, xml[: found.shapes_at] + xml[end:])

    def _drop(self, link: Relation) -> None:
        self.book.package.drop(link.target)
        self.book.package.unrelate(self.path, link.number)


def _number(link: Tag) -> str | None:
    """Which of the sheet's relations it names."""
    told = link.attributes.items()
    return next((value for name, value in told if name.rpartition(":")[2] == "id"), None)
