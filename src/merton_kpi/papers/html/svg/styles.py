"""The colours of the charts' lines, in CSS."""

from __future__ import annotations

from markupsafe import Markup

from merton_kpi.papers.html.svg.lines import format_style_name
from merton_kpi.scorecard.charts.styles import LineStyle


def format_chart_styles() -> Markup:
    """The CSS of all charts of a page: their width, and the colours of the lines by their style."""
    light = Markup("").join(_format_colour(style, style.colour) for style in LineStyle)
    dark = Markup("").join(
        _format_colour(style, _convert_to_dark(style.colour)) for style in LineStyle
    )
    return Markup(
        ".chart{{display:block;width:100%;max-width:28rem;height:auto}}\n"
        "{light}\n"
        "@media screen and (prefers-color-scheme:dark){{{dark}}}\n"
        "@media (forced-colors:active)"
        "{{.chart,.chart [class]{{forced-color-adjust:none;color:CanvasText}}}}\n"
    ).format(light=light, dark=dark)


def _format_colour(style: LineStyle, colour: str) -> Markup:
    return Markup(".chart .{}{{color:#{}}}").format(format_style_name(style), colour)


def _convert_to_dark(colour: str) -> str:
    """The colour of the same hue that is as near to white as this one is to black."""
    parts = bytes.fromhex(colour)
    return bytes(part + 255 - max(parts) - min(parts) for part in parts).hex().upper()
