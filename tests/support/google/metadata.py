"""Developer metadata, and the filters that find it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.support.google import a1
from tests.support.google.a1 import Box, Dimension, Span
from tests.support.google.answers import NOT_FOUND, RefusedError
from tests.support.google.change import Change
from tests.support.google.dimensions import box_of, dimension_range, metadata_place
from tests.support.google.masks import Mask
from tests.support.google.sheets import Book, Metadata, Sheet

MOST_CHARACTERS = 30_000
LOCATION_TYPES = {"ROWS": "ROW", "COLUMNS": "COLUMN"}


def metadata_json(book: Book, metadata: Metadata) -> dict[str, Any]:
    texts = {"metadataKey": metadata.key, "metadataValue": metadata.value}
    return {
        "metadataId": metadata.metadata_id,
        **{name: text for name, text in texts.items() if text is not None},
        "location": _location(book, metadata),
        "visibility": metadata.visibility,
    }


def _location(book: Book, metadata: Metadata) -> dict[str, Any]:
    if metadata.sheet_id is None:
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    place = metadata_place(book, metadata)
    if place is None:
        return {"locationType": "SHEET", "sheetId": metadata.sheet_id}
    return {
        "locationType": LOCATION_TYPES[place[0]],
        "dimensionRange": dimension_range(metadata.sheet_id, place),
    }


def sheet_metadata(book: Book, sheet: Sheet) -> list[dict[str, Any]]:
    return [
        metadata_json(book, m)
        for m in book.metadata.values()
        if m.sheet_id == sheet.sheet_id and m.line is None
    ]


# --- looking up --------------------------------------------------------------------------


def matches(book: Book, data_filter: dict[str, Any]) -> Iterator[Metadata]:
    """Give the metadata a DataFilter finds; an empty look-up finds all of it."""
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is None:
        yield from _within(book, data_filter)
        return
    place = lookup.get("metadataLocation")
    intersecting = lookup.get("locationMatchingStrategy") == "INTERSECTING_LOCATION"
    if intersecting and (place or {}).get("spreadsheet"):
        raise RefusedError(
            400, "Spreadsheet location cannot be used with INTERSECTING_LOCATION matching strategy."
        )
    where = _placed(book, place) if place else None
    for metadata in list(book.metadata.values()):
        if _fits(book, metadata, lookup) and (
            where is None or _stands(book, metadata, where, intersecting=intersecting)
        ):
            yield metadata


def _fits(book: Book, metadata: Metadata, lookup: dict[str, Any]) -> bool:
    have = {
        "metadataId": metadata.metadata_id,
        "metadataKey": metadata.key,
        "metadataValue": metadata.value,
        "visibility": metadata.visibility,
        "locationType": _location(book, metadata)["locationType"],
    }
    return all(lookup.get(name) in (None, value) for name, value in have.items())


Where = tuple[int | None, Dimension | None, int | None]


def _placed(book: Book, location: dict[str, Any]) -> Where:
    """Give sheet, dimension and index of a location."""
    if "dimensionRange" in location:
        sheet, dimension, index = _one_line(book, location["dimensionRange"])
        return sheet.sheet_id, dimension, index
    return (None if location.get("spreadsheet") else location.get("sheetId", 0)), None, None


def _stands(book: Book, metadata: Metadata, where: Where, *, intersecting: bool) -> bool:
    have: Where = (metadata.sheet_id, metadata.dimension, book.where(metadata))
    if not intersecting:
        return have == where
    same_sheet = metadata.sheet_id is None or have[0] == where[0]
    crossing = None in (have[1], where[1]) or have[1] != where[1] or have[2] == where[2]
    return same_sheet and crossing


def _within(book: Book, data_filter: dict[str, Any]) -> Iterator[Metadata]:
    """Metadata on lines that a range holds."""
    for sheet, span in ranges(book, data_filter):
        box = sheet.clip(span)
        for metadata in list(book.metadata.values()):
            place = metadata_place(book, metadata) if metadata.sheet_id == sheet.sheet_id else None
            if place and box_of(sheet, place).meets(box):
                yield metadata


def ranges(book: Book, data_filter: dict[str, Any]) -> list[tuple[Sheet, Span]]:
    """Give the cells a DataFilter stands for."""
    if data_filter.get("a1Range"):
        return [book.find(data_filter["a1Range"])]
    if "gridRange" in data_filter:
        grid = data_filter["gridRange"]
        return [(book.sheet(grid.get("sheetId")), a1.span_of(grid))]
    return [
        spot
        for metadata in matches(book, data_filter)
        if (spot := _cells_of(book, metadata)) is not None
    ]


def _cells_of(book: Book, metadata: Metadata) -> tuple[Sheet, Span] | None:
    if metadata.sheet_id is None:
        return None
    sheet = book.sheet(metadata.sheet_id)
    place = metadata_place(book, metadata)
    box: Box = box_of(sheet, place) if place else sheet.whole
    return sheet, box.span()


def get(book: Book, metadata_id: int) -> dict[str, Any]:
    if metadata_id not in book.metadata:
        raise RefusedError(404, NOT_FOUND)
    return metadata_json(book, book.metadata[metadata_id])


def search(book: Book, filters: list[dict[str, Any]]) -> dict[str, Any]:
    if not filters:
        raise RefusedError(400, "Must specify at least one data filter.")
    found: dict[int, list[dict[str, Any]]] = {}
    for data_filter in filters:
        for metadata in matches(book, data_filter):
            found.setdefault(metadata.metadata_id, []).append(data_filter)
    matched = [
        {"developerMetadata": metadata_json(book, book.metadata[number]), "dataFilters": by}
        for number, by in found.items()
    ]
    return {"matchedDeveloperMetadata": matched} if matched else {}


# --- requests of a batch -----------------------------------------------------------------


def create(change: Change) -> dict[str, Any]:
    wanted, book = change.body["developerMetadata"], change.book
    number = wanted.get("metadataId") or change.world.new_id(
        "metadata", secrets.randbelow(2**31 - 1) + 1
    )
    if number in book.metadata:
        raise RefusedError(
            400,
            f"Cannot add developer metadata with ID [{number}] "
            "because developer metadata with that ID already exists.",
        )
    if not wanted.get("metadataKey"):
        raise RefusedError(400, "developerMetadata.metadataKey must be specified.")
    if not wanted.get("visibility"):
        raise RefusedError(400, "developerMetadata.visibility must be specified.")
    where = _located(book, wanted.get("location") or {})
    made = replace(
        where,
        metadata_id=number,
        key=wanted["metadataKey"],
        value=wanted.get("metadataValue"),
        visibility=wanted["visibility"],
    )
    book.metadata[number] = made
    _check_room(book, made.sheet_id)
    return {"developerMetadata": metadata_json(book, made)}


def _located(book: Book, location: dict[str, Any]) -> Metadata:
    bare = Metadata(0, None, None, "")
    if "dimensionRange" in location:
        sheet, dimension, index = _one_line(book, location["dimensionRange"])
        key = sheet.lines(dimension)[index].key
        return replace(bare, sheet_id=sheet.sheet_id, dimension=dimension, line=key)
    if location.get("spreadsheet"):
        return bare
    if "sheetId" not in location:
        raise RefusedError(400, "developerMetadata.location must be specified.")
    return replace(bare, sheet_id=book.sheet(location["sheetId"]).sheet_id)


def _one_line(book: Book, given: dict[str, Any]) -> tuple[Sheet, Dimension, int]:
    if given.get("startIndex") is None or given.get("endIndex") is None:
        raise RefusedError(400, "DimensionRange must specify both a startIndex and an endIndex")
    if given["endIndex"] - given["startIndex"] != 1:
        raise RefusedError(400, "DimensionRange must represent a single row or column")
    sheet = book.sheet(given.get("sheetId"))
    dimension: Dimension = given["dimension"]
    size = len(sheet.lines(dimension))
    if given["startIndex"] >= size:
        raise RefusedError(
            400, f"DimensionRange exceeds grid limits. Max {dimension.lower()}: {size}"
        )
    return sheet, dimension, given["startIndex"]


def _check_room(book: Book, sheet_id: int | None) -> None:
    used = sum(
        len(m.key or "") + len(m.value or "")
        for m in book.metadata.values()
        if m.sheet_id == sheet_id
    )
    if used > MOST_CHARACTERS:
        raise RefusedError(
            400,
            "This change would exceed the limit of "
            f"{MOST_CHARACTERS} characters of developer metadata.",
        )


def update(change: Change) -> dict[str, Any]:
    book, mask, new = (
        change.book,
        change.mask("DeveloperMetadata"),
        change.body.get("developerMetadata", {}),
    )
    found = _found(change, change.body.get("dataFilters", []))
    if not found:
        raise RefusedError(404, NOT_FOUND)
    for metadata in found:
        book.metadata[metadata.metadata_id] = _updated(book, metadata, new, mask)
    shown = [metadata_json(book, book.metadata[m.metadata_id]) for m in found]
    return {"developerMetadata": shown}


def _updated(book: Book, old: Metadata, new: dict[str, Any], mask: Mask) -> Metadata:
    parts = {"metadataKey": "key", "metadataValue": "value", "visibility": "visibility"}
    asked: dict[str, Any] = {
        ours: new.get(name) for name, ours in parts.items() if name in mask or "*" in mask
    }
    updated: Metadata = replace(old, **asked)
    if "location" not in mask and "*" not in mask:
        return updated
    place = _located(book, new.get("location") or {})
    return replace(updated, sheet_id=place.sheet_id, dimension=place.dimension, line=place.line)


def _found(change: Change, filters: list[dict[str, Any]]) -> list[Metadata]:
    found = {m.metadata_id: m for one in filters for m in matches(change.book, one)}
    return list(found.values())


def delete(change: Change) -> dict[str, Any]:
    found = _found(change, [change.body["dataFilter"]])
    shown = [metadata_json(change.book, metadata) for metadata in found]
    for metadata in found:
        del change.book.metadata[metadata.metadata_id]
    return {"deletedDeveloperMetadata": shown} if shown else {}
