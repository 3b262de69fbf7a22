"""A clock of which the product and the local Google know the same time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.settings import BANGKOK
from tests.support.google.client import LocalGoogle

MORNING = datetime(2026, 1, 5, 9, 0, tzinfo=BANGKOK)


@dataclass
class SteppedClock:
    """Time goes on only when somebody waits."""

    google: LocalGoogle
    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let time go on."""
        self.seconds += seconds
        self.google.advance(seconds)

    def now(self) -> datetime:
        """The moment it is."""
        return MORNING + timedelta(seconds=self.seconds)
