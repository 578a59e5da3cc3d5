"""A sheet's cells as SpreadsheetML, written straight out as text.

A cell object apiece, as openpyxl would have it, takes most of a build's time. All words are
inline strings, which no program takes for a formula, a link or an error.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from merton_kpi.issues import BuildStoppedError, Issue, Place
from merton_kpi.vocab import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

MAX_LENGTH = 32_767  # UTF-16 units that a cell holds

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What XML gives a meaning to; and `_x000D_`, which Excel would read as the character it names.
_SPECIAL = re.compile(r"[&<>]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}


def write_row(number: int, height: float, cells: Iterable[str]) -> str:
    """A row of cells; its height in points is one to begin with, which is not fixed."""
    return f'<row r="{number}" ht="{height:g}">{"".join(cells)}</row>'


def write_words(place: str, style: int, words: str) -> str:
    """A cell of words, whatever they look like; without words it has its style alone.

    Raises BuildStoppedError, naming the cell, for words that no xlsx file can hold.
    """
    if not words:
        return f'<c r="{place}" s="{style}"/>'
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(_check(place, words))}</t></is></c>"
    )


def write_figure(place: str, style: int, figure: Decimal) -> str:
    """A cell with a number."""
    return f'<c r="{place}" s="{style}"><v>{figure:f}</v></c>'


def as_excel_figure(figure: Decimal, unit: Unit) -> Decimal:
    """The number in the cell: a percentage is Excel's own, 0.96 shown as 96%."""
    return figure.scaleb(-2) if unit is Unit.PERCENT else figure


def choose_format(figure: Decimal, unit: Unit) -> str:
    """Excel's format that shows a figure, in its unit, with the decimals it has."""
    decimals = max(0, -int(figure.as_tuple().exponent))
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return digits + ("%" if unit is Unit.PERCENT else "")


def escape(words: str) -> str:
    """Words as they stand between two of XML's tags."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], words)


def _check(place: str, words: str) -> str:
    found = _UNWRITABLE.search(words)
    if found:
        message = f"the character U+{ord(found[0]):04X} cannot be written; take it out of the words"
        raise _stop(place, "unwritable_character", f"{message} '{_quote(words)}'")
    units = len(words) if words.isascii() else len(words.encode("utf-16-le")) // 2
    if units > MAX_LENGTH:
        message = f"{units:,} characters are more than the {MAX_LENGTH:,} that a cell can hold"
        raise _stop(place, "too_long", f"{message}; shorten the words '{_quote(words)}'")
    return words.replace("\r\n", "\n").replace("\r", "\n")


def _quote(words: str) -> str:
    return _UNWRITABLE.sub("?", words[:40])


def _stop(place: str, code: str, message: str) -> BuildStoppedError:
    where = Place(file="the workbook")
    issue = Issue(code=code, place=where, subject=f"cell {place}", message=message)
    return BuildStoppedError([issue])
