"""Every page's frame: heading, year, what the data is; a failure becomes one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from pages._ui import data
from services.errors import AppError
from services.normalise.dates import thai_days


@dataclass(frozen=True)
class Selected:
    """What the viewer chose."""

    year: int


@contextmanager
def page(title: str) -> Iterator[Selected]:
    """Show the heading and the year's selector; turn an AppError into a sentence."""
    st.title(title)
    try:
        yield _selected()
    except AppError as failure:
        st.error(failure.thai, icon=":material/error:")
        st.stop()


def _selected() -> Selected:
    years = data.years()
    year = st.selectbox("ปีงบประมาณ", years, key="year", bind="query-params", width=180)
    if year is None:
        st.info("ยังไม่มีสมุดงาน ให้วางแฟ้มเป็น <ปี พ.ศ.>/<รหัสอำเภอ> ชื่อ.xlsx")
        st.stop()
    sample = ":orange-badge[ข้อมูลตัวอย่าง] บุคคลและหนี้ทั้งหมดสมมติขึ้น · "
    demo = sample if data.chosen().is_demo else ""
    st.caption(f"{demo}ข้อมูล ณ วันที่ {thai_days(data.as_of())}")
    return Selected(year)
