"""Whether Drive tells of the spreadsheet, and how late it tells of an edit."""

from __future__ import annotations

from collections.abc import Iterator

from services.smoke.own_tab import Found
from services.store.base import WorkbookRef
from services.store.google_http import GoogleHTTP
from services.store.google_sheets import GoogleSheets

EVERY, AT_MOST = 5.0, 20.0
ANY_YEAR, ANYWHERE = 0, ""
NOT_YET = f"not within {AT_MOST:.0f} s"


class DriveHint:
    """What the product's own store hears from Drive, first before the first edit."""

    def __init__(self, http: GoogleHTTP, spreadsheet_id: str) -> None:
        self._store = GoogleSheets(http, {ANY_YEAR: {ANYWHERE: spreadsheet_id}})
        self._pace = http.pace
        self._before = self._hint()

    def found(self) -> Iterator[Found]:
        """Look until the first edit, made just now, is told of; 20 seconds at most."""
        listed = self._before.modified is not None
        yield "drive_lists_the_sheet", listed
        if listed:
            yield "drive_seconds_until_told", self._until_told()

    def _until_told(self) -> float | str:
        edited = self._pace.clock()
        while self._hint().stamp == self._before.stamp:
            if self._pace.clock() - edited >= AT_MOST:
                return NOT_YET
            self._pace.sleep(EVERY)
        return round(self._pace.clock() - edited)

    def _hint(self) -> WorkbookRef:
        self._store.look_for_changes()
        return self._store.workbooks(ANY_YEAR)[0]
