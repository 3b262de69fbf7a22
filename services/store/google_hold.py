"""Writing only where nothing has moved: rows and columns held by marks that go where they go.

Between two calls a person may insert, delete, move or sort. A mark – developer metadata – follows
its row or column, so a batch can be made to fail as a whole, by Google itself: it takes the mark
away where it should lie and then makes one of the same number, which is refused while the first
still lies elsewhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from zlib import crc32

from services.store.google_http import Json

HIGHEST = 2**31
"""Google's numbers lie below this."""
KEY, ONCE = "kongthun.hold", "kongthun.laid_out"
IN_USE = "developer metadata with that ID already exists"
"""Google's words where a mark is not where it should be, or something was done before."""


class Line(NamedTuple):
    """One row or column of a tab."""

    sheet_id: int
    dimension: str
    at: int

    @property
    def place(self) -> Json:
        """Google's name for it."""
        ends = {"startIndex": self.at, "endIndex": self.at + 1}
        return {"dimensionRange": {"sheetId": self.sheet_id, "dimension": self.dimension, **ends}}


Marks = Mapping[int, Line]
"""By number."""


def marks_for(lines: Iterable[Line]) -> Marks:
    """A mark for each line, with a number nobody has."""
    return {1 + secrets.randbelow(HIGHEST - 1): line for line in lines}


def lay(marks: Marks) -> Iterator[Json]:
    """Lay the marks; alone it changes nothing that anybody sees."""
    for number, line in marks.items():
        yield _made(number, KEY, line.place)


def only_where(marks: Marks) -> Iterator[Json]:
    """Let the batch fail unless every mark lies on its line, and take them all away."""
    for number, line in marks.items():
        lookup = {"metadataId": number, "metadataLocation": line.place}
        yield _gone({**lookup, "locationMatchingStrategy": "EXACT_LOCATION"})
        yield _made(number, KEY, {"spreadsheet": True})
    yield _gone({"metadataKey": KEY})


def lift() -> list[Json]:
    """Take every mark away, also those of somebody whose work broke off, and let all be done."""
    return [_gone({"metadataKey": key}) for key in (KEY, ONCE)]


def once(line: Line, what: str) -> Json:
    """Let the batch fail where the same was done to the same: two may press the button at once.

    It stays on the line that was made, and goes with it.
    """
    return _made(1 + crc32(f"{line} {what}".encode()) % (HIGHEST - 1), ONCE, line.place)


def _made(number: int, key: str, place: Json) -> Json:
    told = {"metadataId": number, "metadataKey": key, "visibility": "DOCUMENT", "location": place}
    return {"createDeveloperMetadata": {"developerMetadata": told}}


def _gone(lookup: Json) -> Json:
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}
