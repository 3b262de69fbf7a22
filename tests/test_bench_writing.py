"""What the bench says of writing holds also for a small workbook, but for the time."""

from bench.writing import RATIO, measured_writing


def test_ten_cells_spoil_no_part_and_few_results() -> None:
    results = measured_writing(rows=200, seed=7, pairs=1)
    assert [
        metric.name for metric in results.metrics if metric.met is False and metric.name != RATIO
    ] == []
    counts = results.counts
    assert counts["untouched parts"] > 10
    assert counts["formula results"] == counts["kept"] + counts["taken out as stale"]
    assert 1 < counts["taken out as stale"] <= 11 < counts["kept"]
