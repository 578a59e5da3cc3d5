"""The charts of the rated indicators: their words, their axes, and the figures of their lines.

A writer draws these records as they are: the workbook, and any later paper with charts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING

from merton_kpi.core.periods import join_months
from merton_kpi.core.ratings import Rating
from merton_kpi.core.vocabulary import LineStyle
from merton_kpi.rating.wording.comparison_words import format_period_on_period_without_arrow
from merton_kpi.rating.wording.context_words import format_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.core.units import Unit
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.records import Row

MAX_CHARTS = 100  # where more indicators are rated, only those rated amber or red have a chart
AXIS_RULE = (
    "The axis of figures includes 0, unless the lowest figure drawn is more than half of the "
    "highest: it then begins at a round number below the lowest, and its title says where."
)
_MAX_STEPS = 6  # between the lowest and the highest figure that is drawn
_OWN_STYLES = (LineStyle.FIGURE, LineStyle.EARLIER_FIGURE)
_LONGEST_WORDS, _LONGEST_NAME, _LONGEST_LABEL = 120, 60, 40  # characters, in a chart


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """The axis of figures: its title, its two ends, and the step between its marks."""

    title: str
    minimum: Decimal
    maximum: Decimal
    step: Decimal

    def list_marks(self) -> tuple[Decimal, ...]:
        """The figures that it has marks at, from its minimum up."""
        step = Fraction(self.step)
        first, last = Fraction(self.minimum) / step, Fraction(self.maximum) / step
        return tuple(
            _multiply_step(count, self.step) for count in range(ceil(first), floor(last) + 1)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line: its style, its name, and its figure for each of the chart's periods, or None."""

    style: LineStyle
    name: str
    figures: tuple[Decimal | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A line chart of one indicator, its words short enough for one.

    `number` is the indicator's; `short_number` is for a reader. `finding` is the alternative text:
    what the chart shows first, then the figures. `periods` are the labels of those that figures are
    due for, up to the last one due or sent.
    """

    number: str
    short_number: str
    indicator: str
    title: str
    finding: str
    unit: Unit
    unit_label: str
    axis: Axis
    periods: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Drawn:
    """An indicator with its row and the months that its chart has."""

    catalogue: Catalogue
    assessed: AssessedIndicator
    row: Row
    months: tuple[Month, ...]

    @property
    def breaks(self) -> tuple[Month, ...]:
        """The breaks in the series that lie between two of the chart's months."""
        return tuple(
            start
            for start in self.row.breaks
            if self.months and self.months[0] < start <= self.months[-1]
        )

    def select_figures(self, of_year: Iterable[Decimal | None]) -> tuple[Decimal | None, ...]:
        """Of the figures of the year's months, those of the chart's."""
        year = self.catalogue.financial_year.months
        by_month = dict(zip(year, of_year, strict=True))
        return tuple(by_month[month] for month in self.months)


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


def compose_axis(unit: Unit, figures: Iterable[Decimal]) -> Axis:
    """The axis for these figures by AXIS_RULE; of figures below 0, it ends above the highest.

    Its ends and marks are multiples of 1, 2 or 5 times a power of ten; whole figures have whole
    marks. It goes past the lowest and the highest figure, so that no marker is cut, but not past
    what the unit can be: a percentage ends at 100, also where that is only one mark further.
    """
    # Fractions, since a Decimal's arithmetic rounds to 28 digits and figures may have more.
    drawn = [Fraction(figure) for figure in figures]
    lowest, highest = min(drawn), max(drawn)
    is_cut = 2 * lowest > highest or lowest > 2 * highest
    zero = Fraction(0)
    first, last = (lowest, highest) if is_cut else (min(lowest, zero), max(highest, zero))
    step = _choose_step(last - first or _MAX_STEPS * abs(last) / 10)
    if all(figure.denominator == 1 for figure in drawn):
        step = max(step, Decimal(1))
    low = ceil(first / Fraction(step)) - 1 if first else 0
    high = floor(last / Fraction(step)) + 1 if last else 0
    minimum, maximum = _multiply_step(low, step), _multiply_step(max(high, low + 1), step)
    if unit.least is not None and lowest >= unit.least:
        minimum = max(minimum, Decimal(unit.least))
    if unit.most is not None and highest <= unit.most <= _multiply_step(high + 1, step):
        maximum = Decimal(unit.most)
    title = _format_axis_title(unit, minimum, maximum)
    return Axis(title=title, minimum=minimum, maximum=maximum, step=step)


def _choose_step(span: Fraction) -> Decimal:
    """The least of 1, 2 or 5 times a power of ten that divides a span into few steps."""
    if not span:
        return Decimal(1)
    power = len(str(floor(span))) - 1 if span >= 1 else -len(str(floor(1 / span)))
    steps = (Decimal((0, (digit,), each)) for each in (power - 1, power) for digit in (1, 2, 5))
    return next(step for step in steps if _MAX_STEPS * Fraction(step) >= span)


def _multiply_step(count: int, step: Decimal) -> Decimal:
    """So many steps, exactly."""
    context = Context(prec=len(str(count)) + 1)  # digits: the step itself has one
    return context.multiply(Decimal(count), step)


def _format_axis_title(unit: Unit, minimum: Decimal, maximum: Decimal) -> str:
    """The unit, with where the axis begins or ends if that is not 0: `Per cent, axis from 80%`."""
    label = _shorten(unit.label, _LONGEST_LABEL)
    if minimum > 0:
        return f"{label}, axis from {_format_end(unit, minimum)}"
    if maximum < 0:
        return f"{label}, axis ends at {_format_end(unit, maximum)}"
    return label


def _format_end(unit: Unit, end: Decimal) -> str:
    """An end of an axis, without decimals where it is a whole number."""
    whole = Decimal(int(end))
    return unit.format_in_table(whole if whole == end else end)


def _compose_chart(catalogue: Catalogue, assessed: AssessedIndicator, row: Row) -> Chart:
    drawn = _Drawn(
        catalogue=catalogue,
        assessed=assessed,
        row=row,
        months=_list_months(catalogue.financial_year.months, assessed, row),
    )
    lines = (*_list_own_lines(drawn), *_list_limit_lines(drawn), *_list_benchmark_lines(drawn))
    figures = [figure for line in lines for figure in line.figures if figure is not None]
    short = _shorten(row.title)
    return Chart(
        number=row.number,
        short_number=_shorten(row.number, _LONGEST_LABEL),
        indicator=short,
        title=f"{row.number}. {short}\n{_format_rated(row)}",
        finding=_format_finding(drawn, lines),
        unit=row.unit,
        unit_label=_shorten(row.unit.label, _LONGEST_LABEL),
        axis=compose_axis(row.unit, figures),
        periods=tuple(month.label for month in drawn.months),
        lines=lines,
    )


def _list_months(year: Iterable[Month], assessed: AssessedIndicator, row: Row) -> tuple[Month, ...]:
    """The months of the year that figures are due for, up to the last one due or sent."""
    due = assessed.series.due
    ends = [
        (month, month in due or cell.value is not None)
        for month, cell in zip(year, row.rated_months, strict=True)
        if assessed.indicator.is_due(month)
    ]
    last = max(month for month, is_drawn in ends if is_drawn)
    return tuple(month for month, _ in ends if month <= last)


def _list_own_lines(drawn: _Drawn) -> Iterator[Line]:
    """The council's lines, the latest first: one ends at each break in the series."""
    months = drawn.months
    figures = drawn.select_figures(cell.value for cell in drawn.row.rated_months)
    name = _shorten(drawn.catalogue.short_name, _LONGEST_NAME)
    spans = [*pairwise((months[0], *drawn.breaks, months[-1].add_months(1)))]
    for later, (begins, ends) in enumerate(reversed(spans)):
        words = ", before a break" if later == 1 else f", before {later} breaks"
        line = Line(
            style=LineStyle.EARLIER_FIGURE if later else LineStyle.FIGURE,
            name=name + words if later else name,
            figures=tuple(
                figure if begins <= month < ends else None
                for month, figure in zip(months, figures, strict=True)
            ),
        )
        if any(figure is not None for figure in line.figures):
            yield line


def _list_limit_lines(drawn: _Drawn) -> Iterator[Line]:
    """The target and the limit of amber of each month; both ends of a range."""
    targets = drawn.row.targets
    amber = _shorten(drawn.catalogue.words.format_word(Rating.AMBER), _LONGEST_NAME) + " limit"
    for style, name, figures in (
        (LineStyle.TARGET_MINIMUM, "Target (minimum)", [each.minimum for each in targets]),
        (LineStyle.TARGET_MAXIMUM, "Target (maximum)", [each.maximum for each in targets]),
        (LineStyle.AMBER_MINIMUM, f"{amber} (minimum)", [each.amber_minimum for each in targets]),
        (LineStyle.AMBER_MAXIMUM, f"{amber} (maximum)", [each.amber_maximum for each in targets]),
    ):
        selected = drawn.select_figures(figures)
        if any(figure is not None for figure in selected):
            yield Line(style=style, name=name, figures=selected)


def _list_benchmark_lines(drawn: _Drawn) -> Iterator[Line]:
    """The benchmarks that the council's figures can be compared with."""
    indicator = drawn.assessed.indicator
    areas, cells = drawn.catalogue.benchmark_areas, drawn.row.benchmarks
    # There may be fewer areas than styles of line.
    for style, area, cell in zip(LineStyle.list_benchmark_styles(), areas, cells, strict=False):
        benchmark = indicator.benchmarks.get(area)
        if cell.value is not None and benchmark and indicator.is_comparable(benchmark):
            figures = (cell.value,) * len(drawn.months)
            yield Line(style=style, name=_shorten(area), figures=figures)


def _format_rated(row: Row) -> str:
    """What is rated: `Red: 32% in Nov 2020; target at least 55%`."""
    verdict = row.verdict
    assert verdict.figure is not None
    assert verdict.observation is not None
    total = row.latest.total if row.latest else ""
    figure = total or row.unit.format_figure(verdict.figure)
    place = f"{'to' if total else 'in'} {verdict.observation.month.label}"
    return f"{verdict.label}: {figure} {place}; target {_shorten(row.target)}"


def _format_finding(drawn: _Drawn, lines: Sequence[Line]) -> str:
    """What the chart shows, as the index says it, then what is drawn, line by line."""
    row, indicator = drawn.row, drawn.assessed.indicator
    context = drawn.assessed.assessment.context
    own = [line for line in lines if line.style in _OWN_STYLES]
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
            f"Line chart of indicator {row.number}, {_shorten(row.title)}, by {indicator.noun}.",
            *(f"{line.name}: {_format_figures(drawn, line)}." for line in in_order),
            *([f"No figure for {join_months(gaps)}."] if gaps else []),
            *(f"The series has a break before {start.label}." for start in drawn.breaks),
        )
    )


def _format_figures(drawn: _Drawn, line: Line) -> str:
    """A line's figures, each with its month; once where a limit or a benchmark stays the same."""
    unit = drawn.row.unit
    first, *others = line.figures
    if line.style not in _OWN_STYLES and first is not None and all(x == first for x in others):
        return unit.format_figure(first)
    return ", ".join(
        f"{month.label} {unit.format_figure(figure)}"
        for month, figure in zip(drawn.months, line.figures, strict=True)
        if figure is not None
    )


def _shorten(words: str, longest: int = _LONGEST_WORDS) -> str:
    """Words shortened for a chart and one row of its table; the index has them in full."""
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[:longest].rstrip()} …"
