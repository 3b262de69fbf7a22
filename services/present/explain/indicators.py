"""An indicator explained: its cells, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from services.compute.indicators import IndicatorFigure
from services.present.explain.explanation import Explanation, Rest, used
from services.present.indicators import figures, value_words, verdict
from services.present.scope import Scope


def _rests(scope: Scope, figure: IndicatorFigure) -> Iterator[Rest]:
    names = {r.workbook: scope.place(r) for r in scope.report.districts}
    for proof in figure.part.proofs:
        yield from used(names[proof.workbook], figure.title, proof.workbook, [proof.cells])


def indicators(scope: Scope) -> tuple[Explanation, ...]:
    """Every indicator of the year with its value, target and verdict."""
    return tuple(_explained(scope, figure) for figure in figures(scope))


def _explained(scope: Scope, figure: IndicatorFigure) -> Explanation:
    return Explanation(
        figure.title,
        value_words(figure),
        f"{verdict(figure)} · {' · '.join(figure.rests_on)}",
        f"{scope.programme.source} {figure.source}",
        f"{figure.unit} · อ่านได้ {figure.part.read:,} จาก {figure.part.rows:,}",
        figure.draft,
        lambda: _rests(scope, figure),
    )
