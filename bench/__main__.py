"""`python -m bench`: one short table; exit 1 where a target is missed or figures differ."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap

from bench.google import measured_google
from bench.measure import UnequalError, measured
from bench.metric import Metric, Results
from bench.pages import measured_pages
from bench.served import NotServedError
from bench.viewer import PageFailedError
from bench.writing import measured_writing

MET, MISSED = 0, 1
CROWDS = (50, 200)
GOOGLE_ROWS = 2_700  # debts in all nine: what districts keep
WRITTEN_ROWS = 5_000  # debts in one workbook
WORDS = {None: "–", True: "yes", False: "no"}


def lines(results: Results) -> Iterator[str]:
    """The results as a table, and what they were measured on."""
    yield f"{'metric':<31} {'value':>6}  {'[min–max]':<15} {'target':>6}  met"
    for metric in results.metrics:
        spread = f"[{min(metric.ratios):.3f}–{max(metric.ratios):.3f}]"
        target = "–" if metric.target is None else f"≤ {metric.target:g}"
        met = WORDS[metric.met]
        yield f"{metric.name:<31} {metric.median:>6.3f}  {spread:<15} {target:>6}  {met}"
    yield from wrap(", ".join(f"{name} {count:,}" for name, count in results.counts.items()), 99)


def shape(results: Results) -> dict[str, object]:
    """The same as JSON."""
    metrics = [_shape(metric) for metric in results.metrics]
    return {"metrics": metrics, "counts": results.counts, "met": results.met}


def _shape(metric: Metric) -> dict[str, object]:
    return {**asdict(metric), "median": metric.median, "met": metric.met}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--only", choices=("line", "pages", "google", "writing"), help="one part")
    parser.add_argument("--seed", type=int, default=1, help="of the made-up province")
    parser.add_argument("--rows", type=int, default=60_000, help="debts in all nine workbooks")
    parser.add_argument("--pairs", type=int, default=5, help="how often both sides run, in turn")
    parser.add_argument("--reruns", type=int, default=20, help="how often each page runs")
    options = parser.parse_args(arguments)
    if min(options.pairs, options.rows, options.reruns) < 1:
        parser.error("--pairs, --rows and --reruns count from 1")
    if options.only in (None, "pages") and platform.system() != "Linux":
        parser.error("Linux tells the pages' processor time; here only --only line can run")
    try:
        results = _run(options)
    except (UnequalError, PageFailedError, NotServedError) as failure:
        sys.stderr.write(f"{type(failure).__name__}: {failure}\n")
        return MISSED
    print(json.dumps(shape(results)) if options.json else "\n".join(lines(results)))
    return MET if results.met else MISSED


def _run(options: argparse.Namespace) -> Results:
    results = Results()
    if options.only in (None, "line"):
        with TemporaryDirectory() as folder:
            results += measured(
                Path(folder), rows=options.rows, seed=options.seed, pairs=options.pairs
            )
    if options.only in (None, "pages"):
        with TemporaryDirectory() as folder:
            results += measured_pages(
                Path(folder), seed=options.seed, reruns=options.reruns, crowds=CROWDS
            )
    if options.only in (None, "google"):
        with TemporaryDirectory() as folder:
            results += measured_google(Path(folder), rows=GOOGLE_ROWS, seed=options.seed)
    if options.only in (None, "writing"):
        results += measured_writing(rows=WRITTEN_ROWS, seed=options.seed, pairs=options.pairs)
    return results


if __name__ == "__main__":
    raise SystemExit(main())
