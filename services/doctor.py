"""Is this copy set up right? One line a check: what was found, and how to put it right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

from services.access import ALONE, Viewer
from services.compute.reports import DistrictReport, ProvinceReport
from services.errors import AppError
from services.issues import each
from services.pipeline import programme_of, province_report
from services.settings import Settings
from services.store.chosen import refreshed, store_of
from sheets_schema.checkup import checkup
from sheets_schema.loader import province
from sheets_schema.places import District

HOME = Path(__file__).parents[1]
FONTS = ("Sarabun-Regular.ttf", "Sarabun-SemiBold.ttf", "Sarabun-Bold.ttf")
LAYOUT = ("workbook_unreadable", "missing_tab", "header_missing", "header_twice")
"""Findings that say a workbook is not laid out as the product needs it."""


@dataclass(frozen=True)
class Check:
    """One line of the check-up; `fix` is blank where all is well."""

    id: str
    ok: bool
    message: str
    fix: str


ReportOf = Callable[[int], ProvinceReport]
"""A year's report; raises AppError where the year's file cannot be used."""


def examined(
    chosen: Settings, today: date, report_of: ReportOf, viewer: Viewer = ALONE, home: Path = HOME
) -> list[Check]:
    """Every check: of this machine and copy, then of the data the viewer may see, year by year."""
    return [*_copy(today, home), *_data(chosen, report_of, viewer)]


def read_afresh(chosen: Settings, today: date) -> ReportOf:
    """Reports read from the store now."""

    def report_of(year: int) -> ProvinceReport:
        programme, day = programme_of(year, chosen), chosen.demo_day or today
        return province_report(refreshed(chosen, year), programme, day)

    return report_of


def _check(code: str, of: str = "", /, *, ok: bool, **blanks: object) -> Check:
    words = checkup()[code]
    said = words.right if ok else words.wrong
    fix = "" if ok else words.fix.format(**blanks)
    return Check(f"{code}:{of}" if of else code, ok, said.format(**blanks), fix)


def _copy(today: date, home: Path) -> Iterator[Check]:
    """The machine's clock, the libraries, the fonts."""
    yield _check("today", ok=True, today=today.isoformat())
    other = ", ".join(_other_versions(home / "requirements.txt"))
    yield _check("libraries", ok=not other, which=other)
    absent = ", ".join(f for f in FONTS if not (home / "static" / "fonts" / f).is_file())
    yield _check("fonts", ok=not absent, which=absent)


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


def _data(chosen: Settings, report_of: ReportOf, viewer: Viewer) -> Iterator[Check]:
    store = store_of(chosen)
    try:
        years = store.years()
    except AppError as failure:
        yield _check("data_folder", ok=False, why=failure.thai)
        return
    folder = chosen.data if viewer.role == "alone" else "…"
    yield _check("data_folder", ok=True, folder=folder)
    yield _check("years", ok=bool(years), years=", ".join(map(str, years)))
    for year in years:
        try:
            report = report_of(year)
        except AppError as failure:
            yield _check("programme", str(year), ok=False, why=failure.thai)
        else:
            yield _check("programme", str(year), ok=True, year=year)
            yield from _workbooks(report, viewer)


def _workbooks(report: ProvinceReport, viewer: Viewer) -> Iterator[Check]:
    """One check per district the viewer may open, and one per file that is no district's."""
    by_code = {one.district: one for one in report.districts if one.district}
    for district in province().districts:
        if viewer.may_open(district.code):
            yield _workbook(report.year, district, by_code.get(district.code))
    for stranger in report.districts:
        known = stranger.district in province().by_code
        if not known and viewer.may_open(stranger.district or ""):
            yield _layout(report.year, stranger.workbook, stranger)


def _workbook(year: int, district: District, report: DistrictReport | None) -> Check:
    if report is None:
        place = {"year": year, "code": district.code, "name": district.name}
        return _check("no_workbook", f"{year}:{district.code}", ok=False, **place)
    return _layout(year, district.code, report)


def _layout(year: int, name: str, report: DistrictReport) -> Check:
    batches = [batch for batch in report.findings if batch.code in LAYOUT]
    wrong = list(each(batches, report.district, report.workbook))
    blanks = {
        "year": year,
        "workbook": report.workbook,
        "why": " · ".join(dict.fromkeys(issue.message for issue in wrong)),
        "cure": " · ".join(dict.fromkeys(issue.fix for issue in wrong)),
    }
    return _check("workbook", f"{year}:{name}", ok=not wrong, **blanks)
