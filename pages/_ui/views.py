"""A small memory of what pages made, shared by all viewers; the oldest unused goes first.

Streamlit's own caches look through every argument anew (0.6 ms a view); here a key is a few words.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Views:
    """Holds at most `most` things by their key."""

    def __init__(self, most: int) -> None:
        """Begin with none."""
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under the key, else what `make` gives; two at once may make it twice."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast("T", self._kept[key])
        made = make()
        self.keep(key, made)
        return made

    def keep(self, key: Hashable, made: object) -> None:
        """Keep it; what was not asked for longest goes."""
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def at_hand(self, key: Hashable) -> Any | None:  # noqa: ANN401 – whatever was kept
        """What is kept under the key, or None."""
        with self._lock:
            return self._kept.get(key)

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()
