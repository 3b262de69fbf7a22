"""Whether target households have agreed: a blank is no «no», and no figure changes."""

from __future__ import annotations

import pytest

from services.compute.consents import Consent
from services.store.base import RawTab
from tests.support.centres import Rows, finished_centre, row_of, tabs_of
from tests.support.sheets import report_on


def answers(rows: Rows) -> list[Consent]:
    return [one.consent for one in report_on(*tabs_of(rows)).outcomes]


@pytest.mark.parametrize(
    ("typed", "consent"),
    [("ใช่", "yes"), ("ไม่", "no"), ("", "unanswered"), ("แล้วแต่ลูก", "unknown")],
)
def test_a_blank_is_not_no_and_what_cannot_be_read_is_neither(typed: str, consent: Consent) -> None:
    rows = finished_centre(2)
    row_of(rows, "households", "H1")["consent"] = typed
    assert answers(rows) == [consent, "yes"]


def test_a_household_has_agreed_only_if_all_copies_of_its_row_say_so() -> None:
    rows = finished_centre(2)
    copy = row_of(rows, "households", "H1") | {"occupation": "ทำนา"}
    assert answers(rows | {"households": [*rows["households"], copy]}) == ["yes", "yes"]
    other = copy | {"consent": ""}
    assert answers(rows | {"households": [*rows["households"], other]}) == ["unknown", "yes"]


def test_who_is_no_target_is_not_asked() -> None:
    rows = finished_centre(2)
    row_of(rows, "households", "H1")["target"] = "ไม่"
    assert answers(rows) == ["yes"]
    assert answers(finished_centre(0)) == []


def test_of_a_header_that_stands_twice_no_answer_is_known() -> None:
    tabs = {tab.name: tab for tab in tabs_of(finished_centre(1))}
    once = tabs["ครัวเรือน"]
    twice = RawTab(once.name, [[*row, row[-1]] for row in once.rows])
    report = report_on(*(tabs | {once.name: twice}).values())
    assert [one.consent for one in report.outcomes] == ["unknown"]
