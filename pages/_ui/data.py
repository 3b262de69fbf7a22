"""What pages may ask for: of what was read, what the viewer may see; kept by view and viewer.

Keys are (view, data version, viewer, words chosen); never a table (Streamlit hashes only a sample
of large ones).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import date, datetime
from typing import TypeVar

import pandas as pd

from pages._ui import reading, who
from services.access import allowed
from services.checkup import Check
from services.compute.reports import Opened, ProvinceReport
from services.doctor import Source, examined
from services.history.record import prune as prune_history
from services.pipeline import open_workbooks
from services.present.listing import Listing
from services.present.overview import overview
from services.present.papers.bundle import bundle
from services.present.papers.offered import asked, filled
from services.present.papers.paper import Paper
from services.present.papers.xlsx import workbook
from services.present.programme import programme_table
from services.present.registers import Wanted, masked_headers, register_table
from services.present.scope import Scope
from services.present.traces import traces_table
from services.settings import today_in_bangkok
from services.traces import latest, prune
from sheets_schema.loader import province

T = TypeVar("T")
FIRST_ROUND_SECONDS = 8.0
MOST_TRACES = 200


def scope(year: int, report: ProvinceReport, at: datetime | None = None) -> Scope:
    """What this viewer may see of the report, which stood so at the moment."""
    viewer = who.viewer()
    codes = allowed(viewer, province().by_code)
    districts = tuple(district for district in province().districts if district.code in codes)
    seen = report if viewer.sees_all else report.of(codes)
    return Scope(seen, reading.programme(year), districts, viewer, at)


def today() -> date:
    """The day in Thailand now, by which workbooks are old."""
    return reading.today()


def is_copied() -> bool:
    """Whether the workbooks live elsewhere."""
    return reading.mirror() is not None


def is_demo() -> bool:
    """Whether the people in the data are invented."""
    return reading.chosen().is_demo


def made(make: Callable[..., T], of: Scope, *words: Hashable) -> T:
    """What the view's function makes of the scope, made once per content, viewer and words."""
    return _kept_view(make, of, words, lambda: make(of, *words))


def listed(make: Callable[..., pd.DataFrame], of: Scope, *words: Hashable) -> Listing:
    """The same of a view that is a table."""
    return _kept_view(make, of, ("listed", *words), lambda: Listing(make(of, *words)))


def _kept_view(
    make: Callable[..., object], of: Scope, words: tuple[Hashable, ...], view: Callable[[], T]
) -> T:
    return reading.memory(of.moment).views.get(_key(make, of, words), view)


def _key(make: Callable[..., object], of: Scope, words: tuple[Hashable, ...]) -> Hashable:
    """View, data version, viewer, and what was chosen."""
    districts = tuple(district.code for district in of.districts)
    return make, of.report.version, of.viewer, districts, words


def opened(of: Scope, district: str) -> Opened | None:
    """A district's workbook with its tables; None where it has none.

    Kept only if it still holds what the look has seen: a workbook may be saved in between.
    """
    known = of.of(district)
    if known is None:
        return None
    key = (of.report.year, of.report.as_of, district, known.digest)
    kept = reading.memory(of.moment).workbooks
    found: Opened | None = kept.at_hand(key)
    if found is None:
        fresh = open_workbooks(reading.store(of.moment), of.programme, of.report.as_of, district)
        found = next(iter(fresh), None)
        if found is not None and found.report.digest == known.digest:
            kept.keep(key, found)
    return found


def register(of: Scope, district: str, code: str, wanted: Wanted) -> Listing:
    """The wanted rows of a district's register, personal columns masked for whom they are not."""
    narrow = of.only(district)
    if wanted.search:  # somebody's words, perhaps a name: not kept
        return _register(narrow, code, wanted)
    return made(_register, narrow, code, wanted)


def _register(of: Scope, code: str, wanted: Wanted) -> Listing:
    district = next(iter(of.names), "")  # none where the viewer may not open it
    found, people = opened(of, district), of.viewer.sees_people(district)
    if found is None or found.history is None:
        return Listing(pd.DataFrame())
    table = found.history.facts.tables[code]
    rows = register_table(table, found.report.findings, wanted, people=people)
    return Listing(rows, masked_headers(table, people=people))


def paper(of: Scope, name: str, district: str | None) -> tuple[Paper, ...]:
    """A paper of a district, or of the whole province, as this viewer may see it."""
    return made(_paper, of, name, district)


def _paper(of: Scope, name: str, district: str | None) -> tuple[Paper, ...]:
    codes = [district] if district else [one.code for one in of.districts]
    found = tuple(one for code in codes if (one := opened(of, code)) is not None)
    people = all(of.viewer.sees_people(code) for code in codes)
    want = asked(of, name, district, sample=reading.chosen().is_demo)
    return filled(want, found, people=people)


def bundled(of: Scope, name: str, told: Callable[[int], None]) -> bytes:
    """The paper of every district in one ZIP; `told` hears how many are done."""

    def files() -> Iterator[tuple[str, bytes]]:
        for district in of.districts:
            file = f"{asked(of, name, district.code).name}.xlsx"
            yield file, workbook(paper(of, name, district.code))

    return _kept_view(bundled, of, (name,), lambda: bundle(files(), told))


def bundle_at_hand(of: Scope, name: str) -> bytes | None:
    """That ZIP if it was made already."""
    return reading.memory(of.moment).views.at_hand(_key(bundled, of, (name,)))


def checked() -> list[Check]:
    """The check-up, on what is read already."""
    source = Source(reading.store(), lambda year: reading.look(year).report)
    return examined(reading.chosen(), today_in_bangkok(), source, who.viewer())


def traces() -> Listing:
    """Who opened and downloaded what, newest first; only for who sets up."""
    shown = latest(reading.chosen().history, MOST_TRACES) if who.viewer().sets_up else []
    return Listing(traces_table(shown))


def programme_rows(of: Scope) -> Listing:
    """The year's programme as a table."""
    return listed(_programme_rows, of)


def _programme_rows(of: Scope) -> pd.DataFrame:
    return programme_table(of.programme)


def warm() -> None:
    """Read every year before the first viewer comes, and open the latest one's workbooks."""
    if reading.mirror() is not None:
        reading.ROUNDS.keep_going()
        reading.ROUNDS.first.wait(FIRST_ROUND_SECONDS)
    prune(reading.chosen().history, reading.now())
    prune_history(reading.chosen().history, reading.now())
    ready = [year for year in reading.years() if reading.is_ready(year)]
    for year in ready[:1]:
        districts = province().districts
        report = reading.look(year).report
        seen = Scope(report, reading.programme(year), districts, who.most_likely())
        made(overview, seen, reading.today())
        for district in districts:
            opened(seen, district.code)
