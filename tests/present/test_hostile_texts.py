"""What stands in an office's cells comes out as the same text, and never as an order.

Verbs, papers, pages and their files are found by listing them: the next one is looked at too.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from pages._ui import reading
from services.cli import _parser, main
from services.normalise.thai import clean
from services.present.csv import DANGEROUS, guarded
from services.present.papers.offered import offered
from services.present.signs import ORDERS
from sheets_schema.loader import programme, registers
from tests.pages.seen import Files
from tests.pages.test_every_page import SCRIPTS
from tests.present.hostile import COLUMN, FILE, TABS, TEXTS, hostile_workbook
from tests.support.pages import opener

OPTIONS = ["--year", "2565", "--as-of", "2022-07-19"]
SIGNS = re.compile(r"[<\[{$:#!]")
"""What Markdown and HTML, and a careless sentence with blanks, would take for their own."""
MARKED = {text for text in (*map(clean, TEXTS), *TABS, FILE, COLUMN) if SIGNS.search(text)}
PLAIN = {("Selectbox", "options"), ("Selectbox", "raw_value"), ("VegaLiteChart", "spec")}
"""Where a browser shows a text as it is: a list to choose from, a chart's own data."""
NO_FILE_NAME = re.compile(
    r'[<>:"/\\|?*\x00-\x1f]|[ .]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE
)


@dataclass(frozen=True)
class Seen:
    """What the pages sent, and the files they offered."""

    apps: dict[str, list[AppTest]]
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hostile")
    hostile_workbook(place)
    return place


@pytest.fixture(scope="module")
def seen(folder: Path) -> Iterator[Seen]:
    """Every page, with and without the district; every button of its first view pressed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KONGTHUN_HISTORY", str(folder / "history"))
        files, open_page = Files(patch), opener(patch)
        apps: dict[str, list[AppTest]] = {}
        for script in SCRIPTS:
            opened = [open_page(folder, script, **words) for words in addresses(script)]
            pressed = [
                open_page(folder, script).button[number].click().run()
                for number in range(len(opened[0].button))
            ]
            apps[script] = [*opened, *pressed]
        yield Seen(apps, files.made)
    reading._kept.cache_clear()


def addresses(script: str) -> Iterator[dict[str, str]]:
    here = {"district": "เมืองพะเยา"}
    yield from ({}, here)
    if script == "registers/registers":
        yield from ({**here, "register": one.tab} for one in registers().values())
    if script == "reports/papers":
        yield from ({**here, "paper": paper} for paper in offered(programme(2565)).values())
    if script == "quality/findings":
        yield from ({**here, "severity": one} for one in ("ควรตรวจ", "แจ้งให้ทราบ"))
    if script == "progress/centres":
        named = [(n, clean(text)) for n, text in enumerate(TEXTS) if NO_FILE_NAME.search(text)]
        yield from ({"centre": f"{text} · ศูนย์ {n} · อำเภอเมืองพะเยา"} for n, text in named)


def strings(message: Any) -> Iterator[tuple[tuple[str, str], str]]:
    """Every text of what goes to the browser: its element, its field, the text."""
    for field, value in message.ListFields():
        for one in value if isinstance(value, Sequence) and not isinstance(value, str) else [value]:
            if hasattr(one, "ListFields"):
                yield from strings(one)
            elif isinstance(one, str):
                yield (type(message).__name__, field.name), one


def protos(node: Any) -> Iterator[Any]:
    proto = getattr(node, "proto", None)
    if hasattr(proto, "ListFields"):
        yield proto
    for child in getattr(node, "children", {}).values():
        yield from protos(child)


def sent(seen: Seen) -> Iterator[Any]:
    for apps in seen.apps.values():
        for app in apps:
            yield from protos(app._tree)


def test_no_page_breaks(seen: Seen) -> None:
    broken = {
        script: [one.message for app in apps for one in app.exception]
        for script, apps in seen.apps.items()
    }
    assert not any(broken.values()), broken


def test_no_text_is_formatted_on_a_page(seen: Seen) -> None:
    """`plain` puts a sign before each of Markdown's, so that the bare text never goes out."""
    shown = {
        (where, text)
        for proto in sent(seen)
        for where, text in strings(proto)
        if where not in PLAIN and where[1] != "id" and any(mark in text for mark in MARKED)
    }
    assert shown == set()
    html = {proto.body for proto in sent(seen) if getattr(proto, "allow_html", False)}
    assert html == set()


def test_no_text_gives_orders_on_a_page(seen: Seen) -> None:
    assert {text for p in sent(seen) for _, text in strings(p) if ORDERS.search(text)} == set()


def test_every_file_has_a_name_that_windows_takes(seen: Seen) -> None:
    names = [*seen.files, *(name for zipped in zips(seen) for name in zipped.namelist())]
    assert len(names) > 50
    assert [name for name in names if NO_FILE_NAME.search(name) or ORDERS.search(name)] == []
    assert [name for name in names if len(name.encode()) > 255] == []


def zips(seen: Seen) -> list[ZipFile]:
    return [ZipFile(BytesIO(made)) for name, made in seen.files.items() if name.endswith(".zip")]


def test_every_picture_is_drawn(seen: Seen) -> None:
    pictures = [made for name, made in seen.files.items() if name.endswith(".png")]
    assert len(pictures) >= 10
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


def test_no_cell_of_a_csv_is_a_formula_and_none_is_lost(seen: Seen) -> None:
    cells: dict[str, set[str]] = {}
    for name, made in seen.files.items():
        if name.endswith(".csv"):
            rows = csv.reader(StringIO(made.decode("utf-8-sig"), newline=""))
            cells[name] = {cell for row in rows for cell in row}
    assert {
        c for held in cells.values() for c in held if len(c) > 1 and c.startswith(DANGEROUS)
    } == set()
    for register in ("ทะเบียน ครัวเรือน 5601 2565.csv", "ทะเบียน ศูนย์ 5601 2565.csv"):
        assert {str(guarded(clean(text))) for text in TEXTS} - cells[register] == set()


def test_no_cell_of_a_workbook_is_a_formula_and_none_is_lost(seen: Seen) -> None:
    made = {name: content for name, content in seen.files.items() if name.endswith(".xlsx")}
    inner = {name: one.read(name) for one in zips(seen) for name in one.namelist()}
    held: dict[str, set[str]] = {}
    for name, content in (made | inner).items():
        for sheet in load_workbook(BytesIO(content)).worksheets:
            cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
            assert {cell.data_type for cell in cells} <= {"s", "n", "d"}, name
            held.setdefault(name, set()).update(str(cell.value) for cell in cells)
    texts = {clean(text) for text in TEXTS}
    assert texts - held["แบบ ๑ 2565 5601 เมืองพะเยา.xlsx"] == set()
    assert {text for text in TEXTS if text == clean(text)} - held[
        "รายการแก้ไข เมืองพะเยา 2565.xlsx"
    ] == set()


def verbs() -> list[str]:
    """The verbs that need a year and nothing else, and the one that needs nothing."""
    (choices,) = (a.choices for a in _parser()._actions if isinstance(a.choices, dict))
    needs = {name: {a.dest for a in verb._actions if a.required} for name, verb in choices.items()}
    return [name for name, needed in needs.items() if needed <= {"year"}]


@pytest.mark.parametrize("verb", verbs())
def test_a_verb_gives_the_text_back_and_no_order_to_the_terminal(
    verb: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [verb, "--data", str(folder), *([] if verb == "doctor" else OPTIONS)]
    assert main([*options, "--json"]) in (0, 1)
    told = json.loads(capsys.readouterr().out)
    if verb == "check":
        assert set(TEXTS) - {one["value"] for one in told["findings"]} == set()
    assert main(options) in (0, 1)
    assert ORDERS.findall(capsys.readouterr().out) == []


def test_verbs_are_found() -> None:
    assert {"check", "progress", "outcomes", "rank", "doctor"} <= set(verbs())


@pytest.mark.parametrize("paper", offered(programme(2565)))
def test_a_paper_by_the_line_is_written_where_it_was_asked_for(
    paper: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "paper.xlsx"
    words = ["form", paper, "--data", str(folder), *OPTIONS, "--format", "xlsx", "--out", str(out)]
    assert main([*words, "--district", "5601"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["paper.xlsx"]
    if paper == "form_1":
        assert main([*words, "--district", "5601", "--centre", "\x1b[31m../x"]) == 2
    captured = capsys.readouterr()
    assert ORDERS.findall(captured.out + captured.err) == []
