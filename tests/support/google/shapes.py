"""Whether a field mask names what there is, by Google's own discovery documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.support.google import discovery
from tests.support.google.answers import DriveRefusedError, RefusedError
from tests.support.google.masks import Mask, parse_mask


def unknown_paths(mask: Mask, schema: dict[str, Any], api: discovery.Api) -> Iterator[str]:
    """Give each path of a mask that a message does not have."""
    schema = _beneath(schema, api)
    known = schema.get("properties", {})
    for name, beneath in mask.items():
        if name == "*":
            continue
        if name not in known:
            yield name
        else:
            yield from (f"{name}.{path}" for path in unknown_paths(beneath, known[name], api))


def _beneath(schema: dict[str, Any], api: discovery.Api) -> dict[str, Any]:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/definitions/")
        return _beneath(discovery._definitions(api)[name], api)
    return _beneath(schema["items"], api) if schema.get("type") == "array" else schema


def message(name: str) -> dict[str, Any]:
    return {"$ref": f"#/definitions/{name}"}


def check_written(mask: Mask, of: str) -> None:
    """Refuse a mask of a change that names what the message does not have."""
    for path in unknown_paths(mask, message(of), "sheets.v4"):
        raise RefusedError(400, f"Invalid field: {path}")


def check_asked(fields: str, http_method: str, path: str) -> None:
    """Refuse a mask of an answer; Sheets takes a blank for part of a name, Drive does not."""
    method = discovery.method_of(http_method, path)
    if method is None or method.response is None:
        return
    sheets = method.api == "sheets.v4"
    text = fields if sheets else fields.replace(" ", "")
    for wrong in unknown_paths(parse_mask(text), message(method.response), method.api):
        if sheets:
            raise _cannot_expand(wrong)
        where = {"locationType": "parameter", "location": "fields"}
        raise DriveRefusedError(
            400, "invalidParameter", f"Invalid field selection {wrong}", **where
        )


def _cannot_expand(path: str) -> RefusedError:
    words = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    detail = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"field": path, "description": words}],
    }
    return RefusedError(400, "Request contains an invalid argument.", details=[detail])
