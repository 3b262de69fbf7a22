"""A measured figure with its spread and its target; what a run of the bench found."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Metric:
    """One figure, measured several times; met if the median is."""

    name: str
    ratios: tuple[float, ...]
    target: float | None = None

    @property
    def median(self) -> float:
        """What counts."""
        return statistics.median(self.ratios)

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        return None if self.target is None else self.median <= self.target


@dataclass(frozen=True)
class Results:
    """Metrics of a run, and what they were measured on."""

    metrics: tuple[Metric, ...] = ()
    counts: Mapping[str, float] = field(default_factory=dict)

    @property
    def met(self) -> bool:
        """Whether every target is met."""
        return all(metric.met is not False for metric in self.metrics)

    def __add__(self, other: Results) -> Results:
        """Both runs' metrics, this one's first."""
        return Results(self.metrics + other.metrics, {**self.counts, **other.counts})


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
