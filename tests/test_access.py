"""Who may see what: nobody, unless it is said here; a setting narrows and never widens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.access import (
    ALONE,
    NOBODY,
    ROLES,
    Person,
    Viewer,
    allowed,
    narrowed,
    only_here,
    people_of,
    understood,
    with_login,
    without_login,
)
from services.errors import SettingError
from sheets_schema.loader import province

CODES = tuple(province().by_code)
VIEWERS = (
    ALONE,
    NOBODY,
    Viewer("province_admin"),
    Viewer("province_viewer"),
    Viewer("district_editor", ("5601", "5602"), people=True),
    Viewer("district_editor", (), people=True),
)
viewers = st.sampled_from(VIEWERS)
settings_ = st.one_of(
    st.none(),
    st.just(""),
    st.just("province"),
    st.lists(st.sampled_from(CODES), max_size=4).map(lambda codes: f"district:{','.join(codes)}"),
)


@pytest.mark.parametrize(
    ("served", "host", "here"),
    [
        ("127.0.0.1", None, True),
        ("127.0.0.1", "127.0.0.1:8501", True),
        ("localhost", "localhost", True),
        ("::1", "[::1]:8501", True),
        ("127.0.0.1", "fund.example.org", False),
        ("0.0.0.0", "127.0.0.1:8501", False),  # noqa: S104 – an address to refuse
        ("", "127.0.0.1:8501", False),
    ],
)
def test_a_page_is_seen_here_only_if_served_and_asked_for_here(
    served: str,
    host: str | None,
    here: bool,  # noqa: FBT001 – a case
) -> None:
    assert only_here(served, host, forwarded=False) is here
    assert only_here(served, host, forwarded=True) is False


def test_without_login_the_one_at_the_machine_sees_all_and_anybody_else_nothing() -> None:
    assert without_login(on_loopback=True) == ALONE
    assert without_login(on_loopback=False) == NOBODY


ROLES_OF_PEOPLE = {
    "Kanya@Example.org": "province_admin",
    "wichai@example.org": "province_viewer",
    "chun@example.org": "district_editor:5602",
}


@pytest.mark.parametrize(
    ("email", "role", "opens"),
    [
        ("kanya@example.org", "province_admin", CODES),
        (" WICHAI@example.org ", "province_viewer", CODES),
        ("chun@example.org", "district_editor", ("5602",)),
        ("chun@example.org.evil.example", "nobody", ()),
        ("", "nobody", ()),
        ("stranger@example.org", "nobody", ()),
        ("\N{KELVIN SIGN}anya@example.org", "nobody", ()),  # looks like one, and is none
        ("kanya\N{ZERO WIDTH SPACE}@example.org", "nobody", ()),
        ("chun@example.org,kanya@example.org", "nobody", ()),
    ],
)
def test_whoever_the_table_does_not_name_sees_nothing(
    email: str, role: str, opens: tuple[str, ...]
) -> None:
    viewer = with_login(people_of(ROLES_OF_PEOPLE), Person(email))
    assert (viewer.role, allowed(viewer, CODES)) == (role, opens)


def test_an_address_the_provider_does_not_stand_for_is_nobodys() -> None:
    people = people_of(ROLES_OF_PEOPLE)
    assert with_login(people, Person("kanya@example.org", vouched=False)) == NOBODY
    assert with_login(people, None) == NOBODY


@pytest.mark.parametrize(
    "role",
    [
        *("admin", "", "province", "alone", "nobody", "district_editor", "district_editor:"),
        *("province_admin:5601", "district_editor:5601,9999", "province_viewer, province_admin"),
    ],
)
def test_a_role_nobody_understands_stops_everybody_and_names_nobody(role: str) -> None:
    assert understood(role) is None
    with pytest.raises(SettingError, match="province_admin") as raised:
        people_of({"somebody@example.org": role, "kanya@example.org": "province_admin"})
    assert "somebody" not in str(raised.value)


def test_one_address_in_two_spellings_stops_everybody_and_names_nobody() -> None:
    twice = {"kanya@example.org": "district_editor:5601", " Kanya@Example.org": "province_admin"}
    with pytest.raises(SettingError, match="อีเมลละหนึ่งบรรทัด") as raised:
        people_of(twice)
    assert "kanya" not in str(raised.value).lower()


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: f"{viewer.role}{viewer.districts}")
def test_names_are_for_a_districts_own_people_and_for_who_is_alone(viewer: Viewer) -> None:
    told = {code for code in CODES if viewer.sees_people(code)}
    own = {"alone": set(CODES), "district_editor": set(viewer.districts)}
    assert told == own.get(viewer.role, set())
    assert told <= set(allowed(viewer, CODES))


def test_only_who_administers_sets_up() -> None:
    assert [viewer.role for viewer in VIEWERS if viewer.sets_up] == ["alone", "province_admin"]


@given(viewer=viewers, setting=settings_)
def test_a_setting_never_shows_more_than_the_viewer_sees_anyway(
    viewer: Viewer, setting: str | None
) -> None:
    seen = narrowed(viewer, setting)
    assert set(allowed(seen, CODES)) <= set(allowed(viewer, CODES))
    assert all(viewer.sees_people(code) for code in CODES if seen.sees_people(code))
    assert viewer.sets_up or not seen.sets_up
    assert narrowed(seen, setting) == seen


@pytest.mark.parametrize("setting", ["everybody", "district:9999", "province:5601", "alone"])
def test_a_setting_nobody_understands_is_told(setting: str) -> None:
    with pytest.raises(SettingError, match="KONGTHUN_VIEWER"):
        narrowed(ALONE, setting)


def test_every_role_of_the_table_is_understood() -> None:
    known = [understood(role if role != "district_editor" else f"{role}:5601") for role in ROLES]
    assert [viewer.role for viewer in known if viewer] == list(ROLES)
