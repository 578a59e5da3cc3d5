"""A chart as an inline SVG: drawn for a telephone's width, and scaled up where there is more room.

Everything but colour is in the SVG. The colours are in `format_chart_styles`, which a page has once
for all its charts: in the dark and where the reader sets the colours they are others.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup

from merton_kpi.core.text import format_sentence
from merton_kpi.core.vocabulary import LineStyle
from merton_kpi.papers.workbook.text_fit import measure_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from merton_kpi.scorecard.charts import Axis, Chart, Line

_WIDTH = 328  # what a page of 360 pixels leaves between its margins: the type is then as large
_TYPE_SIZE, _LINE_HEIGHT = 13, 17
_FIFTH_OF_DIGIT = Fraction(8, 5)  # in Arial of that size, with a tenth to spare for other typefaces
_PLOT_HEIGHT = 160
_GAP = 6  # between words and what they stand beside
_WIDEST_MARK = 150  # words of a longer mark are pressed together
_RIGHT_MARGIN = 16  # half of the last period's label may be there
_SAMPLE = 34  # the piece of a line in the legend
_LEGEND_COLUMN = _WIDTH // 2

_OWN_STYLES = (LineStyle.FIGURE, LineStyle.EARLIER_FIGURE)

# Excel's dashes, as the lengths of strokes and gaps in widths of the line (ECMA-376, 20.1.10.48).
_DASHES = {
    "solid": (),
    "dot": (1, 3),
    "dash": (4, 3),
    "lgDash": (8, 3),
    "dashDot": (4, 3, 1, 3),
    "lgDashDot": (8, 3, 1, 3),
    "lgDashDotDot": (8, 3, 1, 3, 1, 3),
    "sysDash": (3, 1),
    "sysDot": (1, 1),
    "sysDashDot": (3, 1, 1, 1),
    "sysDashDotDot": (3, 1, 1, 1, 1, 1),
}
# Excel's markers, as paths round the point that they mark.
_MARKERS = {
    "circle": "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "dash": "M-5-1H5V1H-5z",
    "dot": "M-2-1H2V1H-2z",
    "x": "M-4-4L4 4M4-4L-4 4",
    "plus": "M-5 0H5M0-5V5",
    "triangle": "M0-5L5 4H-5z",
    "square": "M-4-4H4V4H-4z",
    "diamond": "M0-5L5 0L0 5L-5 0z",
    "star": "M-4-4L4 4M4-4L-4 4M0-5V5",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plot:
    """Where the figures are drawn: its edges in the SVG, the axis, and the number of periods."""

    left: Fraction
    top: Fraction
    axis: Axis
    periods: int

    @property
    def right(self) -> Fraction:
        return Fraction(_WIDTH - _RIGHT_MARGIN)

    @property
    def bottom(self) -> Fraction:
        return self.top + _PLOT_HEIGHT

    @property
    def band(self) -> Fraction:
        """The width of a period, in whose middle its figures are."""
        return (self.right - self.left) / self.periods

    def measure_across(self, period: int) -> Fraction:
        """How far from the SVG's left edge a period's figures are, the first being 0."""
        return self.left + self.band * (2 * period + 1) / 2

    def measure_down(self, figure: Decimal) -> Fraction:
        """How far from the SVG's top edge a figure is."""
        low, high = Fraction(self.axis.minimum), Fraction(self.axis.maximum)
        return self.bottom - (Fraction(figure) - low) / (high - low) * _PLOT_HEIGHT


def format_chart(chart: Chart, identifier: str) -> Markup:
    """The chart with its title, its description, its axes, its lines and its legend.

    Args:
        chart: what is drawn.
        identifier: what the ids of title and description begin with, so that a page has each once.
    """
    title_lines = _split_lines(chart.axis.title, Fraction(_WIDTH))
    marks = [(mark, chart.unit.format_in_table(mark)) for mark in chart.axis.list_marks()]
    widest = max(_measure_words(words) for _, words in marks)
    plot = _Plot(
        left=min(widest, Fraction(_WIDEST_MARK)) + 2 * _GAP,
        top=Fraction(len(title_lines) * _LINE_HEIGHT + 2 * _GAP),
        axis=chart.axis,
        periods=len(chart.periods),
    )
    labels, end_of_labels = _format_periods(chart.periods, plot)
    legend, height = _format_legend(chart.lines, end_of_labels + 2 * _GAP)
    parts = (
        *_format_lines(title_lines, Fraction(0), Fraction(_TYPE_SIZE)),
        *(_format_mark(mark, words, plot) for mark, words in marks),
        *labels,
        *(_format_line(line, plot) for line in reversed(chart.lines)),  # the council's own on top
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
        width=_WIDTH,
        height=_format_place(height),
        size=_TYPE_SIZE,
        id=identifier,
        title=" ".join((format_sentence(first), *others)),
        description=chart.finding,
        parts=Markup("").join(parts),
    )


def format_chart_styles() -> Markup:
    """The CSS of all charts of a page: their width, and the colours of the lines by their style."""
    light = Markup("").join(_format_colour(style, style.colour) for style in LineStyle)
    dark = Markup("").join(
        _format_colour(style, _convert_to_dark(style.colour)) for style in LineStyle
    )
    return Markup(
        ".chart{{display:block;width:100%;max-width:28rem;height:auto}}\n"
        "{light}\n"
        "@media screen and (prefers-color-scheme:dark){{{dark}}}\n"
        "@media (forced-colors:active)"
        "{{.chart,.chart [class]{{forced-color-adjust:none;color:CanvasText}}}}\n"
    ).format(light=light, dark=dark)


def _format_colour(style: LineStyle, colour: str) -> Markup:
    return Markup(".chart .{}{{color:#{}}}").format(_format_class(style), colour)


def _format_class(style: LineStyle) -> str:
    return style.name.lower().replace("_", "-")


def _convert_to_dark(colour: str) -> str:
    """The colour of the same hue that is as near to white as this one is to black."""
    parts = bytes.fromhex(colour)
    return bytes(part + 255 - max(parts) - min(parts) for part in parts).hex().upper()


def _format_mark(mark: Decimal, words: str, plot: _Plot) -> Markup:
    """A mark of the axis of figures: its words, and a line across, which is stronger at 0."""
    down = plot.measure_down(mark)
    width = _measure_words(words)
    pressed = Markup(' textLength="{}" lengthAdjust="spacingAndGlyphs"').format(_WIDEST_MARK)
    return Markup(
        '<path d="M{left} {down}H{right}" stroke="currentColor" stroke-opacity="{strength}"/>'
        '<text x="{end}" y="{base}" text-anchor="end"{pressed}>{words}</text>'
    ).format(
        left=_format_place(plot.left),
        right=_format_place(plot.right),
        down=_format_place(down),
        strength="0.25" if mark else "0.8",
        end=_format_place(plot.left - _GAP),
        base=_format_place(down + _TYPE_SIZE / Fraction(3)),
        pressed=pressed if width > _WIDEST_MARK else "",
        words=words,
    )


def _format_periods(periods: Sequence[str], plot: _Plot) -> tuple[list[Markup], Fraction]:
    """The axis of periods with as many labels as have room, and where it ends.

    The last period always has its label. A label has a line for each of its words.
    """
    widest = max(_measure_words(word) for label in periods for word in label.split())
    every = ceil((widest + _GAP) / plot.band)
    ticks: list[str] = []
    labels: list[Markup] = []
    end = plot.bottom
    for number, label in enumerate(periods):
        across = plot.measure_across(number)
        if (len(periods) - 1 - number) % every:
            continue
        ticks.append(f"M{_format_place(across)} {_format_place(plot.bottom)}v5")
        base = plot.bottom + _GAP + _TYPE_SIZE
        lines = label.split()
        labels += _format_lines(lines, across, base, anchor="middle")
        end = max(end, base + _LINE_HEIGHT * (len(lines) - 1))
    axis = Markup(
        '<path d="M{left} {bottom}H{right}{ticks}" fill="none" stroke="currentColor"/>'
    ).format(
        left=_format_place(plot.left),
        bottom=_format_place(plot.bottom),
        right=_format_place(plot.right),
        ticks="".join(ticks),
    )
    return [axis, *labels], end


def _format_line(line: Line, plot: _Plot) -> Markup:
    """A line: unbroken where periods that follow each other have figures, with its markers.

    The council's own has one at each figure; any other at both ends of each unbroken part.
    """
    places = [
        None if figure is None else (plot.measure_across(number), plot.measure_down(figure))
        for number, figure in enumerate(line.figures)
    ]
    paths, marked = [], []
    for has_figure, group in groupby(places, key=bool):
        if has_figure:
            part = [place for place in group if place]
            paths.append("M" + "L".join(_format_point(place) for place in part))
            ends = part[:1] + part[1:][-1:]
            marked += part if line.style in _OWN_STYLES else ends
    return _format_drawn(line.style, "".join(paths), marked)


def _format_drawn(
    style: LineStyle, path: str, marked: Iterable[tuple[Fraction, Fraction]]
) -> Markup:
    """A path in a line's style, with the style's marker at some places."""
    width = 3 if style in _OWN_STYLES else 2
    dashes = " ".join(str(length * width) for length in _DASHES[style.dash])
    markers = Markup("").join(
        Markup('<path transform="translate({})" d="{}" stroke-width="2"/>').format(
            _format_point(place), _MARKERS[style.marker]
        )
        for place in marked
    )
    return Markup(
        '<g class="{name}" fill="currentColor" stroke="currentColor">'
        '<path d="{path}" fill="none" stroke-width="{width}"{dashes}/>{markers}</g>'
    ).format(
        name=_format_class(style),
        path=path,
        width=width,
        dashes=Markup(' stroke-dasharray="{}"').format(dashes) if dashes else "",
        markers=markers,
    )


def _format_legend(lines: Iterable[Line], top: Fraction) -> tuple[list[Markup], Fraction]:
    """A piece of each line with its name, two beside each other where both are short; its end."""
    parts: list[Markup] = []
    column, row_height, down = 0, Fraction(0), top
    for line in lines:
        is_short = _measure_words(line.name) <= _LEGEND_COLUMN - _SAMPLE - 2 * _GAP
        if column and not is_short:
            column, down = 0, down + row_height
        left = Fraction(column * _LEGEND_COLUMN)
        start = left + _SAMPLE + _GAP
        middle = down + Fraction(_LINE_HEIGHT, 2)
        path = f"M{_format_point((left, middle))}h{_SAMPLE}"
        name = _split_lines(line.name, _WIDTH - start)
        row_height = Fraction(len(name) * _LINE_HEIGHT + _GAP // 2)
        parts.append(_format_drawn(line.style, path, [(left + Fraction(_SAMPLE, 2), middle)]))
        parts += _format_lines(name, start, middle + _TYPE_SIZE / Fraction(3))
        if column or not is_short:
            column, down = 0, down + row_height
        else:
            column = 1
    return parts, down + (row_height if column else 0)


def _format_lines(
    lines: Iterable[str], across: Fraction, base: Fraction, *, anchor: str = "start"
) -> Iterator[Markup]:
    """Lines of text below each other; `base` is the first one's base line."""
    for number, words in enumerate(lines):
        yield Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(
            _format_place(across),
            _format_place(base + number * _LINE_HEIGHT),
            anchor,
            words,
        )


def _split_lines(words: str, room: Fraction) -> list[str]:
    """Words in lines that have room, cut at spaces; a word that has none is cut where it must."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if _measure_words(longer) <= room:
            lines[-1:] = [longer]
            continue
        lines.append("")
        for character in word:
            if _measure_words(lines[-1] + character) > room:
                lines.append("")
            lines[-1] += character
    return lines


def _measure_words(words: str) -> Fraction:
    return measure_word(words) * _FIFTH_OF_DIGIT


def _format_point(place: tuple[Fraction, Fraction]) -> str:
    across, down = place
    return f"{_format_place(across)} {_format_place(down)}"


def _format_place(length: Fraction) -> str:
    """A length with at most one decimal, half up."""
    # In whole numbers: as sums of fractions, these took a tenth of a page of 1,000 indicators.
    parts = length.denominator
    whole, tenth = divmod((20 * length.numerator + parts) // (2 * parts), 10)
    return f"{whole}.{tenth}" if tenth else str(whole)
