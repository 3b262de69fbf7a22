"""What one workbook comes to, and the province as a merge of such reports."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, reduce
from hashlib import blake2b

from services.compute.debt_figures import DebtFigures
from services.compute.debt_history import DebtHistory
from services.compute.indicators import IndicatorFigure, Parts, indicators
from services.compute.outcomes import HouseholdOutcome, OutcomeTotals, total
from services.compute.readiness import Village
from services.compute.reporting import ExpectedReport, silent_reports
from services.compute.rollup import Tally
from services.compute.several_funds import OwesSeveral, SeveralFunds
from services.compute.steps import CentreProgress
from services.issues import Findings, Issue, each, in_reading_order
from sheets_schema.loader import messages, province
from sheets_schema.model import Programme
from sheets_schema.wording import Severity


@dataclass(frozen=True, eq=False)
class DistrictReport:
    """One workbook's figures, small enough to merge, and its findings in batches.

    `district` is None where the file's name does not say it; `stamp` and `digest` tell whether the
    workbook is still the one that was read, `modified` when it was last saved, `read_at` when the
    copy that is shown was read. `stale`: it cannot be read now; this is what it last held.
    `no_centres`: whether the district declares that it has none; None where the register of centres
    cannot be read.
    """

    district: str | None
    workbook: str
    stamp: str
    digest: str
    readable: bool
    findings: tuple[Findings, ...]
    centres: tuple[CentreProgress, ...] = ()
    outcomes: tuple[HouseholdOutcome, ...] = ()
    villages: tuple[Village, ...] = ()
    tally: Tally = field(default_factory=Tally)
    debts: DebtFigures = field(default_factory=DebtFigures)
    several_funds: SeveralFunds | None = None
    no_centres: bool | None = None
    parts: Parts = field(default_factory=dict)
    expected: tuple[ExpectedReport, ...] = ()
    modified: datetime | None = None
    read_at: datetime | None = None
    stale: bool = False

    def issues(self) -> Iterator[Issue]:
        """Every finding by itself."""
        return each(self.findings, self.district, self.workbook)

    def count(self, severity: Severity) -> int:
        """How many findings of this severity."""
        known = messages()
        return sum(len(f) for f in self.findings if known[f.code].severity == severity)


@dataclass(frozen=True, eq=False)
class Opened:
    """A workbook's report, and the tables it was made from; none where it was unreadable.

    `cells` names what stood in its cells, the same whether it is a file or a sheet online.
    """

    report: DistrictReport
    history: DebtHistory | None = None
    cells: str = ""


@dataclass(frozen=True, eq=False)
class ProvinceReport:
    """The year's workbooks together, in district order."""

    year: int
    as_of: date
    districts: tuple[DistrictReport, ...]

    @cached_property
    def version(self) -> str:
        """Changes whenever some workbook was saved, or others are looked at."""
        names = "+".join(f"{r.workbook}:{r.digest}:{r.modified}" for r in self.districts)
        return blake2b(f"{self.year} {self.as_of} {names}".encode(), digest_size=16).hexdigest()

    def of(self, districts: Collection[str]) -> ProvinceReport:
        """The same of these districts only; workbooks of no known district are left out."""
        kept = tuple(report for report in self.districts if report.district in districts)
        return replace(self, districts=kept)

    def issues(self) -> list[Issue]:
        """Every finding of every district, errors first."""
        return in_reading_order(i for district in self.districts for i in district.issues())

    def tally(self) -> Tally:
        """Centres by state, step and place."""
        return reduce(Tally.__add__, (district.tally for district in self.districts), Tally())

    def totals(self) -> OutcomeTotals:
        """Outcomes of all households."""
        return total(tuple(h for district in self.districts for h in district.outcomes))

    def several_funds(self) -> Iterator[OwesSeveral]:
        """Every household that owes several funds."""
        for district in self.districts:
            if district.several_funds is not None:
                yield from district.several_funds.each()

    def debts(self) -> DebtFigures:
        """Debts of all workbooks in sum."""
        return reduce(
            DebtFigures.__add__, (district.debts for district in self.districts), DebtFigures()
        )

    def indicators(
        self, programme: Programme, *, whole: bool = True
    ) -> tuple[IndicatorFigure, ...]:
        """The year's indicators; a district's unreadable workbook leaves them undecided.

        `whole`: these are all the province's districts, not some of them.
        """
        unread = {one.district for one in self.districts if not one.readable} - {None}
        read = [one.parts for one in self.districts if one.readable]
        return indicators(programme, (*read, *[None] * len(unread)), whole=whole)

    def expected_reports(self, programme: Programme) -> tuple[ExpectedReport, ...]:
        """Every report expected in the province, also of districts without a readable workbook."""
        told = {one.district: one.expected for one in self.districts if one.readable}
        return tuple(
            report
            for code in province().by_code
            for report in (told[code] if code in told else silent_reports(programme, code))
        )
