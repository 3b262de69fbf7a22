"""Who may see what; asked before anything is cached or shown.

Until login comes (a later issue) there are two viewers: whoever sits at this machine, and anybody
else, who sees the province's figures without personal columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from services.errors import SettingError
from sheets_schema.loader import province

SETTING, ACCEPTED = "KONGTHUN_VIEWER", "province | district:5601,5602"
Role = Literal["alone", "province", "district"]
"""`alone`: the single user of this machine; the others are roles of a shared page."""


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks at a page; a district's own people name their `districts`."""

    role: Role
    districts: tuple[str, ...] = ()

    def may_open(self, district: str) -> bool:
        """Whether the district's figures are this viewer's business."""
        return self.role != "district" or district in self.districts

    def sees_people(self, district: str) -> bool:
        """Whether personal columns of the district's registers may be shown (PDPA)."""
        return self.role == "alone" or (self.role == "district" and district in self.districts)


ALONE = Viewer("alone")


def allowed(viewer: Viewer, districts: Iterable[str]) -> tuple[str, ...]:
    """Those of the districts that the viewer may open, in order."""
    return tuple(code for code in districts if viewer.may_open(code))


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
        return Viewer("district", named)
    raise SettingError(SETTING, ACCEPTED)
