"""The only caches: reports by workbook version, chart specs by data version."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from services.compute.reports import DistrictReport, ProvinceReport
from services.pipeline import programme_of, province_report
from services.present.charts import steps_by_district
from services.settings import Settings, settings, today_in_bangkok
from services.store.xlsx_folder import XlsxFolder
from sheets_schema.model import Programme


@st.cache_resource(show_spinner=False)
def _known(folder: str) -> dict[tuple[int, date, str], DistrictReport]:
    """Reports kept for all viewers of one folder; a changed workbook replaces its own."""
    del folder  # the cache's key
    return {}


def chosen() -> Settings:
    """This run's settings."""
    return settings()


def as_of() -> date:
    """The day figures are for: today in Thailand, or the demo's own day."""
    return chosen().demo_day or today_in_bangkok()


def years() -> tuple[int, ...]:
    """Fiscal years that have workbooks, latest first."""
    return XlsxFolder(chosen().data).years()


def programme(year: int) -> Programme:
    """The year's programme."""
    return programme_of(year, chosen())


def report(year: int) -> ProvinceReport:
    """The province; only workbooks that changed since the last look are read."""
    folder = chosen().data
    known = _known(str(folder.resolve()))
    return province_report(XlsxFolder(folder), programme(year), as_of(), known=known)


@st.cache_data(show_spinner=False)
def _steps_spec(version: str, _report: ProvinceReport, _programme: Programme) -> dict[str, Any]:
    del version  # the cache's key
    return steps_by_district(_report, _programme).to_dict()


def steps_spec(year: int) -> dict[str, Any]:
    """The chart of steps by district, drawn once per content of the workbooks."""
    current = report(year)
    return _steps_spec(f"{year} {current.as_of} {current.version}", current, programme(year))


def warm() -> None:
    """Build what the pages need of the latest year, before the first viewer comes.

    Called outside a script's run: a cache with a spinner would warn here (`show_spinner=False`).
    """
    for year in years()[:1]:
        steps_spec(year)
