"""A chart as a picture for papers and slides, through vl-convert."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

from services.present.charts.drawing import Drawing

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


def png(drawing: Drawing) -> bytes:
    """The chart with its title as PNG."""
    _register_fonts()
    data = {key: rows.to_pylist() for key, rows in drawing.spec["datasets"].items()}
    spec = {"width": WIDTH, **without_sara_am({**drawing.spec, "datasets": data})}
    return vl_convert.vegalite_to_png(spec, scale=SCALE)
