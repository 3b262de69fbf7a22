"""What any test may ask for: a local Google. And no test speaks beyond this machine."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest

from tests.support.google.client import LocalGoogle, local_google

NUMERIC = re.compile(r"[0-9.]+|[0-9a-fA-F:]+")


@pytest.fixture(autouse=True, scope="session")
def _no_name_is_looked_up_elsewhere() -> Iterator[None]:
    """pytest-socket refuses connections; this refuses the question that comes before them."""
    looked_up = socket.getaddrinfo

    def only_here(host: object, *rest: object, **more: object) -> object:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in ("localhost", None) and not NUMERIC.fullmatch(str(name)):
            message = "a test looked up a name beyond this machine"
            raise AssertionError(message)
        return looked_up(host, *rest, **more)  # type: ignore[arg-type]  # passed on as given

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", only_here)
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
