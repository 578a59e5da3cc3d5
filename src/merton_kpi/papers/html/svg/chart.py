"""A chart as an inline SVG: drawn for a telephone's width, and scaled up where there is more room.

Everything but colour is in the SVG. The colours are in `styles`, which a page has once
for all its charts: in the dark and where the reader sets the colours they are others.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from markupsafe import Markup

from merton_kpi.core.text import format_sentence
from merton_kpi.papers.html.svg.axes import WIDEST_MARK, format_breaks, format_mark, format_periods
from merton_kpi.papers.html.svg.lines import format_figures_line, format_legend
from merton_kpi.papers.html.svg.plot import GAP, LINE_HEIGHT, TYPE_SIZE, WIDTH, Plot
from merton_kpi.papers.html.svg.text import (
    format_place,
    format_text_lines,
    measure_words,
    split_lines,
)
from merton_kpi.scorecard.charts.styles import LineStyle

if TYPE_CHECKING:
    from merton_kpi.scorecard.charts.records import Chart, Line


def format_chart(chart: Chart, identifier: str) -> Markup:
    """The chart with its title, its description, its axes, its lines and its legend.

    Args:
        chart: what is drawn.
        identifier: what the ids of title and description begin with, so that a page has each once.
    """
    title_lines = split_lines(chart.axis.title, Fraction(WIDTH))
    marks = [(mark, chart.unit.format_in_table(mark)) for mark in chart.axis.list_marks()]
    widest = max(measure_words(words) for _, words in marks)
    plot = Plot(
        left=min(widest, Fraction(WIDEST_MARK)) + 2 * GAP,
        top=Fraction((len(title_lines) + bool(chart.breaks)) * LINE_HEIGHT + 2 * GAP),
        axis=chart.axis,
        periods=len(chart.periods),
    )
    across = [format_place(plot.measure_across(each)) for each in range(plot.periods)]
    sorted(chart.lines, key=_choose_layer)
    labels, end_of_labels = format_periods(chart.periods, plot)
    legend, height = format_legend(chart.legend, end_of_labels + 2 * GAP)
    parts = (
        *format_text_lines(title_lines, Fraction(0), Fraction(TYPE_SIZE)),
        *(format_mark(mark, words, plot) for mark, words in marks),
        *labels,
        *format_breaks(chart.breaks, plot),
        *(
            format_figures_line(line, plot, across)
            for line in sorted(chart.lines, key=_choose_layer)
        ),
        *legend,
    )
    first, *others = chart.title.split("\n")
    return Markup(
        '<svg class="chart" role="img" viewBox="0 0 {width} {height}" font-size="{size}"'
        ' font-family="Arial, Helvetica, sans-serif" fill="currentColor"'
        ' aria-labelledby="{id}-title" aria-describedby="{id}-description">'
        '<title id="{id}-title">{title}</title>'
        '<desc id="{id}-description">{description}</desc>{parts}</svg>'
    ).format(
        width=WIDTH,
        height=format_place(height),
        size=TYPE_SIZE,
        id=identifier,
        title=" ".join((format_sentence(first), *others)),
        description=chart.finding,
        parts=Markup("").join(parts),
    )


def _choose_layer(line: Line) -> int:
    """The council's figures are drawn on top of other lines, and what marks some of them on top."""
    if line.style is LineStyle.FLAGGED:
        return 1
    return -list(LineStyle).index(line.style)
