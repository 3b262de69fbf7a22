"""Which cells a formula's text names, as far as that is certain.

Nothing is worked out. Whatever cannot be read with certainty (a place named by a text, a table's
columns, another workbook, a word nobody explains) rests on everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from services.store.areas import Area, column_number

Names = Mapping[str, "References"]
"""Defined names in small letters, and what they name."""
LONGEST = 8_192
"""Signs that Excel allows in a formula."""
LAST_ROW, LAST_COLUMN = 2**20 - 1, 2**14 - 1
SIGN = r"""[^\s"'!()*/+\-=<>&,;:^{}\[\]%#@$|~`]"""
"""What a word may consist of."""
CELL, COLUMN, ROW = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}", r"\$?[A-Z]{1,3}", r"\$?[0-9]{1,7}"
TOKEN = re.compile(
    rf"""[-+*/^&=<>,;(){{}}%@\s]+
    | (?:(?P<sheet>'(?:[^']|'')+'|{SIGN}+)!)?+
      (?P<area>{CELL}(?::{CELL})?|{COLUMN}:{COLUMN}|{ROW}:{ROW})(?!{SIGN}|[(!])
    | "(?:[^"]|"")*"
    | (?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E[-+]?[0-9]+)?(?!{SIGN})
    | (?P<call>{SIGN}+)\(
    | (?P<name>{SIGN}+)
    | (?P<odd>.)""",
    re.VERBOSE | re.DOTALL,
)
CLOSES = re.compile(r"\s*\)")
CORNER = re.compile(r"(\$?)([A-Z]{0,3})(\$?)([0-9]*)")
LOOKS_ELSEWHERE = {
    *("INDIRECT", "OFFSET", "CELL", "GETPIVOTDATA", "RTD", "EVALUATE", "CALL", "REGISTER.ID"),
    *("GET.CELL", "GET.DOCUMENT", "GET.WORKBOOK", "MULTIPLE.OPERATIONS", "TABLE"),
}
"""Functions that may rest on cells their text does not name."""
RESIZING = {"SUMIF", "AVERAGEIF", "LOOKUP"}
"""Functions that read as many cells of the last area as the first has, whatever is written."""
NEWER = ("_XLFN.", "_XLWS.")
"""How a file marks functions that came later; any other such mark is an add-in's or Google's."""
CONSTANTS = {"true", "false"}


class Reference(NamedTuple):
    """An area as a formula names it; `tab` in small letters, None: the formula's own.

    `moves`: whether its first row, first column, last row, last column go along when the formula
    is filled down or across.
    """

    tab: str | None
    area: Area
    moves: tuple[bool, bool, bool, bool]

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        (top, left), (bottom, right) = self.area
        return bottom - top + 1, right - left + 1

    def reaching(self, more: int) -> Reference:
        """The same with so many more rows and columns, as far as the sheet goes."""
        first, (bottom, right) = self.area
        return self._replace(
            area=(first, (min(bottom + more, LAST_ROW), min(right + more, LAST_COLUMN)))
        )

    def moved(self, down: int, right: int) -> Reference | None:
        """The same of a formula so many cells away; None: it would lie outside the sheet."""
        (top, left), (bottom, last) = self.area
        first_row, first_column, last_row, last_column = self.moves
        rows = sorted((top + down * first_row, bottom + down * last_row))
        columns = sorted((left + right * first_column, last + right * last_column))
        inside = rows[0] >= 0 and columns[0] >= 0 and rows[1] <= LAST_ROW
        if not inside or columns[1] > LAST_COLUMN:
            return None
        return self._replace(area=((rows[0], columns[0]), (rows[1], columns[1])))


References = tuple[Reference, ...] | None
"""All that a formula names; None: it may rest on anything."""


def references(formula: str, names: Names) -> References:
    """What the formula names."""
    if len(formula) > LONGEST:
        return None
    found: list[Reference] = []
    last_named: list[Reference] = []
    resizes = False
    for token in TOKEN.finditer(formula):
        named = _named(token, names)
        if named is None:
            return None
        found.extend(named)
        if named and CLOSES.match(formula, token.end()):
            last_named.extend(named)
        resizes |= token.lastgroup == "call" and token["call"].upper() in RESIZING
    return _resized(found, last_named) if resizes else tuple(found)


def _named(token: re.Match[str], names: Names) -> References:
    """What one word of a formula names."""
    kind = token.lastgroup
    if kind == "area":
        one = _reference(token["sheet"], token["area"])
        return None if one is None else (one,)
    if kind == "call":
        return () if _names_its_cells(token["call"], names) else None
    if kind == "name":
        word = token["name"].casefold()
        return () if word in CONSTANTS else names.get(word)
    return None if kind == "odd" else ()


def _resized(found: Sequence[Reference], last_named: Sequence[Reference]) -> References:
    """Every area as far as a function may read that takes the size of another one."""
    if any(one.moves[:2] != one.moves[2:] for one in found):  # its size is another in each row
        return None
    sizes = {one.size for one in found if one.size != (1, 1)}
    most = max((max(size) for size in sizes), default=1)
    odd = found if len(sizes) > 1 else [one for one in last_named if one.size == (1, 1)]
    return tuple(one.reaching(most - 1) if one in odd else one for one in found)


def _names_its_cells(function: str, names: Names) -> bool:
    plain = function.upper()
    for mark in NEWER:
        plain = plain.removeprefix(mark)
    return (
        plain not in LOOKS_ELSEWHERE
        and not plain.startswith("_")
        and function.casefold() not in names
    )


def _reference(sheet: str | None, area: str) -> Reference | None:
    tab = None
    if sheet is not None:
        tab = sheet.removeprefix("'").removesuffix("'").replace("''", "'").casefold()
        if "[" in tab or ":" in tab:  # another workbook; all the tabs between two
            return None
    first, _, last = area.partition(":")
    begun = _corner(first)
    ended = _corner(last) if last else begun
    top, left = _number(begun[4], 0), _letters(begun[2], 0)
    bottom, right = _number(ended[4], LAST_ROW), _letters(ended[2], LAST_COLUMN)
    if not (0 <= top <= bottom <= LAST_ROW and left <= right <= LAST_COLUMN):
        return None
    moves = (*_moves(begun), *_moves(ended))
    return Reference(tab, ((top, left), (bottom, right)), moves)


def _corner(address: str) -> re.Match[str]:
    found = CORNER.fullmatch(address)
    if found is None:  # pragma: no cover: whatever is an area's corner to TOKEN is one here
        raise ValueError
    return found


def _moves(corner: re.Match[str]) -> tuple[bool, bool]:
    """Whether its row and its column move: where they are named, and without a `$`."""
    row_fixed = corner[3] or (corner[1] and not corner[2])
    return bool(corner[4] and not row_fixed), bool(corner[2] and not corner[1])


def _number(digits: str, missing: int) -> int:
    return int(digits) - 1 if digits else missing


def _letters(letters: str, missing: int) -> int:
    return column_number(letters) if letters else missing


def defined_names(written: Iterable[tuple[str, str]]) -> Names:
    """What each name (and its text) stands for, where it stands for fixed areas of named tabs."""
    names: dict[str, References] = {}
    for name, text in written:
        found = references(text, {})
        known = found is not None and all(
            one.tab is not None and not any(one.moves) for one in found
        )
        earlier = names.get(name.casefold(), ())
        both = None if earlier is None or found is None or not known else (*earlier, *found)
        names[name.casefold()] = both
    return names
