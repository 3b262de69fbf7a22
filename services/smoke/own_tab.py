"""The one tab where everything is tried: made, asked, and cleaned up whatever happens."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.smoke.facts import Worth
from services.store.base import RawTab, RefusedError, Trouble
from services.store.google_grid import FIELDS, tabs_of
from services.store.google_http import SHEETS, GoogleHTTP, Json, words_of

ANSWERS: tuple[Trouble, ...] = ("google_odd", "not_shared", "wrong_id")
"""Refusals that tell how Google takes a request, once the tab is ours; others stop the trial."""
REFUSED = "refused"
ROWS, COLUMNS = 40, 8
LOCAL = re.compile(r"\[\d{4,}\]|\S+@\S+")
Found = tuple[str, Worth]
Probe = Callable[["OwnTab"], Iterator[Found]]


def new_title() -> str:
    """A title that no tab has."""
    return f"_ทดสอบ {secrets.token_hex(4)}"


def new_number() -> int:
    """An id that nothing has."""
    return secrets.randbelow(2**31 - 1) + 1


def at(answer: Any, *path: str | int) -> Any:  # noqa: ANN401 – JSON
    """What stands there in the answer, None where nothing does: Google may answer as it likes."""
    for step in path:
        inside = isinstance(answer, dict) and step in answer
        within = isinstance(answer, list) and isinstance(step, int) and step < len(answer)
        answer = answer[step] if inside or within else None
    return answer


def cell(value: str | float) -> Json:
    """A cell that holds it as it stands, a text as a text."""
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    return {"userEnteredValue": {kind: value}} if value != "" else {}


@dataclass
class OwnTab:
    """Our tab, its cells, and the notes we make for its rows.

    Every note has our `key`: a filter that names it can meet nobody else's.
    """

    http: GoogleHTTP
    spreadsheet_id: str
    title: str
    sheet_id: int = field(default_factory=new_number)
    key: str = field(default_factory=lambda: f"smoke-{secrets.token_hex(6)}")
    made: bool = False
    may_be_there: bool = False

    def make(self) -> None:
        """Add the tab, behind all others.

        Raises:
            RefusedError: it was not made; unless `may_be_there`, surely not.
        """
        grid = {"rowCount": ROWS, "columnCount": COLUMNS}
        wanted = {"sheetId": self.sheet_id, "title": self.title, "gridProperties": grid}
        self.may_be_there = True
        try:
            self.http.update(self.spreadsheet_id, [{"addSheet": {"properties": wanted}}])
        except RefusedError as refused:
            self.may_be_there = refused.trouble == "google_away"
            raise
        self.made = True

    # --- what is asked ---

    def update(self, *requests: Json) -> Json:
        """One batch of changes, or the words that refuse it."""
        return self._told(lambda: self.http.update(self.spreadsheet_id, list(requests)))

    def fresh(self, rows: Sequence[Sequence[str]], *more: Json) -> Json:
        """Begin again with these cells, and more in the same batch."""
        blank = {"updateCells": {"range": {"sheetId": self.sheet_id}, "fields": "*"}}
        given = [{"values": [cell(value) for value in row]} for row in rows]
        return self.update(blank, *([self.cells(given, "userEnteredValue")] if rows else []), *more)

    def cells(self, rows: Sequence[Json], fields: str) -> Json:
        """A request that fills these cells, from A1 on."""
        start = {"sheetId": self.sheet_id, "rowIndex": 0, "columnIndex": 0}
        return {"updateCells": {"start": start, "rows": rows, "fields": fields}}

    def write(self, *ranges: tuple[str, Sequence[Sequence[str | None]]]) -> Json:
        """Values as they stand into several ranges, in one call."""
        data = [{"range": where, "values": values} for where, values in ranges]
        return self.call("values:batchUpdate", {"valueInputOption": "RAW", "data": data})

    def values(self) -> list[Worth]:
        """What the tab holds, row by row; nothing where Google tells nothing."""
        endpoint = f"{SHEETS}/v4/spreadsheets/{self.spreadsheet_id}/values:batchGet"
        plain = "UNFORMATTED_VALUE"
        answer = self._told(
            lambda: self.http.get(endpoint, ranges=[self.a1()], valueRenderOption=plain)
        )
        return at(answer, "valueRanges", 0, "values") or []

    def as_read(self) -> RawTab:
        """The tab as the product reads it."""
        try:
            tabs = tabs_of(self.look(FIELDS), "")
        except ValueError:  # no spreadsheet: a refusal is told as one
            tabs = ()
        return next((one for one in tabs if one.name == self.title), self._blank())

    def look(self, fields: str) -> Json:
        """The part of the spreadsheet that is our tab."""
        return self._told(
            lambda: self.http.spreadsheet(self.spreadsheet_id, fields=fields, ranges=[self.a1()])
        )

    def call(self, verb: str, body: Json) -> Json:
        """Another POST to the spreadsheet, or the words that refuse it."""
        endpoint = f"{SHEETS}/v4/spreadsheets/{self.spreadsheet_id}/{verb}"
        return self._told(lambda: self.http.post(endpoint, body))

    def a1(self, where: str = "") -> str:
        """A range of our tab; all of it without one."""
        return f"'{self.title}'!{where}" if where else f"'{self.title}'"

    def noted(self, number: int) -> Json:
        """A filter for one note of ours; never for anybody else's."""
        return {"developerMetadataLookup": {"metadataId": number, "metadataKey": self.key}}

    def note(self, number: int, location: Json) -> Json:
        """A request that makes a note there."""
        made = {"metadataId": number, "metadataKey": self.key, "visibility": "DOCUMENT"}
        return {"createDeveloperMetadata": {"developerMetadata": {**made, "location": location}}}

    def _blank(self) -> RawTab:
        return RawTab(self.title, [])

    def _told(self, ask: Callable[[], Json]) -> Json:
        try:
            return ask()
        except RefusedError as refused:
            if refused.trouble not in ANSWERS:
                raise
            return {REFUSED: f"{REFUSED}: {self._plain(words_of(refused) or refused.trouble)}"}

    def _plain(self, words: str) -> str:
        """Google's words without what is only this spreadsheet's, or anybody's."""
        for own in (self.spreadsheet_id, self.title):
            words = words.replace(own, "…")
        return LOCAL.sub(lambda found: "[N]" if found[0].startswith("[") else "…", words)

    # --- cleaning up ---

    def clean(self) -> RefusedError | None:
        """Delete the tab and our notes; why that is refused, if it is.

        Tried again once: a deletion may have been done though no answer came.
        """
        return self._left() and self._left()

    def _left(self) -> RefusedError | None:
        """One try; a tab that stays does not keep the notes from being deleted."""
        refusals = [self._tried(step) for step in (self._delete_tab, self._delete_notes)]
        return next((refused for refused in refusals if refused is not None), None)

    @staticmethod
    def _tried(step: Callable[[], None]) -> RefusedError | None:
        try:
            step()
        except RefusedError as refused:
            return refused
        return None

    def _delete_tab(self) -> None:
        """By its title, or by its id once that is surely ours."""
        told = self.http.spreadsheet(self.spreadsheet_id, fields="sheets.properties(sheetId,title)")
        for one in (sheet["properties"] for sheet in told["sheets"]):
            number = one.get("sheetId", 0)
            if one["title"] == self.title or (self.made and number == self.sheet_id):
                self.http.update(self.spreadsheet_id, [{"deleteSheet": {"sheetId": number}}])

    def _delete_notes(self) -> None:
        ours = {"developerMetadataLookup": {"metadataKey": self.key}}
        endpoint = f"{SHEETS}/v4/spreadsheets/{self.spreadsheet_id}/developerMetadata:search"
        if at(self.http.post(endpoint, {"dataFilters": [ours]}), "matchedDeveloperMetadata"):
            deletion = {"deleteDeveloperMetadata": {"dataFilter": ours}}
            self.http.update(self.spreadsheet_id, [deletion])
