"""Whatever stands on a tab: afterwards no header is missing, and nothing else has changed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.normalise.locate import ROW_ID, find_registers
from services.normalise.workbook import registers_of
from services.store.google_grid import FIELDS, tabs_of
from tests.google_setup.office import (
    HEADERS,
    REGISTER,
    TAB,
    VISITS,
    Json,
    laid_out,
    office_with,
    sheet,
)
from tests.support.google.client import LocalGoogle

pytestmark = pytest.mark.usefixtures("few_rows")
OWN = [f"ของเรา {letter}" for letter in "กขคง"]
NAMES = st.sampled_from([TAB, "ติดตามผล", "ข้อมูลของเรา"])


@st.composite
def tabs(draw: st.DrawFn) -> Json:
    """Some columns of the register in any order, own ones between, titles above, rows below."""
    known = draw(st.lists(st.sampled_from([*HEADERS, ROW_ID]), unique=True))
    header = draw(st.permutations([*known, *draw(st.lists(st.sampled_from(OWN), unique=True))]))
    titles: list[Any] = draw(st.lists(st.sampled_from([[], ["แบบของเรา"], ["ปี 2565"]]), max_size=3))
    rows = draw(
        st.lists(st.lists(st.sampled_from(["", "V01", "รวม", "5"]), max_size=6), max_size=4)
    )
    size = {
        "rowCount": draw(st.sampled_from([9, 30])),
        "columnCount": draw(st.sampled_from([14, 20])),
    }
    return sheet(draw(NAMES), [*titles, header, *rows], grid=size)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tab=tabs())
def test_after_laying_out_no_header_is_missing_and_old_cells_are_as_they_were(
    google: LocalGoogle, tab: Json
) -> None:
    office = office_with(google, tab)
    title = tab["properties"]["title"]
    assert laid_out(office, title)[0].left == ()
    raws = tabs_of(office.http.spreadsheet(office.sheet_id, fields=FIELDS), "")
    place = find_registers(raws, registers_of(VISITS).values())["visits"]
    assert place is not None
    assert place.header is not None
    assert place.header.columns.keys() == {*REGISTER.by_code, ROW_ID}
