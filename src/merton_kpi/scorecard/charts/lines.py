"""The lines of a chart: the council's figures, what they are rated against, and benchmarks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from merton_kpi.core.ratings import Rating
from merton_kpi.scorecard.charts.records import Line
from merton_kpi.scorecard.charts.short_words import LONGEST_NAME, shorten_words
from merton_kpi.scorecard.charts.styles import LineStyle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from merton_kpi.core.periods import Month
    from merton_kpi.scorecard.charts.drawn import Drawn


def list_own_lines(drawn: Drawn) -> Iterator[Line]:
    """The council's lines, the latest first: one ends at each break in the series.

    One also ends with each year of a running total, which begins anew. A legend names all earlier
    ones by the first of them, so that its name has no months.
    """
    months, figures = drawn.months, drawn.figures
    name = shorten_words(drawn.catalogue.short_name, LONGEST_NAME)
    starts = sorted({*drawn.breaks, *drawn.year_starts})
    spans = [*pairwise((months[0], *starts, months[-1].add_months(1)))]
    earlier = 0
    for begins, ends in reversed(spans):
        given = [
            month
            for month, figure in zip(months, figures, strict=True)
            if figure is not None and begins <= month < ends
        ]
        if not given:
            continue
        is_latest = ends > months[-1]
        earlier += not is_latest
        yield Line(
            style=LineStyle.FIGURE if is_latest else LineStyle.EARLIER_FIGURE,
            name=name if is_latest else f"{name}, earlier{_format_number(earlier)}",
            figures=tuple(
                figure if begins <= month < ends else None
                for month, figure in zip(months, figures, strict=True)
            ),
            name_with_months="" if is_latest else f"{name}, {format_run(given)}",
        )


def format_run(months: Sequence[Month]) -> str:
    """The first and the last of some months: `Apr 2019 to Aug 2019`, or the only one."""
    first, last = months[0].label, months[-1].label
    return first if first == last else f"{first} to {last}"


def _format_number(number: int) -> str:
    """What tells a further earlier line from the first: ` (2)`."""
    return f" ({number})" if number > 1 else ""


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
