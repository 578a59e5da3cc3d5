"""Excel's own line charts as DrawingML, written straight out as text.

openpyxl's chart objects know neither alternative text nor the type of a whole chart, nor do they
keep the figures that a program shows before it has read the cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from merton_kpi.core.vocabulary import LineStyle, Unit
from merton_kpi.papers.workbook.markup import escape, quote, write_number
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from merton_kpi.papers.workbook.sheet import Chart, Line, Sheet

ACROSS = 2  # charts beside each other, each in a column of its own
COLUMN_WIDTH = 80.0  # in digits
WIDTH, HEIGHT = 18.4, 11.0  # centimetres
ROWS = 21  # that a chart and the gap below it stand on
_EMU = 360_000  # of a drawing's units in a centimetre


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedChart:
    """A chart, the sheet whose table has its figures, and its first cell, counted from 0."""

    chart: Chart
    data: Sheet
    column: int
    row: int


def write_drawing(charts: Iterable[PlacedChart]) -> str:
    """A sheet's drawing, in which each chart has its place and its alternative text."""
    anchors = "".join(
        _ANCHOR.format(
            column=placed.column,
            row=placed.row,
            number=number,
            description=quote(placed.chart.description),
        )
        for number, placed in enumerate(charts, 1)
    )
    return f"{_DRAWING}{anchors}</wsDr>"


def write_chart(chart: Chart, data: Sheet) -> str:
    """A chart's XML; its figures are in the table of the sheet `data`."""
    months = tuple(column.header for column in data.columns[chart.first :])
    series = "".join(
        _write_series(index, chart, line, data, _write_months(months))
        for index, line in enumerate(chart.lines)
    )
    figures = [
        (cell.value, cell.unit)
        for cell in data.rows[chart.lines[0].row]
        if isinstance(cell, Cell) and cell.value is not None
    ]
    # Left to itself, Excel would let the axis of figures near 100% go on to 120%.
    ends_at_whole = all(unit is Unit.PERCENT and figure <= 100 for figure, unit in figures) and (
        max(figure for figure, _ in figures) > 80
    )
    return _SPACE.format(
        title=_write_title(chart.title.split("\n"), 1200),
        series=series,
        axis=_write_title([chart.axis], 1100),
        format=write_number(*figures[0])[1],
        max='<c:max val="1"/>' if ends_at_whole else "",
    )


def _write_series(index: int, chart: Chart, line: Line, data: Sheet, months: str) -> str:
    row, curve = data.rows[line.row], line.curve
    first, last = get_column_letter(chart.first + 1), get_column_letter(len(data.columns))
    sheet, number = f"'{chart.sheet}'", data.top + 1 + line.row
    figures = [
        ("", "") if cell.value is None else write_number(cell.value, cell.unit)
        for cell in row[chart.first :]
        if isinstance(cell, Cell)
    ]
    return _SERIES.format(
        index=index,
        name=escape(line.name),
        name_place=f"{sheet}!${get_column_letter(chart.first)}${number}",
        months_place=f"{sheet}!${first}${data.top}:${last}${data.top}",
        months=months,
        place=f"{sheet}!${first}${number}:${last}${number}",
        format=next(number_format for _, number_format in figures if number_format),
        figures=_write_points([figure for figure, _ in figures]),
        colour=curve.colour,
        dash=curve.dash,
        width=31750 if curve is LineStyle.FIGURE else 22225,
        marker=_MARKER.format(curve.marker, 8 if curve is LineStyle.FIGURE else 5, curve.colour),
    )


@lru_cache(maxsize=1)  # all charts have the same
def _write_months(months: tuple[str, ...]) -> str:
    return _write_points(list(map(escape, months)))


def _write_points(values: Sequence[str]) -> str:
    """The values as a program remembers them; an empty one is left out, and so is a gap."""
    points = [
        f'<c:pt idx="{index}"><c:v>{value}</c:v></c:pt>'
        for index, value in enumerate(values)
        if value
    ]
    return f'<c:ptCount val="{len(values)}"/>{"".join(points)}'


def _write_title(lines: Sequence[str], size: int) -> str:
    paragraphs = "".join(
        f'<a:p><a:pPr><a:defRPr sz="{size}" b="1"/></a:pPr><a:r><a:rPr lang="en-GB" sz="{size}" '
        f'b="1"/><a:t>{escape(line)}</a:t></a:r></a:p>'
        for line in lines
    )
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/>{paragraphs}</c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )


_DRAWING = """\
<wsDr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" \
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" \
xmlns="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">"""

_ANCHOR = f"""\
<oneCellAnchor><from><col>{{column}}</col><colOff>0</colOff><row>{{row}}</row><rowOff>0</rowOff>\
</from><ext cx="{round(WIDTH * _EMU)}" cy="{round(HEIGHT * _EMU)}" /><graphicFrame>\
<nvGraphicFramePr><cNvPr id="{{number}}" name="Chart {{number}}" descr="{{description}}" />\
<cNvGraphicFramePr /></nvGraphicFramePr><xfrm /><a:graphic>\
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">\
<c:chart r:id="rId{{number}}" /></a:graphicData></a:graphic></graphicFrame><clientData />\
</oneCellAnchor>"""

_SPACE = """\
<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<c:roundedCorners val="0"/>
<c:chart>{title}<c:autoTitleDeleted val="0"/>
<c:plotArea><c:layout/>
<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>\
<c:axId val="1"/><c:axId val="2"/></c:lineChart>
<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>\
<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/>\
<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="2"/>\
<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>\
<c:noMultiLvlLbl val="1"/></c:catAx>
<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{max}\
</c:scaling><c:delete val="0"/><c:axPos val="l"/>\
<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill>\
</a:ln></c:spPr></c:majorGridlines>{axis}<c:numFmt formatCode="{format}" sourceLinked="0"/>\
<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>\
<c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>
</c:plotArea>
<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>
<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>
<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>\
<a:ln w="9525"><a:solidFill><a:srgbClr val="7F7F7F"/></a:solidFill></a:ln></c:spPr>
<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1100"><a:solidFill><a:srgbClr val="000000"/>\
</a:solidFill><a:latin typeface="Arial"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p>\
</c:txPr>
</c:chartSpace>
"""

_SERIES = """\
<c:ser><c:idx val="{index}"/><c:order val="{index}"/>
<c:tx><c:strRef><c:f>{name_place}</c:f><c:strCache><c:ptCount val="1"/>\
<c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:spPr><a:ln w="{width}" cap="rnd"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>\
<a:prstDash val="{dash}"/><a:round/></a:ln></c:spPr>
<c:marker>{marker}</c:marker>
<c:cat><c:strRef><c:f>{months_place}</c:f><c:strCache>{months}</c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:f>{place}</c:f><c:numCache><c:formatCode>{format}</c:formatCode>{figures}\
</c:numCache></c:numRef></c:val><c:smooth val="0"/></c:ser>
"""

_MARKER = (
    '<c:symbol val="{0}"/><c:size val="{1}"/><c:spPr><a:solidFill><a:srgbClr val="{2}"/>'
    '</a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="{2}"/></a:solidFill></a:ln></c:spPr>'
)
