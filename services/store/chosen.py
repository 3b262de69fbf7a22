"""The store that the settings name."""

from __future__ import annotations

from services.settings import Settings
from services.store.base import RefusedError, SheetStore
from services.store.mirror import Mirror
from services.store.xlsx_folder import XlsxFolder

LAST_GOOD = "last_good"


def refreshed(chosen: Settings, year: int) -> SheetStore:
    """The same, having read now what seems changed of the year: for a command that runs once.

    Raises:
        StoreError: the store, or the year in it, cannot be reached. RefusedError: none of the
            year's spreadsheets could be read, now or before.
    """
    store = store_of(chosen)
    if isinstance(store, Mirror):
        store.refresh([year])
        refs = store.workbooks(year)
        troubles = [ref.trouble for ref in refs if ref.trouble is not None]
        if len(troubles) == len(refs) and not any(ref.read_at for ref in refs):
            raise RefusedError(troubles[0])
    return store


def store_of(chosen: Settings) -> SheetStore:
    """A folder of workbooks, or the copies of Google's spreadsheets."""
    if chosen.google is None:
        return XlsxFolder(chosen.data)
    # Imported only where it is used: Google's libraries take half a second to load.
    from services.store.google_http import GoogleHTTP  # noqa: PLC0415
    from services.store.google_sheets import GoogleSheets  # noqa: PLC0415

    remote = GoogleSheets(GoogleHTTP(chosen.google.account), chosen.google.links)
    return Mirror(remote, chosen.history / LAST_GOOD)
