"""Texts, codes, yes/no and choices as people type them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from services.normalise.numbers import is_blank, is_none, plain_text
from services.normalise.reading import ASK, BLANK, Reading, State
from services.normalise.thai import arabic, clean, cleaned, fold
from services.store.base import Stored
from sheets_schema.loader import corrections

UNSHOWN = re.compile(r"\[[^\]]*\]|_.|\*.|^t")
"""Parts of a number format that show nothing: locale, space, fill, Thai digits."""
LITERAL = r'(?:"[^"]*"|\\.)*'
CODE_FORMAT = re.compile(rf"(?P<before>{LITERAL})(?P<digits>[0#]*0[0#]*)(?P<after>{LITERAL})")
LITERAL_SIGNS = re.compile(r'["\\]')


def read_text(stored: Stored) -> Reading[str]:
    """Text as meant; «ไม่มี» and a dash are blank, a date or time cell is asked about.

    >>> read_text(" น้ํา ").value, read_text(12.0).value, read_text("ไม่มี").state.name
    ('น้ำ', '12', 'BLANK')
    """
    text = plain_text(stored)
    if text is None:
        return ASK
    return BLANK if is_blank(text) or is_none(text) else Reading(text)


def read_texts(cells: Sequence[Stored]) -> tuple[list[str | None], list[State]]:
    """`read_text` of many cells at once: values and states.

    >>> read_texts(["บ้านดง ", "ไม่มี", 12.0])
    (['บ้านดง', None, '12'], [<State.READ: 0>, <State.BLANK: 2>, <State.READ: 0>])
    """
    texts = cleaned([cell if isinstance(cell, str) else "" for cell in cells])
    dashes, nothing = corrections().blank, {"", *corrections().blank, *corrections().none}
    values: list[str | None] = [
        None if text in nothing or (text[0] in dashes and is_blank(text)) else text
        for text in texts
    ]
    states = [State.BLANK if value is None else State.READ for value in values]
    if any(kind is not str for kind in set(map(type, cells))):
        for place, cell in enumerate(cells):
            if not isinstance(cell, str):
                values[place], states[place] = read_text(cell)
    return values, states


def as_code(text: str | None) -> str | None:
    """A code compares by its Arabic digits."""
    return text if text is None or text.isascii() else arabic(text)


def as_codes(texts: Sequence[str | None]) -> list[str | None]:
    """`as_code` of many texts at once."""
    return [text if text is None or text.isascii() else arabic(text) for text in texts]


def read_code(stored: Stored, number_format: str = "") -> Reading[str]:
    """A code compared whole: Thai digits as Arabic, leading zeros kept as shown.

    >>> read_code("๐๐๔๐๑").value, read_code(401.0, "00000").value
    ('00401', '00401')
    """
    reading = read_text(stored)
    code = as_code(reading.value)
    if code is None:
        return reading
    if not isinstance(stored, str):
        return Reading(_as_shown(code, number_format))
    return Reading(code)


def _as_shown(digits: str, number_format: str) -> str:
    """A number as its format shows it: `00000` fills up with zeros, `"H"0` puts a letter before.

    >>> _as_shown("1", "00000;@"), _as_shown("1", '"H"0'), _as_shown("1", "#,##0.00")
    ('00001', 'H1', '1')
    """
    section = UNSHOWN.sub("", number_format.partition(";")[0])
    found = CODE_FORMAT.fullmatch(section)
    if found is None or not digits.isdigit():
        return digits
    width = len(found["digits"].lstrip("#"))
    before, after = (LITERAL_SIGNS.sub("", found[part]) for part in ("before", "after"))
    return f"{before}{digits.zfill(width)}{after}"


def read_yes_no(stored: Stored) -> Reading[bool]:
    """Yes or no.

    >>> [read_yes_no(text).value for text in ("ใช่", "✓", "/", "Y", 1.0, "ไม่ใช่", "ไม่มี", 0.0)]
    [True, True, True, True, True, False, False, False]
    """
    text = plain_text(stored)
    if text is None:
        return ASK
    word = arabic(text).casefold()
    if word in corrections().yes:
        return Reading(value=True)
    if word in corrections().no:
        return Reading(value=False)
    return BLANK if is_blank(word) else ASK


@cache
def _by_fold(choices: tuple[str, ...]) -> Mapping[str, str]:
    return {fold(choice): choice for choice in choices}


def read_choice(stored: Stored, choices: tuple[str, ...]) -> Reading[str]:
    """A word of the list; another word is kept as typed and marked.

    >>> read_choice("รวมหนี้ 1 ครัวเรือน 1 สัญญา", ("รวมหนี้ ๑ ครัวเรือน ๑ สัญญา",)).value
    'รวมหนี้ ๑ ครัวเรือน ๑ สัญญา'
    """
    reading = read_text(stored)
    if reading.value is None:
        return reading
    known = _by_fold(choices).get(fold(reading.value))
    return Reading(reading.value, State.OUTSIDE) if known is None else Reading(known)


def listed_codes(text: str) -> tuple[str, ...]:
    """The codes of one cell that holds several.

    >>> listed_codes("H01, H02;H03")
    ('H01', 'H02', 'H03')
    """
    return tuple(code for part in re.split(r"[,;，、\n]", text) if (code := clean(part)))
