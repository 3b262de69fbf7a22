"""A chart as a picture for papers and slides, through vl-convert."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

from services.present.charts.drawing import Drawing
from services.present.scope import Scope
from services.present.words import day_in_thai

FONTS = Path(__file__).parents[3] / "static" / "fonts"
SCALE, WIDTH = 2.5, 900
SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")


def without_sara_am(part: Any) -> Any:  # noqa: ANN401 – any part of a JSON specification
    """The specification with ำ written as its two halves, in texts and keys alike.

    The renderer draws the whole letter over its neighbour; halves are set right. For pictures
    only: never in a page or in data.

    >>> without_sara_am({"น้ำ": ["อำเภอ", 1]}) == {"น\u0e4d\u0e49า": ["อ\u0e4dาเภอ", 1]}
    True
    """
    if isinstance(part, str):
        return SARA_AM.sub("\u0e4d\\1\u0e32", part)
    if isinstance(part, list):
        return [without_sara_am(one) for one in part]
    if isinstance(part, dict):
        return {without_sara_am(key): without_sara_am(one) for key, one in part.items()}
    return part


@cache
def _register_fonts() -> None:
    """An unknown font would leave out every letter."""
    vl_convert.register_font_directory(str(FONTS))


def footnote(scope: Scope) -> str:
    """What a picture taken out of the page must still say: its year, its day, what is draft."""
    draft = " · เกณฑ์ร่าง – ยังไม่ใช่เกณฑ์กรมฯ" if scope.programme.is_draft else ""
    year = f"ปีงบประมาณ {scope.programme.year}"
    return f"{year} · ข้อมูล ณ วันที่ {day_in_thai(scope.report.as_of)}{draft}"


def png(drawing: Drawing, note: str = "") -> bytes:
    """The chart as PNG, with its title and the note under its unit."""
    _register_fonts()
    data = {key: rows.to_pylist() for key, rows in drawing.spec["datasets"].items()}
    subtitle = [words for words in (drawing.unit, note) if words]
    title = {**drawing.spec["title"], "subtitle": subtitle}
    spec = without_sara_am({**drawing.spec, "title": title, "datasets": data})
    return vl_convert.vegalite_to_png({"width": WIDTH, **spec}, scale=SCALE)
