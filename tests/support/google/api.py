"""Which address does what: the methods of Sheets v4 and Drive v3."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from tests.support.google import spreadsheet_calls as whole
from tests.support.google import value_calls
from tests.support.google.answers import (
    NO_PERMISSION,
    NOT_FOUND,
    SHEETS,
    Answer,
    NotModelledError,
    RefusedError,
)
from tests.support.google.calls import Call, Handler, Request
from tests.support.google.drive import Drive
from tests.support.google.masks import parse_mask, selected
from tests.support.google.spreadsheet import View
from tests.support.google.world import (
    DRIVE,
    DRIVE_SCOPES,
    LOOKING_SCOPES,
    READ_SCOPES,
    WRITE_SCOPES,
    World,
    book_from,
)

# --- the table of methods ----------------------------------------------------------------

ID = r"/v4/spreadsheets/(?P<id>[^/:]+)"
READ, WRITE, WRITE_SCOPED_READ = "read", "write", "read with the write scope"
SHEETS_METHODS: list[tuple[str, str, str, Handler]] = [
    ("GET", ID, READ, whole.get_spreadsheet),
    ("POST", ID + ":batchUpdate", WRITE, whole.batch_update),
    ("POST", ID + ":getByDataFilter", WRITE_SCOPED_READ, whole.get_by_data_filter),
    ("POST", ID + r"/sheets/(?P<sheet>\d+):copyTo", READ, whole.copy_to),
    ("GET", ID + r"/developerMetadata/(?P<metadata>\d+)", WRITE_SCOPED_READ, whole.get_metadata),
    ("POST", ID + "/developerMetadata:search", WRITE_SCOPED_READ, whole.search_metadata),
    ("GET", ID + "/values:batchGet", READ, value_calls.batch_get),
    (
        "POST",
        ID + "/values:batchGetByDataFilter",
        WRITE_SCOPED_READ,
        value_calls.batch_get_by_data_filter,
    ),
    ("POST", ID + "/values:batchUpdate", WRITE, value_calls.batch_update_values),
    (
        "POST",
        ID + "/values:batchUpdateByDataFilter",
        WRITE,
        value_calls.batch_update_by_data_filter,
    ),
    ("POST", ID + "/values:batchClear", WRITE, value_calls.batch_clear),
    ("POST", ID + "/values:batchClearByDataFilter", WRITE, value_calls.batch_clear_by_data_filter),
    ("POST", ID + "/values/(?P<range>.+):append", WRITE, value_calls.append_values),
    ("POST", ID + "/values/(?P<range>.+):clear", WRITE, value_calls.clear_values),
    ("GET", ID + "/values/(?P<range>.+)", READ, value_calls.get_values),
    ("PUT", ID + "/values/(?P<range>.+)", WRITE, value_calls.update_values),
]
METHODS = [(verb, re.compile(path), kind, what) for verb, path, kind, what in SHEETS_METHODS]


def answer(world: World, request: Request) -> Answer:
    """Do one call; a refusal is raised."""
    if request.path.startswith("/v4/"):
        world.check_enabled(SHEETS)
        return _sheets(world, request)
    world.check_enabled(DRIVE)
    looking = request.method == "GET"
    request.caller.need(LOOKING_SCOPES if looking else DRIVE_SCOPES, DRIVE)
    return _drive(world, request)


def _sheets(world: World, request: Request) -> Answer:
    if request.path == "/v4/spreadsheets" and request.method == "POST":
        return Answer(body=_create(world, request))
    for verb, pattern, kind, handler in METHODS:
        found = pattern.fullmatch(request.path)
        if found and verb == request.method:
            parts = {name: unquote(text) for name, text in found.groupdict().items()}
            request.caller.need(READ_SCOPES if kind == READ else WRITE_SCOPES)
            email = request.caller.email
            file, book = world.spreadsheet(parts["id"], email, writing=kind == WRITE)
            return Answer(body=_masked(handler(Call(world, request, file, book, parts)), request))
    raise RefusedError(404, NOT_FOUND)


def _masked(body: dict[str, Any], request: Request) -> dict[str, Any]:
    """Masks hold for every method; a spreadsheet has already had its own."""
    fields = request.last("fields")
    return dict(selected(body, parse_mask(fields))) if fields else body


def _create(world: World, request: Request) -> dict[str, Any]:
    if not world.options.may_create:
        raise RefusedError(403, NO_PERMISSION)
    body = request.body or {}
    properties = body.get("properties", {})
    title = properties.get("title") or "Untitled spreadsheet"
    book = book_from(title, properties.get("locale") or "en_US", body.get("sheets", []))
    book.properties = {**book.properties, **properties, "title": title}
    file = world.add_file(title, request.caller.email, book=book)
    return View(file, book, request.caller.email, {}).spreadsheet([], grid=False, narrowed=False)


# --- drive -------------------------------------------------------------------------------

DRIVE_FILES = "/drive/v3/files"
DRIVE_FILE = re.compile(r"/drive/v3/files/(?P<id>[^/]+)(?:/(?P<part>\w+))?")
UPLOAD = re.compile(r"/upload/drive/v2/files/(?P<id>[^/]+)")


def _drive(world: World, request: Request) -> Answer:
    drive, body = Drive(world, request.caller), request.body
    if request.path == DRIVE_FILES:
        if request.method == "GET":
            return Answer(body=drive.listing(request.query))
        return Answer(body=drive.create(body or {}, request.query))
    upload = UPLOAD.fullmatch(request.path)
    if upload:
        return Answer(body=drive.upload(upload["id"], body or ""))
    found = DRIVE_FILE.fullmatch(request.path)
    if not found:
        raise RefusedError(404, NOT_FOUND)
    return _drive_file(drive, request, found["id"], found["part"] or "")


def _drive_file(drive: Drive, request: Request, wanted: str, part: str) -> Answer:
    query, body = request.query, request.body or {}
    handlers: dict[tuple[str, str], Callable[[], Any]] = {
        ("GET", ""): lambda: drive.get(wanted, query),
        ("PATCH", ""): lambda: drive.update(wanted, body, query),
        ("POST", "copy"): lambda: drive.copy(wanted, body, query),
        ("GET", "comments"): lambda: {"comments": []} if drive.find(wanted) else {},
        ("GET", "permissions"): lambda: drive.permissions(wanted, query),
    }
    if (request.method, part) == ("DELETE", ""):
        drive.delete(wanted)
        return Answer(status=204)
    if (request.method, part) == ("GET", "export"):
        return drive.export(wanted, query)
    if (request.method, part) not in handlers:
        what = f"{request.method} {part or 'files'} of Drive"
        raise NotModelledError(what)
    return Answer(body=handlers[request.method, part]())
