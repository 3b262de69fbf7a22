"""Recorded answers of the real Google, asked again of the local one."""

from __future__ import annotations

import gzip
import json
import math
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.google.client import LocalGoogle

FLOOR = 1267  # of 1273 in scope; may rise, never fall
SHARE = 0.99
CHANGING = {"createdTime", "modifiedTime"}
KNOWN = {
    "ClientTest.test_import_csv": "Drive v2 answers an upload with links, icons and etags; "
    "the new sheet's random id is told only later",
    "WorksheetTest.test_auto_resize_columns": "widths need the metrics of Google's fonts",
}
NEAR = 1e-9


@dataclass
class Story:
    """One cassette against one world."""

    google: LocalGoogle
    made: set[str] = field(default_factory=set)
    compared: int = 0
    different: list[str] = field(default_factory=list)

    def tell(self, told: dict[str, Any]) -> None:
        target = urlsplit(told["uri"])
        self._prepare(told)
        body = _sent(told["body"])
        kind = {"Content-Type": told["ctype"]} if told["ctype"] else {}
        status, raw = self.google.request(
            told["method"], f"{target.path}?{target.query}", body, kind
        )
        if self._foreign(told):
            return
        self.compared += 1
        got, expected = _parsed(raw), told["response"]
        if target.path == "/drive/v3/files" and told["method"] == "GET":
            own = [one for one in expected["files"] if one["id"] in self.made]
            expected = {**expected, "files": own}
        if status != told["status"] or not alike(got, expected):
            self.different.append(
                f"{told['cassette']} {told['n']}: {told['method']} {told['uri']} {told['body']}\n"
                f"  Google {told['status']} {expected}\n  here {status} {got}"
            )

    def _prepare(self, told: dict[str, Any]) -> None:
        """Lay ready what Google made up: ids, and files that others have."""
        path, answer = urlsplit(told["uri"]).path, told["response"]
        if told["status"] == 403:
            self.google.deny(file_of(path))
        ids: dict[str, list[Any]] = defaultdict(list)
        if told["method"] == "POST" and (path.endswith("/copy") or path == "/drive/v3/files"):
            ids["files"].append(answer["id"])
            self.made.add(answer["id"])
        for reply in answer.get("replies", []) if isinstance(answer, dict) else []:
            _ids_of(reply, ids)
        self.google.lay_ids_ready(**ids)

    def _foreign(self, told: dict[str, Any]) -> bool:
        """A file that was there before the recording began is out of scope."""
        wanted = file_of(urlsplit(told["uri"]).path)
        known = not wanted or wanted in self.made
        return told["method"] == "GET" and not known and told["status"] == 200


def file_of(path: str) -> str:
    """Give the file's id in an address, or nothing."""
    for before in ("/spreadsheets/", "/files/"):
        if before in path:
            return re.split("[/:]", path.partition(before)[2])[0]
    return ""


def _ids_of(reply: dict[str, Any], ids: dict[str, list[Any]]) -> None:
    places = {
        "sheets": ("addSheet", "properties", "sheetId"),
        "named": ("addNamedRange", "namedRange", "namedRangeId"),
        "protected": ("addProtectedRange", "protectedRange", "protectedRangeId"),
    }
    for kind, (request, message, name) in places.items():
        if request in reply:
            ids[kind].append(reply[request][message][name])


def _sent(body: Any) -> bytes | None:
    if body is None or isinstance(body, str):
        return None if body is None else body.encode()
    return json.dumps(body).encode()


def _parsed(raw: bytes) -> Any:
    text = raw.decode()
    try:
        return json.loads(text)
    except ValueError:
        return text


def alike(got: Any, expected: Any) -> bool:
    """Compare deeply: times aside, floats nearly, text without its line ends."""
    if isinstance(expected, dict) and isinstance(got, dict):
        keys = set(expected) - CHANGING
        return keys == set(got) - CHANGING and all(alike(got[k], expected[k]) for k in keys)
    if isinstance(expected, list) and isinstance(got, list):
        pairs = zip(got, expected, strict=False)
        return len(got) == len(expected) and all(alike(one, other) for one, other in pairs)
    if isinstance(expected, str) and isinstance(got, str):
        return got.split() == expected.split() if "\n" in expected else got == expected
    numbers = (int, float)
    if type(expected) in numbers and type(got) in numbers:
        return math.isclose(got, expected, rel_tol=NEAR, abs_tol=NEAR)
    return type(got) is type(expected) and bool(got == expected)


def stories() -> Iterator[list[dict[str, Any]]]:
    folder = os.environ.get("GOOGLE_RECORDINGS")
    if not folder:
        pytest.skip("GOOGLE_RECORDINGS names no folder of recorded answers")
    cassettes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in sorted(Path(folder).glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                told = json.loads(line)
                cassettes[told["cassette"]].append(told)
    yield from (sorted(story, key=lambda told: told["n"]) for story in cassettes.values())


def test_what_google_answered_is_answered_here(google_process: LocalGoogle) -> None:
    compared, different = 0, []
    for story in stories():
        google_process.reset(may_create=True, anonymous="robot@example.iam.gserviceaccount.com")
        told = Story(google_process)
        for interaction in story:
            told.tell(interaction)
        compared += told.compared
        different += told.different
    unknown = [text for text in different if text.split(" ")[0] not in KNOWN]
    words = f"{len(different)} of {compared} differ, beside the known:\n" + "\n".join(unknown[:20])
    assert compared - len(different) >= FLOOR, words
    assert compared - len(different) >= SHARE * compared, words


def test_every_known_difference_is_still_one(google_process: LocalGoogle) -> None:
    found: Counter[str] = Counter()
    for story in stories():
        if story[0]["cassette"] in KNOWN:
            google_process.reset(may_create=True)
            told = Story(google_process)
            for interaction in story:
                told.tell(interaction)
            found[story[0]["cassette"]] += len(told.different)
    assert all(found.values()), found
