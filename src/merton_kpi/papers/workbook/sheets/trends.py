"""The charts of the rated indicators, and the table of the figures that they draw.

Every figure and word comes from the scorecard; nothing is rated here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import LineStyle
from merton_kpi.papers.workbook.sheet import (
    NUMBER,
    Chart,
    Column,
    Content,
    Line,
    Sheet,
    Table,
    compose_sheet,
)
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from merton_kpi.core.periods import Month
    from merton_kpi.scorecard.records import Row, Scorecard

TRENDS = "Trends"
TREND_DATA = "Trend data"
MAX_CHARTS = 100  # where more indicators are rated, only those rated amber or red have a chart

_Figures = tuple[Cell, ...]


def list_trends(card: Scorecard) -> tuple[Sheet, Sheet]:
    """The sheet of charts and the sheet of their figures."""
    rated = [row for row in card.rows if row.verdict.figure is not None]
    is_limited = len(rated) > MAX_CHARTS
    rows: list[tuple[Content, ...]] = []
    charts = []
    for row in rated:
        if is_limited and not row.verdict.rating.is_exception:
            continue
        lines = tuple(_list_lines(card, row))
        charts.append(_compose_chart(card, row, [line[:2] for line in lines], len(rows)))
        number, title = _shorten(row.number, 40), _shorten(row.title)
        rows += [(number, title, name, *figures) for _, name, figures in lines]
    return (
        _compose_trends(card, charts, len(rated)),
        _compose_trend_data(card, rows, len(rated)),
    )


def _list_lines(card: Scorecard, row: Row) -> Iterator[tuple[LineStyle, str, _Figures]]:
    """Each line's style, name and twelve cells; a benchmark in another unit has no line."""
    yield from _list_own_lines(card, row)
    lower, upper = (_compose_cells(row, [ends[end] for ends in row.targets]) for end in (0, 1))
    is_range = _has_figure(lower) and _has_figure(upper)
    for name, cells in (("Target, lower end", lower), ("Target, upper end", upper)):
        if _has_figure(cells):
            yield LineStyle.TARGET, name if is_range else _shorten(f"Target: {row.target}"), cells
    # There may be fewer areas than styles of line.
    for style, area, cell in zip(
        LineStyle.list_benchmark_styles(), card.areas, row.benchmarks, strict=False
    ):
        if cell.value is not None and cell.unit == row.unit:
            yield style, _shorten(area), (_strip_symbols(cell),) * len(row.months)


def _list_own_lines(card: Scorecard, row: Row) -> Iterator[tuple[LineStyle, str, _Figures]]:
    """The council's line; it ends before a break in the series, and another begins with it."""
    months, starts = card.year.months, _list_breaks(card, row)
    name = _shorten(card.short_name, 60)
    for begins, ends in pairwise((months[0], *starts, months[-1].add_months(1))):
        cells = tuple(
            _strip_symbols(cell) if begins <= month < ends else Cell(unit=row.unit)
            for month, cell in zip(months, row.rated_months, strict=True)
        )
        if not _has_figure(cells):
            continue
        if begins in starts:
            yield LineStyle.FIGURE, f"{name} from {begins.label}", cells
        elif ends in starts:
            yield LineStyle.FIGURE, f"{name} before {ends.label}", cells
        else:
            yield LineStyle.FIGURE, name, cells


def _list_breaks(card: Scorecard, row: Row) -> list[Month]:
    """The breaks in the series that lie between two months of the year."""
    return [start for start in row.breaks if start in card.year.months[1:]]


def _strip_symbols(cell: Cell) -> Cell:
    """The figure alone, without a symbol beside it or in its place."""
    return Cell(unit=cell.unit, value=cell.value)


def _compose_cells(row: Row, figures: Sequence[Decimal | None]) -> _Figures:
    return tuple(Cell(unit=row.unit, value=figure) for figure in figures)


def _has_figure(cells: _Figures) -> bool:
    return any(cell.value is not None for cell in cells)


def _shorten(words: str, longest: int = 120) -> str:
    """Words shortened to one line of a chart and one row of its table; the index has them in full.

    Charts refer to rows by number, so that none of these words may continue in a further row, as
    those with many line breaks would.
    """
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[:longest].rstrip()} …"


def _compose_chart(
    card: Scorecard, row: Row, lines: Sequence[tuple[LineStyle, str]], first: int
) -> Chart:
    """The chart of a row, whose lines are in the data table from row `first`, counted from 0."""
    verdict = row.verdict
    assert verdict.figure is not None
    assert verdict.observation is not None
    month = verdict.observation.month.label
    total = row.latest.total if row.latest else ""
    figure = total or row.unit.format_figure(verdict.figure)
    rated = f"{verdict.label}: {figure} {'to' if total else 'in'} {month}"
    if row.period_on_period:
        rated += f", {row.period_on_period}"
    short = _shorten(row.title)
    figures = [
        f"{month.label} {cell.printed}"
        for month, cell in zip(card.year.months, row.rated_months, strict=True)
        if cell.value is not None
    ]
    others = [
        f"{area} {cell.printed}"
        for area, cell in zip(card.areas, row.benchmarks, strict=True)
        if cell.value is not None and cell.unit == row.unit
    ]
    return Chart(
        title=f"{row.number}. {short}\n{rated}",
        description=(
            f"Line chart of indicator {row.number}, {short}, by month. {rated}; target "
            f"{row.target}. {card.short_name}: {', '.join(figures)}. "
            + "".join(
                f"The line breaks before {start.label}. " for start in _list_breaks(card, row)
            )
            + "".join(f"{other}. " for other in others)
            + f"The figures are in the table on the sheet {TREND_DATA}."
        ),
        axis=row.unit.label,
        lines=tuple(
            Line(style=style, name=name, row=first + index)
            for index, (style, name) in enumerate(lines)
        ),
        sheet=TREND_DATA,
        first=3,
    )


def _compose_trends(card: Scorecard, charts: Sequence[Chart], rated: int) -> Sheet:
    """The sheet of charts; `rated` is how many indicators are rated."""
    few = card.words.exceptions
    drawn = "rated indicator" if rated <= MAX_CHARTS else f"indicator rated {few}"
    notices = _list_notices(len(charts), drawn) if charts else []
    if rated > MAX_CHARTS:
        limit = (
            f"{rated:,} indicators are rated. Where more than {MAX_CHARTS} are, only those rated "
            f"{few} have a chart."
        )
        notices.insert(1, limit if charts else f"{limit} There are none, so there is no chart.")
    elif not charts:
        notices = ["No indicator is rated, so there is no chart."]
    left_out = "" if charts else " ".join(notices)
    return Sheet(
        left_out=left_out,
        name=TRENDS,
        title=f"Trends of the rated indicators, data to {card.data_to}",
        notices=tuple(notices),
        about=f"A chart of each {drawn}: months, target and benchmarks",
        charts=tuple(charts),
    )


def _list_notices(count: int, drawn: str) -> list[str]:
    number = f"This sheet has {count:,} chart{'' if count == 1 else 's'}"
    return [
        f"{number}, one for each {drawn}; the figures are in the table on the sheet {TREND_DATA}.",
        "Lines differ by dash and marker, not by colour alone. A month without a figure is a gap, "
        "and so is a break in the series.",
    ]


def _compose_trend_data(card: Scorecard, rows: Sequence[tuple[Content, ...]], rated: int) -> Sheet:
    reason = "No indicator is rated" if rated <= MAX_CHARTS else "There is no chart"
    table = Table(
        name="Trend_data",
        columns=(
            NUMBER,
            Column(header="Indicator", width=60),
            Column(header="Line", width=28),
            *(Column(header=month.label, width=10) for month in card.year.months),
        ),
        rows=tuple(rows),
        held=3,
        page_starts=(3, 9),
        group_by=0,
        if_none=f"{reason}, so there are no figures to draw.",
        blank="A blank month has no figure to draw; the sheet Performance index says why.",
    )
    return compose_sheet(
        table,
        name=TREND_DATA,
        title=f"Figures of the charts on the sheet {TRENDS}, data to {card.data_to}",
        about="The figures that the charts are drawn from",
    )
