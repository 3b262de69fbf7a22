"""What Google's JSON reader says of a body that does not fit the method's message.

The words are Google's. Stricter than Google in what it would quietly turn into something else:
names in snake_case, numbers for enums, text or 5.0 for a 32-bit number, text for a boolean and a
single thing for a list are all refused here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

# Messages whose fields exclude each other, and what Google calls the choice.
_ONE_OF = {
    "ColorStyle": "kind",
    "DataFilter": "filter",
    "ExtendedValue": "value",
    "Request": "kind",
}

# Types whose name in a message was seen to be another than the discovery document lets guess.
_SEEN_NAMES = {
    "InputValueOption": "ValueInputOption",
    "PieChartLegendPosition": "PieChartSpec.PieChartLegendPosition",
    "Request": "BatchUpdateSpreadsheetRequest.Request",
}

_LIST = "type.googleapis.com/google.protobuf.ListValue"
_PROTOBUF = {"google-fieldmask": "FieldMask", "google-datetime": "Timestamp"}
_SIZES = {"int32": (-(2**31), 2**31), "uint32": (0, 2**32)}
_LONG = ("int64", "uint64")


@dataclass(frozen=True)
class Violation:
    """One thing wrong: the field as Google names it ("" for the whole body) and its words."""

    field: str
    description: str


@dataclass(frozen=True)
class _Place:
    """Where a value stands: the message around it, and its name there as it was sent."""

    parent: str = ""
    name: str = ""
    mark: str = ""  # [3] in a list, [3].value in a map

    def __str__(self) -> str:
        dotted = [self.parent, snake(self.name)]
        return ".".join(part for part in dotted if part) + self.mark

    def item(self, index: int, value: str = "") -> _Place:
        return _Place(self.parent, self.name, f"{self.mark}[{index}]{value}")


@dataclass(frozen=True)
class Reader:
    """Reads bodies and query parameters of one API against its messages."""

    schemas: Mapping[str, Schema]
    package: str

    def body(self, value: object, message: Schema, bound_to: str = "") -> Iterator[Violation]:
        """Yield what is wrong in a body; `bound_to` is the request's field the body fills."""
        if value is None:
            return
        if not isinstance(value, dict):
            yield _unknown("", "", "Root element must be a message.")
            return
        yield from self._message(value, message, bound_to)

    def query(self, name: str, text: str, schema: Schema) -> Iterator[Violation]:
        """Yield what is wrong with a query or path parameter's text."""
        if not _text_fits(text, schema):
            yield _invalid(snake(name), self._type(schema, name), text)

    def _message(self, value: Schema, schema: Schema, at: str) -> Iterator[Violation]:
        fields = schema.get("properties", {})
        choice, chosen = _ONE_OF.get(schema.get("id", "")), False
        for name, inner in value.items():
            if name not in fields:
                yield _unknown(name, at, "Cannot find field.")
            elif inner is not None:
                if choice and chosen:
                    yield _second_choice(at, choice, name)
                chosen = True
                yield from self._value(inner, fields[name], _Place(at, name))

    def _value(self, value: object, schema: Schema, at: _Place) -> Iterator[Violation]:
        if value is None or schema.get("type") == "any":
            return
        if schema.get("type") == "array":
            yield from self._list(value, schema["items"], at)
        elif isinstance(value, list):
            yield _unknown(at.name, at.parent, "Proto field is not repeating, cannot start list.")
        elif "$ref" in schema or schema["type"] == "object":
            yield from self._object(value, schema, at)
        elif isinstance(value, dict):
            yield _started_on_a_scalar(at)
        elif not _value_fits(value, schema):
            yield _invalid(str(at), self._type(schema, at.name), value)

    def _list(self, value: object, items: Schema, at: _Place) -> Iterator[Violation]:
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._value(item, items, at.item(index))
        elif isinstance(value, dict):
            for name in value:
                yield _unknown(name, str(at), "Cannot find field.")
        else:
            inner = bool(at.mark)  # a list in a list is a message of its own
            yield _invalid(str(at), _LIST if inner else self._type(items, at.name), value)

    def _object(self, value: object, schema: Schema, at: _Place) -> Iterator[Violation]:
        if not isinstance(value, dict):
            yield _invalid(str(at), self._type(schema, at.name), value)
        elif "$ref" in schema:
            yield from self._message(value, self.schemas[schema["$ref"]], str(at))
        elif "additionalProperties" in schema:
            for index, inner in enumerate(value.values()):
                place = at.item(index, ".value")
                yield from self._value(inner, schema["additionalProperties"], place)
        else:
            yield from self._message(value, schema, str(at))

    def _type(self, schema: Schema, name: str) -> str:
        """Name a field's type as Google does; an enum's name is guessed from its first value."""
        if "$ref" in schema:
            return self._named(schema["$ref"])
        if "enum" in schema:
            return self._named(_enum_name(schema["enum"][0], name))
        return _type_name(schema)

    def _named(self, name: str) -> str:
        return f"type.googleapis.com/{self.package}.{_SEEN_NAMES.get(name, name)}"


def snake(name: str) -> str:
    """Write a JSON name as the protobuf field it stands for."""
    return re.sub(r"[A-Z]", lambda capital: f"_{capital[0].lower()}", name)


def refusal(violations: list[Violation]) -> dict[str, Any]:
    """Give the body of Google's 400; an empty field is left out, as protobuf does."""
    told = [
        {"field": one.field, "description": one.description}
        if one.field
        else {"description": one.description}
        for one in violations
    ]
    details = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": told}
    return {
        "error": {
            "code": 400,
            "message": "\n".join(one.description for one in violations),
            "status": "INVALID_ARGUMENT",
            "details": [details],
        }
    }


def unknown_parameter(name: str) -> Violation:
    """Say that no field of the request goes by a query parameter's name."""
    why = f"Cannot bind query parameter. Field '{name}' could not be found in request message."
    return _unknown(name, "", why)


def _unknown(name: str, at: str, why: str) -> Violation:
    where = f" at '{at}'" if at else ""
    return Violation(at, f'Invalid JSON payload received. Unknown name "{name}"{where}: {why}')


def _invalid(at: str, kind: str, value: object) -> Violation:
    shown = f'"{value}"' if isinstance(value, str) else json.dumps(value)
    return Violation(at, f"Invalid value at '{at}' ({kind}), {shown}")


def _second_choice(at: str, choice: str, name: str) -> Violation:
    why = f"oneof field '{choice}' is already set. Cannot set '{name}'"
    return Violation(at, f"Invalid value at '{at}' (oneof), {why}")


def _started_on_a_scalar(at: _Place) -> Violation:
    why = f"({snake(at.name)}), Starting an object on a scalar field"
    return Violation(at.parent, f"Invalid value at '{at.parent}' {why}")


def _enum_name(first_value: str, field: str) -> str:
    stem = re.fullmatch(r"(.+)_(?:UNSPECIFIED|UNDEFINED)", first_value)
    if stem:
        return "".join(word.capitalize() for word in stem[1].split("_"))
    name = field.removeprefix("response")
    return name[:1].upper() + name[1:]


def _type_name(schema: Schema) -> str:
    kind, form = schema["type"], schema.get("format", "")
    if kind == "array":
        return _LIST
    if form in _PROTOBUF:
        return f"type.googleapis.com/google.protobuf.{_PROTOBUF[form]}"
    if kind == "boolean":
        return "TYPE_BOOL"
    if form in _SIZES or form in _LONG or kind == "number":
        return f"TYPE_{form.upper()}"
    return "TYPE_STRING"


def _value_fits(value: object, schema: Schema) -> bool:
    kind, form = schema["type"], schema.get("format", "")
    if "enum" in schema:
        return value in schema["enum"]
    if kind == "boolean" or isinstance(value, bool):
        return kind == "boolean" and isinstance(value, bool)
    if form in _LONG:
        return isinstance(value, int) or (isinstance(value, str) and _is_whole(value))
    if kind == "integer":
        return isinstance(value, int) and _in_size(value, form)
    if kind == "number":
        return isinstance(value, int | float)
    return isinstance(value, str)


def _text_fits(text: str, schema: Schema) -> bool:
    if "enum" in schema:
        return text in schema["enum"]
    if schema["type"] == "boolean":
        return text.lower() in {"true", "false"}
    if schema["type"] == "integer":
        return _is_whole(text) and _in_size(int(text), schema["format"])
    return True


def _is_whole(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]+", text) is not None


def _in_size(value: int, form: str) -> bool:
    low, high = _SIZES[form]
    return low <= value < high
