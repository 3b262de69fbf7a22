"""What a visitor is in the middle of, until it is saved; only here a session is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from services.writeback.draft import Draft, Grid, grid

MOST_ROWS = 300
TOLD = "told"


@dataclass
class Work:
    """A draft in hand: the grid the editor shows began as `begun`; `steps` are what undo gives."""

    begun: Draft
    draft: Draft
    shown: Grid
    search: str = ""
    turn: int = 0
    steps: list[Draft] = field(default_factory=list)

    @classmethod
    def on(cls, draft: Draft, search: str) -> Work:
        """Nothing is typed yet."""
        return cls(draft, draft, grid(draft, search, MOST_ROWS), search)

    @property
    def key(self) -> str:
        """The editor's key: another grid is another editor."""
        return f"editor {self.begun.id} {self.turn}"

    @property
    def stands(self) -> bool:
        """Whether the editor is still the one that was shown; leaving the page ends it."""
        return self.key in st.session_state

    @property
    def state(self) -> Mapping[str, Any]:
        """What was done to the grid."""
        done: Mapping[str, Any] = st.session_state[self.key]
        return done

    def anew(self, draft: Draft, search: str) -> None:
        """Show the draft in a new grid; the rows may stand otherwise, the draft does not change."""
        self.begun = self.draft = draft
        self.search, self.turn = search, self.turn + 1
        self.shown = grid(draft, search, MOST_ROWS)


def in_hand(name: str) -> Work | None:
    """The work of that name."""
    work: Work | None = st.session_state.get(name)
    return work


def take(name: str, work: Work) -> Work:
    """Have it in hand."""
    st.session_state[name] = work
    return work


def put_down(name: str) -> None:
    """It is saved, or not wanted any more."""
    st.session_state.pop(name, None)


def tell(about: str, what: object) -> None:
    """For the next run of the page."""
    st.session_state[f"{TOLD} {about}"] = what


def told(about: str, *, once: bool = False) -> Any:  # noqa: ANN401 – whatever was told
    """What was told; with `once`, not again."""
    name = f"{TOLD} {about}"
    return st.session_state.pop(name, None) if once else st.session_state.get(name)
