"""Who may see what; asked before anything is cached or shown.

Until login comes (a later issue) there are two viewers: whoever sits at this machine, and anybody
else, who sees the province's figures without personal columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from services.errors import SettingError
from sheets_schema.loader import province

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SETTING, ACCEPTED = "KONGTHUN_VIEWER", "province | district:5601,5602"
Role = Literal["alone", "province", "district"]
"""`alone`: the single user of this machine; the others are roles of a shared page."""


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks at a page; a district's own people name their `districts`.

    `people`: whether names may be told at all; nobody's without login beyond this machine.
    """

    role: Role
    districts: tuple[str, ...] = ()
    people: bool = False

    def may_open(self, district: str) -> bool:
        """Whether the district's figures are this viewer's business."""
        return self.role != "district" or district in self.districts

    def sees_people(self, district: str) -> bool:
        """Whether personal columns of the district's registers may be shown (PDPA)."""
        return self.people and self.role != "province" and self.may_open(district)

    @property
    def sees_all(self) -> bool:
        """Whether the whole province is this viewer's business."""
        return self.role != "district"


ALONE = Viewer("alone", people=True)


def allowed(viewer: Viewer, districts: Iterable[str]) -> tuple[str, ...]:
    """Those of the districts that the viewer may open, in order."""
    return tuple(code for code in districts if viewer.may_open(code))


def only_here(served: str, host: str | None, *, forwarded: bool) -> bool:
    """Whether a page is seen on its own machine: by the server's address and the request's host.

    >>> only_here("127.0.0.1", "127.0.0.1:8501", forwarded=False)
    True
    >>> only_here("127.0.0.1", "fund.example.org", forwarded=False)
    False
    """
    asked = LOOPBACK[0] if host is None else urlsplit(f"//{host}").hostname
    return served in LOOPBACK and asked in LOOPBACK and not forwarded


def viewer_of(setting: str | None, *, on_loopback: bool) -> Viewer:
    """The viewer of this run.

    `setting` (KONGTHUN_VIEWER) is «province», or «district» with codes after a colon; it shows what
    such a viewer would see and never widens what is shown.

    Raises:
        SettingError: another word, or no district of the province.
    """
    if not setting:
        return ALONE if on_loopback else Viewer("province")
    word, _, codes = setting.partition(":")
    named = tuple(code.strip() for code in codes.split(",") if code.strip())
    if word == "province" and not named:
        return Viewer("province")
    if word == "district" and set(named) <= set(province().by_code):
        return Viewer("district", named, people=on_loopback)
    raise SettingError(SETTING, ACCEPTED)
