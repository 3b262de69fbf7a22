"""Who may see what, while there is no login."""

from __future__ import annotations

import pytest

from services.access import ALONE, Viewer, allowed, only_here, viewer_of
from services.errors import SettingError


@pytest.mark.parametrize(
    ("served", "host", "here"),
    [
        ("127.0.0.1", "127.0.0.1:8501", True),
        ("localhost", "localhost", True),
        ("::1", "[::1]:8501", True),
        ("127.0.0.1", None, True),
        ("127.0.0.1", "fund.example.org", False),
        ("127.0.0.1", "192.0.2.7:8501", False),
        ("127.0.0.1", "127.0.0.1.example.org", False),
        ("0.0.0.0", "127.0.0.1:8501", False),  # noqa: S104 – an address that is refused
        ("", "127.0.0.1:8501", False),
    ],
)
def test_a_page_is_seen_here_only_by_its_own_machine(
    served: str, host: str | None, *, here: bool
) -> None:
    assert only_here(served, host, forwarded=False) is here
    assert only_here(served, host, forwarded=True) is False


def test_whoever_sits_at_the_machine_sees_everything_and_nobody_else_sees_names() -> None:
    assert viewer_of(None, on_loopback=True) == ALONE
    assert ALONE.sees_people("5601")
    elsewhere = viewer_of(None, on_loopback=False)
    assert elsewhere.sees_all
    assert not elsewhere.sees_people("5601")


@pytest.mark.parametrize("setting", ["province", "district:5601", "district:5601, 5602"])
def test_the_setting_never_tells_a_name_beyond_this_machine(setting: str) -> None:
    viewer = viewer_of(setting, on_loopback=False)
    assert not any(viewer.sees_people(code) for code in ("5601", "5602", "5603"))


def test_a_district_sees_its_own_people_and_opens_no_other() -> None:
    viewer = viewer_of("district:5601", on_loopback=True)
    assert viewer == Viewer("district", ("5601",), people=True)
    assert (viewer.sees_people("5601"), viewer.sees_people("5602")) == (True, False)
    assert allowed(viewer, ["5601", "5602"]) == ("5601",)
    assert not viewer.sees_all


@pytest.mark.parametrize("setting", ["everybody", "province:56", "district:9999", "alone"])
def test_a_viewer_nobody_understands_is_refused(setting: str) -> None:
    with pytest.raises(SettingError, match="KONGTHUN_VIEWER"):
        viewer_of(setting, on_loopback=True)
