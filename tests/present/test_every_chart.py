"""What holds of every chart: also of the next one, found by listing them."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from services.demo import write_demo
from services.pipeline import province_report
from services.present import charts
from services.present.charts.drawing import Drawing
from services.present.charts.pictures import footnote, png
from services.present.scope import Scope
from services.store.xlsx_folder import XlsxFolder
from sheets_schema.loader import programme, province
from tests.support.sheets import AS_OF

Chart = Callable[[Scope], Drawing | None]


def drawn() -> Iterator[Chart]:
    names = [f"{charts.__name__}.{one.name}" for one in pkgutil.iter_modules(charts.__path__)]
    for module in map(import_module, names):
        for _, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not function.__name__.startswith("_")
            gives = "Drawing" in str(function.__annotations__.get("return"))
            if own and gives and list(inspect.signature(function).parameters) == ["scope"]:
                yield function


CHARTS = list(drawn())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts")
    write_demo(folder)
    return folder


def scope(folder: Path, year: int) -> Scope:
    report = province_report(XlsxFolder(folder), programme(year), AS_OF)
    return Scope(report, programme(year), province().districts)


def test_every_chart_is_found() -> None:
    assert len(CHARTS) >= 10


@pytest.mark.parametrize("year", [2560, 2565])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_a_chart_has_its_table_its_words_and_its_picture(
    demo: Path, chart: Chart, year: int
) -> None:
    whole = scope(demo, year)
    for of in (whole, whole.only("5601"), whole.only("5609")):
        drawing = chart(of)
        if drawing is not None:
            assert len(drawing.table.columns) >= 2
            assert drawing.title
            assert drawing.unit
            assert drawing.alt
            assert png(drawing, footnote(of)).startswith(b"\x89PNG")


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_a_chart_of_nothing_is_drawn_all_the_same(tmp_path: Path, chart: Chart) -> None:
    (tmp_path / "2565").mkdir()
    drawing = chart(scope(tmp_path, 2565))
    assert drawing is None or png(drawing).startswith(b"\x89PNG")


def test_a_picture_says_its_year_its_day_and_that_the_rules_are_drafts(demo: Path) -> None:
    assert footnote(scope(demo, 2565)) == (
        "ปีงบประมาณ 2565 · ข้อมูล ณ วันที่ 19 ก.ค. 2565 · เกณฑ์ร่าง – ยังไม่ใช่เกณฑ์กรมฯ"
    )
