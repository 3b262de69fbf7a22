"""Reads Google's sheets once a minute, whoever looks: a page never waits for Google.

One thread of the process; pages only see that it lives.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic

from services.errors import AppError

EVERY_SECONDS = 60.0
LOG = logging.getLogger(__name__)


class Rounds:
    """Does `work` again and again; started anew if it ever broke off."""

    def __init__(self, work: Callable[[], None], every: float = EVERY_SECONDS) -> None:
        """Begin at rest."""
        self._work, self._every = work, every
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None
        self._started = float("-inf")
        self.first = threading.Event()

    def keep_going(self) -> None:
        """Start where nothing runs; what breaks off at once is not started at every page."""
        with self._lock:
            soon = monotonic() - self._started < self._every
            if not soon and (self._thread is None or not self._thread.is_alive()):
                self._started = monotonic()
                self._stop.clear()
                self._thread = threading.Thread(target=self._run, name="refresh", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End after the present round."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._work()
            except AppError as failure:
                # Only its kind: the text may name a place of this machine.
                LOG.warning("refresh failed: %s", type(failure).__name__)
            self.first.set()
            self._stop.wait(self._every)
