"""Districts' workbooks as Google spreadsheets: one call reads one of them whole."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from services.errors import NotLinkedError
from services.settings import BANGKOK
from services.store.base import (
    Annotated,
    Notes,
    OwnTab,
    RawWorkbook,
    RefusedError,
    Trouble,
    WorkbookRef,
    Writing,
)
from services.store.google_grid import FIELDS, tabs_of
from services.store.google_http import DRIVE, GoogleHTTP, Json
from services.store.google_notes import annotate
from services.store.google_own_tab import post
from services.store.google_write import write
from services.store.own_tab import is_as_wanted, standing
from sheets_schema.loader import province

READ_AS = 1
"""How cells are read from an answer; counted on when that changes, or old copies stay misread."""
IN_LINK = re.compile(
    r"/spreadsheets/(?:u/\d+/)?d/(?!e/)([\w-]+)|/file/(?:u/\d+/)?d/([\w-]+)"
    r"|google\.com/\S*[?&]id=([\w-]+)",
    re.ASCII,
)
BARE = re.compile(r"[\w-]{15,}", re.ASCII)
LISTED = "nextPageToken,files(id,modifiedTime,version,capabilities(canEdit))"
ALL_WE_SEE = "mimeType='application/vnd.google-apps.spreadsheet' and trashed=false"
MOST_PAGES = 5


def spreadsheet_id(link: str) -> str | None:
    """The id within a link, or the id itself; None where the text is neither.

    >>> spreadsheet_id("https://docs.google.com/spreadsheets/d/1AbC-d_eF/edit?usp=sharing#gid=0")
    '1AbC-d_eF'
    >>> spreadsheet_id("https://drive.google.com/drive/folders/1AbC") is None
    True
    """
    found = IN_LINK.search(link)
    if found:
        return next(part for part in found.groups() if part)
    return link.strip() if BARE.fullmatch(link.strip()) else None


def link_to(sheet_id: str) -> str:
    """What opens the spreadsheet in a browser."""
    return f"https://docs.google.com/spreadsheets/d/{sheet_id}/edit"


@dataclass(frozen=True)
class Hint:
    """What Drive last said of a file; it may lag minutes behind an edit."""

    stamp: str = ""
    modified: datetime | None = None
    read_only: bool = False


@dataclass(eq=False)
class GoogleSheets:
    """`links`: year BE -> district code -> link or id, as the office wrote it."""

    http: GoogleHTTP
    links: Mapping[int, Mapping[str, str]]
    _hints: dict[str, Hint] = field(default_factory=dict)

    def years(self) -> tuple[int, ...]:
        """Years that have links, latest first."""
        return tuple(sorted((year for year in self.links if self.links[year]), reverse=True))

    def look_for_changes(self) -> None:
        """Ask Drive, in one call for all years, which spreadsheets were saved since.

        Raises:
            RefusedError: what was known before stays.
        """
        hints: dict[str, Hint] = {}
        page: dict[str, str | list[str]] = {}
        for _ in range(MOST_PAGES):
            told = self.http.soon().get(
                f"{DRIVE}/drive/v3/files",
                q=ALL_WE_SEE,
                fields=LISTED,
                pageSize="1000",
                supportsAllDrives="true",
                includeItemsFromAllDrives="true",
                corpora="allDrives",
                **page,
            )
            hints |= dict(map(_hint, told.get("files", ())))
            if "nextPageToken" not in told:
                break
            page = {"pageToken": told["nextPageToken"]}
        self._hints = hints

    def workbooks(self, year: int) -> tuple[WorkbookRef, ...]:
        """The year's spreadsheets as last hinted; no call."""
        if not self.links.get(year):
            raise NotLinkedError(year, self.years())
        ids = {code: spreadsheet_id(link) for code, link in self.links[year].items()}
        times = Counter(ids.values())
        return tuple(self._ref(code, ids[code], linked=times[ids[code]]) for code in sorted(ids))

    def _ref(self, code: str, sheet_id: str | None, linked: int) -> WorkbookRef:
        """Named after the district: titles may be alike, and are the office's to change."""
        district = province().by_code.get(code)
        hint = self._hints.get(sheet_id or "", Hint())
        trouble: Trouble | None = None
        if district is None:
            trouble = "unknown_district"
        elif sheet_id is None:
            trouble = "bad_link"
        elif linked > 1:
            trouble = "linked_twice"
        name = f"{code} {district.name}" if district else code
        stamp = f"{sheet_id} {hint.stamp}"
        return WorkbookRef(
            code,
            name,
            stamp,
            trouble,
            hint.modified,
            home=sheet_id or "",
            read_only=hint.read_only,
        )

    def read(self, ref: WorkbookRef, year: int, *, unless: str | None = None) -> RawWorkbook | None:
        """Read every tab in one call; why Google refuses is the workbook's trouble."""
        del year  # the spreadsheet's id says all
        if ref.trouble is not None:
            return RawWorkbook(ref, ref.stamp, (), ref.trouble, ref.name)
        try:
            text = self.http.spreadsheet_text(ref.home, fields=FIELDS)
        except RefusedError as refused:
            return RawWorkbook(ref, f"{ref.stamp} {refused.trouble}", (), refused.trouble, ref.name)
        digest = blake2b(f"{READ_AS} {ref.home}".encode() + text, digest_size=16).hexdigest()
        if digest == unless:
            return None
        try:
            tabs = tabs_of(json.loads(text), link_to(ref.home))
        except ValueError:  # cut off, or of something between us and Google
            return RawWorkbook(ref, f"{ref.stamp} {digest}", (), "google_away", ref.name)
        return RawWorkbook(ref, digest, tabs, None, ref.name)

    def write(self, book: RawWorkbook, year: int, wanted: Sequence[Writing]) -> None:
        """Write while people are at it: see google_write."""
        del year
        write(self.http, book.ref.home, wanted, datetime.now(BANGKOK))

    def annotate(self, book: RawWorkbook, year: int, wanted: Notes) -> Annotated:
        """Hang notes on cells while people are at it: see google_notes."""
        del year
        return annotate(self.http, book.ref.home, book, wanted, datetime.now(BANGKOK))

    def post(self, book: RawWorkbook, year: int, tab: OwnTab) -> bool:
        """Add the product's tab, or fill it anew: see google_own_tab."""
        del year
        now = standing(book, tab)
        if is_as_wanted(now, tab):
            return False
        post(self.http, book.ref.home, now, tab)
        return True


def _hint(file: Json) -> tuple[str, Hint]:
    saved = file.get("modifiedTime", "")
    may = bool(file.get("capabilities", {}).get("canEdit", True))
    moment = datetime.fromisoformat(saved).astimezone(BANGKOK) if saved else None
    return str(file.get("id")), Hint(f"{saved} {file.get('version', '')}", moment, not may)
