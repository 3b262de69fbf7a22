"""A person acts between any two steps of a save: no typed value is lost, no wrong row is written.

`make soak` tells the long form of the same stories: KONGTHUN_SOAK is how many times as many.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.writeback import wants
from tests.support.google.books import OFFICE
from tests.support.google.client import LocalGoogle
from tests.writeback.hands import InFile, InMemory, OnGoogle
from tests.writeback.office import desk
from tests.writeback.story import Hands, Page, Truth

LONGER = int(os.environ.get("KONGTHUN_SOAK", "1"))
TOLD: Counter[str] = Counter()
Story = tuple[int, list[int]]
"""What the dice begin with, and how often at most the person acts in each save."""
stories = st.tuples(st.integers(0, 2**32), st.lists(st.integers(0, 3), max_size=5))


def told(times: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many stories, `LONGER` times as many in the soak."""
    slow = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=times * LONGER, deadline=None, suppress_health_check=slow)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.writeback.save.PAUSE_SECONDS", 0.0)
    monkeypatch.setattr("services.writeback.wants.secrets", None)  # put back afterwards


def tell(hands: Hands, seed: int, saves: list[int], where: str) -> None:
    """Several saves of one page while one person works in the sheet."""
    dice = random.Random(seed)  # noqa: S311 – a story told again is the same
    vars(wants)["secrets"] = dice
    truth = Truth(hands, dice)
    with TemporaryDirectory() as history:
        page = Page(truth, desk(hands.store, Path(history)))
        for meanwhile in saves:
            page.saves_something(meanwhile)
            page.nothing_is_lost()
    counts = {"saves": page.saves, "clashes": page.clashes, "not now": page.not_now}
    TOLD.update({f"{where}: {what}": count for what, count in counts.items()})
    TOLD[f"{where}: acts"] += truth.acts


@told(200)
@given(stories)
def test_in_memory_nothing_is_lost(story: Story) -> None:
    tell(InMemory(), *story, "memory")


@told(25)
@given(stories)
def test_in_a_file_nothing_is_lost(story: Story) -> None:
    with TemporaryDirectory() as folder:
        tell(InFile(Path(folder)), *story, "files")


@told(25)
@given(story=stories)
def test_online_nothing_is_lost(google: LocalGoogle, story: Story) -> None:
    google.reset()
    tell(OnGoogle(google), *story, "Google")


@told(10)
@given(story=stories)
def test_what_the_owner_whom_no_lock_stops_may_lose_is_told(
    google: LocalGoogle, story: Story
) -> None:
    """Between our last look and our write the owner's typing may be overwritten: docs say so."""
    google.reset()
    try:
        tell(OnGoogle(google, OFFICE), *story, "owner")
    except AssertionError:
        TOLD["owner: stories with a loss"] += 1
    TOLD["owner: stories"] += 1


def test_the_stories_were_told() -> None:
    """Otherwise the tests above could not fail; the soak prints this."""
    print(*(f"{what} {count:,}" for what, count in sorted(TOLD.items())), sep="\n")  # noqa: T201
    for where in ("memory", "files", "Google"):
        assert TOLD[f"{where}: acts"] > 20
        assert TOLD[f"{where}: clashes"] > 0
