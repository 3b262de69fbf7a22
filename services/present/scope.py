"""What a page speaks of: a year's report as its viewer may see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from services.access import ALONE, Viewer
from services.compute.reports import DistrictReport, ProvinceReport
from sheets_schema.loader import province
from sheets_schema.model import Programme
from sheets_schema.places import District


@dataclass(frozen=True, eq=False)
class Scope:
    """The report of `districts`, in the province's order; a district may have no workbook.

    Who may see the whole province also sees findings of files that are no district's. `viewer` is
    whom all of this is for; `moment` when it stood so, None for now.
    """

    report: ProvinceReport
    programme: Programme
    districts: tuple[District, ...]
    viewer: Viewer = ALONE
    moment: datetime | None = None

    def of(self, code: str) -> DistrictReport | None:
        """The district's report; None without a workbook."""
        return next((found for found in self.report.districts if found.district == code), None)

    def only(self, code: str | None) -> Scope:
        """The same of one district; as it is for None."""
        if code is None:
            return self
        chosen = tuple(district for district in self.districts if district.code == code)
        return replace(self, report=self.report.of({code}), districts=chosen)

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole province."""
        return len(self.districts) == len(province().districts)

    def place(self, report: DistrictReport) -> str:
        """The district's name; of a file that is no district's, the file's."""
        return self.names.get(report.district or "", report.workbook)

    @property
    def without_workbook(self) -> tuple[str, ...]:
        """Names of the districts that have none: no figure holds anything of theirs."""
        return tuple(one.name for one in self.districts if self.of(one.code) is None)

    @property
    def unreadable(self) -> tuple[str, ...]:
        """Names of the districts whose workbook cannot be read: nor of theirs."""
        reports = ((one.name, self.of(one.code)) for one in self.districts)
        return tuple(name for name, report in reports if report and not report.readable)

    @property
    def names(self) -> dict[str, str]:
        """District code -> name."""
        return {district.code: district.name for district in self.districts}
