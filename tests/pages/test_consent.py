"""Where a household's consent matters, the pages say whose is not there, and name nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.login import EDITOR, VIEWER, opened_by, with_login
from tests.pages.seen import Files
from tests.support.centres import finished_centre, row_of, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import Open, everything

MISSING = "ยังไม่มีความยินยอม"
MUANG = "เมืองพะเยา"


def office(folder: Path, *silent: str) -> Path:
    """Two districts of three target households each; in the first, these have not agreed."""
    for code in ("5601", "5602"):
        rows = finished_centre(3)
        for key in silent if code == "5601" else ():
            row_of(rows, "households", key)["consent"] = ""
        write_workbook(folder / f"2565/{code} ก.xlsx", tabs_of(rows))
    return folder


def test_the_debtors_page_counts_who_has_not_agreed_and_leads_to_their_register(
    tmp_path: Path, open_page: Open
) -> None:
    office(tmp_path, "H1", "H3")
    whole = open_page(tmp_path, "debts/debtors")
    assert not whole.exception
    assert "ครัวเรือนเป้าหมาย 2 จาก 6 ครัวเรือนยังไม่มีความยินยอม" in everything(whole)
    tables = [one.value for one in whole.dataframe if "ยินยอม" in one.value]
    assert [list(one["ยินยอม"]) for one in tables] == [["ยังไม่ตอบ", "ใช่", "ยังไม่ตอบ", *["ใช่"] * 3]]
    mine = open_page(tmp_path, "debts/debtors", district=MUANG)
    assert "2 จาก 3 ครัวเรือน" in everything(mine)
    (link,) = mine.get("page_link")
    assert "register=" in link.proto.query_string
    assert MISSING not in everything(open_page(tmp_path, "debts/debtors", district="จุน"))


@pytest.mark.parametrize(("paper", "told"), [("แบบ ๑", 2), ("แบบ ๒", 2), ("เอกสาร ๒", 0)])
def test_before_a_paper_with_names_is_taken_its_officer_hears_who_has_not_agreed(
    paper: str, told: int, tmp_path: Path, open_page: Open
) -> None:
    office(tmp_path, "H2")
    app = open_page(tmp_path, "reports/papers", district=MUANG, paper=paper)
    assert not app.exception
    assert everything(app).count(MISSING) == told
    assert len(app.get("download_button")) > 0
    if told:
        assert "1 จาก 3 ครัวเรือนในแบบยังไม่มีความยินยอม" in everything(app)
        assert "แฟ้มทุกอำเภอมีชื่อบุคคล และ 1 จาก 6" in everything(app)
    whole = open_page(tmp_path, "reports/papers", paper=paper)
    assert everything(whole).count(MISSING) == told // 2


def test_a_paper_of_households_that_all_agreed_needs_no_word(
    tmp_path: Path, open_page: Open
) -> None:
    assert MISSING not in everything(open_page(office(tmp_path), "reports/papers"))


def test_who_gets_no_names_is_not_told_that_the_paper_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_login(tmp_path, office(tmp_path / "data", "H1"), monkeypatch)
    Files(monkeypatch)
    assert MISSING not in everything(opened_by(VIEWER, "reports/papers", paper="แบบ ๑"))
    own = everything(opened_by(EDITOR, "reports/papers", paper="แบบ ๑"))
    assert own.count(MISSING) == 1
