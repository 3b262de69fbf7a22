"""The line in one place: one workbook to its report, and the province as a merge of reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from multiprocessing import get_context

from services.checks import run_checks
from services.compute.debt_figures import debt_figures, unread_debts
from services.compute.debt_history import DebtHistory
from services.compute.facts import Facts
from services.compute.indicators import indicator_parts
from services.compute.outcomes import outcomes
from services.compute.readiness import readiness_ranks
from services.compute.reporting import expected_reports
from services.compute.reports import DistrictReport, Opened, ProvinceReport
from services.compute.rollup import tally
from services.compute.seen import Seen
from services.compute.steps import progress
from services.errors import ProgrammeError, UnknownYearError
from services.issues import Findings, reason
from services.normalise.workbook import normalise_workbook
from services.settings import Settings
from services.store.base import RawWorkbook, SheetStore, WorkbookRef
from services.store.digest import cells_digest
from sheets_schema import loader
from sheets_schema.model import Programme


def programme_of(year: int, chosen: Settings) -> Programme:
    """The year's programme.

    Raises:
        UnknownYearError: no file for the year. ProgrammeError: the file is wrong.
    """
    try:
        return loader.programme(year, chosen.programmes)
    except KeyError as unknown:
        raise UnknownYearError(year, unknown.args[1]) from unknown
    except loader.SchemaError as mistake:
        raise ProgrammeError(year, str(mistake)) from mistake


@dataclass(frozen=True)
class Job:
    """One workbook to work through; `unless` is a content already known."""

    store: SheetStore
    ref: WorkbookRef
    programme: Programme
    as_of: date
    unless: str | None = None


Runner = Callable[
    [Callable[[Job], DistrictReport | None], Iterable[Job]], list[DistrictReport | None]
]
"""Maps the one function over workbooks: in turn, in processes, or on more machines."""


def serial(
    work: Callable[[Job], DistrictReport | None], jobs: Iterable[Job]
) -> list[DistrictReport | None]:
    """One workbook after the other."""
    return [work(job) for job in jobs]


def in_processes(workers: int) -> Runner:
    """Several workbooks at once, each whole in one process (spawned: a fork may inherit a lock)."""

    def run(
        work: Callable[[Job], DistrictReport | None], jobs: Iterable[Job]
    ) -> list[DistrictReport | None]:
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            return list(pool.map(work, jobs))

    return run


def district_report(job: Job) -> DistrictReport | None:
    """Read, check and compute one workbook; None if its content is still `job.unless`."""
    raw = job.store.read(job.ref, job.programme.year, unless=job.unless)
    return None if raw is None else opened(raw, job.ref, job.programme, job.as_of).report


def opened(raw: RawWorkbook, ref: WorkbookRef, programme: Programme, as_of: date) -> Opened:
    """A workbook as read, worked through: its report and its tables."""
    trouble = _trouble(raw)
    district = ref.district
    if district is None or (trouble and not raw.tabs):
        unreadable = DistrictReport(
            district,
            ref.name,
            ref.stamp,
            raw.digest,
            readable=False,
            findings=trouble,
            debts=unread_debts(ref.name),
        )
        return Opened(unreadable)
    tables, problems = normalise_workbook(raw, district, programme)
    history, register = DebtHistory(Facts(tables, programme, as_of)), tables["centres"]
    centres, results = progress(history.facts), outcomes(history)
    seen = Seen(history, centres, results)
    found = run_checks(seen)
    report = DistrictReport(
        district,
        ref.name,
        ref.stamp,
        raw.digest,
        readable=True,
        findings=(*trouble, *problems, *found),
        centres=centres,
        outcomes=results,
        villages=readiness_ranks(history.facts),
        tally=tally(centres),
        debts=debt_figures(history),
        several_funds=history.funds_owed.several,
        no_centres=register.declared_none if register.can_read("centre_id") else None,
        parts=indicator_parts(seen),
        expected=expected_reports(history.facts),
    )
    return Opened(report, history)


def open_workbooks(
    store: SheetStore, programme: Programme, as_of: date, district: str | None = None
) -> tuple[Opened, ...]:
    """The year's workbooks with their tables, or the one of a district: what papers are made from.

    Raises:
        StoreError: the store or its year is not there.
    """
    refs = store.workbooks(programme.year)
    wanted = [ref for ref in refs if district is None or ref.district == district]
    jobs = (Job(store, ref, programme, as_of) for ref in wanted)
    raws = ((job, store.read(job.ref, programme.year)) for job in jobs)
    return tuple(
        replace(opened(raw, job.ref, programme, as_of), cells=cells_digest(raw.tabs))
        for job, raw in raws
        if raw is not None
    )


def _trouble(raw: RawWorkbook) -> tuple[Findings, ...]:
    """The one finding of a workbook that is unreadable, or open elsewhere."""
    if raw.trouble is None:
        return ()
    words = {"why": reason(raw.trouble), "cure": reason(f"{raw.trouble}_fix")}
    return (Findings("workbook_unreadable", details=[words]),)


Known = MutableMapping[tuple[int, date, str], DistrictReport]
"""Reports kept from an earlier run, by year, day and the workbook's name."""


def province_report(
    store: SheetStore,
    programme: Programme,
    as_of: date,
    *,
    runner: Runner = serial,
    known: Known | None = None,
) -> ProvinceReport:
    """The year's province; workbooks in `known` that have not changed are not read again.

    Raises:
        StoreError: the store or its year is not there.
    """
    refs = store.workbooks(programme.year)
    kept: Known = {} if known is None else known
    key = partial(_key, programme.year, as_of)
    reports = {ref.name: kept[key(ref)] for ref in refs if key(ref) in kept}
    changed = [ref for ref in refs if _stamp(reports.get(ref.name)) != ref.stamp]
    jobs = [Job(store, ref, programme, as_of, _digest(reports.get(ref.name))) for ref in changed]
    for ref, fresh in zip(changed, runner(district_report, jobs), strict=True):
        reports[ref.name] = kept[key(ref)] = reports[ref.name] if fresh is None else fresh
    for ref in refs:
        report = reports[ref.name]
        if (report.stamp, report.modified, report.read_at) != (
            ref.stamp,
            ref.modified,
            ref.read_at,
        ):
            reports[ref.name] = kept[key(ref)] = _as_listed(report, ref)
    return ProvinceReport(programme.year, as_of, tuple(reports[ref.name] for ref in refs))


def _as_listed(report: DistrictReport, ref: WorkbookRef) -> DistrictReport:
    """What its store says of the workbook now, beside its content."""
    stale = ref.read_at is not None and ref.trouble is not None
    return replace(report, stamp=ref.stamp, modified=ref.modified, read_at=ref.read_at, stale=stale)


def _key(year: int, as_of: date, ref: WorkbookRef) -> tuple[int, date, str]:
    return year, as_of, ref.name


def _stamp(report: DistrictReport | None) -> str | None:
    return report.stamp if report else None


def _digest(report: DistrictReport | None) -> str | None:
    return report.digest if report else None
