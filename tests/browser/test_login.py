"""Login, in a browser, against a provider on this machine: in, the wrong person, expired, out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    decode_signed_value,
)

from bench.served import NotServedError, Served, kongthun
from tests.browser.office import (
    COOKIE,
    COOKIE_SECRET,
    LOG_IN,
    LOG_OUT,
    MARKS,
    NO_RIGHTS,
    ROLES,
    SIGN_IN,
    UNVOUCHED,
    Office,
    Visitor,
    office,
)
from tests.browser.test_every_page import picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

Comes = Callable[..., Visitor]
Cookies = list[Any]
EVERYWHERE, MONTH = "0.0.0.0", 32 * 24 * 60 * 60  # noqa: S104 – what must be refused


@pytest.fixture(scope="module")
def there(served: Served, log: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Just started: whoever comes first is the first visitor of all."""
    assert served
    with office(tmp_path_factory.mktemp("office"), log.parent / "demo") as started:
        yield started


@pytest.fixture(scope="module")
def context(browser: Browser, there: Office) -> Iterator[BrowserContext]:
    """One browser for all: what it keeps of the pages' own files makes the next visit quicker."""
    assert there
    known = browser.new_context(viewport={"width": Visitor.WIDE, "height": 900}, locale="th-TH")
    yield known
    known.close()


@pytest.fixture
def comes(context: BrowserContext, there: Office) -> Comes:
    """Somebody who has only these cookies; whoever came before has gone."""

    def come(cookies: Cookies | None = None) -> Visitor:
        for page in context.pages:
            page.close()
        context.clear_cookies()
        context.add_cookies(cookies or [])
        return Visitor(context.new_page(), there)

    return come


def stands_before_the_door(visitor: Visitor) -> bool:
    """The heading, the sentence, the button; in the menu only the language; nothing was sent."""
    menu = visitor.page.get_by_test_id("stSidebarContent").inner_text()
    assert visitor.says()[1:] == ["lock", SIGN_IN, LOG_IN]
    assert menu.split() == ["ภาษา", "/", "Language", "th", "en"]
    return not visitor.districts() and not visitor.troubles


def is_turned_away(visitor: Visitor, sentence: str, email: str) -> bool:
    """A sentence, the account, the way out; nothing was sent."""
    _, icon, said, *rest = visitor.says()
    assert (icon, rest) == ("lock", [email, "logout", LOG_OUT])
    assert said.startswith(sentence)
    return not visitor.districts() and not visitor.troubles


def test_nobody_sees_more_than_the_door_by_whatever_link_they_come(
    comes: Comes, addresses: tuple[str, ...], subtests: pytest.Subtests
) -> None:
    """The first request after the start is a link into the pages."""
    visitor = comes()
    for address in (*addresses[::-1], "debtors?district=จุน&year=2560"):
        with subtests.test(address=address or "first page"):
            assert stands_before_the_door(visitor.goes_to(address))
    picture(visitor, "login", Visitor.WIDE)
    visitor.resized(Visitor.PHONE)
    picture(visitor, "login", Visitor.PHONE)
    assert visitor.fits()


def test_the_province_logs_in_and_sees_its_figures(comes: Comes, there: Office) -> None:
    visitor = comes().logs_in("province")
    menu = visitor.page.get_by_test_id("stSidebarContent").inner_text()
    assert visitor.page.url == f"{there.served.address}/"
    assert visitor.page.get_by_test_id("stMetricValue").count() > 2
    assert visitor.districts() == set(MARKS)
    assert "Viewer@Office.example" in menu
    assert LOG_OUT in menu
    assert visitor.troubles == []
    picture(visitor, "logged-in", Visitor.WIDE)
    kept = {cookie["name"]: cookie for cookie in visitor.page.context.cookies()}
    assert kept[COOKIE]["httpOnly"]
    assert kept[COOKIE]["sameSite"] == "Lax"


def test_a_district_logs_in_and_sees_only_itself(comes: Comes) -> None:
    visitor = comes().logs_in("chun")
    assert visitor.districts() == {"5602"}
    assert visitor.goes_to("registers").districts() == {"5602"}
    assert visitor.troubles == []


def test_who_is_in_no_table_is_told_whom_to_ask_and_can_leave(comes: Comes) -> None:
    visitor = comes().logs_in("stranger")
    assert is_turned_away(visitor, NO_RIGHTS, "stranger@office.example")
    picture(visitor, "no-rights", Visitor.WIDE)
    visitor.resized(Visitor.PHONE)
    picture(visitor, "no-rights", Visitor.PHONE)
    assert visitor.fits()
    assert is_turned_away(visitor.goes_to("registers"), NO_RIGHTS, "stranger@office.example")
    visitor.resized(Visitor.WIDE)
    assert stands_before_the_door(visitor.logs_out())


def test_an_email_the_provider_does_not_vouch_for_is_nobodys(comes: Comes) -> None:
    visitor = comes().logs_in("unvouched")
    assert is_turned_away(visitor, UNVOUCHED, "viewer@office.example")


def spoilt(monkeypatch: pytest.MonkeyPatch, good: str) -> dict[str, str]:
    """The same identity: with a changed sign, signed by somebody else, signed a month ago."""
    said = decode_signed_value(COOKIE_SECRET, COOKIE, good)
    assert said is not None
    found = {
        "changed": good[:9] + ("A" if good[9] != "A" else "B") + good[10:],
        "forged": create_signed_value("somebody else's " * 3, COOKIE, said.decode()).decode(),
    }
    a_month_ago = time.time() - MONTH
    monkeypatch.setattr(time, "time", lambda: a_month_ago)
    found["old"] = create_signed_value(COOKIE_SECRET, COOKIE, said.decode()).decode()
    monkeypatch.undo()
    return found


def test_an_identity_that_is_spoilt_or_too_old_is_nobodys(
    comes: Comes, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    cookies: Cookies = comes().logs_in("province").page.context.cookies()
    assert comes(cookies).goes_to("").districts() == set(MARKS)
    good = next(one for one in cookies if one["name"] == COOKIE)
    rest = [one for one in cookies if one["name"] != COOKIE]
    visitor = comes(rest)
    assert stands_before_the_door(visitor.goes_to("debtors"))
    for what, value in spoilt(monkeypatch, good["value"]).items():
        with subtests.test(what):
            visitor.page.context.add_cookies([good | {"value": value}])
            assert stands_before_the_door(visitor.goes_to("debtors"))


def test_who_has_logged_out_sees_nothing_by_going_back(comes: Comes) -> None:
    visitor = comes().logs_in("province").goes_to("debtors")
    visitor.logs_out().received.clear()
    assert stands_before_the_door(visitor)
    ours = 0
    for _ in range(5):  # the provider's page, debtors, the first page, the provider's, the first
        visitor.page.go_back(wait_until="domcontentloaded")
        if visitor.page.url.startswith(visitor.home):
            ours += 1
            visitor.page.get_by_role("button", name=LOG_IN, exact=True).wait_for()
            assert stands_before_the_door(visitor.settled())
    assert ours == 3


def test_a_role_taken_away_holds_from_the_next_thing_asked(comes: Comes, there: Office) -> None:
    """Also where only a part of the page runs again."""
    visitor = comes().logs_in("leaver").goes_to("villages")
    assert visitor.districts() == set(MARKS)
    there.lets_in({email: role for email, role in ROLES.items() if "leaver" not in email})
    visitor.received.clear()
    weight = visitor.page.get_by_test_id("stNumberInputField").first
    weight.fill("7")
    weight.press("Enter")
    visitor.page.get_by_text(NO_RIGHTS).wait_for()
    assert is_turned_away(visitor.settled(), NO_RIGHTS, "leaver@office.example")
    assert is_turned_away(visitor.goes_to("debtors"), NO_RIGHTS, "leaver@office.example")


def test_without_login_nothing_is_served_to_others(served: Served, tmp_path: Path) -> None:
    assert served
    told = {"KONGTHUN_DATA": str(tmp_path), "KONGTHUN_SECRETS": str(tmp_path / "secrets.toml")}
    (tmp_path / "secrets.toml").touch()
    with (
        pytest.raises(NotServedError) as refused,
        kongthun(tmp_path / "log", told, address=EVERYWHERE),
    ):
        pytest.fail("it was served")
    said, code = refused.value.args
    assert "ไม่เริ่มทำงาน: ยังไม่ได้ตั้งการเข้าสู่ระบบ" in said
    assert "Not started: without login" in said
    assert "Traceback" not in said
    assert code
