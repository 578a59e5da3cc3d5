"""How a chart's words and lines look."""

from __future__ import annotations

from typing import Any

from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)

from merton_kpi.scorecard.charts.styles import OWN_STYLES, USUAL_STYLES, LineStyle

_TEXT_SIZE = 1200  # hundredths of a point
_TYPEFACE = Font(typeface="Arial")
# The width of a line, in EMU, and the size of its markers, in points.
_SIZES = dict.fromkeys(OWN_STYLES, (31750, 8)) | {LineStyle.FLAGGED: (0, 12)}
_SIZES |= dict.fromkeys(USUAL_STYLES, (15875, 0))
_OTHER_SIZES = (22225, 6)
_SMALLEST = 2  # that Excel's markers can be


def compose_title(words: str) -> Title:
    """A title of a chart or an axis, with a line for each of the words' lines."""
    return Title(tx=compose_words(words), overlay=False)


def compose_words(words: str) -> Text:
    """Words in bold type."""
    style = CharacterProperties(lang="en-GB", sz=_TEXT_SIZE, b=True, latin=_TYPEFACE)
    properties = ParagraphProperties(defRPr=style)
    paragraphs = [
        Paragraph(pPr=properties, r=[RegularTextRun(rPr=style, t=line)])
        for line in words.split("\n")
    ]
    return Text(rich=RichText(p=paragraphs))


def compose_text_properties() -> RichText:
    """How the words look that a program writes itself: marks, periods and the legend."""
    style = CharacterProperties(sz=_TEXT_SIZE, solidFill="000000", latin=_TYPEFACE)
    end = CharacterProperties(lang="en-GB")
    # `r=[]`, since openpyxl adds an empty run otherwise.
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=style), r=[], endParaRPr=end)])


def compose_look(style: LineStyle, *, is_crowded: bool) -> tuple[GraphicalProperties, Marker]:
    """A line's colour and dash, and its marker; the council's own line is the strongest.

    Markers are smaller in a chart that is crowded with more periods than have a label each.
    """
    width, size = _SIZES.get(style, _OTHER_SIZES)
    size = max(size - 2 * is_crowded, _SMALLEST)
    dash: Any = style.dash or None
    symbol: Any = style.marker or "none"
    line = LineProperties(w=width, cap="rnd", solidFill=style.colour, prstDash=dash, round=True)
    if not style.dash:
        line = LineProperties(noFill=True)
    if not style.marker:
        return GraphicalProperties(ln=line), Marker(symbol=symbol)
    frame = LineProperties(w=9525, solidFill=style.colour)
    marker = Marker(
        symbol=symbol, size=size, spPr=GraphicalProperties(solidFill=style.colour, ln=frame)
    )
    return GraphicalProperties(ln=line), marker
