"""The registers' page as a district officer opens it."""

from __future__ import annotations

from pathlib import Path

from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import Open
from tests.support.submissions import EARLY, sent, submissions_tab


def test_what_was_sent_is_kept_by_the_product_and_is_no_register_of_the_office(
    tmp_path: Path, open_page: Open
) -> None:
    tabs = [*tabs_of(finished_centre()), submissions_tab(sent("form_2", "C1", EARLY))]
    write_workbook(tmp_path / "2565/5601 เมืองพะเยา.xlsx", tabs)
    app = open_page(tmp_path, "registers/registers", district="เมืองพะเยา", register="_รายงาน")
    assert not app.exception
    shown = app.button_group(key="register").options
    assert "ลูกหนี้" in shown
    assert "_รายงาน" not in shown
