"""The lines of a chart and its legend."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from merton_kpi.papers.html.svg.plot import GAP, LINE_HEIGHT, TYPE_SIZE, WIDTH
from merton_kpi.papers.html.svg.text import (
    format_place,
    format_point,
    format_text_lines,
    measure_words,
    split_lines,
)
from merton_kpi.scorecard.charts.styles import OWN_STYLES, LineStyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from merton_kpi.papers.html.svg.plot import Plot
    from merton_kpi.scorecard.charts.records import Line

_SAMPLE = 34  # the piece of a line in the legend
_LEGEND_COLUMN = WIDTH // 2

# Of lines; all others have 2.
_WIDTHS = dict.fromkeys(OWN_STYLES, 3) | {LineStyle.USUAL_HIGHEST: 1, LineStyle.USUAL_LOWEST: 1}
# How large markers are where there are many, or else the neighbours would hide each other.
_CROWDED = {LineStyle.FLAGGED: "0.9"}
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


def format_figures_line(line: Line, plot: Plot, across: Sequence[str]) -> Markup:
    """A line: unbroken where periods that follow each other have figures, with its markers.

    The council's own has one at each figure, and so have figures that are only marked; any other
    has one at both ends of each unbroken part.

    Args:
        line: what is drawn.
        plot: where it is drawn.
        across: how far from the SVG's left edge the figures of each period are.
    """
    # Most lines have one figure in all periods, so each is measured once: a tenth of a build of
    # forty indicators with 36 months each.
    downs = {
        figure: format_place(plot.measure_down(figure))
        for figure in {*line.figures}
        if figure is not None
    }
    points = [
        None if figure is None else f"{place} {downs[figure]}"
        for place, figure in zip(across, line.figures, strict=True)
    ]
    paths, marked = [], []
    for has_figure, group in groupby(points, key=bool):
        if has_figure:
            part = [point for point in group if point]
            paths.append("M" + "L".join(part))
            ends = part[:1] + part[1:][-1:]
            marked += part if line.style in (*OWN_STYLES, LineStyle.FLAGGED) else ends
    return _format_drawn(line.style, "".join(paths), marked, is_crowded=plot.is_crowded)


def _format_drawn(
    style: LineStyle,
    path: str,
    marked: Iterable[str],
    *,
    is_crowded: bool = False,
) -> Markup:
    """A path in a line's style, with the style's marker at some places."""
    size = Markup(" scale({})").format(_CROWDED.get(style, "0.6")) if is_crowded else ""
    markers = Markup("").join(
        Markup('<path transform="translate({}){}" d="{}" stroke-width="2"/>').format(
            point, size, _MARKERS[style.marker]
        )
        for point in marked
        if style.marker
    )
    return Markup('<g class="{}" fill="currentColor" stroke="currentColor">{}{}</g>').format(
        format_style_name(style), _format_path(style, path) if style.dash else "", markers
    )


def _format_path(style: LineStyle, path: str) -> Markup:
    width = _WIDTHS.get(style, 2)
    dashes = " ".join(str(length * width) for length in _DASHES[style.dash])
    return Markup('<path d="{path}" fill="none" stroke-width="{width}"{dashes}/>').format(
        path=path,
        width=width,
        dashes=Markup(' stroke-dasharray="{}"').format(dashes) if dashes else "",
    )


def format_legend(lines: Iterable[Line], top: Fraction) -> tuple[list[Markup], Fraction]:
    """A piece of each line with its name, two beside each other where both are short; its end."""
    parts: list[Markup] = []
    column, row_height, down = 0, Fraction(0), top
    for line in lines:
        is_short = measure_words(line.name) <= _LEGEND_COLUMN - _SAMPLE - 2 * GAP
        if column and not is_short:
            column, down = 0, down + row_height
        left = Fraction(column * _LEGEND_COLUMN)
        start = left + _SAMPLE + GAP
        middle = down + Fraction(LINE_HEIGHT, 2)
        path = f"M{format_point((left, middle))}h{_SAMPLE}"
        name = split_lines(line.name, WIDTH - start)
        row_height = Fraction(len(name) * LINE_HEIGHT + GAP // 2)
        mark = format_point((left + Fraction(_SAMPLE, 2), middle))
        parts.append(_format_drawn(line.style, path, [mark]))
        parts += format_text_lines(name, start, middle + TYPE_SIZE / Fraction(3))
        if column or not is_short:
            column, down = 0, down + row_height
        else:
            column = 1
    return parts, down + (row_height if column else 0)


def format_style_name(style: LineStyle) -> str:
    """The name of a style's class in the CSS: `target-minimum`."""
    return style.name.lower().replace("_", "-")
