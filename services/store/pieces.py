"""A ZIP archive of parts as they are, read without being put together first."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

ENTRY = b"PK\x01\x02"
"""How an archive's list begins each entry."""
IN_UTF_8, FIRST_DAY = 0x800, 33
"""A part's name as it is written, and the day on which archives begin: 1 January 1980."""


def packed(parts: Iterable[tuple[str, int, bytes]]) -> Pieces:
    """An archive of these parts as they are: name, checksum, content.

    zipfile would reckon the checksums again and copy everything twice: a twentieth of the reading.
    """
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, checksum, xml in parts:
        named = name.encode()
        same = (20, IN_UTF_8, 0, 0, FIRST_DAY, checksum, len(xml), len(xml), len(named), 0)
        piece = struct.pack("<4s5H3L2H", b"PK\3\4", *same) + named
        entry = struct.pack("<4s6H3L5H2L", ENTRY, 20, *same, 0, 0, 0, 0, at) + named
        pieces += [piece, xml]
        directory.append(entry)
        at += len(piece) + len(xml)
    listed, count = b"".join(directory), len(directory)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(listed), at, 0)
    return Pieces([*pieces, listed, end])


class Pieces:
    """A file read from its beginning to its end, out of the pieces that make it up."""

    MOST = 2**16

    def __init__(self, pieces: Sequence[bytes]) -> None:
        """Begin with the first."""
        self._pieces, self._piece, self._at = pieces, 0, 0

    def read(self, size: int = MOST, /) -> bytes:
        """At most so many bytes; none at the end."""
        most = self.MOST if size < 0 else min(size, self.MOST)
        while self._piece < len(self._pieces):
            piece = self._pieces[self._piece]
            given = piece[self._at : self._at + most]
            if given:
                self._at += len(given)
                return given
            self._piece, self._at = self._piece + 1, 0
        return b""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Nobody goes back."""
        raise NotImplementedError  # pragma: no cover: calamine's types ask for it, calamine never
