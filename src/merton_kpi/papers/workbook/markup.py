"""A sheet's cells as SpreadsheetML, written straight out as text.

A cell object apiece, as openpyxl would have it, takes most of a build's time. All words are
inline strings, which no program takes for a formula, a link or an error.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from merton_kpi.core.issues import BuildStoppedError, Issue, Place
from merton_kpi.core.vocabulary import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_LENGTH = 32_767  # UTF-16 units that a cell holds

# Compiled when words are not plainly printable.
_UNWRITABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"

_IN_ATTRIBUTES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\r": "&#13;",
        "\n": "&#10;",
        "\t": "&#09;",
    }
)


def write_row(number: int, height: float, cells: Iterable[str]) -> bytes:
    """A row of cells; its height in points is one to begin with, which is not fixed."""
    return f'<row r="{number}" ht="{height:g}">{"".join(cells)}</row>'.encode()


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


def write_figure(place: str, style: int, number: str) -> str:
    """A cell with a number."""
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'


def write_number(figure: Decimal, unit: Unit) -> tuple[str, str]:
    """The number in a figure's cell, and Excel's format that shows it with the decimals it has.

    A percentage is Excel's own, 0.96 shown as 96%.
    """
    return _write_number(str(figure), unit is Unit.PERCENT)  # as text 5.0 is not 5


@lru_cache(maxsize=10_000)  # figures recur: each is in a table and a chart, a target in each month
def _write_number(figure: str, is_percent: bool) -> tuple[str, str]:
    value = Decimal(figure)
    decimals = max(0, -int(value.as_tuple().exponent))
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return (f"{value.scaleb(-2):f}", f"{digits}%") if is_percent else (f"{value:f}", digits)


def escape(words: str) -> str:
    """Words as they stand between two of XML's tags."""
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # What looks like `_x000D_` Excel would read as the character that it names.
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", words) if "_x" in words else words


def quote(words: str) -> str:
    """Words as they stand between an attribute's quotation marks."""
    return words.translate(_IN_ATTRIBUTES)


def _check(place: str, words: str) -> str:
    if len(words) <= MAX_LENGTH // 2 and words.isprintable():
        return words
    found = re.search(_UNWRITABLE, words)
    if found:
        message = f"the character U+{ord(found[0]):04X} cannot be written; take it out of the words"
        raise _stop(place, "unwritable_character", f"{message} '{_quote(words)}'")
    units = len(words) if words.isascii() else len(words.encode("utf-16-le")) // 2
    if units > MAX_LENGTH:
        message = f"{units:,} characters are more than the {MAX_LENGTH:,} that a cell can hold"
        raise _stop(place, "too_long", f"{message}; shorten the words '{_quote(words)}'")
    return words.replace("\r\n", "\n").replace("\r", "\n")


def _quote(words: str) -> str:
    return re.sub(_UNWRITABLE, "?", words[:40])


def _stop(place: str, code: str, message: str) -> BuildStoppedError:
    where = Place(file="the workbook")
    issue = Issue(code=code, place=where, subject=f"cell {place}", message=message)
    return BuildStoppedError([issue])
