"""A chart as a picture: Thai letters stand where they belong, and none of them is cut off."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import numpy.typing as npt
import pandas as pd
from PIL import Image

from services.present.charts.bars import Bars, bars
from services.present.charts.drawing import GREEN, Drawing
from services.present.charts.outcomes import outcomes_by_district
from services.present.charts.pictures import SCALE, png
from tests.support.centres import finished_centre, row_of, tabs_of
from tests.support.sheets import scope_on

TITLE_ENDS = 90
"""Row of pixels below which the title's words end."""
BLANK_ABOVE = 12
WHITE_ENOUGH = 200

Pixels = npt.NDArray[np.uint8]


def titled(title: str) -> Drawing:
    rows = pd.DataFrame({"name": ["ก"], "length": [1], "words": ["1"]})
    return bars(rows, Bars("name", "length", "words"), "สมมติ", (title, "–", "แท่ง"), rows)


def pixels(drawing: Drawing) -> Pixels:
    return np.asarray(Image.open(BytesIO(png(drawing))).convert("RGB"))


def title_ink(title: str) -> npt.NDArray[np.bool_]:
    """Where the picture's title has ink."""
    top = pixels(titled(title))[:TITLE_ENDS]
    return np.any(top < WHITE_ENOUGH, axis=2)


def last_column(ink: npt.NDArray[np.bool_]) -> int:
    return int(np.flatnonzero(ink.any(axis=0))[-1])


def first_row(ink: npt.NDArray[np.bool_]) -> int:
    return int(np.flatnonzero(ink.any(axis=1))[0])


def test_sara_am_takes_its_own_room_and_is_not_drawn_over_its_neighbour() -> None:
    """ำ is as wide as า: what is more of it stands above the letter before."""
    whole, without_ring = title_ink("น้ำก่ำ อำเภอ"), title_ink("น้าก่า อาเภอ")
    assert last_column(whole) == last_column(without_ring) > 100 * SCALE / 2.5
    assert whole.sum() > without_ring.sum()
    assert first_row(whole) < first_row(without_ring)


def test_the_titles_tone_marks_are_not_cut_at_the_top() -> None:
    assert first_row(title_ink("ที่ปั้นน้ำป้ำ")) >= BLANK_ABOVE


def test_columns_whose_names_hold_sara_am_are_drawn_all_the_same() -> None:
    """«อำเภอ» is a column of the chart's rows: renamed in one place only, no bar would be left."""
    rows = finished_centre(2)
    for household in ("H1", "H2"):
        row_of(rows, "visits", f"V{household}")["balance"] = "0"
    drawn = pixels(outcomes_by_district(scope_on({"5601": tuple(tabs_of(rows))})))
    green = tuple(bytes.fromhex(GREEN[1:]))
    bar = np.all(drawn == green, axis=2)
    assert np.count_nonzero(bar.any(axis=0)) > drawn.shape[1] / 2
