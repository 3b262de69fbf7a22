"""A local Google for the session, and an empty world in it for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.google.client import LocalGoogle, local_google


@pytest.fixture(scope="session")
def google_process() -> Iterator[LocalGoogle]:
    """The process, started once."""
    with local_google() as google:
        yield google


@pytest.fixture
def google(google_process: LocalGoogle) -> LocalGoogle:
    """An empty world."""
    google_process.reset()
    return google_process
