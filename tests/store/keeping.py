"""The same tabs kept in every store there is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from services.secrets_file import GoogleAccount
from services.store.base import RawTab, RawWorkbook, SheetStore
from services.store.google_http import GoogleHTTP
from services.store.google_sheets import GoogleSheets
from services.store.memory import MemoryStore
from tests.store.books import YEAR, never_calculated, put
from tests.support.google.books import add_workbook, key
from tests.support.google.client import LocalGoogle

Keep = Callable[[Path, tuple[RawTab, ...]], SheetStore]


def in_memory(_: Path, tabs: tuple[RawTab, ...]) -> SheetStore:
    return MemoryStore({YEAR: {"5601": tabs}})


def in_a_folder(folder: Path, tabs: tuple[RawTab, ...]) -> SheetStore:
    return put(folder, "5601 เมืองพะเยา.xlsx", never_calculated(*tabs))


def on_google(google: LocalGoogle, tabs: tuple[RawTab, ...]) -> GoogleSheets:
    http = GoogleHTTP(GoogleAccount(key(), google.address))
    return GoogleSheets(http, {YEAR: {"5601": add_workbook(google, "เมืองพะเยา", tabs)}})


def whole(store: SheetStore) -> RawWorkbook:
    (ref,) = store.workbooks(YEAR)
    book = store.read(ref, YEAR)
    assert book is not None
    return book
