"""What the product relies on, tried on a real spreadsheet: does Google do as the local server does?

Everything happens in one tab of our own, which is deleted afterwards, as is what we noted on the
spreadsheet. This has not been run against Google yet: its expectations are what others found, what
Google's guides say, and for the rest what the local server of the tests answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.smoke import cells, rows, rules
from services.smoke.drive import DriveHint
from services.smoke.facts import FACTS, Fact, Worth
from services.smoke.own_tab import Found, OwnTab
from services.store.base import RefusedError
from services.store.google_http import GoogleHTTP

PROBES = (*cells.PROBES, *rows.PROBES, *rules.PROBES)


@dataclass(frozen=True)
class Outcome:
    """A fact, and what Google did."""

    fact: Fact
    got: Worth

    @property
    def same(self) -> bool:
        """Whether it is as expected; where nothing is, whatever was found."""
        return self.fact.expected is None or self.got == self.fact.expected


@dataclass(frozen=True)
class Smoke:
    """What was found; `cleaned`: nothing of ours is left.

    `stopped`: why the rest was not tried, or could not be cleaned up.
    """

    outcomes: tuple[Outcome, ...]
    cleaned: bool
    stopped: RefusedError | None = None

    @property
    def as_expected(self) -> bool:
        """Whether nothing differs."""
        return all(outcome.same for outcome in self.outcomes)


def smoke(http: GoogleHTTP, spreadsheet_id: str, title: str) -> Smoke:
    """Try every fact in a tab of this title, which no tab of the spreadsheet has.

    Raises:
        RefusedError: the tab could not be made, so there is nothing to clean up.
    """
    hint = DriveHint(http, spreadsheet_id)
    tab = OwnTab(http, spreadsheet_id, title)
    got: dict[str, Worth] = {}
    stopped = left = None
    try:
        tab.make()
        for name, found in _found(tab, hint):
            got[name] = found  # noqa: PERF403 – what was found before a refusal counts
    except RefusedError as refused:
        if not tab.may_be_there:
            raise
        stopped = refused
    finally:
        left = tab.clean() if tab.may_be_there else None
    return Smoke(_outcomes(got), left is None, stopped or left)


def _found(tab: OwnTab, hint: DriveHint) -> Iterator[Found]:
    """Drive first: its clock runs from the first edit."""
    yield from hint.found()
    for probe in PROBES:
        yield from probe(tab)


def _outcomes(got: Mapping[str, Worth]) -> tuple[Outcome, ...]:
    return tuple(Outcome(fact, got[fact.id]) for fact in FACTS if fact.id in got)
