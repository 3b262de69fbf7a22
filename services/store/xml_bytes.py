"""Small changes in a part's XML that leave every other byte as it is.

Only for parts that are well-formed and hold neither comments nor CDATA: see `plain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.store.base import CannotWriteError
from services.store.sheet_xml import TAG


@dataclass(frozen=True)
class Piece:
    """An element, from `start` to `end`: `head` is its start tag, `inside` all that follows."""

    start: int
    end: int
    head: bytes
    inside: bytes

    def get(self, name: bytes) -> str | None:
        """An attribute as written."""
        found = re.search(ATTRIBUTE % name, self.head)
        return None if found is None else found[1][1:-1].decode()


ATTRIBUTE = rb"""\s%s\s*=\s*("[^"]*"|'[^']*')"""


def plain(xml: bytes) -> bytes:
    """The same.

    Raises:
        CannotWriteError: tags could stand in it that are none.
    """
    if b"<!" in xml:
        raise CannotWriteError(obstacle="odd_notes")
    return xml


def pieces(xml: bytes, name: bytes) -> Iterator[Piece]:
    """Every element of that name, whatever its prefix; none lies in another."""
    at = 0
    while found := re.compile(rb"<((?:\w+:)?)%s(?=[\s/>])" % name).search(xml, at):
        head = TAG.match(xml, found.start())
        closing = re.compile(rb"</%s%s\s*>" % (found[1], name))
        if head is None:
            raise CannotWriteError(obstacle="odd_notes")
        at = head.end()
        if not head[0].endswith(b"/>"):
            end = closing.search(xml, at)
            if end is None:
                raise CannotWriteError(obstacle="odd_notes")
            at = end.end()
        yield Piece(found.start(), at, head[0], xml[head.end() : at])


def only(xml: bytes, name: bytes) -> Piece:
    """The one element of that name.

    Raises:
        CannotWriteError: there is none, or several.
    """
    found = list(pieces(xml, name))
    if len(found) != 1:
        raise CannotWriteError(obstacle="odd_notes")
    return found[0]


def prefix_of(xml: bytes, name: bytes) -> bytes:
    """What stands before the name of that element: `x:`, or nothing."""
    head = only(xml, name).head
    return head[1 : head.index(name)]


def appended(xml: bytes, name: bytes, made: bytes) -> bytes:
    """The part with something more at the end of its one element of that name."""
    parent = only(xml, name)
    if parent.head.endswith(b"/>"):
        opened = parent.head[:-2].rstrip()
        full = b"%s>%s</%s%s>" % (opened, made, prefix_of(xml, name), name)
        return xml[: parent.start] + full + xml[parent.end :]
    at = xml.rindex(b"</", parent.start, parent.end)
    return xml[:at] + made + xml[at:]


def without(xml: bytes, gone: list[Piece]) -> bytes:
    """The part without these elements."""
    kept, at = [], 0
    for piece in sorted(gone, key=lambda piece: piece.start):
        kept.append(xml[at : piece.start])
        at = piece.end
    return b"".join([*kept, xml[at:]])


def with_attribute(head: bytes, name: bytes, value: str | None) -> bytes:
    """A start tag with an attribute set, or taken away (None)."""
    told = b"" if value is None else b' %s="%s"' % (name, value.encode())
    attribute = re.compile(ATTRIBUTE % name)
    if attribute.search(head):
        return attribute.sub(lambda _: told, head, count=1)
    at = -2 if head.endswith(b"/>") else -1
    return head[:at].rstrip() + told + head[at:]


def recounted(xml: bytes, name: bytes, count: int) -> bytes:
    """The part, that element's `count` set where it has one."""
    parent = only(xml, name)
    if parent.get(b"count") is None:
        return xml
    head = with_attribute(parent.head, b"count", str(count))
    return xml[: parent.start] + head + xml[parent.start + len(parent.head) :]
