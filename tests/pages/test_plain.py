"""What stands in a sheet is shown as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages._ui.language import plain
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import Open

HOSTILE = "<b>C1</b> **x** :red[y] $a$ [z](http://192.0.2.1)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**C1**", r"\*\*C1\*\*"),
        (":red[x]", r"\:red\[x\]"),
        ("\u202ecod", "\ufffdcod"),
        ("ศูนย์ ๑", "ศูนย์ ๑"),
    ],
)
def test_no_sign_of_a_text_formats_anything(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_centre_with_a_hostile_code_is_named_and_nothing_more(
    tmp_path: Path, open_page: Open
) -> None:
    rows = finished_centre()
    for register in ("centres", "funds", "households", "meetings"):
        for row in rows[register]:
            row["centre_id"] = HOSTILE
    write_workbook(tmp_path / "2565/5601 เมืองพะเยา.xlsx", tabs_of(rows))
    app = open_page(tmp_path, "progress/centres")
    assert not app.exception
    headings = [one.value for one in app.subheader]
    assert any(plain(HOSTILE) in heading for heading in headings)
    assert not any(HOSTILE in heading for heading in headings)
