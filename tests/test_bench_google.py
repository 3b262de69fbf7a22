"""What the bench says of Google holds also for a small province."""

from pathlib import Path

from bench.google import measured_google


def test_every_budget_of_calls_is_kept_and_the_naive_way_costs_many_times_more(
    tmp_path: Path,
) -> None:
    results = measured_google(tmp_path, rows=9 * 30, seed=7)
    assert results.met
    calls = {name: count for name, count in results.counts.items() if name.startswith("calls")}
    assert calls["calls first"] == calls["calls cold"] == 10
    assert (calls["calls warm"], calls["calls changed"], calls["calls viewed"]) == (1, 4, 0)
    assert calls["calls naive page view"] > 100
