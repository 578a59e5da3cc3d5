"""Line charts of a sheet's table, with the figures that a program shows before it reads the cells.

Each chart is the scorecard's; this module lays it out and points it to the cells of its figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.chart import LineChart
from openpyxl.chart.axis import ChartLines, NumericAxis, TextAxis
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.legend import Legend, LegendEntry
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils import get_column_letter

from merton_kpi.papers.workbook.cell_values import format_number
from merton_kpi.papers.workbook.charts.breaks import compose_break_labels, list_label_places
from merton_kpi.papers.workbook.charts.caches import CachedFigures, CachedWords
from merton_kpi.papers.workbook.charts.looks import (
    compose_look,
    compose_text_properties,
    compose_title,
    compose_words,
)
from merton_kpi.scorecard.cells import Cell
from merton_kpi.scorecard.charts.styles import LineStyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from openpyxl.chart.marker import Marker
    from openpyxl.chart.text import RichText, Text

    from merton_kpi.core.units import Unit
    from merton_kpi.papers.workbook.sheet import Content, Sheet
    from merton_kpi.scorecard.charts.axis import Axis
    from merton_kpi.scorecard.charts.records import Chart

ACROSS = 2  # charts beside each other, each in a column of its own
COLUMN_WIDTH = 80.0  # in digits
_ROWS = 21  # that a chart and the gap below it take
_LINES = 8  # of a chart of that height; more have further rows of the legend, two in each
_WIDTH, _HEIGHT, _ROW_HEIGHT = 18.4, 11.0, 0.55  # centimetres
_EMU = 360_000  # of a drawing's units in a centimetre
_LABELS = 12  # of periods that have room


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedChart:
    """A chart with the cells that it draws, in the table of the sheet named `sheet`.

    `description` is the alternative text. The chart has a row of the table for each of its periods,
    from `row` on; their labels are in the column `labels`, and each line's figures in one of
    `columns`. Rows and columns are counted from 0.
    """

    chart: Chart
    description: str
    sheet: str
    row: int
    labels: int
    columns: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shared:
    """What all charts of a sheet have alike; `looks` by style, and whether a chart is crowded."""

    text: RichText
    looks: Mapping[tuple[LineStyle, bool], tuple[GraphicalProperties, Marker]]
    label: Text


def count_rows(charts: Iterable[PlacedChart]) -> int:
    """The rows of its sheet that each of these charts and the gap below it take."""
    return _ROWS + _count_more_rows(charts)


def _count_more_rows(charts: Iterable[PlacedChart]) -> int:
    most = max(len(each.chart.legend) for each in charts)
    return -(-max(0, most - _LINES) // 2)


def list_charts(sheet: Sheet, data: Sheet) -> Iterator[LineChart]:
    """The charts of a sheet, side by side in their places; `data` has the table of figures."""
    assert data.table is not None
    shared = _Shared(
        text=compose_text_properties(),
        looks={
            (style, is_crowded): compose_look(style, is_crowded=is_crowded)
            for style in LineStyle
            for is_crowded in (False, True)
        },
        label=compose_words("Break"),
    )
    rows = count_rows(sheet.charts)
    height = _HEIGHT + _ROW_HEIGHT * _count_more_rows(sheet.charts)
    for index, placed in enumerate(sheet.charts):
        down, across = divmod(index, ACROSS)
        drawn = _compose_chart(placed.chart, shared)
        drawn.series = [
            _compose_series(number, placed, data, shared) for number in range(len(placed.columns))
        ]
        for number, places in list_label_places(placed.chart).items():
            drawn.series[number].dLbls = compose_break_labels(places, shared.label)
        drawn.anchor = OneCellAnchor(  # type: ignore[assignment]  # the stub allows a cell alone
            _from=AnchorMarker(col=across, row=sheet.top + down * rows),
            ext=XDRPositiveSize2D(round(_WIDTH * _EMU), round(height * _EMU)),
        )
        yield drawn


def _compose_chart(chart: Chart, shared: _Shared) -> LineChart:
    """The chart without its lines: titles, axes, legend and frame."""
    drawn = LineChart()
    drawn.roundedCorners = False
    drawn.title = compose_title(chart.title)
    drawn.varyColors, drawn.marker = False, True
    drawn.graphical_properties = GraphicalProperties(
        solidFill="FFFFFF", ln=LineProperties(w=9525, solidFill="7F7F7F")
    )
    drawn.x_axis = _compose_period_axis(len(chart.periods))
    drawn.y_axis = _compose_value_axis(chart.axis, chart.unit, shared)
    drawn.legend = Legend(
        legendPos="b",
        overlay=False,
        txPr=shared.text,
        legendEntry=[LegendEntry(idx=each, delete=True) for each in _list_unnamed(chart)],
    )
    return drawn


def _list_unnamed(chart: Chart) -> Iterator[int]:
    """The places of the lines that the legend leaves out."""
    return (place for place, line in enumerate(chart.lines) if line not in chart.legend)


def _compose_period_axis(periods: int) -> TextAxis:
    """The axis of so many periods, with a label for each of a year's months, or fewer."""
    axis = TextAxis(auto=False, lblAlgn="ctr", noMultiLvlLbl=True, axPos="b", tickLblPos="low")
    if periods > _LABELS:
        axis.tickLblSkip = -(-periods // _LABELS)
    axis.delete, axis.majorTickMark, axis.crosses = False, "out", "autoZero"
    axis.number_format, axis.txPr = "General", compose_text_properties()
    return axis


def _compose_value_axis(given: Axis, unit: Unit, shared: _Shared) -> NumericAxis:
    axis = NumericAxis(crossBetween="between", axPos="l", tickLblPos="nextTo")
    axis.delete, axis.majorTickMark, axis.crosses = False, "out", "autoZero"
    # openpyxl turns these digits into floats. They are few, so that it writes them as they were.
    axis.scaling.min, _ = format_number(given.minimum, unit)
    axis.scaling.max, _ = format_number(given.maximum, unit)
    axis.majorUnit, axis.number_format = format_number(given.step, unit)
    axis.txPr = shared.text
    axis.title = compose_title(given.title)
    grid = LineProperties(w=6350, solidFill="BFBFBF")
    axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=grid))
    return axis


def _compose_series(number: int, placed: PlacedChart, data: Sheet, shared: _Shared) -> Series:
    """A line in its style; `number` counts the chart's lines from 0."""
    assert data.table is not None
    column, end = placed.columns[number], placed.row + len(placed.chart.periods)
    rows = data.table.rows[placed.row : end]
    name = data.table.columns[column].header
    name_place = f"'{placed.sheet}'!${get_column_letter(column + 1)}${data.top}"
    is_crowded = len(placed.chart.periods) > _LABELS
    properties, marker = shared.looks[placed.chart.lines[number].style, is_crowded]
    labels = CachedWords(placed.chart.periods)
    figures = _compose_figures([row[column] for row in rows])
    series = Series(
        idx=number,
        order=number,
        tx=SeriesLabel(strRef=StrRef(f=name_place, strCache=CachedWords([name]))),
        cat=AxDataSource(
            strRef=StrRef(f=_format_place(placed, data, placed.labels), strCache=labels)
        ),
        val=NumDataSource(numRef=NumRef(f=_format_place(placed, data, column), numCache=figures)),
        spPr=properties,
        smooth=False,
    )
    series.marker = marker
    return series


def _format_place(placed: PlacedChart, data: Sheet, column: int) -> str:
    """The cells of a column that the chart draws, as an absolute address."""
    first, letter = data.top + 1 + placed.row, get_column_letter(column + 1)
    last = first + len(placed.chart.periods) - 1
    return f"'{placed.sheet}'!${letter}${first}:${letter}${last}"


def _compose_figures(cells: Sequence[Content]) -> CachedFigures:
    figures = [
        format_number(cell.value, cell.unit)
        if isinstance(cell, Cell) and cell.value is not None
        else (None, "")
        for cell in cells
    ]
    number_format = next(each for _, each in figures if each)
    return CachedFigures([digits for digits, _ in figures], number_format)
