"""References inside formulas, as they follow what moves."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.support.google.a1 import Span, column_index, column_name

TITLE = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
CORNER = r"(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d*)"
REFERENCE = re.compile(
    rf'"(?:[^"]|"")*"|(?<![\w.])({TITLE})?{CORNER}(?::{CORNER})?(?![\w(])', re.DOTALL
)
GONE = "#REF!"
Corner = tuple[str, str, str, str]  # $, letters, $, digits


def _titled(prefix: str | None, home: str) -> str:
    """Give the title of the sheet a reference means."""
    if not prefix:
        return home
    return prefix[:-1].strip("'").replace("''", "'")


def respanned(formula: str, home: str, title: str, to: Callable[[Span], Span | None]) -> str:
    """Let references to one sheet follow inserted and deleted lines; a lost one is #REF!."""

    def follow(found: re.Match[str]) -> str:
        if found[2] is None and found[3] is None:
            return found[0]  # words in quotes
        if _titled(found[1], home).casefold() != title.casefold():
            return found[0]
        first, last = _corners(found)
        end = last or first
        span = to(_span(first, end))
        if span is None:
            return (found[1] or "") + GONE
        start = _written(first, (span.top or 0, span.left or 0))
        if last is None:
            return (found[1] or "") + start
        stop = _written(last, ((span.bottom or 1) - 1, (span.right or 1) - 1))
        return f"{found[1] or ''}{start}:{stop}"

    return REFERENCE.sub(follow, formula)


def shifted(formula: str, down: int, across: int) -> str:
    """Give a formula as it reads when copied elsewhere; what has a $ stays."""

    def follow(found: re.Match[str]) -> str:
        if found[2] is None and found[3] is None:
            return found[0]
        first, last = _corners(found)
        moved = [_copied(corner, down, across) for corner in (first, last) if corner]
        return (found[1] or "") + (GONE if None in moved else ":".join(filter(None, moved)))

    return REFERENCE.sub(follow, formula)


def _corners(found: re.Match[str]) -> tuple[Corner, Corner | None]:
    parts = found.groups()
    first = (parts[1], parts[2], parts[3], parts[4])
    return first, (parts[5], parts[6], parts[7], parts[8]) if parts[6] else None


def _span(first: Corner, last: Corner) -> Span:
    return Span(int(first[3]) - 1, int(last[3]), column_index(first[1]), column_index(last[1]) + 1)


def _written(corner: Corner, place: tuple[int, int]) -> str:
    return f"{corner[0]}{column_name(place[1])}{corner[2]}{place[0] + 1}"


def _copied(corner: Corner, down: int, across: int) -> str | None:
    row = int(corner[3]) - 1 + (0 if corner[2] else down)
    column = column_index(corner[1]) + (0 if corner[0] else across)
    return None if row < 0 or column < 0 else _written(corner, (row, column))
