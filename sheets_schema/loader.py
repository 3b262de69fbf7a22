"""Strict TOML: an unknown or missing key, or a wrong type, is an error naming file and key."""

from __future__ import annotations

import tomllib
import types
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from sheets_schema.model import Programme, Register
from sheets_schema.places import Office, Province
from sheets_schema.soundness import mistakes
from sheets_schema.wording import Corrections, Message

SAID_BY = ("source", "confirmed_by")
HERE = Path(__file__).parent
T = TypeVar("T")

BLOCKS = {
    "column": "columns",
    "step": "steps",
    "item": "items",
    "evidence_kind": "evidence_kinds",
    "activity": "activities",
    "indicator": "indicators",
    "form": "forms",
    "round": "rounds",
    "signature": "signatures",
    "district": "districts",
    "tambon": "tambons",
}
"""TOML says `[[step]]`, the record holds `steps`."""


class SchemaError(Exception):
    """A fact file that cannot be used: says which file, which key, and what would be right."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        """Name the file, the key in it, and the problem."""
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")
        self.file = file
        self.key = key


class _Reader:
    """Turns one file's plain values into records, keeping the path for messages."""

    def __init__(self, file: str) -> None:
        self.file = file

    def fail(self, key: str, problem: str) -> SchemaError:
        return SchemaError(self.file, key, problem)

    def record(self, cls: type[T], raw: object, path: str) -> T:
        """Build the dataclass from a table, refusing what it does not know."""
        if not isinstance(raw, dict):
            raise self.fail(path, "must be a table")
        hints = get_type_hints(cls)
        wanted = {item.name: item for item in fields(cls) if item.name != "file"}  # type: ignore[arg-type]
        given: dict[str, Any] = {}
        for word, value in raw.items():
            name = word if word in wanted else BLOCKS.get(word, word)
            where = f"{path}.{word}" if path else word
            if name not in wanted:
                raise self.fail(where, f"unknown key; known: {', '.join(sorted(wanted))}")
            given[name] = self.value(hints[name], value, where)
        for name, item in wanted.items():
            if name not in given and item.default is MISSING and item.default_factory is MISSING:
                raise self.fail(f"{path}.{name}" if path else name, "is missing")
        return cls(**given)

    def value(self, hint: Any, raw: Any, path: str) -> Any:
        """Read one value as the field's type."""
        origin = get_origin(hint)
        if origin in (Union, types.UnionType):
            return self.value(next(a for a in get_args(hint) if a is not type(None)), raw, path)
        if origin is Literal:
            return self.word(get_args(hint), raw, path)
        if origin is tuple:
            return self.sequence(get_args(hint), raw, path)
        if is_dataclass(hint):
            return self.record(cast("type[Any]", hint), raw, path)
        if type(raw) is not hint:
            raise self.fail(path, f"must be {hint.__name__}, is {type(raw).__name__} {raw!r}")
        if hint is str and not raw.strip() and path.rpartition(".")[2] in SAID_BY:
            raise self.fail(path, "must say where it comes from")
        return raw

    def word(self, known: tuple[object, ...], raw: object, path: str) -> object:
        if raw not in known:
            raise self.fail(path, f"{raw!r} is not one of {', '.join(map(str, known))}")
        return raw

    def sequence(self, args: tuple[Any, ...], raw: Any, path: str) -> tuple[Any, ...]:
        """Read a list; a table of words stands for pairs."""
        any_length = args[-1] is Ellipsis
        if any_length and get_origin(args[0]) is tuple and isinstance(raw, dict):
            raw = [list(pair) for pair in raw.items()]
        if not isinstance(raw, list):
            raise self.fail(path, "must be a list")
        if any_length:
            return tuple(self.value(args[0], v, f"{path}[{i}]") for i, v in enumerate(raw, 1))
        if len(raw) != len(args):
            raise self.fail(path, f"must hold {len(args)} values")
        return tuple(
            self.value(a, v, f"{path}[{i}]")
            for i, (a, v) in enumerate(zip(args, raw, strict=True), 1)
        )


def read_toml(path: Path) -> dict[str, Any]:
    """Parse the file; a TOML mistake names the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as mistake:
        raise SchemaError(_label(path), "", "must be saved as UTF-8") from mistake
    except tomllib.TOMLDecodeError as mistake:
        raise SchemaError(_label(path), "", f"not valid TOML: {mistake}") from mistake


def _label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def load(cls: type[T], path: Path) -> T:
    """Read one file as one record.

    Raises:
        SchemaError: unknown key, missing key, wrong type or word, naming file and key.
    """
    return _Reader(_label(path)).record(cls, read_toml(path), "")


@cache
def registers() -> dict[str, Register]:
    """Every register by code name, in reading order (centres first)."""
    loaded = _tabs_in("registers")
    for name, register in loaded.items():
        _check_register(f"registers/{name}.toml", register, loaded)
    return loaded


@cache
def product_tabs() -> dict[str, Register]:
    """The tabs that only the product writes, described like registers; no year asks for them."""
    loaded = _tabs_in("product_tabs")
    for name, register in loaded.items():
        _check_register(f"product_tabs/{name}.toml", register, registers())
    return loaded


def _tabs_in(folder: str) -> dict[str, Register]:
    paths = sorted((HERE / folder).glob("*.toml"))
    return {path.stem: load(Register, path) for path in paths}


def _check_register(file: str, register: Register, known: dict[str, Register]) -> None:
    if register.code != Path(file).stem:
        raise SchemaError(file, "code", f"{register.code!r} must equal the file's name")
    if sum(column.key for column in register.columns) != 1:
        raise SchemaError(file, "column", "exactly one column must be the key")
    for number, column in enumerate(register.columns, 1):
        where = f"column[{number}]"
        if column.refers_to is not None and column.refers_to not in {*known, "tambons"}:
            raise SchemaError(file, f"{where}.refers_to", f"no register {column.refers_to!r}")
        if column.required_unless is not None and column.required_unless not in register.by_code:
            raise SchemaError(file, f"{where}.required_unless", "no such column")
        if column.type == "choice" and not (column.choices or column.choices_from_year):
            raise SchemaError(file, f"{where}.choices", "a choice needs its list")


def programme_files(extra: Path | None = None) -> dict[int, Path]:
    """Year (BE) → file, from the shipped folder and the office's own folder beside it.

    Raises:
        SchemaError: a file not named after a year, or one year in both folders.
    """
    found: dict[int, Path] = {}
    if extra is not None and not extra.is_dir():
        raise SchemaError(str(extra), "", "is no folder")
    for folder in (HERE / "programmes", *([extra] if extra else [])):
        for path in sorted(folder.glob("*.toml")):
            if not path.stem.isdigit():
                raise SchemaError(_label(path), "", "must be named <year>.toml")
            if int(path.stem) in found:
                raise SchemaError(_label(path), "year", f"{path.stem} is already shipped")
            found[int(path.stem)] = path
    return found


@cache
def programme(year: int, extra: Path | None = None) -> Programme:
    """The year's programme; no year falls back to another.

    Raises:
        SchemaError: the file is wrong. KeyError: no file for that year (lists the known ones).
    """
    files = programme_files(extra)
    if year not in files:
        raise KeyError(year, tuple(sorted(files)))
    loaded = load(Programme, files[year])
    _check_programme(_label(files[year]), year, loaded)
    return loaded


def _check_programme(file: str, year: int, loaded: Programme) -> None:
    """What a record's types cannot say."""
    if loaded.year != year:
        raise SchemaError(file, "year", f"is {loaded.year}, but the file is named {year}.toml")
    for key, problem in mistakes(loaded, registers()):
        raise SchemaError(file, key, problem)


@cache
def province() -> Province:
    """The province this copy serves, with districts and tambons."""
    return load(Province, HERE / "districts.toml")


@cache
def corrections() -> Corrections:
    """Known spellings."""
    return load(Corrections, HERE / "corrections.toml")


@cache
def messages() -> dict[str, Message]:
    """Every finding's words by code."""
    reader = _Reader("messages.toml")
    findings = read_toml(HERE / "messages.toml")["finding"]
    return {
        code: reader.record(Message, {"code": code, **table}, f"finding.{code}")
        for code, table in findings.items()
    }


@cache
def reasons() -> dict[str, str]:
    """Shorter sentences by code: why a step is not proved, why a file cannot be read."""
    reader = _Reader("messages.toml")
    return {
        code: reader.value(str, text, f"reason.{code}")
        for code, text in read_toml(HERE / "messages.toml")["reason"].items()
    }


@cache
def offices() -> dict[str, Office]:
    """Offices by province or district code."""
    return {
        code: _Reader("offices.toml").record(Office, table, code)
        for code, table in read_toml(HERE / "offices.toml").items()
    }
