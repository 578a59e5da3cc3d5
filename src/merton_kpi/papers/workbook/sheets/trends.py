"""The charts of the rated indicators, and the table of the figures that they draw.

Every figure and word about an indicator comes from the scorecard; the charts are only laid out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.ratings import Rating
from merton_kpi.papers.workbook.charts.line_charts import PlacedChart
from merton_kpi.papers.workbook.sheet import (
    NUMBER,
    Column,
    Content,
    Sheet,
    Table,
    compose_sheet,
)
from merton_kpi.scorecard.cells import Cell
from merton_kpi.scorecard.charts.axis import AXIS_RULE
from merton_kpi.scorecard.charts.compose import MAX_CHARTS, count_rated
from merton_kpi.scorecard.charts.styles import LineStyle
from merton_kpi.scorecard.charts.usual_range import USUAL_RULE
from merton_kpi.scorecard.periods.earlier import MAX_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from merton_kpi.scorecard.charts.records import Chart, Line
    from merton_kpi.scorecard.records import Scorecard

TRENDS = "Trends"
TREND_DATA = "Trend data"

_BEFORE = (
    NUMBER,
    Column(header="Period", width=11),
    Column(header="Indicator", width=48),
    Column(header="Unit", width=12),
)
_LABELS = 1  # the column of the periods, counted from 0
_HELD = 2  # columns that stay in view: number and period say which row it is
_FIGURES_WIDTH = 12
_STYLES = tuple(LineStyle)

_Kind = tuple[LineStyle, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Figures:
    """The figures that the charts draw: a row of cells for each indicator and period.

    `headers` are those of the lines' columns, which come after the first ones, by kind of line;
    `first_rows` has the row that each chart begins with, counted from 0.
    """

    headers: Mapping[_Kind, str]
    rows: tuple[tuple[Content, ...], ...]
    first_rows: tuple[int, ...]


def list_trends(card: Scorecard) -> tuple[Sheet, Sheet]:
    """The sheet of charts and the sheet of their figures."""
    figures = _list_figures(card.charts)
    rated = count_rated(card.rows)
    return _compose_trends(card, figures, rated), _compose_trend_data(card, figures, rated)


def _list_figures(charts: Iterable[Chart]) -> _Figures:
    kinds = {_kind_of(line): None for chart in charts for line in chart.lines}
    in_order = sorted(kinds, key=lambda kind: _STYLES.index(kind[0]))
    rows: list[tuple[Content, ...]] = []
    first_rows = []
    for chart in charts:
        first_rows.append(len(rows))
        rows += _list_rows(chart, in_order)
    return _Figures(
        headers=_choose_headers(in_order), rows=tuple(rows), first_rows=tuple(first_rows)
    )


def _kind_of(line: Line) -> _Kind:
    """What lines of one column have alike: their style and their name."""
    return line.style, line.name


def _choose_headers(kinds: Iterable[_Kind]) -> dict[_Kind, str]:
    """The lines' names, told apart by a number where Excel would see two equal headers."""
    used = {column.header.casefold() for column in _BEFORE}
    headers = {}
    for kind in kinds:
        header, number = kind[1], 2
        while header.casefold() in used:
            header, number = f"{kind[1]} ({number})", number + 1
        used.add(header.casefold())
        headers[kind] = header
    return headers


def _list_rows(chart: Chart, kinds: Iterable[_Kind]) -> Iterator[tuple[Content, ...]]:
    """A row for each period of a chart; blank where it has no such line, or no figure."""
    drawn = {_kind_of(line): line.figures for line in chart.lines}
    nothing = (None,) * len(chart.periods)
    columns = [drawn.get(kind, nothing) for kind in kinds]
    for period, *figures in zip(chart.periods, *columns, strict=True):
        cells = (Cell(unit=chart.unit, value=figure) for figure in figures)
        yield chart.short_number, period, chart.indicator, chart.unit_label, *cells


def _compose_trends(card: Scorecard, figures: _Figures, rated: int) -> Sheet:
    """The sheet of charts; `rated` is how many indicators are rated."""
    few, charts = card.words.exceptions, card.charts
    drawn = "rated indicator" if rated <= MAX_CHARTS else f"indicator rated {few}"
    notices = [_count_charts(len(charts), drawn), *_list_notices(card)]
    left_out = "" if charts else "No indicator has a figure that is rated, so there is no chart."
    if rated > MAX_CHARTS:
        limit = (
            f"{rated:,} indicators are rated. Where more than {MAX_CHARTS} are, only those rated "
            f"{few} have a chart."
        )
        notices.insert(1, limit)
        left_out = "" if charts else f"{limit} There are none, so there is no chart."
    usual = "usual range, " if any(chart.has_usual_range for chart in charts) else ""
    columns = {kind: place for place, kind in enumerate(figures.headers, len(_BEFORE))}
    return Sheet(
        name=TRENDS,
        title=f"Trends of the rated indicators, data to {card.data_to}",
        notices=tuple(notices),
        left_out=left_out,
        about=f"A chart of each {drawn}: its figures, {usual}target, "
        f"{card.words.format_within(Rating.AMBER)} limit and benchmarks",
        charts=tuple(
            PlacedChart(
                chart=chart,
                description=f"{chart.finding} The figures are in the table on the sheet "
                f"{TREND_DATA}.",
                sheet=TREND_DATA,
                row=row,
                labels=_LABELS,
                columns=tuple(columns[_kind_of(line)] for line in chart.lines),
            )
            for chart, row in zip(charts, figures.first_rows, strict=True)
        ),
    )


def _count_charts(count: int, drawn: str) -> str:
    number = f"This sheet has {count:,} chart{'' if count == 1 else 's'}"
    return (
        f"{number}, one for each {drawn}; the figures are in the table on the sheet {TREND_DATA}."
    )


def _list_notices(card: Scorecard) -> tuple[str, ...]:
    amber, red = (card.words.format_within(each) for each in (Rating.AMBER, Rating.RED))
    has_earlier = any(chart.earlier for chart in card.charts)
    earlier = f", with those of earlier years {MAX_MONTHS} months at most" if has_earlier else ""
    has_range = any(chart.has_usual_range for chart in card.charts)
    return (
        f"Each chart has the periods that figures are due for{earlier}. A period without a figure "
        "is a gap; at a break in the series the line ends and another begins.",
        "Lines differ by dash and marker, not by colour alone. A target is a minimum where higher "
        f"is better, and a maximum where lower is; a figure beyond the {amber} limit is {red}.",
        *([USUAL_RULE] if has_range else []),
        AXIS_RULE,
    )


def _compose_trend_data(card: Scorecard, figures: _Figures, rated: int) -> Sheet:
    reasons = "the sheet Performance index says why"
    if any(chart.earlier for chart in card.charts):
        reasons += f" for {card.year}, and earlier years' targets are not drawn"
    reason = "No indicator is rated" if rated <= MAX_CHARTS else "There is no chart"
    table = Table(
        name="Trend_data",
        columns=(
            *_BEFORE,
            *(Column(header=header, width=_FIGURES_WIDTH) for header in figures.headers.values()),
        ),
        rows=figures.rows,
        held=_HELD,
        page_starts=tuple(range(len(_BEFORE), len(_BEFORE) + len(figures.headers))),
        group_by=0,
        if_none=f"{reason}, so there are no figures to draw.",
        blank=f"In a blank cell the chart draws nothing; {reasons}.",
    )
    return compose_sheet(
        table,
        name=TREND_DATA,
        title=f"Figures of the charts on the sheet {TRENDS}, data to {card.data_to}",
        about="The figures that the charts are drawn from",
    )
