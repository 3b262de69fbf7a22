"""Where a sheet's cells, styles and note shapes stand in its XML, in bytes: for notes.

Values are written without any of this: see sheet_xml, which looks only at the rows it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from services.store.areas import Area, area_of
from services.store.base import CannotWriteError
from services.store.sheet_xml import TAG

AFTER_NOTES = {
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent"),
    *("webPublishItems", "tableParts", "extLst"),
}
"""What stands after the link to a sheet's note shapes."""
TABLE = (["sheetData"], ["sheetData", "row"], ["sheetData", "row", "c"], ["legacyDrawing"])
"""Elements whose places are kept."""


@dataclass
class Tag:
    """Where the table, a row or a cell stands: from `start` to `end`, what it holds from `inside`.

    `children`: rows by number, or a row's cells by column, in order; both from 0.
    """

    attributes: Mapping[str, str]
    start: int
    inside: int
    end: int = 0
    children: dict[int, Tag] = field(default_factory=dict)

    @property
    def is_alone(self) -> bool:
        """Written as one tag without an end tag: `<row/>`."""
        return self.inside == self.end

    def after(self, number: int) -> int | None:
        """Where the first child begins that stands later."""
        return next((child.start for n, child in self.children.items() if n > number), None)


@dataclass
class Sheet:
    """The table with its rows, and areas of `merged` cells.

    `columns`: first, last and style of columns that have one. `shapes` links to the sheet's note
    shapes, and stands at `shapes_at` or would stand there.
    """

    data: Tag
    merged: list[Area]
    columns: list[tuple[int, int, int]] = field(default_factory=list)
    shapes: Tag | None = None
    shapes_at: int = 0


def located(xml: bytes) -> Sheet:
    """Where rows and cells stand.

    Raises:
        CannotWriteError: it is no sheet's XML, or its rows and cells are not in order.
    """
    reader = _Reader(xml)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    reader.place = lambda: parser.CurrentByteIndex
    try:
        parser.Parse(xml, True)  # noqa: FBT003 – it takes no names
    except (expat.ExpatError, ValueError) as mistake:
        raise CannotWriteError(obstacle="odd_sheet") from mistake
    if reader.data is None:
        raise CannotWriteError(obstacle="odd_sheet")
    at = reader.shapes.start if reader.shapes else reader.after
    return Sheet(reader.data, reader.merged, reader.columns, reader.shapes, at)


class _Reader:
    """What one pass over the XML has seen so far."""

    def __init__(self, xml: bytes) -> None:
        """Nothing yet."""
        self._xml = xml
        self._path: list[str] = []
        self._open: list[Tag] = []
        self.place: Callable[[], int] = lambda: 0
        self.data: Tag | None = None
        self.merged: list[Area] = []
        self.columns: list[tuple[int, int, int]] = []
        self.shapes: Tag | None = None
        self.after = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        self._path.append(name.rpartition(":")[2])
        match self._path[1:]:
            case ["sheetData"]:
                self.data = self._opened(attributes)
            case ["sheetData", "row"]:
                row = self._opened(attributes)
                self._into(self._open[-2], row, int(attributes.get("r", 0)) - 1)
            case ["sheetData", "row", "c"]:
                cell = self._opened(attributes)
                column = area_of(attributes["r"])[0][1] if "r" in attributes else -1
                self._into(self._open[-2], cell, column)
            case ["mergeCells", "mergeCell"]:
                self.merged.append(area_of(attributes["ref"]))
            case ["cols", "col"]:
                ends = int(attributes["min"]) - 1, int(attributes["max"]) - 1
                self.columns.append((*ends, int(attributes.get("style", 0))))
            case ["legacyDrawing"]:
                self.shapes = self._opened(attributes)
            case [follows] if follows in AFTER_NOTES and self.data is not None:
                self.after = self.after or self.place()
            case _:
                pass

    def end(self, _name: str) -> None:
        """An end tag, or the end of a tag that stands alone."""
        if not self._path[1:]:
            self.after = self.after or self.place()
        if self._path[1:] in TABLE:
            tag = self._open.pop()
            tag.end = tag.end or self._xml.index(b">", self.place()) + 1
        self._path.pop()

    def _opened(self, attributes: dict[str, str]) -> Tag:
        start = self.place()
        head = TAG.match(self._xml, start)
        inside = start + len(head[0] if head else b"")
        is_alone = self._xml[inside - 2 : inside] == b"/>"
        self._open.append(Tag(attributes, start, inside, inside if is_alone else 0))
        return self._open[-1]

    def _into(self, parent: Tag, child: Tag, number: int) -> None:
        """Where it says it stands (-1: it does not say, so after the one before)."""
        last = next(reversed(parent.children), -1)
        number = last + 1 if number < 0 else number
        if number <= last:
            raise CannotWriteError(obstacle="odd_sheet")
        parent.children[number] = child
