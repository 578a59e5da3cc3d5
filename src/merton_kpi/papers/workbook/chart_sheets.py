"""The charts of the rated indicators, and the table of the figures that they draw.

Nothing is drawn here and nothing is decided: every figure and word comes from the scorecard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import LineStyle
from merton_kpi.papers.workbook.sheet import NUMBER, Chart, Column, Content, Line, Sheet, complete
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from merton_kpi.scorecard.records import Row, Scorecard

TRENDS = "Trends"
TREND_DATA = "Trend data"

_Figures = tuple[Cell, ...]


def list_trends(card: Scorecard) -> tuple[Sheet, Sheet]:
    """The sheet of charts and the sheet of their figures."""
    rows: list[tuple[Content, ...]] = []
    charts = []
    for row in card.rows:
        if row.verdict.figure is None:
            continue
        lines = tuple(_list_lines(card, row))
        charts.append(_make_chart(card, row, [line[:2] for line in lines], len(rows)))
        number, title = _shorten(row.number, 40), _shorten(row.title)
        rows += [(number, title, _shorten(name), *figures) for _, name, figures in lines]
    return _make_sheet(card, charts), _make_table(card, rows)


def _list_lines(card: Scorecard, row: Row) -> Iterator[tuple[LineStyle, str, _Figures]]:
    """Each line's kind, name and twelve cells; a benchmark in another unit has no line."""
    yield LineStyle.FIGURE, card.short_name, tuple(map(_bare, row.months))
    lower, upper = (_make_cells(row, [ends[end] for ends in row.targets]) for end in (0, 1))
    is_range = _has_figure(lower) and _has_figure(upper)
    for name, cells in (("Target, lower end", lower), ("Target, upper end", upper)):
        if _has_figure(cells):
            yield LineStyle.TARGET, name if is_range else f"Target: {row.target}", cells
    # There may be fewer areas than kinds of line.
    for curve, area, cell in zip(
        LineStyle.of_benchmarks(), card.areas, row.benchmarks, strict=False
    ):
        if cell.value is not None and cell.unit is row.unit:
            yield curve, area, (_bare(cell),) * len(row.months)


def _bare(cell: Cell) -> Cell:
    """A figure's cell without the symbols beside it, or in its place."""
    return Cell(unit=cell.unit, value=cell.value)


def _make_cells(row: Row, figures: Sequence[Decimal | None]) -> _Figures:
    """A cell for each figure; those with the same figure, as most are, are one."""
    cells = {figure: Cell(unit=row.unit, value=figure) for figure in set(figures)}
    return tuple(cells[figure] for figure in figures)


def _has_figure(cells: _Figures) -> bool:
    return any(cell.value is not None for cell in cells)


def _shorten(words: str, longest: int = 120) -> str:
    """Words that a chart has room for, and a row of its table; the index has them whole."""
    return words if len(words) <= longest else f"{words[:longest].rstrip()} …"


def _make_chart(
    card: Scorecard, row: Row, lines: Sequence[tuple[LineStyle, str]], first: int
) -> Chart:
    verdict = row.verdict
    assert verdict.figure is not None
    assert verdict.observation is not None
    month = verdict.observation.month.label
    seen = f"{verdict.label}: {row.unit.format_figure(verdict.figure)} in {month}"
    if row.direction:
        seen += f", {row.direction}"
    short = _shorten(row.title)
    figures = [
        f"{month.label} {cell.printed}"
        for month, cell in zip(card.year.months, row.months, strict=True)
        if cell.value is not None
    ]
    others = [
        f"{area} {cell.printed}"
        for area, cell in zip(card.areas, row.benchmarks, strict=True)
        if cell.value is not None and cell.unit is row.unit
    ]
    return Chart(
        title=f"{row.number}. {short}\n{seen}",
        description=(
            f"Line chart of indicator {row.number}, {short}, by month. {seen}; target "
            f"{row.target}. {card.short_name}: {', '.join(figures)}. "
            + "".join(f"{other}. " for other in others)
            + f"The figures are in the table on the sheet {TREND_DATA}."
        ),
        axis=row.unit.label,
        lines=tuple(
            Line(curve=curve, name=name, row=first + index)
            for index, (curve, name) in enumerate(lines)
        ),
        sheet=TREND_DATA,
        first=3,
    )


def _make_sheet(card: Scorecard, charts: Sequence[Chart]) -> Sheet:
    number = f"This sheet has {len(charts)} chart{'' if len(charts) == 1 else 's'}, one for each"
    return Sheet(
        name=TRENDS,
        title=f"Trends of the rated indicators, data to {card.data_to}",
        notices=(
            f"{number} rated indicator; the figures are in the table on the sheet {TREND_DATA}.",
            "Lines differ by dash and marker, not by colour alone. A month without a figure is a "
            "gap.",
        )
        if charts
        else ("No indicator is rated, so there is no chart.",),
        charts=tuple(charts),
        about="A chart of each rated indicator: months, target and benchmarks",
    )


def _make_table(card: Scorecard, rows: Sequence[tuple[Content, ...]]) -> Sheet:
    return complete(
        Sheet(
            name=TREND_DATA,
            title=f"Figures of the charts on the sheet {TRENDS}, data to {card.data_to}",
            table="Trend_data",
            columns=(
                NUMBER,
                Column(header="Indicator", width=60),
                Column(header="Line", width=28),
                *(Column(header=month.label, width=10) for month in card.year.months),
            ),
            rows=tuple(rows),
            held=3,
            group_by=0,
            about="The figures that the charts are drawn from",
        ),
        if_none="No indicator is rated, so there are no figures to draw.",
        blank="A blank month has no figure to draw; the sheet Performance index says why.",
    )
