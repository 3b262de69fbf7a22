"""No byte of another district, or of a name, reaches whom it is not for: on any page or file.

Pages and papers are found by listing them, so that the next one is looked at too.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pages._ui import data, reading, traced, who
from services.access import Person
from services.present.papers.offered import offered
from services.present.papers.xlsx import workbook
from services.present.registers import Wanted
from sheets_schema.loader import programme, registers
from tests.pages.login import ADMIN, EDITOR, STRANGER, VIEWER, opened_by, with_login
from tests.pages.seen import Files, sent, unpacked
from tests.pages.test_every_page import SCRIPTS, every_page
from tests.support.centres import Rows, finished_centre, tabs_of
from tests.support.files import write_workbook

OWN, OTHER, NAME = "CANARYOWN", "CANARYOTHER", "นางคานารี่"
OWN_CODE, OTHER_CODE = "5601", "5602"
PERSONAL = {
    column.code for one in registers().values() for column in one.columns if column.personal
}


def marked(mark: str) -> Rows:
    """A finished centre in whose every free text a mark stands, and in whose names a name."""
    rows = finished_centre(2)
    for code, lines in rows.items():
        for number, line in enumerate(lines):
            for column in registers()[code].columns:
                if column.code in PERSONAL:
                    line[column.code] = f"{NAME} {mark} {number}"
                elif column.type == "text" and not column.code.endswith(("_id", "_no", "tambon")):
                    line[column.code] = f"{mark} {number}"
    return rows


@dataclass(frozen=True)
class Province:
    """Two districts with marks, login switched on, and where the product writes."""

    folder: Path
    files: Files
    log: pytest.LogCaptureFixture

    def written(self) -> bytes:
        """Everything the product wrote: traces, copies, the log."""
        own = self.folder / "history"
        kept = [place.read_bytes() for place in own.rglob("*") if place.is_file()]
        names = [str(place).encode() for place in own.rglob("*")]
        return b"\n".join([*kept, *names, self.log.text.encode()])


@pytest.fixture
def province(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[Province]:
    for code, mark in ((OWN_CODE, OWN), (OTHER_CODE, OTHER)):
        write_workbook(tmp_path / f"data/2565/{code} ก.xlsx", tabs_of(marked(mark)))
    with_login(tmp_path, tmp_path / "data", monkeypatch)
    traced._once.cache_clear()
    with caplog.at_level(logging.DEBUG, logger="pages"):
        yield Province(tmp_path, Files(monkeypatch), caplog)
    reading._kept.cache_clear()


def addresses(script: str) -> Iterator[dict[str, str]]:
    """The ways into a page: by its menu, and by links somebody made up."""
    yield {}
    yield {"district": "จุน"}
    yield {"district": "เมืองพะเยา"}
    if script == "registers/registers":
        yield from ({"district": "เมืองพะเยา", "register": one.tab} for one in registers().values())
    if script == "reports/papers":
        for paper in offered(programme(2565)).values():
            yield from ({"district": where, "paper": paper} for where in ("เมืองพะเยา", "จุน"))
            yield {"paper": paper}


def everything(province: Province, email: str | None, script: str) -> bytes:
    parts = [sent(opened_by(email, script, **words)) for words in addresses(script)]
    return b"\n".join([*parts, province.files.everything(), province.written()])


@every_page
def test_a_district_gets_no_byte_of_another(script: str, province: Province) -> None:
    seen = everything(province, EDITOR, script)
    assert OTHER.encode() not in seen
    assert OTHER_CODE.encode() not in province.files.everything()


@every_page
def test_the_province_gets_no_byte_of_a_name(script: str, province: Province) -> None:
    assert NAME.encode() not in everything(province, VIEWER, script)


def test_nor_does_who_sets_the_product_up(province: Province) -> None:
    for script in ("registers/registers", "settings/doctor"):
        assert NAME.encode() not in everything(province, ADMIN, script)


@every_page
@pytest.mark.parametrize("email", [None, STRANGER])
def test_nobody_gets_no_byte_at_all(email: str | None, script: str, province: Province) -> None:
    seen = everything(province, email, script)
    assert not any(mark.encode() in seen for mark in (OWN, OTHER, NAME))
    assert province.files.made == {}


@pytest.mark.parametrize("email", [EDITOR, VIEWER, ADMIN])
def test_a_page_that_asks_for_too_much_gets_no_more(
    email: str, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands below the pages refuses too: nothing is only hidden."""
    opened_by(ADMIN, "settings/doctor")  # leaves a trace
    assert province.written()
    monkeypatch.setattr(who, "person", lambda: Person(email))
    of = data.scope(2565, reading.look(2565).report)
    found = data.opened(of, OTHER_CODE)
    rows = [data.register(of, OTHER_CODE, code, Wanted()) for code in registers()]
    sheets = [workbook(data.paper(of, name, OTHER_CODE)) for name in offered(programme(2565))]
    assert (found is None) is (email == EDITOR)
    parts = (part for sheet in sheets for part in unpacked(sheet))
    given = b"\n".join([*(one.rows.to_csv().encode() for one in rows), *parts])
    assert (OTHER.encode() in given) is (email != EDITOR)
    assert NAME.encode() not in given
    assert bool(len(data.traces())) is (email == ADMIN)


def test_the_marks_are_there_for_whom_they_are_meant(province: Province) -> None:
    """Otherwise the tests above could not fail."""
    own = b"\n".join(
        sent(opened_by(EDITOR, "registers/registers", district="เมืองพะเยา", register=one.tab))
        for one in registers().values()
    )
    assert OWN.encode() in own
    assert NAME.encode() in own
    assert OWN.encode() in province.files.everything()
    assert NAME.encode() in province.files.everything()
    provinces = everything(province, VIEWER, "registers/registers")
    assert OWN.encode() in provinces


def test_what_is_written_down_names_neither_people_nor_debts(province: Province) -> None:
    for script in SCRIPTS:
        opened_by(EDITOR, script)
    kept = province.written()
    assert b"opened" in kept
    assert not any(mark.encode() in kept for mark in (OWN, OTHER, NAME))
