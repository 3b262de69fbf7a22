"""Words around the figures: menus, headings, controls; in Thai and for an English reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sheets_schema.loader import HERE, SchemaError, read_toml

Language = Literal["th", "en"]
FILE = "chrome.toml"


@dataclass(frozen=True)
class Phrase:
    """The same words in both languages."""

    th: str
    en: str


@cache
def phrases() -> dict[str, Phrase]:
    """Every phrase by «section.key».

    Raises:
        SchemaError: a phrase that is not two texts.
    """
    found: dict[str, Phrase] = {}
    for section, table in read_toml(HERE / FILE).items():
        for key, pair in table.items():
            name = f"{section}.{key}"
            if not (isinstance(pair, list) and [type(text) for text in pair] == [str, str]):
                raise SchemaError(FILE, name, 'must be ["ไทย", "English"]')
            found[name] = Phrase(*pair)
    return found


def phrase(key: str, language: Language, **blanks: object) -> str:
    """A phrase with its blanks filled."""
    found = phrases()[key]
    return (found.th if language == "th" else found.en).format(**blanks)
