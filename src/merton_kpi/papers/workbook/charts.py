"""Line charts of a sheet's table, with the figures that a program shows before it reads the cells.

Lines differ by dash and marker, not by colour alone; a month without a figure is a gap.
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

from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import LineStyle
from merton_kpi.papers.workbook.cell_values import format_number
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from merton_kpi.papers.workbook.sheet import Chart, Content, Line, Sheet, Table

    _Figure = tuple[Decimal, Unit]

ACROSS = 2  # charts beside each other, each in a column of its own
COLUMN_WIDTH = 80.0  # in digits
ROWS = 21  # that a chart and the gap below it take
_WIDTH, _HEIGHT = 18.4, 11.0  # centimetres
_EMU = 360_000  # of a drawing's units in a centimetre
_TITLE_SIZE, _TEXT_SIZE = 1200, 1100  # hundredths of a point
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
class _Shared:
    """What all charts of a sheet have alike."""

    months: AxDataSource
    month_axis: TextAxis
    text: RichText
    looks: Mapping[LineStyle, tuple[GraphicalProperties, Marker]]


def list_charts(sheet: Sheet, data: Sheet) -> Iterator[LineChart]:
    """The charts of a sheet, side by side in their places; `data` has the table of figures."""
    assert data.table is not None
    shared = _Shared(
        months=_compose_months(sheet.charts[0], data.table, data.top),
        month_axis=_compose_month_axis(),
        text=_compose_text_properties(),
        looks={style: _compose_look(style) for style in LineStyle},
    )
    for index, chart in enumerate(sheet.charts):
        down, across = divmod(index, ACROSS)
        drawn = _compose_chart(chart, data.table, shared)
        drawn.series = [
            _compose_series(number, chart, line, data, shared)
            for number, line in enumerate(chart.lines)
        ]
        drawn.anchor = OneCellAnchor(  # type: ignore[assignment]  # the stub allows a cell alone
            _from=AnchorMarker(col=across, row=sheet.top + down * ROWS),
            ext=XDRPositiveSize2D(round(_WIDTH * _EMU), round(_HEIGHT * _EMU)),
        )
        yield drawn


def _compose_chart(chart: Chart, table: Table, shared: _Shared) -> LineChart:
    """The chart without its lines: titles, axes, legend and frame."""
    figures = _list_figures(table.rows[chart.lines[0].row])
    drawn = LineChart()
    drawn.roundedCorners = False
    drawn.title = _compose_title(chart.title, _TITLE_SIZE)
    drawn.varyColors, drawn.marker = False, True
    drawn.graphical_properties = GraphicalProperties(
        solidFill="FFFFFF", ln=LineProperties(w=9525, solidFill="7F7F7F")
    )
    drawn.x_axis, drawn.y_axis = shared.month_axis, _compose_value_axis(chart, figures, shared)
    drawn.legend = Legend(legendPos="b", overlay=False, txPr=shared.text)
    return drawn


def _compose_month_axis() -> TextAxis:
    axis = TextAxis(auto=False, lblAlgn="ctr", noMultiLvlLbl=True, axPos="b", tickLblPos="low")
    axis.delete, axis.majorTickMark, axis.crosses = False, "out", "autoZero"
    axis.number_format, axis.txPr = "General", _compose_text_properties()
    return axis


def _compose_value_axis(chart: Chart, figures: Sequence[_Figure], shared: _Shared) -> NumericAxis:
    axis = NumericAxis(crossBetween="between", axPos="l", tickLblPos="nextTo")
    axis.delete, axis.majorTickMark, axis.crosses = False, "out", "autoZero"
    _, axis.number_format = format_number(*figures[0])
    axis.txPr = shared.text
    axis.title = _compose_title(chart.axis, _TEXT_SIZE)
    grid = LineProperties(w=6350, solidFill="BFBFBF")
    axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=grid))
    # Excel's own choice for percentages near 100% would be an axis that ends at 120%.
    highest = max(figure for figure, _ in figures)
    if 80 < highest <= 100 and all(unit is Unit.PERCENT for _, unit in figures):
        axis.scaling.max = 1
    return axis


def _list_figures(contents: Sequence[Content]) -> list[_Figure]:
    """The figures of a row, without its blanks, each with its unit."""
    return [
        (content.value, content.unit)
        for content in contents
        if isinstance(content, Cell) and content.value is not None
    ]


def _compose_title(words: str, size: int) -> Title:
    style = CharacterProperties(lang="en-GB", sz=size, b=True, latin=_TYPEFACE)
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
    width, size = (31750, 8) if style is LineStyle.FIGURE else (22225, 5)
    dash: Any = style.dash
    symbol: Any = style.marker
    line = LineProperties(w=width, cap="rnd", solidFill=style.colour, prstDash=dash, round=True)
    frame = LineProperties(w=9525, solidFill=style.colour)
    marker = Marker(
        symbol=symbol, size=size, spPr=GraphicalProperties(solidFill=style.colour, ln=frame)
    )
    return GraphicalProperties(ln=line), marker


def _compose_months(chart: Chart, table: Table, top: int) -> AxDataSource:
    """The headers of the columns that the charts draw."""
    names = [column.header for column in table.columns[chart.first :]]
    place = _format_place(chart, table, top)
    return AxDataSource(strRef=StrRef(f=place, strCache=_CachedWords(names)))


def _format_place(chart: Chart, table: Table, row: int) -> str:
    """The cells of a row that the chart draws, as an absolute address."""
    first, last = get_column_letter(chart.first + 1), get_column_letter(len(table.columns))
    return f"'{chart.sheet}'!${first}${row}:${last}${row}"


def _compose_series(number: int, chart: Chart, line: Line, data: Sheet, shared: _Shared) -> Series:
    """A line in its style; `number` counts the chart's lines from 0."""
    assert data.table is not None
    row = data.top + 1 + line.row
    cells = data.table.rows[line.row][chart.first :]
    name_place = f"'{chart.sheet}'!${get_column_letter(chart.first)}${row}"
    properties, marker = shared.looks[line.style]
    series = Series(
        idx=number,
        order=number,
        tx=SeriesLabel(strRef=StrRef(f=name_place, strCache=_CachedWords([line.name]))),
        cat=shared.months,
        val=NumDataSource(
            numRef=NumRef(f=_format_place(chart, data.table, row), numCache=_compose_figures(cells))
        ),
        spPr=properties,
        smooth=False,
    )
    series.marker = marker
    return series


def _compose_figures(cells: Sequence[Content]) -> NumData:
    figures = [
        format_number(cell.value, cell.unit)
        if isinstance(cell, Cell) and cell.value is not None
        else (None, "")
        for cell in cells
    ]
    number_format = next(each for _, each in figures if each)
    return _CachedFigures([digits for digits, _ in figures], number_format)
