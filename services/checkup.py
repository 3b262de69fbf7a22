"""One line of a check-up: what was found, and how to put it right."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_schema.checkup import checkup


@dataclass(frozen=True)
class Check:
    """One line of a check-up; `fix` is blank where all is well."""

    id: str
    ok: bool
    message: str
    fix: str


def check(code: str, of: str = "", /, *, ok: bool, **blanks: object) -> Check:
    """The check's sentence for how it came out; `of` tells apart checks of one kind."""
    words = checkup()[code]
    said = words.right if ok else words.wrong
    fix = "" if ok else words.fix.format(**blanks)
    return Check(f"{code}:{of}" if of else code, ok, said.format(**blanks), fix)
