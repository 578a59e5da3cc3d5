"""The two axes of a chart: figures up, periods across."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup

from merton_kpi.papers.html.svg.plot import GAP, LINE_HEIGHT, TYPE_SIZE
from merton_kpi.papers.html.svg.text import format_place, format_text_lines, measure_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from merton_kpi.papers.html.svg.plot import Plot

BREAK = "Break"
WIDEST_MARK = 150  # words of a longer mark are pressed together


def format_mark(mark: Decimal, words: str, plot: Plot) -> Markup:
    """A mark of the axis of figures: its words, and a line across, which is stronger at 0."""
    down = plot.measure_down(mark)
    width = measure_words(words)
    pressed = Markup(' textLength="{}" lengthAdjust="spacingAndGlyphs"').format(WIDEST_MARK)
    return Markup(
        '<path d="M{left} {down}H{right}" stroke="currentColor" stroke-opacity="{strength}"/>'
        '<text x="{end}" y="{base}" text-anchor="end"{pressed}>{words}</text>'
    ).format(
        left=format_place(plot.left),
        right=format_place(plot.right),
        down=format_place(down),
        strength="0.25" if mark else "0.8",
        end=format_place(plot.left - GAP),
        base=format_place(down + TYPE_SIZE / Fraction(3)),
        pressed=pressed if width > WIDEST_MARK else "",
        words=words,
    )


def format_breaks(breaks: Iterable[int], plot: Plot) -> Iterator[Markup]:
    """A line down between two periods at each break in the series, with its label above the plot.

    A label that has no room beside the one before is left out: the line alone is then drawn.
    """
    width = measure_words(BREAK)
    free = Fraction(0)
    for place in breaks:
        across = plot.left + plot.band * place
        yield Markup(
            '<path d="M{} {}V{}" fill="none" stroke="currentColor" stroke-dasharray="3 3"/>'
        ).format(*map(format_place, (across, plot.top - GAP, plot.bottom)))
        middle = min(across, plot.right - width / 2)
        if middle - width / 2 >= free:
            yield from format_text_lines(
                [BREAK], middle, plot.top - GAP - GAP // 2, anchor="middle"
            )
            free = middle + width / 2 + GAP


def format_periods(periods: Sequence[str], plot: Plot) -> tuple[list[Markup], Fraction]:
    """The axis of periods with as many labels as have room, and where it ends.

    The last period always has its label. A label has a line for each of its words.
    """
    widest = max(measure_words(word) for label in periods for word in label.split())
    every = ceil((widest + GAP) / plot.band)
    ticks: list[str] = []
    labels: list[Markup] = []
    end = plot.bottom
    for number, label in enumerate(periods):
        across = plot.measure_across(number)
        if (len(periods) - 1 - number) % every:
            continue
        ticks.append(f"M{format_place(across)} {format_place(plot.bottom)}v5")
        base = plot.bottom + GAP + TYPE_SIZE
        lines = label.split()
        labels += format_text_lines(lines, across, base, anchor="middle")
        end = max(end, base + LINE_HEIGHT * (len(lines) - 1))
    axis = Markup(
        '<path d="M{left} {bottom}H{right}{ticks}" fill="none" stroke="currentColor"/>'
    ).format(
        left=format_place(plot.left),
        bottom=format_place(plot.bottom),
        right=format_place(plot.right),
        ticks="".join(ticks),
    )
    return [axis, *labels], end
