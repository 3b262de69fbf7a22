"""The registers' page as a district officer opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_schema.loader import registers
from tests.pages.login import EDITOR, VIEWER, opened_by, with_login
from tests.pages.seen import Files
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import Open
from tests.support.submissions import EARLY, sent, submissions_tab

PERSONAL = {
    register.tab: [column.header for column in register.columns if column.personal]
    for register in registers().values()
}


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


@pytest.mark.parametrize("tab", ["ครัวเรือน", "ลูกหนี้", "สัญญา"])
def test_the_province_sees_that_names_are_there_and_takes_none_of_them_away(
    tab: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = finished_centre(2)
    rows["debts"][0]["debtor_name"] = rows["contracts"][0]["guarantor"] = "นายสมมติ ผู้ค้ำ"
    write_workbook(tmp_path / "data/2565/5601 เมืองพะเยา.xlsx", tabs_of(rows))
    with_login(tmp_path, tmp_path / "data", monkeypatch)
    files = Files(monkeypatch)
    for email, seen in ((VIEWER, False), (EDITOR, True)):
        app = opened_by(email, "registers/registers", district="เมืองพะเยา", register=tab)
        assert not app.exception
        (header,) = PERSONAL[tab]
        shown = list(app.dataframe[0].value[header].dropna())
        assert [cell == "•••" for cell in shown] == [not seen] * len(shown)
        assert shown
        assert (header in app.selectbox[-1].options) is seen
        assert ("«•••»" in app.caption[-1].value) is not seen
        (file,) = [made for name, made in files.made.items() if "ทะเบียน" in name]
        assert (header.encode() in file) is seen
        assert "•••".encode() not in file


def test_the_province_finds_nothing_by_a_hidden_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_workbook(tmp_path / "data/2565/5601 เมืองพะเยา.xlsx", tabs_of(finished_centre(2)))
    with_login(tmp_path, tmp_path / "data", monkeypatch)
    app = opened_by(VIEWER, "registers/registers", district="เมืองพะเยา", register="ครัวเรือน")
    for words, found in (("นายสมมติ", 0), ("H2", 1)):
        app.text_input[0].set_value(words).run()
        assert len(app.dataframe[0].value) == found
