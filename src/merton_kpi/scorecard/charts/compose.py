"""Which indicators have a chart, and what each has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.scorecard.charts.axis import compose_axis
from merton_kpi.scorecard.charts.drawn import compose_drawn
from merton_kpi.scorecard.charts.lines import (
    list_benchmark_lines,
    list_limit_lines,
    list_own_lines,
)
from merton_kpi.scorecard.charts.records import Chart
from merton_kpi.scorecard.charts.short_words import LONGEST_LABEL, shorten_words
from merton_kpi.scorecard.charts.usual_range import list_signal_lines, list_usual_ranges
from merton_kpi.scorecard.charts.words import format_finding, format_rated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.charts.drawn import Drawn
    from merton_kpi.scorecard.records import Row

MAX_CHARTS = 100  # where more indicators are rated, only those rated amber or red have a chart


def compose_charts(
    catalogue: Catalogue, assessed: Iterable[AssessedIndicator], rows: Sequence[Row]
) -> tuple[Chart, ...]:
    """The charts in the index's order, one for each rated indicator.

    Where more than MAX_CHARTS are rated, only those rated amber or red have one.
    """
    is_limited = count_rated(rows) > MAX_CHARTS
    return tuple(
        _compose_chart(catalogue, each, row)
        for each, row in zip(assessed, rows, strict=True)
        if row.is_rated_by_figures and (each.is_exception or not is_limited)
    )


def count_rated(rows: Iterable[Row]) -> int:
    """Count the indicators that could have a chart: those whose figure is rated."""
    return sum(row.is_rated_by_figures for row in rows)


def _compose_chart(catalogue: Catalogue, assessed: AssessedIndicator, row: Row) -> Chart:
    drawn = compose_drawn(catalogue, assessed, row)
    ranges = list_usual_ranges(drawn)
    lines = (
        *list_own_lines(drawn),
        *list_signal_lines(drawn, ranges),
        *list_limit_lines(drawn),
        *list_benchmark_lines(drawn),
    )
    figures = {figure for line in lines for figure in line.figures if figure is not None}
    short = shorten_words(row.title)
    return Chart(
        number=row.number,
        short_number=shorten_words(row.number, LONGEST_LABEL),
        indicator=short,
        title=f"{row.number}. {short}\n{format_rated(row)}",
        finding=format_finding(drawn, ranges, lines),
        unit=row.unit,
        unit_label=shorten_words(row.unit.label, LONGEST_LABEL),
        axis=compose_axis(row.unit, figures),
        periods=tuple(month.label for month in drawn.months),
        lines=lines,
        breaks=tuple(_list_break_places(drawn)),
        earlier=drawn.earlier,
    )


def _list_break_places(drawn: Drawn) -> Iterator[int]:
    """The place of the first period after each break."""
    for start in drawn.breaks:
        yield next(place for place, month in enumerate(drawn.months) if month >= start)
