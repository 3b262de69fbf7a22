"""What a figure counts, in the office's words."""

from __future__ import annotations

from functools import cache

from sheets_schema.loader import HERE, read_toml


@cache
def rules() -> dict[str, str]:
    """Every rule by its code; blanks are filled from the year's programme."""
    return {code: str(text) for code, text in read_toml(HERE / "rules.toml")["rule"].items()}


def rule(code: str, **blanks: object) -> str:
    """A rule with its blanks filled."""
    return rules()[code].format(**blanks)
