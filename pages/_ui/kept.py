"""What a process remembers of one store, for all its viewers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Lock

from pages._ui.views import Views
from services.compute.reports import DistrictReport, ProvinceReport
from services.errors import AppError
from services.settings import BANGKOK
from services.store.base import SheetStore

VIEWS_KEPT, WORKBOOKS_KEPT = 400, 18
TRY_AGAIN_SECONDS = 15.0


@dataclass(frozen=True, eq=False)
class Look:
    """The province as last read; `failure` where this look found the store unreachable.

    `is_demo`: its people are invented.
    """

    report: ProvinceReport
    read_at: datetime
    is_demo: bool
    failure: AppError | None = None


@dataclass
class Kept:
    """What this process remembers of one store.

    Reports by workbook, the last good look of a year, what pages made of them, opened workbooks.
    """

    store: SheetStore
    known: dict[tuple[int, date, str], DistrictReport] = field(default_factory=dict)
    good: dict[int, Look] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    views: Views = field(default_factory=lambda: Views(VIEWS_KEPT))
    workbooks: Views = field(default_factory=lambda: Views(WORKBOOKS_KEPT))
    read: dict[tuple[int, str], DistrictReport] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    tried_at: float = 0.0

    def forget(self, day: date, now: float) -> None:
        """Drop reports of other days and, now and then, those that could not be read.

        A file that somebody's machine held for a moment is not changed by it: it is tried again.
        """
        again = now - self.tried_at > TRY_AGAIN_SECONDS
        for key, report in list(self.known.items()):
            if key[1] != day or (again and not report.readable):
                del self.known[key]
        if again:
            self.tried_at = now

    def with_last_read(self, report: ProvinceReport) -> ProvinceReport:
        """The report, with districts that cannot be read now as they were last read.

        Why they cannot be read now stays among their findings.
        """
        shown = []
        for one in report.districts:
            key = (report.year, one.district or one.workbook)
            last = self.read.get(key)
            if one.readable:
                when = one.read_at or datetime.now(BANGKOK)
                self.read[key] = replace(one, read_at=when)
            elif last is not None and one.district is not None:
                findings, digest = (*one.findings, *last.findings), f"{last.digest} {one.digest}"
                one = replace(last, findings=findings, digest=digest, stale=True)  # noqa: PLW2901
            shown.append(one)
        return replace(report, districts=tuple(shown))
