"""What files.list is asked for: Drive's search terms."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from tests.support.google.answers import DriveRefusedError
from tests.support.google.world import File

TERM = re.compile(
    r"""\s*(?:
      (?P<field>name|mimeType|trashed|sharedWithMe|modifiedTime)\s*
        (?P<sign>=|!=|>=|<=|>|<|\bcontains\b)\s*
        (?P<value>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|true|false)
    | (?P<parent>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s+in\s+
        (?P<where>parents|owners|writers|readers)
    | (?P<alone>sharedWithMe)
    )\s*(?:and\b|$)""",
    re.VERBOSE | re.IGNORECASE,
)
Test = Callable[[File], bool]


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def tests_of(text: str) -> list[Test]:
    """Read a search such as `mimeType='…' and trashed=false`."""
    tests: list[Test] = []
    place = 0
    while place < len(text.rstrip()):
        found = TERM.match(text, place)
        if not found:
            where = {"locationType": "parameter", "location": "q"}
            raise DriveRefusedError(400, "invalid", "Invalid Value", **where)
        tests.append(_test(found))
        place = found.end()
    return tests


def _test(found: re.Match[str]) -> Test:
    if found["alone"]:
        return lambda file: bool(file.access)
    if found["parent"]:
        return _membership(_unquoted(found["parent"]), found["where"].lower())
    field, sign, value = found["field"], found["sign"].lower(), found["value"]
    if field in {"trashed", "sharedWithMe"}:
        truth = (value == "true") == (sign == "=")
        if field == "trashed":
            return lambda file: file.trashed == truth
        return lambda file: bool(file.access) == truth
    return _comparison(field, sign, _unquoted(value))


def _membership(who: str, where: str) -> Test:
    if where == "parents":
        return lambda file: who in file.parents
    if where == "owners":
        return lambda file: file.owner == who
    role = where.removesuffix("s")
    return lambda file: file.access.get(who) == role


def _comparison(field: str, sign: str, value: str) -> Test:
    def text(file: File) -> str:
        return {
            "name": file.name,
            "mimeType": file.mime_type,
            "modifiedTime": stamp(max([file.created, *file.edits])),
        }[field]

    by_sign: dict[str, Test] = {
        "=": lambda file: text(file) == value,
        "!=": lambda file: text(file) != value,
        "contains": lambda file: value.casefold() in text(file).casefold(),
        ">": lambda file: text(file) > value,
        ">=": lambda file: text(file) >= value,
        "<": lambda file: text(file) < value,
        "<=": lambda file: text(file) <= value,
    }
    return by_sign[sign]


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])
