"""A folder of workbooks, put into a local Google as an office's spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from services.store.xlsx_folder import XlsxFolder
from tests.support.google.books import add_workbook, key
from tests.support.google.client import LocalGoogle

Links = Mapping[int, Mapping[str, str]]


def add_province(google: LocalGoogle, folder: Path) -> Links:
    """Every readable workbook of every year; the links an office would paste."""
    store, links = XlsxFolder(folder), dict[int, dict[str, str]]()
    for year in store.years():
        links[year] = {}
        for ref in store.workbooks(year):
            book = store.read(ref, year)
            if book is not None and ref.district is not None and book.trouble is None:
                title = ref.name.removesuffix(".xlsx")
                sheet_id = add_workbook(google, title, book.tabs)
                links[year][ref.district] = (
                    f"https://docs.google.com/spreadsheets/d/{sheet_id}/edit#gid=0"
                )
    return links


def write_secrets(
    place: Path, google: LocalGoogle, links: Links, sample_day: date | None = None
) -> Path:
    """The secrets an office would write, with the local server in Google's place."""
    day = "" if sample_day is None else f"sample_day = {sample_day.isoformat()}\n"
    tables = [f'[google]\napi_root = "{google.address}"\n{day}']
    for year, districts in links.items():
        lines = [f'{code} = "{link}"' for code, link in districts.items()]
        tables.append("\n".join([f"[google.years.{year}]", *lines]))
    told = [f"{name} = {_quoted(value)}" for name, value in key().items()]
    tables.append("\n".join(["[google.service_account]", *told]))
    place.write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    return place


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
