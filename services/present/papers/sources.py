"""What a paper rests on: the workbooks of its districts, their snapshot and their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from services.compute.debt_history import DebtHistory
from services.compute.reports import Opened
from services.issues import reason
from services.present.papers.paper import Asked, by_key
from services.present.papers.thai_words import thai_numerals
from sheets_schema.loader import province

SNAPSHOT_DIGITS = 12


@dataclass(frozen=True, eq=False)
class Sources:
    """The workbooks at hand by district (None: files of no known district)."""

    asked: Asked
    opened: Mapping[str | None, Opened]

    def history(self, district: str) -> DebtHistory | None:
        """The district's tables; None where there is no workbook, or none that can be read."""
        found = self.opened.get(district)
        return None if found is None else found.history

    @property
    def snapshot(self) -> str:
        """First digits of a hash of the cells the paper rests on, its year and its day."""
        used = [self.opened[code] for code in self.asked.districts if code in self.opened]
        digests = [f"{o.report.district}:{o.cells if o.report.readable else ''}" for o in used]
        named = [str(self.asked.programme.year), self.asked.as_of.isoformat(), *digests]
        return sha256("\n".join(named).encode()).hexdigest()[:SNAPSHOT_DIGITS]

    @property
    def subtitles(self) -> tuple[str, ...]:
        """Place, centre and fiscal year."""
        place, district = province(), self.asked.district
        where = reason("paper_province", province=place.name)
        if self.asked.only:
            several = ", ".join(place.by_code[code].name for code in self.asked.only)
            where = reason("paper_district", district=several, province=place.name)
        if district is not None:
            names = {"district": place.by_code[district].name, "province": place.name}
            where = reason("paper_district", **names)
        year = reason("paper_year", year=thai_numerals(self.asked.programme.year))
        sample = (reason("paper_sample"),) if self.asked.sample else ()
        return (where, *self._centre(), year, *sample)

    def _centre(self) -> tuple[str, ...]:
        """The centre the paper is narrowed to."""
        district, centre = self.asked.district, self.asked.centre
        history = None if district is None else self.history(district)
        if centre is None or history is None:
            return ()
        name = by_key(history.facts.tables["centres"], "centre_name").get(centre)
        return (f"{name or self.asked.programme.body} ({centre})",)
