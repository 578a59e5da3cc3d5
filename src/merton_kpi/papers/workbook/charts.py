"""Line charts of a sheet's table, with the figures that a program shows before it reads the cells.

Lines differ by dash and marker, not by colour alone; a month without a figure is a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.chart import LineChart
from openpyxl.chart.axis import ChartLines, NumericAxis, TextAxis
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.descriptors import Integer
from openpyxl.descriptors.nested import NestedText
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

from merton_kpi.core.vocabulary import LineStyle, Unit
from merton_kpi.papers.workbook.cell_values import format_number
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from merton_kpi.papers.workbook.sheet import Chart, Content, Line, Sheet, Table

ACROSS = 2  # charts beside each other, each in a column of its own
COLUMN_WIDTH = 80.0  # in digits
ROWS = 21  # that a chart and the gap below it take
_WIDTH, _HEIGHT = 18.4, 11.0  # centimetres
_EMU = 360_000  # of a drawing's units in a centimetre
_TITLE_SIZE, _TEXT_SIZE = 1200, 1100  # hundredths of a point
_TYPEFACE = Font(typeface="Arial")


class _Point(NumVal):
    """A point whose figure is kept as the digits that it is given as.

    `NumVal` turns it into a float, which writes 0.07 as 0.07000000000000001.
    """

    # A subclass has only the elements that it names itself.
    idx = Integer()
    v = NestedText(expected_type=str)


def list_charts(sheet: Sheet, data: Sheet) -> Iterator[LineChart]:
    """The charts of a sheet, side by side in their places; `data` has the table of figures."""
    assert data.table is not None
    months = AxDataSource(strRef=_compose_months(sheet.charts[0], data.top, data.table))
    for index, chart in enumerate(sheet.charts):
        down, across = divmod(index, ACROSS)
        drawn = _compose_chart(chart, data.table)
        drawn.series = [
            _compose_series(number, chart, line, data, months)
            for number, line in enumerate(chart.lines)
        ]
        drawn.anchor = OneCellAnchor(  # type: ignore[assignment]  # the stub allows a cell alone
            _from=AnchorMarker(col=across, row=sheet.top + down * ROWS),
            ext=XDRPositiveSize2D(round(_WIDTH * _EMU), round(_HEIGHT * _EMU)),
        )
        yield drawn


def _compose_chart(chart: Chart, table: Table) -> LineChart:
    """The chart without its lines: titles, axes, legend and frame."""
    figures = [cell for cell in table.rows[chart.lines[0].row] if _has_figure(cell)]
    drawn = LineChart()
    drawn.roundedCorners = False
    drawn.title = _compose_title(chart.title, _TITLE_SIZE)
    drawn.varyColors, drawn.marker = False, True
    drawn.graphical_properties = GraphicalProperties(
        solidFill="FFFFFF", ln=LineProperties(w=9525, solidFill="7F7F7F")
    )
    drawn.x_axis, drawn.y_axis = _compose_month_axis(), _compose_value_axis(chart, figures)
    drawn.legend = Legend(legendPos="b", overlay=False, txPr=_compose_text_properties())
    return drawn


def _compose_month_axis() -> TextAxis:
    axis = TextAxis(auto=False, lblAlgn="ctr", noMultiLvlLbl=True, axPos="b", tickLblPos="low")
    axis.delete, axis.majorTickMark, axis.crosses = False, "out", "autoZero"
    axis.number_format, axis.txPr = "General", _compose_text_properties()
    return axis


def _compose_value_axis(chart: Chart, figures: Sequence[Content]) -> NumericAxis:
    axis = NumericAxis(crossBetween="between", axPos="l", tickLblPos="nextTo")
    axis.delete, axis.majorTickMark, axis.crosses = False, "out", "autoZero"
    axis.number_format, axis.txPr = _format_of(figures), _compose_text_properties()
    axis.title = _compose_title(chart.axis, _TEXT_SIZE)
    grid = LineProperties(w=6350, solidFill="BFBFBF")
    axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=grid))
    if _is_near_whole(figures):
        axis.scaling.max = 1
    return axis


def _has_figure(content: Content) -> bool:
    return isinstance(content, Cell) and content.value is not None


def _list_figures(contents: Sequence[Content]) -> list[tuple[str, str] | None]:
    """The digits and the number format of each cell; None for a cell without a figure."""
    return [
        format_number(content.value, content.unit)
        if isinstance(content, Cell) and content.value is not None
        else None
        for content in contents
    ]


def _format_of(contents: Sequence[Content]) -> str:
    """The number format of the first figure."""
    return next(figure[1] for figure in _list_figures(contents) if figure)


def _is_near_whole(contents: Sequence[Content]) -> bool:
    """Whether figures are percentages that come near 100%, but not above.

    The axis then ends at 100%: Excel's own choice would be 120%.
    """
    figures = [
        (each.value, each.unit)
        for each in contents
        if isinstance(each, Cell) and each.value is not None
    ]
    highest = max(figure for figure, _ in figures)
    return 80 < highest <= 100 and all(unit is Unit.PERCENT for _, unit in figures)


def _compose_title(words: str, size: int) -> Title:
    style = CharacterProperties(lang="en-GB", sz=size, b=True, latin=_TYPEFACE)
    paragraphs = [
        Paragraph(pPr=ParagraphProperties(defRPr=style), r=[RegularTextRun(rPr=style, t=line)])
        for line in words.split("\n")
    ]
    return Title(tx=Text(rich=RichText(p=paragraphs)), overlay=False)


def _compose_text_properties() -> RichText:
    style = CharacterProperties(sz=_TEXT_SIZE, solidFill="000000", latin=_TYPEFACE)
    end = CharacterProperties(lang="en-GB")
    # `r=[]`, since openpyxl adds an empty run otherwise.
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=style), r=[], endParaRPr=end)])


def _compose_months(chart: Chart, top: int, table: Table) -> StrRef:
    """The headers of the columns that the charts draw."""
    names = [column.header for column in table.columns[chart.first :]]
    return StrRef(f=_format_place(chart, table, top), strCache=_compose_words(names))


def _format_place(chart: Chart, table: Table, row: int) -> str:
    """The cells of a row that the chart draws, as an absolute address."""
    first, last = get_column_letter(chart.first + 1), get_column_letter(len(table.columns))
    return f"'{chart.sheet}'!${first}${row}:${last}${row}"


def _compose_words(words: Sequence[str]) -> StrData:
    points = [StrVal(idx=index, v=each) for index, each in enumerate(words)]
    return StrData(ptCount=len(words), pt=points)


def _compose_series(
    number: int, chart: Chart, line: Line, data: Sheet, months: AxDataSource
) -> Series:
    """A line in its style; `number` counts the chart's lines from 0."""
    assert data.table is not None
    row = data.top + 1 + line.row
    cells = data.table.rows[line.row][chart.first :]
    figures = _list_figures(cells)
    name_place = f"'{chart.sheet}'!${get_column_letter(chart.first)}${row}"
    cache = NumData(
        formatCode=_format_of(cells),
        ptCount=len(figures),
        pt=[_Point(idx=index, v=each[0]) for index, each in enumerate(figures) if each],
    )
    is_figure = line.style is LineStyle.FIGURE
    colour = line.style.colour
    dash: Any = line.style.dash
    symbol: Any = line.style.marker
    series = Series(
        idx=number,
        order=number,
        tx=SeriesLabel(strRef=StrRef(f=name_place, strCache=_compose_words([line.name]))),
        cat=months,
        val=NumDataSource(numRef=NumRef(f=_format_place(chart, data.table, row), numCache=cache)),
        spPr=GraphicalProperties(
            ln=LineProperties(
                w=31750 if is_figure else 22225,
                cap="rnd",
                solidFill=colour,
                prstDash=dash,
                round=True,
            )
        ),
        smooth=False,
    )
    series.marker = Marker(
        symbol=symbol,
        size=8 if is_figure else 5,
        spPr=GraphicalProperties(solidFill=colour, ln=LineProperties(w=9525, solidFill=colour)),
    )
    return series
