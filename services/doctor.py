"""Is this copy set up right? One line a check: what was found, and how to put it right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

from services.access import ALONE, Viewer
from services.checkup import Check, check
from services.compute.reports import DistrictReport, ProvinceReport
from services.errors import AppError
from services.issues import each, reason
from services.pipeline import programme_of, province_report
from services.secrets_file import GoogleAccount
from services.settings import Settings
from services.store.base import SheetStore, Trouble
from services.store.chosen import store_of
from services.store.mirror import Mirror
from sheets_schema.loader import province
from sheets_schema.places import District

HOME = Path(__file__).parents[1]
FONTS = ("Sarabun-Regular.ttf", "Sarabun-SemiBold.ttf", "Sarabun-Bold.ttf")
LAYOUT = ("workbook_unreadable", "missing_tab", "header_missing", "header_twice")
"""Findings that say a workbook is not laid out as the product needs it."""
OF_THE_ACCOUNT: tuple[Trouble, ...] = ("no_key", "no_scope", "wrong_key", "api_disabled")


@dataclass(frozen=True)
class Source:
    """Where the data is, and a year's report on it.

    `report_of` raises AppError where the year's file, or the year's data, cannot be used.
    """

    store: SheetStore
    report_of: Callable[[int], ProvinceReport]


def examined(
    chosen: Settings, today: date, source: Source, viewer: Viewer = ALONE, home: Path = HOME
) -> list[Check]:
    """Every check: of this machine and copy, then of the data the viewer may see, year by year."""
    return [*_copy(today, home), *_data(chosen, source, viewer)]


def read_afresh(chosen: Settings, today: date) -> Source:
    """The store, read now."""
    store = store_of(chosen)

    def report_of(year: int) -> ProvinceReport:
        programme, day = programme_of(year, chosen), chosen.demo_day or today
        if isinstance(store, Mirror):
            store.refresh([year])
        return province_report(store, programme, day)

    return Source(store, report_of)


def _copy(today: date, home: Path) -> Iterator[Check]:
    """The machine's clock, the libraries, the fonts."""
    yield check("today", ok=True, today=today.isoformat())
    other = ", ".join(_other_versions(home / "requirements.txt"))
    yield check("libraries", ok=not other, which=other)
    absent = ", ".join(f for f in FONTS if not (home / "static" / "fonts" / f).is_file())
    yield check("fonts", ok=not absent, which=absent)


def _other_versions(requirements: Path) -> Iterator[str]:
    """Pinned libraries that are absent or of another version."""
    for line in requirements.read_text(encoding="utf-8").splitlines():
        name, pinned, version = line.strip().partition("==")
        found = _installed(name) if pinned else version
        if found != version:
            yield f"{name} {found} ≠ {version}"


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "–"


def _data(chosen: Settings, source: Source, viewer: Viewer) -> Iterator[Check]:
    try:
        years = source.store.years()
    except AppError as failure:
        yield check("data_folder", ok=False, why=failure.thai)
        return
    reports = {year: _report(source, year) for year in years}
    if chosen.google is None:
        folder = chosen.data if viewer.role == "alone" else "…"
        yield check("data_folder", ok=True, folder=folder)
        yield check("years", ok=bool(years), years=", ".join(map(str, years)))
    else:
        yield _account(chosen.google.account, source.store, years)
        yield from _hints(source.store)
    for year, report in reports.items():
        if isinstance(report, AppError):
            yield check("programme", str(year), ok=False, why=report.thai)
        else:
            yield check("programme", str(year), ok=True, year=year)
            yield from _workbooks(report, viewer, linked=chosen.google is not None)
            yield from _read_only(chosen, source.store, year, viewer)


def _report(source: Source, year: int) -> ProvinceReport | AppError:
    try:
        return source.report_of(year)
    except AppError as failure:
        return failure


def _account(account: GoogleAccount, store: SheetStore, years: Iterable[int]) -> Check:
    """Whether Google knows us; what it says to everything we ask is the account's trouble."""
    said = {ref.trouble for year in years for ref in store.workbooks(year)}
    wrong = next((trouble for trouble in OF_THE_ACCOUNT if trouble in said), None)
    blanks = {
        "email": account.email or reason("own_account"),
        "why": reason(wrong) if wrong else "",
        "cure": reason(f"{wrong}_fix") if wrong else "",
    }
    return check("google_account", ok=wrong is None, **blanks)


def _hints(store: SheetStore) -> Iterator[Check]:
    """Whether Drive tells what changed; else every spreadsheet is read again every five minutes."""
    wrong = store.hint_trouble if isinstance(store, Mirror) else None
    if wrong is not None:
        why, cure = reason(wrong), reason(f"{wrong}_fix")
        yield check("drive_hints", ok=False, why=why, cure=cure)


def _read_only(chosen: Settings, store: SheetStore, year: int, viewer: Viewer) -> Iterator[Check]:
    """One check per district whose sheet we may not write."""
    email = chosen.google.account.email if chosen.google else None
    for ref in store.workbooks(year):
        if ref.read_only and viewer.may_open(ref.district or ""):
            blanks = {"workbook": ref.name, "email": email or reason("own_account")}
            yield check("read_only", f"{year}:{ref.district}", ok=False, year=year, **blanks)


def _workbooks(report: ProvinceReport, viewer: Viewer, *, linked: bool) -> Iterator[Check]:
    """One check per district the viewer may open, and one per file that is no district's."""
    by_code = {one.district: one for one in report.districts if one.district}
    for district in province().districts:
        if viewer.may_open(district.code):
            yield _workbook(report.year, district, by_code.get(district.code), linked=linked)
    for stranger in report.districts:
        known = stranger.district in province().by_code
        if not known and viewer.may_open(stranger.district or ""):
            yield _layout(report.year, stranger.workbook, stranger)


def _workbook(
    year: int, district: District, report: DistrictReport | None, *, linked: bool
) -> Check:
    if report is not None:
        return _layout(year, district.code, report)
    of, place = f"{year}:{district.code}", {"code": district.code, "name": district.name}
    if linked:
        return check("no_link", of, ok=False, year=year, **place)
    return check("no_workbook", of, ok=False, year=year, **place)


def _layout(year: int, name: str, report: DistrictReport) -> Check:
    batches = [batch for batch in report.findings if batch.code in LAYOUT]
    wrong = list(each(batches, report.district, report.workbook))
    blanks = {
        "year": year,
        "workbook": report.workbook,
        "why": " · ".join(dict.fromkeys(issue.message for issue in wrong)),
        "cure": " · ".join(dict.fromkeys(issue.fix for issue in wrong)),
    }
    return check("workbook", f"{year}:{name}", ok=not wrong, **blanks)
