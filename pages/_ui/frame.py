"""Every page's frame: heading, year and district, what the data is; a failure is one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from pages._ui import data, reading, who
from pages._ui.freshness import freshness, moment, never_read
from pages._ui.gate import let_in
from pages._ui.kept import Look
from pages._ui.language import plain, word
from pages._ui.past import choose_moment
from pages._ui.traced import opened
from services.access import Viewer
from services.errors import AppError, StoreError
from services.present.scope import Scope
from services.present.words import day_in_thai

STYLE = """<style>
[data-testid=stMainBlockContainer] {padding-top: 3rem}
[data-testid=stCaptionContainer] {color: #4a5560; opacity: 1}
[data-testid=stMetric] * {overflow: visible; white-space: normal; line-height: 1.55}
</style>"""
"""Less empty space above; small words dark enough to read; no tone mark or lower vowel cut off."""


@dataclass(frozen=True, eq=False)
class Selected:
    """What the viewer chose: `whole` is all they may see, `scope` the chosen district of it."""

    year: int
    whole: Scope
    district: str | None
    viewer: Viewer

    @property
    def scope(self) -> Scope:
        """The chosen district, or all of them."""
        return self.whole.only(self.district)

    @property
    def may_edit(self) -> bool:
        """Whether the viewer may change the chosen district's registers; what is past, nobody."""
        is_now = self.whole.moment is None
        return is_now and self.district is not None and self.viewer.may_edit(self.district)


@contextmanager
def page(name: str, first: Callable[[], None] | None = None) -> Iterator[Selected]:
    """Show the heading and the selectors; turn an AppError into a sentence.

    `first` is shown in any case, also where there is no data.
    """
    st.html(STYLE)
    st.title(word(f"{name}.title"))
    try:
        let_in()
        if first is not None:
            first()
        selected = _selected()
        opened(name, f"{selected.year} {selected.district or ''}".strip())
        yield selected
    except AppError as failure:
        st.error(_told(failure), icon=":material/error:")
        st.stop()


def _selected() -> Selected:
    viewer = who.viewer()
    if viewer.role == "district_editor" and not viewer.districts:
        _stop(word("frame.no_district"))
    at, years = choose_moment(), reading.years()
    left, middle, right = st.columns([1, 2, 5], vertical_alignment="bottom")
    if not years:
        _stop(word("frame.no_workbooks"))
    _say_what_is_unknown("year", map(str, years))
    usual = years.index(reading.usual_year(years))
    year = left.selectbox(word("frame.year"), years, index=usual, key="year", bind="query-params")
    look = reading.look(year, at)
    whole = data.scope(year, look.report, at)
    names = whole.names
    _say_what_is_unknown("district", names.values())
    district = middle.selectbox(
        word("frame.district"),
        list(names),
        index=0 if len(names) == 1 else None,
        placeholder=word("frame.all_districts"),
        format_func=names.__getitem__,
        key="district",
        bind="query-params",
    )
    right.markdown(_what_this_is(look, draft=whole.programme.is_draft))
    if look.failure is not None:
        when = moment(look.read_at)
        st.warning(
            f"{_told(look.failure)} {word('frame.last_good', when=when)}",
            icon=":material/history:",
        )
    if not whole.report.districts:
        _stop(word("frame.no_workbooks_of_year", year=year))
    chosen = Selected(year, whole, district, viewer)
    if at is None:
        freshness(chosen.scope)
    _say_what_is_absent(chosen.scope)
    return chosen


def _say_what_is_absent(scope: Scope) -> None:
    """Districts that no figure of the page holds, and those shown as they were last read."""
    stale = [
        f"{scope.place(one)} ({moment(one.read_at)})"
        for one in scope.report.districts
        if one.stale and one.read_at
    ]
    lines = []
    if scope.without_workbook:
        lines.append(word("frame.without", districts=", ".join(scope.without_workbook)))
    waiting = never_read(scope)
    unreadable = [name for name in scope.unreadable if name not in waiting]
    if unreadable:
        lines.append(word("frame.unreadable", districts=", ".join(unreadable)))
    if stale:
        lines.append(word("frame.stale", districts=", ".join(stale)))
    if lines:
        st.warning("  \n".join(lines), icon=":material/warning:")


def _what_this_is(look: Look, *, draft: bool) -> str:
    sample = f":orange-badge[{word('frame.sample')}] " if look.is_demo else ""
    local = f":violet-badge[{word('frame.simulated')}] " if reading.chosen().is_simulated else ""
    ours = f":gray-badge[{word('frame.draft')}] " if draft else ""
    badges = f"{local}{sample}{ours}"
    day = word("frame.as_of", day=day_in_thai(look.report.as_of))
    return f"{badges}  \n{day}" if badges else day


def _say_what_is_unknown(key: str, known: Iterable[str]) -> None:
    """A word of the address that means nothing is told, not passed over."""
    asked = st.query_params.get(key)
    if asked and asked not in (accepted := tuple(known)):
        st.warning(word(f"frame.unknown_{key}", asked=plain(asked), known=", ".join(accepted)))


def _stop(sentence: str) -> NoReturn:
    st.info(sentence, icon=":material/info:")
    st.stop()


def _told(failure: AppError) -> str:
    """The sentence; where a folder of this machine is named, only to whoever sits at it."""
    if isinstance(failure, StoreError) and not who.viewer().sets_up:
        return word("frame.store_away")
    return plain(failure.thai)
