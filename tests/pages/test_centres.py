"""The page of one centre's ladder as an officer opens it."""

from __future__ import annotations

from pathlib import Path

from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import Open, everything


def test_two_districts_may_call_a_centre_by_the_same_code(tmp_path: Path, open_page: Open) -> None:
    bare = finished_centre() | {"visits": []}
    write_workbook(tmp_path / "2565/5601 เมืองพะเยา.xlsx", tabs_of(finished_centre()))
    write_workbook(tmp_path / "2565/5602 จุน.xlsx", tabs_of(bare))
    app = open_page(tmp_path, "progress/centres")
    centres = app.selectbox(key="centre")
    assert centres.options == ["C1 · ศูนย์สมมติ · อำเภอเมืองพะเยา", "C1 · ศูนย์สมมติ · อำเภอจุน"]
    assert app.dataframe[0].value["สถานะ"].tolist()[5] == "✓ ครบ"
    other = open_page(tmp_path, "progress/centres", centre="C1 · ศูนย์สมมติ · อำเภอจุน")
    assert other.dataframe[0].value["สถานะ"].tolist()[5] == "○ ยังไม่เริ่ม"
    assert "5602 จุน.xlsx" in everything(other)
    assert "5601 เมืองพะเยา.xlsx" not in everything(other)
