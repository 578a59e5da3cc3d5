"""Line charts of a sheet's table, with the figures that a program shows before it reads the cells.

Each chart is the scorecard's; this module lays it out and points it to the cells of its figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl.chart import LineChart
from openpyxl.chart.axis import ChartLines, NumericAxis, TextAxis
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, StrData, StrRef
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.descriptors.nested import NestedInteger, NestedText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import SubElement

from merton_kpi.papers.workbook.cell_values import format_number
from merton_kpi.scorecard.cells import Cell
from merton_kpi.scorecard.charts.styles import OWN_STYLES, LineStyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
_TEXT_SIZE = 1200  # hundredths of a point
_TYPEFACE = Font(typeface="Arial")


class _CachedFigures(NumData):
    """The figures that a program shows before it reads the cells; None leaves a gap.

    The digits are written as they are given: openpyxl's `NumVal` turns them into floats, and writes
    0.07 as 0.07000000000000001.
    """

    # A subclass writes only the elements that it names itself.
    formatCode = NestedText(expected_type=str, allow_none=True)  # noqa: N815 - openpyxl's name
    ptCount = NestedInteger(allow_none=True)  # noqa: N815

    def __init__(self, digits: Sequence[str | None], number_format: str) -> None:
        super().__init__(formatCode=number_format, ptCount=len(digits))
        self.digits = digits

    def to_tree(self, *names: Any, **options: Any) -> Any:
        return _add_points(super().to_tree(*names, **options), self.digits)


class _CachedWords(StrData):
    """The words that a program shows before it reads the cells."""

    ptCount = NestedInteger(allow_none=True)  # noqa: N815

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(ptCount=len(words))
        self.words = words

    def to_tree(self, *names: Any, **options: Any) -> Any:
        return _add_points(super().to_tree(*names, **options), self.words)


def _add_points(cache: Any, values: Sequence[str | None]) -> Any:
    for index, value in enumerate(values):
        if value is not None:
            point = SubElement(cache, "pt", {"idx": str(index)})
            SubElement(point, "v").text = value
    return cache


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
    """What all charts of a sheet have alike."""

    period_axis: TextAxis
    text: RichText
    looks: Mapping[LineStyle, tuple[GraphicalProperties, Marker]]


def count_rows(charts: Iterable[PlacedChart]) -> int:
    """The rows of its sheet that each of these charts and the gap below it take."""
    return _ROWS + _count_more_rows(charts)


def _count_more_rows(charts: Iterable[PlacedChart]) -> int:
    most = max(len(each.chart.lines) for each in charts)
    return -(-max(0, most - _LINES) // 2)


def list_charts(sheet: Sheet, data: Sheet) -> Iterator[LineChart]:
    """The charts of a sheet, side by side in their places; `data` has the table of figures."""
    assert data.table is not None
    shared = _Shared(
        period_axis=_compose_period_axis(),
        text=_compose_text_properties(),
        looks={style: _compose_look(style) for style in LineStyle},
    )
    rows = count_rows(sheet.charts)
    height = _HEIGHT + _ROW_HEIGHT * _count_more_rows(sheet.charts)
    for index, placed in enumerate(sheet.charts):
        down, across = divmod(index, ACROSS)
        drawn = _compose_chart(placed.chart, shared)
        drawn.series = [
            _compose_series(number, placed, data, shared) for number in range(len(placed.columns))
        ]
        drawn.anchor = OneCellAnchor(  # type: ignore[assignment]  # the stub allows a cell alone
            _from=AnchorMarker(col=across, row=sheet.top + down * rows),
            ext=XDRPositiveSize2D(round(_WIDTH * _EMU), round(height * _EMU)),
        )
        yield drawn


def _compose_chart(chart: Chart, shared: _Shared) -> LineChart:
    """The chart without its lines: titles, axes, legend and frame."""
    drawn = LineChart()
    drawn.roundedCorners = False
    drawn.title = _compose_title(chart.title)
    drawn.varyColors, drawn.marker = False, True
    drawn.graphical_properties = GraphicalProperties(
        solidFill="FFFFFF", ln=LineProperties(w=9525, solidFill="7F7F7F")
    )
    drawn.x_axis = shared.period_axis
    drawn.y_axis = _compose_value_axis(chart.axis, chart.unit, shared)
    drawn.legend = Legend(legendPos="b", overlay=False, txPr=shared.text)
    return drawn


def _compose_period_axis() -> TextAxis:
    axis = TextAxis(auto=False, lblAlgn="ctr", noMultiLvlLbl=True, axPos="b", tickLblPos="low")
    axis.delete, axis.majorTickMark, axis.crosses = False, "out", "autoZero"
    axis.number_format, axis.txPr = "General", _compose_text_properties()
    return axis


def _compose_value_axis(given: Axis, unit: Unit, shared: _Shared) -> NumericAxis:
    axis = NumericAxis(crossBetween="between", axPos="l", tickLblPos="nextTo")
    axis.delete, axis.majorTickMark, axis.crosses = False, "out", "autoZero"
    # openpyxl turns these digits into floats. They are few, so that it writes them as they were.
    axis.scaling.min, _ = format_number(given.minimum, unit)
    axis.scaling.max, _ = format_number(given.maximum, unit)
    axis.majorUnit, axis.number_format = format_number(given.step, unit)
    axis.txPr = shared.text
    axis.title = _compose_title(given.title)
    grid = LineProperties(w=6350, solidFill="BFBFBF")
    axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=grid))
    return axis


def _compose_title(words: str) -> Title:
    style = CharacterProperties(lang="en-GB", sz=_TEXT_SIZE, b=True, latin=_TYPEFACE)
    properties = ParagraphProperties(defRPr=style)
    paragraphs = [
        Paragraph(pPr=properties, r=[RegularTextRun(rPr=style, t=line)])
        for line in words.split("\n")
    ]
    return Title(tx=Text(rich=RichText(p=paragraphs)), overlay=False)


def _compose_text_properties() -> RichText:
    style = CharacterProperties(sz=_TEXT_SIZE, solidFill="000000", latin=_TYPEFACE)
    end = CharacterProperties(lang="en-GB")
    # `r=[]`, since openpyxl adds an empty run otherwise.
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=style), r=[], endParaRPr=end)])


def _compose_look(style: LineStyle) -> tuple[GraphicalProperties, Marker]:
    """A line's colour and dash, and its marker; the council's own line is the strongest."""
    is_own = style in OWN_STYLES
    width, size = (31750, 8) if is_own else (22225, 6)
    dash: Any = style.dash
    symbol: Any = style.marker
    line = LineProperties(w=width, cap="rnd", solidFill=style.colour, prstDash=dash, round=True)
    frame = LineProperties(w=9525, solidFill=style.colour)
    marker = Marker(
        symbol=symbol, size=size, spPr=GraphicalProperties(solidFill=style.colour, ln=frame)
    )
    return GraphicalProperties(ln=line), marker


def _compose_series(number: int, placed: PlacedChart, data: Sheet, shared: _Shared) -> Series:
    """A line in its style; `number` counts the chart's lines from 0."""
    assert data.table is not None
    column, end = placed.columns[number], placed.row + len(placed.chart.periods)
    rows = data.table.rows[placed.row : end]
    name = data.table.columns[column].header
    name_place = f"'{placed.sheet}'!${get_column_letter(column + 1)}${data.top}"
    properties, marker = shared.looks[placed.chart.lines[number].style]
    labels = _CachedWords(placed.chart.periods)
    figures = _compose_figures([row[column] for row in rows])
    series = Series(
        idx=number,
        order=number,
        tx=SeriesLabel(strRef=StrRef(f=name_place, strCache=_CachedWords([name]))),
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


def _compose_figures(cells: Sequence[Content]) -> NumData:
    figures = [
        format_number(cell.value, cell.unit)
        if isinstance(cell, Cell) and cell.value is not None
        else (None, "")
        for cell in cells
    ]
    number_format = next(each for _, each in figures if each)
    return _CachedFigures([digits for digits, _ in figures], number_format)
