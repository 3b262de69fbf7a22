"""The province, its districts and its offices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Tambon:
    """A sub-district."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True)
class District:
    """A district with its place (column, row) on the tile map, from the north-west."""

    code: str
    name: str
    name_en: str
    tile: tuple[int, int]
    tambons: tuple[Tambon, ...]


@dataclass(frozen=True)
class Province:
    """The province and its districts in official order."""

    code: str
    name: str
    name_en: str
    source: str
    districts: tuple[District, ...]

    @cached_property
    def by_code(self) -> dict[str, District]:
        """Districts by their four-digit code."""
        return {district.code: district for district in self.districts}


@dataclass(frozen=True)
class Office:
    """Who signs and from where; blank until the office fills it in."""

    name: str
    letter_prefix: str
    address: str
    telephone: str
    signer_name: str
    signer_position: str
