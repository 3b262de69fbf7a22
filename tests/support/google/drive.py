"""Drive v3, as far as a tool over spreadsheets meets it; and v2's upload of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from tests.support.google import parsing
from tests.support.google.answers import Answer, DriveRefusedError
from tests.support.google.drive_search import stamp, tests_of
from tests.support.google.masks import parse_mask, selected
from tests.support.google.results import Results
from tests.support.google.sheets import Book, Sheet
from tests.support.google.tabs import twin
from tests.support.google.world import SPREADSHEET, Caller, File, World, blank_book, sheet_id

CREATED = "kind,id,name,mimeType"
LISTED = f"kind,nextPageToken,incompleteSearch,files({CREATED})"
FULL = "The user's Drive storage quota has been exceeded."
NOT_ENOUGH = "The user does not have sufficient permissions for this file."
Query = dict[str, list[str]]


def _missing(wanted: str) -> DriveRefusedError:
    where = {"locationType": "parameter", "location": "fileId"}
    return DriveRefusedError(404, "notFound", f"File not found: {wanted}.", **where)


class Drive:
    """One caller's Drive."""

    def __init__(self, world: World, caller: Caller) -> None:
        self.world = world
        self.caller = caller.email

    def find(self, wanted: str, *roles: str) -> File:
        """Give a file the caller sees; refuse who has none of the roles asked for."""
        file = self.world.files.get(wanted)
        role = file.role(self.caller) if file else None
        if file is None or role is None:
            raise _missing(wanted)
        if roles and role not in roles:
            raise DriveRefusedError(403, "insufficientFilePermissions", NOT_ENOUGH)
        return file

    def resource(self, file: File) -> dict[str, Any]:
        now, lag = self.world.now, self.world.lag
        role = file.role(self.caller)
        can_edit = role in {"owner", "writer"}
        parents = {"parents": file.parents} if file.parents else {}
        shown = {
            "kind": "drive#file",
            "id": file.file_id,
            "name": file.name,
            "mimeType": file.mime_type,
            "starred": False,
            "trashed": file.trashed,
            **parents,
            "version": str(file.version(now, lag)),
            "webViewLink": f"https://docs.google.com/spreadsheets/d/{file.file_id}/edit",
            "createdTime": stamp(file.created),
            "modifiedTime": stamp(file.modified(now, lag)),
            "owners": [self._user(file.owner)],
            "ownedByMe": role == "owner",
            "shared": bool(file.access),
            "capabilities": {
                "canEdit": can_edit,
                "canCopy": True,
                "canShare": can_edit,
                "canRename": can_edit,
                "canDelete": role == "owner",
                "canTrash": role == "owner",
            },
        }
        return shown | ({"permissions": self._permissions(file)} if can_edit else {})

    def _user(self, email: str) -> dict[str, Any]:
        own = email == self.caller
        return {"kind": "drive#user", "displayName": email, "me": own, "emailAddress": email}

    @staticmethod
    def _permissions(file: File) -> list[dict[str, Any]]:
        return [
            {
                "kind": "drive#permission",
                "id": f"{sum(email.encode()):020d}",
                "type": "user",
                "emailAddress": email,
                "role": role,
            }
            for email, role in {**file.access, file.owner: "owner"}.items()
        ]

    # --- files --------------------------------------------------------------------------

    def get(self, wanted: str, query: Query) -> dict[str, Any]:
        file = self.find(wanted)
        return dict(selected(self.resource(file), parse_mask(_last(query, "fields", CREATED))))

    def listing(self, query: Query) -> dict[str, Any]:
        tests = tests_of(_last(query, "q", ""))
        files = [f for f in self.world.files.values() if f.role(self.caller)]
        files = [f for f in files if all(test(f) for test in tests)]
        newest_first = files[::-1]
        files = self._ordered(newest_first, _last(query, "orderBy", "modifiedTime desc"))
        size = int(_last(query, "pageSize", "100"))
        start = int(_last(query, "pageToken", "") or 0)
        page = files[start : start + size]
        answer = {
            "kind": "drive#fileList",
            "incompleteSearch": False,
            "files": [self.resource(file) for file in page],
        }
        if start + size < len(files):
            answer["nextPageToken"] = str(start + size)
        return dict(selected(answer, parse_mask(_last(query, "fields", LISTED))))

    def _ordered(self, files: list[File], order: str) -> list[File]:
        now, lag = self.world.now, self.world.lag
        keys: dict[str, Callable[[File], Any]] = {
            "modifiedTime": lambda file: file.modified(now, lag),
            "createdTime": lambda file: file.created,
            "name": lambda file: file.name.casefold(),
            "name_natural": lambda file: file.name.casefold(),
        }
        for part in reversed(order.split(",")):
            name, _, direction = part.strip().partition(" ")
            if name not in keys:
                raise DriveRefusedError(
                    400, "invalid", f"Sorting is not supported for query terms: {name}"
                )
            files.sort(key=keys[name], reverse=direction == "desc")
        return files

    def create(self, body: dict[str, Any], query: Query) -> dict[str, Any]:
        self._check_room()
        name = body.get("name") or "Untitled"
        mime = body.get("mimeType") or "application/octet-stream"
        file = self.world.add_file(
            name,
            self.caller,
            mime_type=mime,
            parents=body.get("parents") or [],
            book=blank_book(name) if mime == SPREADSHEET else None,
        )
        return self.get(file.file_id, query)

    def copy(self, wanted: str, body: dict[str, Any], query: Query) -> dict[str, Any]:
        source = self.find(wanted)
        self._check_room()
        name = body.get("name") or f"Copy of {source.name}"
        book = _copied(source.book, name) if source.book else None
        more = {"mime_type": source.mime_type, "parents": body.get("parents") or []}
        file = self.world.add_file(name, self.caller, book=book, **more)
        return self.get(file.file_id, query)

    def _check_room(self) -> None:
        if not self.world.options.may_create:
            raise DriveRefusedError(403, "storageQuotaExceeded", FULL)

    def update(self, wanted: str, body: dict[str, Any], query: Query) -> dict[str, Any]:
        file = self.find(wanted, "owner", "writer")
        if body.get("name"):
            file.name, file.renamed = body["name"], self.world.now
            if file.book:
                file.book.properties = {**file.book.properties, "title": body["name"]}
        if "trashed" in body:
            self.find(wanted, "owner")
            file.trashed = bool(body["trashed"])
        added, removed = _last(query, "addParents", ""), _last(query, "removeParents", "")
        kept = [parent for parent in file.parents if parent not in removed.split(",")]
        file.parents = kept + [parent for parent in added.split(",") if parent]
        return self.get(wanted, query)

    def delete(self, wanted: str) -> None:
        self.find(wanted, "owner")
        del self.world.files[wanted]

    def export(self, wanted: str, query: Query) -> Answer:
        file = self.find(wanted)
        mime = _last(query, "mimeType", "")
        delimiter = {"text/csv": ",", "text/tab-separated-values": "\t"}.get(mime)
        if file.book is None or delimiter is None:
            raise DriveRefusedError(400, "badRequest", "The requested conversion is not supported.")
        return Answer(body=_exported(file.book, delimiter), content_type=mime)

    def permissions(self, wanted: str, query: Query) -> dict[str, Any]:
        file = self.find(wanted, "owner", "writer")
        shown = {"kind": "drive#permissionList", "permissions": self._permissions(file)}
        default = "kind,nextPageToken,permissions(kind,id,type,role)"
        return dict(selected(shown, parse_mask(_last(query, "fields", default))))

    def upload(self, wanted: str, text: str) -> dict[str, Any]:
        """Take CSV in place of all that was there, as if somebody had typed it."""
        file = self.find(wanted, "owner", "writer")
        book = blank_book(file.name)
        book.properties["timeZone"] = "America/Los_Angeles"
        rows = list(csv.reader(io.StringIO(text)))
        number = self.world.new_id("sheets", sheet_id())
        sheet = Sheet.blank(number, file.name)
        for row_number, row in enumerate(rows):
            sheet.grow("ROWS", row_number + 1)
            for column, value in enumerate(row):
                sheet.grow("COLUMNS", column + 1)
                read = parsing.typed(value, book.locale)
                cell = sheet.cell(row_number, column).with_value(read.value)
                shaped = cell.with_format(read.number_format) if read.number_format else cell
                sheet.put(row_number, column, shaped)
        book.sheets = [sheet]
        file.book = book
        self.world.edited(file)
        return {"kind": "drive#file", "id": file.file_id, "title": file.name}


def _last(query: Query, name: str, otherwise: str) -> str:
    return query[name][-1] if query.get(name) else otherwise


def _copied(book: Book, title: str) -> Book:
    """A copy has its own rows and no developer metadata."""
    copy = book.copy()
    copy.properties["title"] = title
    copy.metadata = {}
    copy.sheets = [twin(sheet, sheet.sheet_id, sheet.title) for sheet in copy.sheets]
    return copy


def _exported(book: Book, delimiter: str) -> str:
    sheet, results = book.sheets[0], Results(book)
    filled = list(sheet.filled())
    height = max((row + 1 for row, _ in filled), default=0)
    width = max((column + 1 for _, column in filled), default=0)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in range(height):
        writer.writerow([results.formatted(sheet, row, n) or "" for n in range(width)])
    return out.getvalue().removesuffix("\r\n")


# --- what to list ------------------------------------------------------------------------
