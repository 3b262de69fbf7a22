"""Workbooks kept in memory, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.errors import DataFolderError
from services.store.base import RawTab, RawWorkbook, WorkbookRef


@dataclass
class MemoryStore:
    """`by_year` maps year -> district -> tabs; the stamp is the tabs' identity."""

    by_year: Mapping[int, Mapping[str, tuple[RawTab, ...]]]

    def years(self) -> tuple[int, ...]:
        """The years given, latest first."""
        return tuple(sorted(self.by_year, reverse=True))

    def workbooks(self, year: int) -> tuple[WorkbookRef, ...]:
        """One workbook per district, in district order."""
        if year not in self.by_year:
            raise DataFolderError(str(year))
        return tuple(
            WorkbookRef(district, f"{district}.xlsx", str(id(tabs)))
            for district, tabs in sorted(self.by_year[year].items())
        )

    def read(self, ref: WorkbookRef, year: int, *, unless: str | None = None) -> RawWorkbook | None:
        """The tabs as given."""
        if unless == ref.stamp or ref.district is None:
            return None
        return RawWorkbook(ref, ref.stamp, self.by_year[year][ref.district])
