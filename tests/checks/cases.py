"""Which test proves what of a finding: it is found, it goes, nothing is no finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., None])

HITS: dict[str, list[str]] = defaultdict(list)
CLEAN: dict[str, list[str]] = defaultdict(list)
EMPTY: dict[str, list[str]] = defaultdict(list)
"""Names of tests by the finding's code."""


def _kept(register: dict[str, list[str]], codes: tuple[str, ...]) -> Callable[[Test], Test]:
    def keep(test: Test) -> Test:
        for code in codes:
            register[code].append(test.__name__)
        return test

    return keep


def hit(*codes: str) -> Callable[[Test], Test]:
    """The finding is named: how bad, register, cell, what was read, whose row."""
    return _kept(HITS, codes)


def clean(*codes: str) -> Callable[[Test], Test]:
    """The same sheet put right is no finding."""
    return _kept(CLEAN, codes)


def empty(*codes: str) -> Callable[[Test], Test]:
    """An empty register or an absent tab is no finding, and stops nothing."""
    return _kept(EMPTY, codes)
