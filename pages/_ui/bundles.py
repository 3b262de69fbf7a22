"""A paper on the page: its preview and file, and one ZIP of all districts."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._ui import data
from pages._ui.language import plain, word
from pages._ui.traced import downloaded
from pages._ui.widgets import file_button, frame
from services.present.listing import Listing
from services.present.papers.offered import asked, notes
from services.present.papers.preview import preview
from services.present.papers.xlsx import workbook
from services.present.scope import Scope


def paper_shown(scope: Scope, name: str, district: str | None) -> None:
    """What the paper will say, what it lacks, and the file."""
    made = data.paper(scope, name, district)
    first = made[0]
    st.subheader(plain(first.title))
    st.caption(plain(" · ".join(first.subtitles)))
    file = f"{asked(scope, name, district).name}.xlsx"
    file_button(word("papers.download"), partial(workbook, made), file)
    frame(data.made(_previewed, scope, name, district))
    for note in notes(made):
        st.caption(plain(note))


def _previewed(scope: Scope, name: str, district: str | None) -> Listing:
    return Listing(preview(data.paper(scope, name, district)[0]))


def all_districts(whole: Scope, name: str, short: str) -> None:
    """Make the ZIP on demand, with progress; then offer it."""
    count = len(whole.districts)
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
