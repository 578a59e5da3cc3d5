"""The words of a chart: what is rated, and the alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.periods import join_months
from merton_kpi.rating.wording.comparison_words import format_period_on_period_without_arrow
from merton_kpi.rating.wording.context_words import format_sentences
from merton_kpi.scorecard.charts.short_words import shorten_words
from merton_kpi.scorecard.charts.styles import OWN_STYLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.scorecard.charts.drawn import Drawn
    from merton_kpi.scorecard.charts.records import Line
    from merton_kpi.scorecard.records import Row


def format_rated(row: Row) -> str:
    """What is rated: `Red: 32% in Nov 2020; target at least 55%`."""
    verdict = row.verdict
    assert verdict.figure is not None
    assert verdict.observation is not None
    total = row.latest.total if row.latest else ""
    figure = total or row.unit.format_figure(verdict.figure)
    place = f"{'to' if total else 'in'} {verdict.observation.month.label}"
    return f"{verdict.label}: {figure} {place}; target {shorten_words(row.target)}"


def format_finding(drawn: Drawn, lines: Sequence[Line]) -> str:
    """What the chart shows, as the index says it, then what is drawn, line by line."""
    row, indicator = drawn.row, drawn.assessed.indicator
    context = drawn.assessed.assessment.context
    own = [line for line in lines if line.style in OWN_STYLES]
    in_order = (*reversed(own), *lines[len(own) :])  # the earliest figures first
    gaps = [
        month
        for month, *figures in zip(drawn.months, *(line.figures for line in own), strict=True)
        if all(figure is None for figure in figures)
    ]
    facts = format_sentences(
        format_period_on_period_without_arrow(indicator, context), row.streak, row.comparison
    )
    return " ".join(
        (
            f"{row.verdict.label}: {row.verdict.reason}",
            *facts,
            f"Line chart of indicator {row.number}, {shorten_words(row.title)}, "
            f"by {indicator.noun}.",
            *(f"{line.name}: {_format_figures(drawn, line)}." for line in in_order),
            *([f"No figure for {join_months(gaps)}."] if gaps else []),
            *(f"The series has a break before {start.label}." for start in drawn.breaks),
        )
    )


def _format_figures(drawn: Drawn, line: Line) -> str:
    """A line's figures, each with its month; once where a limit or a benchmark stays the same."""
    unit = drawn.row.unit
    first, *others = line.figures
    if line.style not in OWN_STYLES and first is not None and all(x == first for x in others):
        return unit.format_figure(first)
    return ", ".join(
        f"{month.label} {unit.format_figure(figure)}"
        for month, figure in zip(drawn.months, line.figures, strict=True)
        if figure is not None
    )
