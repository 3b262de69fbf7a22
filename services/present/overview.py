"""The province at a glance: whom to call and why, what is due, how far, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.compute.attention import (
    DistrictAttention,
    NextDue,
    attention,
    most_urgent_first,
    next_due,
)
from services.compute.reporting import ReportCount
from services.issues import reason
from services.present.charts.drawing import Drawing
from services.present.charts.outcomes import before_and_after
from services.present.charts.steps import district_tiles, steps_heatmap
from services.present.listing import Listing
from services.present.reporting import awaited, due_counts
from services.present.scope import Scope
from services.present.workbooks import workbooks_table


@dataclass(frozen=True, eq=False)
class Overview:
    """What the first page shows; `calls` are districts with a reason, most urgent first.

    Nobody is called for a year that is over. `due_reports` are those of the next due day, by what
    the office calls them.
    """

    calls: tuple[DistrictAttention, ...]
    is_over: bool
    rule: str
    due: NextDue | None
    due_reports: Mapping[str, ReportCount]
    heatmap: Drawing
    tiles: Drawing
    outcomes: Drawing
    workbooks: Listing


def overview(scope: Scope, today: date) -> Overview:
    """The page's model; `today` is the day workbooks are old by."""
    codes = {district.code for district in scope.districts}
    over = scope.report.as_of > scope.programme.last_day
    found = () if over else attention(scope.report, scope.programme, awaited(scope))
    due = next_due(scope.programme, scope.report.as_of)
    mine = [one for one in most_urgent_first(found) if one.district in codes and one.causes]
    return Overview(
        tuple(mine),
        over,
        reason("attention_rule"),
        due,
        due_counts(scope, due),
        steps_heatmap(scope),
        district_tiles(scope),
        before_and_after(scope),
        Listing(workbooks_table(scope, today)),
    )
