"""A paper on the page: its preview and file, and one ZIP of all districts."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._ui import data
from pages._ui.frame import Selected
from pages._ui.language import plain, word
from pages._ui.traced import downloaded
from pages._ui.widgets import file_button, frame
from services.present.listing import Listing
from services.present.outcomes import without_consent
from services.present.papers.offered import asked, notes, prints_people
from services.present.papers.preview import preview
from services.present.papers.xlsx import workbook
from services.present.scope import Scope


def paper_shown(scope: Scope, name: str, district: str | None) -> None:
    """What the paper will say, what it lacks, and the file."""
    made = data.paper(scope, name, district)
    first = made[0]
    st.subheader(plain(first.title))
    st.caption(plain(" · ".join(first.subtitles)))
    _tell_consent(scope, name, "paper")
    file = f"{asked(scope, name, district).name}.xlsx"
    file_button(word("papers.download"), partial(workbook, made), file)
    frame(data.made(_previewed, scope, name, district))
    for note in notes(made):
        st.caption(plain(note))


def _tell_consent(scope: Scope, name: str, which: str) -> None:
    """How many households that a file names have not agreed to it; whoever takes it decides."""
    lacking, households = data.made(without_consent, scope)
    if lacking and prints_people(scope, name):
        counts = {"count": f"{lacking:,}", "all": f"{households:,}"}
        st.markdown(f":material/info: {word(f'papers.{which}_without_consent', **counts)}")


def _previewed(scope: Scope, name: str, district: str | None) -> Listing:
    return Listing(preview(data.paper(scope, name, district)[0]))


def all_districts(selected: Selected, name: str, short: str) -> None:
    """Make the ZIP on demand, with progress; then offer it."""
    whole = selected.whole
    count = len(whole.districts)
    if count > len(selected.scope.districts):
        _tell_consent(whole, name, "bundle")
    if st.button(word("papers.bundle", short=short, count=count), icon=":material/folder_zip:"):
        bar = st.progress(0.0, text=word("papers.bundling", done=0, count=count))

        def told(done: int) -> None:
            bar.progress(done / count, text=word("papers.bundling", done=done, count=count))

        data.bundled(whole, name, told)
        bar.empty()
    ready = data.bundle_at_hand(whole, name)
    if ready is not None:
        file = f"{short} {whole.programme.year} ทุกอำเภอ.zip"
        st.download_button(
            word("papers.bundle_ready"),
            downloaded(partial(bytes, ready), file),
            file,
            "application/zip",
            icon=":material/download:",
            on_click="ignore",
        )
