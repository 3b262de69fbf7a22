"""The product's notes on an office's cells, told from the office's own.

A note of ours begins with a mark that seals its text: «[กองทุน 4f2a] …». Whoever adds a word to it
makes it theirs, and it is left alone from then on. A fill is ours where a note of ours stands and
the colour is exactly COLOUR, which no palette offers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from services.store.base import NotAsSeenError, Notes, Position, RawWorkbook

COLOUR = "FFF1C4"
"""Red, green, blue: a light yellow."""
MARK = re.compile(r"\[กองทุน ([0-9a-f]{4})\] ")
AUTHOR = "กองทุน"
MOST = 2_000
"""Characters of one note; Excel takes 32,767, nobody reads them."""
UNHELD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
"""Signs that no note can hold."""


@dataclass(frozen=True)
class Standing:
    """What hangs on a cell now: its note, and its fill (blank: none) by colour or some word."""

    note: str = ""
    fill: str = ""


@dataclass(frozen=True)
class Change:
    """What shall hang on a cell: `note` blank: none. `fill`: put ours, take it away, or None."""

    note: str
    fill: bool | None


@dataclass(frozen=True)
class Plan:
    """What changes in a tab, and where the office's own note keeps ours away."""

    changes: Mapping[Position, Change]
    left: tuple[Position, ...]


BARE = Standing()


def sealed(text: str) -> str:
    """The text as our note.

    >>> sealed("ยอดหนี้ไม่ใช่ตัวเลข")
    '[กองทุน e70a] ยอดหนี้ไม่ใช่ตัวเลข'
    """
    whole = holdable(text)
    short = whole if len(whole) <= MOST else whole[: MOST - 1] + "…"
    return f"[{AUTHOR} {_seal(short)}] {short}"


def holdable(text: str) -> str:
    """The text without signs that some spreadsheet cannot hold."""
    return UNHELD.sub("", text.replace("\r\n", "\n"))


def is_ours(note: str) -> bool:
    """Whether the note is ours and says what we wrote; programs may have changed its blanks.

    >>> is_ours(sealed("ก")), is_ours(sealed("ก") + " แก้แล้ว"), is_ours("ก")
    (True, False, False)
    """
    found = MARK.match(note)
    return found is not None and found[1] == _seal(note[found.end() :])


def _seal(text: str) -> str:
    return blake2b(_signs(text).encode(), digest_size=2).hexdigest()


def _signs(text: str) -> str:
    return "".join(text.split())


def planned(standing: Mapping[Position, Standing], wanted: Mapping[Position, str]) -> Plan:
    """What has to change so that the tab carries exactly the wanted notes of ours.

    Args:
        standing: cells that have a note, and all wanted ones; others are bare.
        wanted: plain texts.
    """
    changes: dict[Position, Change] = {}
    left: list[Position] = []
    for position in sorted({*standing, *wanted}):
        now, wish = standing.get(position, BARE), wanted.get(position)
        if now.note and not is_ours(now.note):
            if wish is not None:
                left.append(position)
        elif wish is not None:
            note, fill = sealed(wish), None if now.fill else True
            if fill or _signs(note) != _signs(now.note):
                changes[position] = Change(note, fill)
        elif now.note:
            changes[position] = Change("", False if now.fill == COLOUR else None)
    return Plan(changes, tuple(left))


def check_tabs(book: RawWorkbook, wanted: Notes) -> None:
    """Every tab with a wanted note is one that was read.

    Raises:
        NotAsSeenError: one is not.
    """
    if wanted.keys() - {tab.name for tab in book.tabs}:
        raise NotAsSeenError
