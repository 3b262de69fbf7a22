"""The bench's own workbooks: always the same from one seed, and the line reads them whole."""

from pathlib import Path

from bench.generate import workbook, write_province
from bench.measure import figures, whole_line
from sheets_schema.loader import province


def test_one_seed_gives_one_workbook_and_another_seed_another() -> None:
    assert workbook(1, 30, seed=7) == workbook(1, 30, seed=7)
    assert workbook(1, 30, seed=7) != workbook(1, 30, seed=8)


def test_the_line_reads_every_district_of_a_small_bench(tmp_path: Path) -> None:
    write_province(tmp_path, rows=9 * 30, seed=7)

    report = whole_line(tmp_path, {})

    assert [d.district for d in report.districts] == [d.code for d in province().districts]
    assert {i.code for i in report.issues()}.isdisjoint({"missing_tab", "header_missing"})
    assert all(d.readable and d.centres and d.outcomes and d.villages for d in report.districts)
    assert figures(report) == figures(whole_line(tmp_path, {}))
