"""The lines of a chart: the council's figures, what they are rated against, and benchmarks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from merton_kpi.core.ratings import Rating
from merton_kpi.scorecard.charts.records import Line
from merton_kpi.scorecard.charts.short_words import LONGEST_NAME, shorten_words
from merton_kpi.scorecard.charts.styles import LineStyle
from merton_kpi.scorecard.charts.usual_range import format_breaks_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.core.periods import Month
    from merton_kpi.scorecard.charts.drawn import Drawn


def list_own_lines(drawn: Drawn) -> Iterator[Line]:
    """The council's lines, the latest first: one ends at each break in the series.

    One also ends with each year of a running total, which begins anew.
    """
    months, figures = drawn.months, drawn.figures
    name = shorten_words(drawn.catalogue.short_name, LONGEST_NAME)
    starts = sorted({*drawn.breaks, *drawn.year_starts})
    spans = [*pairwise((months[0], *starts, months[-1].add_months(1)))]
    for place, (begins, ends) in enumerate(reversed(spans)):
        line = Line(
            style=LineStyle.EARLIER_FIGURE if place else LineStyle.FIGURE,
            name=name + _format_span(drawn, ends) if place else name,
            figures=tuple(
                figure if begins <= month < ends else None
                for month, figure in zip(months, figures, strict=True)
            ),
        )
        if any(figure is not None for figure in line.figures):
            yield line


def _format_span(drawn: Drawn, ends: Month) -> str:
    """What tells a part of the council's line from the later ones; it ends before a month."""
    later = format_breaks_after(sum(start >= ends for start in drawn.breaks))
    if not any(start >= ends for start in drawn.year_starts):
        return later
    return f", year to {ends.add_months(-1).label}{later}"


def list_limit_lines(drawn: Drawn) -> Iterator[Line]:
    """The target and the limit of amber of each month; both ends of a range."""
    targets = drawn.row.targets
    amber = shorten_words(drawn.catalogue.words.format_word(Rating.AMBER), LONGEST_NAME) + " limit"
    for style, name, figures in (
        (LineStyle.TARGET_MINIMUM, "Target (minimum)", [each.minimum for each in targets]),
        (LineStyle.TARGET_MAXIMUM, "Target (maximum)", [each.maximum for each in targets]),
        (LineStyle.AMBER_MINIMUM, f"{amber} (minimum)", [each.amber_minimum for each in targets]),
        (LineStyle.AMBER_MAXIMUM, f"{amber} (maximum)", [each.amber_maximum for each in targets]),
    ):
        selected = drawn.select_figures(figures)
        if any(figure is not None for figure in selected):
            yield Line(style=style, name=name, figures=selected)


def list_benchmark_lines(drawn: Drawn) -> Iterator[Line]:
    """The benchmarks that the council's figures can be compared with."""
    indicator = drawn.assessed.indicator
    areas, cells = drawn.catalogue.benchmark_areas, drawn.row.benchmarks
    # There may be fewer areas than styles of line.
    for style, area, cell in zip(LineStyle.list_benchmark_styles(), areas, cells, strict=False):
        benchmark = indicator.benchmarks.get(area)
        if cell.value is not None and benchmark and indicator.is_comparable(benchmark):
            figures = (cell.value,) * len(drawn.months)
            yield Line(style=style, name=shorten_words(area), figures=figures)
