"""Sentences for people, and spellings whose meaning is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Message:
    """A finding in the office's words: how bad, what is said, what puts it right."""

    code: str
    severity: Severity
    title: str
    text: str
    fix: str


@dataclass(frozen=True)
class Corrections:
    """Spellings with one known meaning, read by `services.normalise`."""

    blank: tuple[str, ...]
    none: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    total_words: tuple[str, ...]
    note_words: tuple[str, ...]
    baht_words: tuple[str, ...]
    unit_words: tuple[str, ...]
    number_prefixes: tuple[str, ...]
    tambon_prefixes: tuple[str, ...]
    name_titles: tuple[str, ...]
    multipliers: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
