"""What any test may ask for: a local Google. And no test speaks beyond this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.google.client import LocalGoogle, local_google
from tests.support.guard import sitecustomize

GUARD = Path(__file__).parent / "support" / "guard"


@pytest.fixture(autouse=True, scope="session")
def _nothing_leaves_this_machine() -> Iterator[None]:
    """pytest-socket refuses connections; this refuses names and datagrams too.

    Processes that a test starts are guarded by the same lines, as Python's own start-up file.
    """
    with pytest.MonkeyPatch.context() as patch:
        sitecustomize.guard(patch.setattr)
        paths = os.pathsep.join([str(GUARD), *filter(None, [os.environ.get("PYTHONPATH")])])
        patch.setenv("PYTHONPATH", paths)
        yield


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
