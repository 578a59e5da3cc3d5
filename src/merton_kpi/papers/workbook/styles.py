"""The workbook's styles: type, colours, lines and formats, each made once and shared by cells."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

from merton_kpi.core.vocabulary import Rating

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl import Workbook
    from openpyxl.cell import Cell as XlsxCell

_BLACK, _BLUE, _NAVY, _GREY = "FF000000", "FF0B4A8F", "FF1F3864", "FFBFBFBF"
_TYPEFACE = "Arial"
_ONE_LINE = Alignment(vertical="top")
_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
# Set off a little, so that figures and the words beside them do not touch.
_SET_OFF = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
_RIGHT = Alignment(horizontal="right", vertical="top", wrap_text=True, indent=1)
_FIGURE = Alignment(horizontal="right", vertical="top", indent=1)
_FIRM, _FAINT = Side(style="medium", color=_NAVY), Side(style="thin", color=_GREY)
_FIGURES = "Figure "  # begins the name of each style of figures, which ends with their format


def name_figures(number_format: str) -> str:
    """The name of the style of figures in a number format, as Excel lists it."""
    return _FIGURES + number_format


class _Looks(dict[str, int]):
    """The numbers of the styles with some lines, by name."""

    def __init__(self, styles: Styles, lined: bool, marked: bool) -> None:
        super().__init__()
        self._make = partial(styles._make, lined=lined, marked=marked)

    def __missing__(self, name: str) -> int:
        return self.setdefault(name, self._make(name))


class Styles:
    """Finds a cell's style, as the number that a cell bears, by its name and its lines."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._looks = {
            (lined, marked): _Looks(self, lined, marked)
            for lined in (False, True)
            for marked in (False, True)
        }
        self._font = Font(name=_TYPEFACE, size=12, color=_BLACK)
        self._bold = Font(name=_TYPEFACE, size=12, color=_BLACK, bold=True)
        # The first font is the one that a column's width counts in.
        book._fonts = IndexedList([self._font])  # type: ignore[attr-defined]
        book._named_styles["Normal"].font = self._font  # type: ignore[attr-defined]
        heading = Font(name=_TYPEFACE, size=16, color=_NAVY, bold=True)
        self._define("Heading 1", heading, alignment=_ONE_LINE, builtinId=16)
        self._define("Notice", self._font, alignment=_ONE_LINE)
        self._define("Paragraph", self._font)
        self._define("Table header", self._bold)
        self._define("Figure header", self._bold, alignment=_RIGHT)
        self._define("Table text", self._font)
        self._define("Symbol", self._font, alignment=_RIGHT)
        link = Font(name=_TYPEFACE, size=12, color=_BLUE, underline="single")
        self._define("Link", link)
        for rating in Rating:
            fill = PatternFill("solid", fgColor=rating.fill) if rating.fill else PatternFill()
            font = self._bold if rating.fill else self._font
            self._define(f"Rating {rating.label}", font, fill=fill, alignment=_SET_OFF)
        # A cell on a sheet that is soon removed: styles are tried on it.
        scratch = book.create_sheet()
        self._model = cast("XlsxCell", scratch.cell(1, 1))
        book.remove(scratch)

    def find(self, name: str, *, marked: bool = False) -> int:
        """The number of a named style; `marked` as in list_looks."""
        return self._looks[False, marked][name]

    def list_looks(self, lined: bool, marked: bool) -> Mapping[str, int]:
        """The numbers of the styles by name, each made when it is first asked for.

        `lined` draws a firm line above the cell, `marked` one on both sides, with bold type.
        """
        return self._looks[lined, marked]

    def _make(self, name: str, lined: bool, marked: bool) -> int:
        if name.startswith(_FIGURES) and name not in self._book.named_styles:
            number_format = name.removeprefix(_FIGURES)
            self._define(name, self._font, alignment=_FIGURE, number_format=number_format)
        cell = self._model
        cell.style = name
        if name not in ("Heading 1", "Notice", "Paragraph"):
            side = _FIRM if marked else None
            top = _FIRM if lined else None
            cell.border = Border(top=top, left=side, right=side, bottom=_FAINT)
        if marked:
            cell.font = self._bold
        return cell.style_id

    def _define(self, name: str, font: Font, **settings: Any) -> None:
        settings = {"alignment": _LEFT} | settings
        self._book.add_named_style(NamedStyle(name=name, font=font, **settings))
