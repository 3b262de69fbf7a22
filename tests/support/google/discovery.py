"""The shape of requests and answers, from the discovery documents Google publishes.

The documents come with google-api-python-client. They tell names, types and enums, not behaviour.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

from jsonschema import Draft7Validator

from tests.support.google.payload import Reader, Schema, Violation, refusal, unknown_parameter

Api = Literal["sheets.v4", "drive.v3"]

_PACKAGES: Mapping[Api, str] = {
    "sheets.v4": "google.apps.sheets.v4",
    "drive.v3": "google.apps.drive.v3",
}

# Recorded from gspread and let through by Google, though no document names it there.
_ALSO_TAKEN = {("drive.files.get", "includeItemsFromAllDrives")}

# Methods whose body is a field of the request message, which Google's words then name.
_BODY_FIELD = {
    "sheets.spreadsheets.create": "spreadsheet",
    "sheets.spreadsheets.values.append": "data",
    "sheets.spreadsheets.values.update": "data",
}


class DocumentsAbsentError(RuntimeError):
    """The package that carries the discovery documents is not installed."""


@dataclass(frozen=True)
class Method:
    """One method of Sheets or Drive: its address, its parameters and its two messages."""

    api: Api
    id: str
    http_method: str
    template: str
    request: str | None
    response: str | None
    parameters: Mapping[str, Schema] = field(compare=False, repr=False)

    def parts(self, path: str) -> dict[str, str] | None:
        """Read the decoded parameters out of a path as sent; None where it does not fit."""
        match = _pattern(self.template).fullmatch(path)
        return match and {name: unquote(text) for name, text in match.groupdict().items()}


def method_of(http_method: str, path: str) -> Method | None:
    """Find the method of a path as sent: url-encoded and without its query."""
    for method in _methods():
        if method.http_method == http_method.upper() and method.parts(path) is not None:
            return method
    return None


def problem(
    http_method: str, path: str, query: Mapping[str, list[str]], body: object | None
) -> dict[str, Any] | None:
    """Give the body of Google's 400 for a request that does not fit; None if it does.

    A path that is no method's gives None too: that is a 404, and the caller's to answer.
    """
    method = method_of(http_method, path)
    if method is None:
        return None
    reader = Reader(_document(method.api)["schemas"], _PACKAGES[method.api])
    violations = [
        *_in_path(method, path, reader),
        *_in_query(method, query, reader),
        *_in_body(method, body, reader),
    ]
    return refusal(violations) if violations else None


def answer_problems(http_method: str, path: str, answer: object) -> list[str]:
    """List where a 200's answer leaves the method's schema; nothing is required to be there.

    A method without a response schema answers text, bytes or nothing, but no JSON object.
    """
    method = method_of(http_method, path)
    if method is None:
        return [f"no such method: {http_method} {path}"]
    if method.response is None:
        return ["no JSON is answered here"] if isinstance(answer, dict | list) else []
    errors = _validator(method.api, method.response).iter_errors(answer)
    return [f"{error.json_path}: {error.message}" for error in errors]


def _in_path(method: Method, path: str, reader: Reader) -> Iterator[Violation]:
    for name, text in (method.parts(path) or {}).items():
        yield from reader.query(name, text, method.parameters[name])


def _in_query(
    method: Method, query: Mapping[str, list[str]], reader: Reader
) -> Iterator[Violation]:
    known = {**_document(method.api)["parameters"], **_of_query(method)}
    for name, texts in query.items():
        if name not in known:
            if (method.id, name) not in _ALSO_TAKEN:
                yield unknown_parameter(name)
            continue
        for text in texts:
            yield from reader.query(name, text, known[name])


def _of_query(method: Method) -> dict[str, Schema]:
    return {n: schema for n, schema in method.parameters.items() if schema["location"] == "query"}


def _in_body(method: Method, body: object | None, reader: Reader) -> Iterator[Violation]:
    message = reader.schemas[method.request] if method.request else {}
    yield from reader.body(body, message, _BODY_FIELD.get(method.id, ""))


@cache
def _document(api: Api) -> dict[str, Any]:
    spec = importlib.util.find_spec("googleapiclient")
    places = spec.submodule_search_locations if spec else None
    if not places:
        message = "no discovery documents: install google-api-python-client (requirements-dev.txt)"
        raise DocumentsAbsentError(message)
    file = Path(places[0]) / "discovery_cache" / "documents" / f"{api}.json"
    return json.loads(file.read_text(encoding="utf-8"))


@cache
def _methods() -> tuple[Method, ...]:
    """List all methods, those with fewest parameters first: files/generateIds is no file's id."""
    found = [
        _method(api, described)
        for api in _PACKAGES
        for described in _described_methods(_document(api))
    ]
    return tuple(sorted(found, key=lambda method: method.template.count("{")))


def _described_methods(resource: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _described_methods(inner)


def _method(api: Api, described: Mapping[str, Any]) -> Method:
    return Method(
        api=api,
        id=described["id"],
        http_method=described["httpMethod"],
        template=f"/{_document(api)['servicePath']}{described['path']}",
        request=described.get("request", {}).get("$ref"),
        response=described.get("response", {}).get("$ref"),
        parameters=described.get("parameters", {}),
    )


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(
            f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part)
            for index, part in enumerate(parts)
        )
    )


@cache
def _validator(api: Api, name: str) -> Draft7Validator:
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": _definitions(api)})


@cache
def _definitions(api: Api) -> dict[str, Any]:
    return {name: _json_schema(schema) for name, schema in _document(api)["schemas"].items()}


def _json_schema(schema: Schema) -> dict[str, Any]:
    """Turn a discovery schema into JSON Schema draft 7: an object is closed unless it says more."""
    if "$ref" in schema:
        return {"$ref": f"#/definitions/{schema['$ref']}"}
    match schema["type"]:
        case "any":
            return {}
        case "array":
            return {"type": "array", "items": _json_schema(schema["items"])}
        case "object":
            return _closed_object(schema)
        case "string" if schema.get("format") in {"int64", "uint64"}:
            return {"type": ["string", "integer"]}
        case kind:
            return {"type": kind, **({"enum": schema["enum"]} if "enum" in schema else {})}


def _closed_object(schema: Schema) -> dict[str, Any]:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties")
    return {
        "type": "object",
        "properties": {name: _json_schema(inner) for name, inner in properties.items()},
        "additionalProperties": False if others is None else _json_schema(others),
    }
