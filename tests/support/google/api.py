"""Which address does what: the methods of Sheets v4 and Drive v3."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tests.support.google import a1, batch, metadata, values
from tests.support.google.answers import (
    NO_PERMISSION,
    NOT_FOUND,
    SHEETS,
    Answer,
    RefusedError,
)
from tests.support.google.drive import Drive, Query
from tests.support.google.masks import Mask, parse_mask, selected
from tests.support.google.sheets import Book, Results, Sheet
from tests.support.google.spreadsheet import View, sheet_properties
from tests.support.google.tabs import twin
from tests.support.google.values import Rows, Writing, Written
from tests.support.google.world import (
    READ_SCOPES,
    WRITE_SCOPES,
    Caller,
    File,
    World,
    book_from,
    sheet_id,
)

DRIVE_SERVICE = "drive.googleapis.com"


@dataclass(frozen=True)
class Request:
    """One call: who asks what."""

    method: str
    path: str
    query: Query
    body: Any
    caller: Caller

    def last(self, name: str) -> str | None:
        return self.query[name][-1] if self.query.get(name) else None

    def truth(self, name: str) -> bool:
        return (self.last(name) or "").lower() in {"true", "1"}


def parse_body(raw: bytes, content_type: str) -> Any:
    """Read JSON, or leave text of another type as it is."""
    if not raw:
        return None
    if "json" not in content_type:
        return raw.decode()
    try:
        return json.loads(raw)
    except ValueError as wrong:
        message = f"Invalid JSON payload received. {wrong}"
        raise RefusedError(400, message) from wrong


def without_nulls(value: Any) -> Any:
    """Take null for absent, as protobuf's JSON does; lists of cell values keep theirs."""
    if isinstance(value, dict):
        return {
            name: part if name == "values" and _rows(part) else without_nulls(part)
            for name, part in value.items()
            if part is not None
        }
    return [without_nulls(part) for part in value] if isinstance(value, list) else value


def _rows(part: Any) -> bool:
    return isinstance(part, list) and any(isinstance(row, list) for row in part)


@dataclass(frozen=True)
class Call:
    """A request to one spreadsheet, once it was found and may be used."""

    world: World
    request: Request
    file: File
    book: Book
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        return dict(self.request.body or {})

    def writing(self, option: str | None) -> Writing:
        if option not in {"RAW", "USER_ENTERED"}:
            raise RefusedError(400, "'valueInputOption' is required but not specified")
        return Writing(self.book, self.request.caller.email, self.file.owner, option)

    def clearing(self) -> Writing:
        return Writing(self.book, self.request.caller.email, self.file.owner, "RAW")

    def answer(self, **parts: Any) -> dict[str, Any]:
        return {"spreadsheetId": self.file.file_id, **parts}


Handler = Callable[[Call], dict[str, Any]]

# --- spreadsheets ------------------------------------------------------------------------


def get_spreadsheet(call: Call) -> dict[str, Any]:
    ranges = call.request.query.get("ranges", [])
    wanted = [call.book.find(text) for text in ranges]
    return _shown(call, wanted, grid=call.request.truth("includeGridData"))


def get_by_data_filter(call: Call) -> dict[str, Any]:
    filters = call.body.get("dataFilters", [])
    wanted = [spot for one in filters for spot in metadata.ranges(call.book, one)]
    return _shown(call, wanted, grid=bool(call.body.get("includeGridData")), narrowed=bool(filters))


def _shown(
    call: Call, wanted: list[tuple[Sheet, a1.Span]], *, grid: bool, narrowed: bool | None = None
) -> dict[str, Any]:
    """A mask that names `data` turns grid data on, whatever includeGridData says."""
    fields = call.request.last("fields")
    mask: Mask = parse_mask(fields) if fields else {}
    grid = grid or (bool(mask) and "*" not in mask and _names_data(mask))
    view = View(call.file, call.book, call.request.caller.email, mask)
    only = bool(wanted) if narrowed is None else narrowed
    return view.spreadsheet(wanted, grid=grid, narrowed=only)


def _names_data(mask: Mask) -> bool:
    inside = mask.get("sheets", {})
    return "sheets" in mask and bool(inside) and "data" in inside


def batch_update(call: Call) -> dict[str, Any]:
    body, caller = call.body, call.request.caller.email
    replies = batch.apply(call.world, call.file, caller, body.get("requests", []))
    answer = call.answer(replies=replies)
    if body.get("includeSpreadsheetInResponse") and call.file.book:
        book = call.file.book
        wanted = [book.find(text) for text in body.get("responseRanges", [])]
        view = View(call.file, book, caller, {})
        grid = bool(body.get("responseIncludeGridData"))
        answer["updatedSpreadsheet"] = view.spreadsheet(wanted, grid=grid, narrowed=bool(wanted))
    return answer


def copy_to(call: Call) -> dict[str, Any]:
    source = call.book.sheet(int(call.parts["sheet"]))
    caller, wanted = call.request.caller.email, call.body["destinationSpreadsheetId"]
    file, book = call.world.spreadsheet(wanted, caller, writing=True)
    title = f"Copy of {source.title}"
    made = twin(source, call.world.new_id("sheets", sheet_id()), title)
    book.sheets.append(made)
    call.world.edited(file)
    return sheet_properties(book, made)


def get_metadata(call: Call) -> dict[str, Any]:
    return metadata.get(call.book, int(call.parts["metadata"]))


def search_metadata(call: Call) -> dict[str, Any]:
    return metadata.search(call.book, call.body.get("dataFilters", []))


# --- values ------------------------------------------------------------------------------


def get_values(call: Call) -> dict[str, Any]:
    sheet, span = call.book.find(call.parts["range"])
    how = values.reading({name: call.request.last(name) for name in call.request.query})
    return values.value_range(Results(call.book), sheet, span, how)


def batch_get(call: Call) -> dict[str, Any]:
    how = values.reading({name: call.request.last(name) for name in call.request.query})
    spots = [call.book.find(text) for text in call.request.query.get("ranges", [])]
    results = Results(call.book)
    found = [values.value_range(results, sheet, span, how) for sheet, span in spots]
    return call.answer(valueRanges=found) if found else call.answer()


def batch_get_by_data_filter(call: Call) -> dict[str, Any]:
    how, results = values.reading(call.body), Results(call.book)
    filters = call.body.get("dataFilters", [])
    if not filters:
        raise RefusedError(400, "Must specify at least one data filter.")
    matched: dict[tuple[int, a1.Span], list[dict[str, Any]]] = {}
    for one in filters:
        for sheet, span in metadata.ranges(call.book, one):
            matched.setdefault((sheet.sheet_id, span), []).append(one)
    found = [
        {
            "valueRange": values.value_range(results, call.book.sheet(number), span, how),
            "dataFilters": by,
        }
        for (number, span), by in matched.items()
    ]
    return call.answer(valueRanges=found) if found else call.answer()


def update_values(call: Call) -> dict[str, Any]:
    request = call.request
    writing = call.writing(request.last("valueInputOption"))
    _check_same_range(call)
    rows = values.as_rows(call.body)
    written = values.write(writing, *call.book.find(call.parts["range"]), rows)
    _edited(call)
    how = _response_reading(request)
    more = _updated_data(call, written, how) if request.truth("includeValuesInResponse") else {}
    return call.answer(**written.answer(), **more)


def _check_same_range(call: Call) -> None:
    named = call.body.get("range")
    if named and call.book.find(named) != call.book.find(call.parts["range"]):
        asked = call.parts["range"]
        raise RefusedError(
            400, f"Requested writing within range [{asked}], but the value range is [{named}]"
        )


def _response_reading(request: Request) -> values.Reading:
    return values.Reading(
        "ROWS",
        request.last("responseValueRenderOption") or "FORMATTED_VALUE",
        request.last("responseDateTimeRenderOption") or "SERIAL_NUMBER",
    )


def _updated_data(call: Call, written: Written, how: values.Reading) -> dict[str, Any]:
    span = written.box.span()
    data = values.value_range(Results(call.book), written.sheet, span, how)
    return {"updatedData": data}


def append_values(call: Call) -> dict[str, Any]:
    request = call.request
    writing = call.writing(request.last("valueInputOption"))
    rows = values.as_rows(call.body)
    place = call.book.find(call.parts["range"])
    insert = request.last("insertDataOption") == "INSERT_ROWS"
    table, written = values.append(writing, place, rows, insert=insert)
    _edited(call)
    how = _response_reading(request)
    more = _updated_data(call, written, how) if request.truth("includeValuesInResponse") else {}
    updates = call.answer(**written.answer(), **more)
    if table is None:
        return call.answer(updates=updates)
    return call.answer(tableRange=a1.box_name(place[0].title, table), updates=updates)


def clear_values(call: Call) -> dict[str, Any]:
    cleared = values.clear(call.clearing(), *call.book.find(call.parts["range"]))
    _edited(call)
    return call.answer(clearedRange=cleared)


def batch_clear(call: Call) -> dict[str, Any]:
    spots = [call.book.find(text) for text in call.body.get("ranges", [])]
    return _cleared(call, spots)


def batch_clear_by_data_filter(call: Call) -> dict[str, Any]:
    filters = call.body.get("dataFilters", [])
    return _cleared(call, [spot for one in filters for spot in metadata.ranges(call.book, one)])


def _cleared(call: Call, spots: list[tuple[Sheet, a1.Span]]) -> dict[str, Any]:
    cleared = [values.clear(call.clearing(), sheet, span) for sheet, span in spots]
    _edited(call)
    return call.answer(clearedRanges=cleared) if cleared else call.answer()


def batch_update_values(call: Call) -> dict[str, Any]:
    data = [(call.book.find(one["range"]), one) for one in call.body.get("data", [])]
    written = _written(call, [(spot, _rows_of(one, n)) for n, (spot, one) in enumerate(data)])
    responses = [call.answer(**one.answer(), **_more(call, one)) for one in written]
    return call.answer(**values.totals(written), **({"responses": responses} if written else {}))


def _rows_of(one: dict[str, Any], number: int) -> Rows:
    return values.as_rows(one, f"data[{number}].values")


def _more(call: Call, written: Written) -> dict[str, Any]:
    if not call.body.get("includeValuesInResponse"):
        return {}
    how = values.Reading(
        "ROWS",
        call.body.get("responseValueRenderOption") or "FORMATTED_VALUE",
        call.body.get("responseDateTimeRenderOption") or "SERIAL_NUMBER",
    )
    return _updated_data(call, written, how)


def batch_update_by_data_filter(call: Call) -> dict[str, Any]:
    """Several matches are all written; what matches nothing is passed over."""
    spots = [
        (spot, _rows_of(one, number), one["dataFilter"])
        for number, one in enumerate(call.body.get("data", []))
        for spot in metadata.ranges(call.book, one["dataFilter"])
    ]
    written = _written(call, [(spot, rows) for spot, rows, _ in spots])
    responses = [
        {**one.answer(), "dataFilter": by, **_more(call, one)}
        for one, (_, _, by) in zip(written, spots, strict=True)
    ]
    return call.answer(**values.totals(written), **({"responses": responses} if written else {}))


def _written(call: Call, wanted: list[tuple[tuple[Sheet, a1.Span], Rows]]) -> list[Written]:
    """Write several ranges; if one is refused, none is kept."""
    writing = call.writing(call.body.get("valueInputOption"))
    before = call.book.copy()
    try:
        written = [values.write(writing, *spot, rows) for spot, rows in wanted]
    except RefusedError:
        call.file.book = before
        raise
    _edited(call)
    return written


def _edited(call: Call) -> None:
    call.world.edited(call.file)


# --- the table of methods ----------------------------------------------------------------

ID = r"/v4/spreadsheets/(?P<id>[^/:]+)"
READ, WRITE, WRITE_SCOPED_READ = "read", "write", "read with the write scope"
SHEETS_METHODS: list[tuple[str, str, str, Handler]] = [
    ("GET", ID, READ, get_spreadsheet),
    ("POST", ID + ":batchUpdate", WRITE, batch_update),
    ("POST", ID + ":getByDataFilter", WRITE_SCOPED_READ, get_by_data_filter),
    ("POST", ID + r"/sheets/(?P<sheet>\d+):copyTo", READ, copy_to),
    ("GET", ID + r"/developerMetadata/(?P<metadata>\d+)", WRITE_SCOPED_READ, get_metadata),
    ("POST", ID + "/developerMetadata:search", WRITE_SCOPED_READ, search_metadata),
    ("GET", ID + "/values:batchGet", READ, batch_get),
    ("POST", ID + "/values:batchGetByDataFilter", WRITE_SCOPED_READ, batch_get_by_data_filter),
    ("POST", ID + "/values:batchUpdate", WRITE, batch_update_values),
    ("POST", ID + "/values:batchUpdateByDataFilter", WRITE, batch_update_by_data_filter),
    ("POST", ID + "/values:batchClear", WRITE, batch_clear),
    ("POST", ID + "/values:batchClearByDataFilter", WRITE, batch_clear_by_data_filter),
    ("POST", ID + "/values/(?P<range>.+):append", WRITE, append_values),
    ("POST", ID + "/values/(?P<range>.+):clear", WRITE, clear_values),
    ("GET", ID + "/values/(?P<range>.+)", READ, get_values),
    ("PUT", ID + "/values/(?P<range>.+)", WRITE, update_values),
]
METHODS = [(verb, re.compile(path), kind, what) for verb, path, kind, what in SHEETS_METHODS]


def answer(world: World, request: Request) -> Answer:
    """Do one call; a refusal is raised."""
    if request.path.startswith("/v4/"):
        world.check_enabled(SHEETS)
        return _sheets(world, request)
    world.check_enabled(DRIVE_SERVICE)
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
        raise RefusedError(404, NOT_FOUND)
    return Answer(body=handlers[request.method, part]())
