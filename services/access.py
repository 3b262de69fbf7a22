"""Who may see what; asked before anything is cached or shown. Nobody may, unless it is said here.

Without login whoever sits at the machine is alone with their data, and nobody else is served. With
login a table says who is who; a setting may narrow what they see and never widens it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from services.errors import SettingError
from sheets_schema.loader import province

LOOPBACK = ("127.0.0.1", "localhost", "::1")
ROLES_TABLE = "[roles] (secrets.toml)"
SETTING, ACCEPTED = "KONGTHUN_VIEWER", "province | district:5601,5602"
ACCEPTED_ROLES = "province_admin | province_viewer | district_editor:5601,5602"
ACCEPTED_ONCE = (
    "อีเมลละหนึ่งบรรทัด (ตัวพิมพ์เล็กใหญ่ถือเป็นอีเมลเดียวกัน) | one line per e-mail, whatever its capitals"
)
Role = Literal["alone", "province_admin", "province_viewer", "district_editor", "nobody"]
"""`alone`: the single user of this machine, without login."""
ROLES: tuple[Role, ...] = ("province_admin", "province_viewer", "district_editor")
"""What the table of people may say."""


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks at a page; a district's own people name their `districts`.

    `people`: whether names may be told at all.
    """

    role: Role
    districts: tuple[str, ...] = ()
    people: bool = False

    def may_open(self, district: str) -> bool:
        """Whether the district's figures are this viewer's business."""
        return self.sees_all or (self.role == "district_editor" and district in self.districts)

    def sees_people(self, district: str) -> bool:
        """Whether personal columns of the district's registers may be shown (PDPA).

        To the district's own people, and to whoever is alone with the data.
        """
        return self.people and self.role in ("alone", "district_editor") and self.may_open(district)

    def may_edit(self, district: str) -> bool:
        """Whether this viewer may change the district's registers: names and all, as its own."""
        return self.sees_people(district)

    @property
    def sees_all(self) -> bool:
        """Whether the whole province is this viewer's business."""
        return self.role in ("alone", "province_admin", "province_viewer")

    @property
    def sets_up(self) -> bool:
        """Whether this viewer connects spreadsheets and sees where things are kept."""
        return self.role in ("alone", "province_admin")


ALONE = Viewer("alone", people=True)
NOBODY = Viewer("nobody")


@dataclass(frozen=True)
class Person:
    """Who has logged in, as the login's provider tells; `vouched`: it stands for the e-mail."""

    email: str
    vouched: bool = True


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


def without_login(*, on_loopback: bool) -> Viewer:
    """Who looks where nobody logs in: whoever sits at this machine, and nobody elsewhere."""
    return ALONE if on_loopback else NOBODY


def with_login(people: Mapping[str, Viewer], person: Person | None) -> Viewer:
    """Who looks where people log in.

    `people`: e-mail -> who that is, as `people_of` reads the office's table.
    """
    if person is None or not person.vouched:
        return NOBODY
    return people.get(_address(person.email), NOBODY)


def _address(email: str) -> str:
    """What is compared: capitals do not matter, but of A-Z only.

    Other scripts have letters that turn into a-z (K, the sign of Kelvin): somebody else's address.
    """
    trimmed = email.strip()
    return trimmed.lower() if trimmed.isascii() else trimmed


def understood(role: str) -> Viewer | None:
    """Who an entry of the table of people is; None where it is not understood.

    >>> understood("district_editor:5601, 5602")
    Viewer(role='district_editor', districts=('5601', '5602'), people=True)
    """
    word, _, codes = role.partition(":")
    named = tuple(code.strip() for code in codes.split(",") if code.strip())
    known = next((one for one in ROLES if one == word.strip()), None)
    if known == "district_editor":
        there = named and set(named) <= set(province().by_code)
        return Viewer(known, named, people=True) if there else None
    return Viewer(known) if known and not named else None


def narrowed(viewer: Viewer, setting: str | None) -> Viewer:
    """The viewer as KONGTHUN_VIEWER asks to see it: never more than they see anyway.

    Raises:
        SettingError: another word, or no district of the province.
    """
    if not setting:
        return viewer
    word, _, codes = setting.partition(":")
    named = tuple(code.strip() for code in codes.split(",") if code.strip())
    if word == "province" and not named:
        return Viewer("province_viewer") if viewer.sees_all else viewer
    if word == "district" and set(named) <= set(province().by_code):
        if viewer.role == "nobody":
            return viewer
        return replace(viewer, role="district_editor", districts=allowed(viewer, named))
    raise SettingError(SETTING, ACCEPTED)


def people_of(roles: Mapping[str, str]) -> Mapping[str, Viewer]:
    """The office's table of people: e-mail as it is compared -> who that is.

    Raises:
        SettingError: a role nobody understands, or one address twice; whose it is, is not told.
    """
    people: dict[str, Viewer] = {}
    for email, role in roles.items():
        viewer, address = understood(role), _address(email)
        if viewer is None:
            raise SettingError(ROLES_TABLE, ACCEPTED_ROLES)
        if address in people:
            raise SettingError(ROLES_TABLE, ACCEPTED_ONCE)
        people[address] = viewer
    return people
