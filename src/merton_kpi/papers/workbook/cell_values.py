"""Figures and words as an xlsx file holds them: numbers with their format, and escaped text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from merton_kpi.core.issues import BuildStoppedError, Issue, Place
from merton_kpi.core.rounding import count_decimals
from merton_kpi.core.text import UNWRITABLE
from merton_kpi.core.units import Unit

if TYPE_CHECKING:
    from decimal import Decimal

MAX_LENGTH = 32_767  # UTF-16 units that a cell holds

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def format_number(figure: Decimal, unit: Unit) -> tuple[str, str]:
    """The number of a figure's cell, in digits, and Excel's format that shows it as a table does.

    The format has the decimals that the figure is written with. A percentage is Excel's own: 96 is
    the number 0.96, shown as 96%.
    """
    decimals = count_decimals(figure)
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    if unit is Unit.PERCENT:
        return f"{figure.scaleb(-2):f}", f"{digits}%"
    return f"{figure:f}", f"{_quote_sign(unit.prefix)}{digits}{_quote_sign(unit.sign)}"


def _quote_sign(sign: str) -> str:
    """A unit's sign as Excel's number formats have text; nothing for no sign."""
    return f'"{sign}"' if sign else ""


def escape_words(place: str, words: str) -> str:
    """The words of the cell at `place`, as text that Excel reads back as these words.

    Excel reads `_x000D_` as the character with that code, so the underscore is escaped. Line breaks
    become those of Excel.

    Raises:
        BuildStoppedError: the words have a character that no xlsx file can hold, or are too long.
    """
    words = _ESCAPE.sub("_x005F_", words)
    found = UNWRITABLE.search(words)
    if found:
        message = f"the character U+{ord(found[0]):04X} cannot be written; take it out of the words"
        raise _compose_error(place, "unwritable_character", f"{message} '{_quote(words)}'")
    units = len(words.encode("utf-16-le")) // 2
    if units > MAX_LENGTH:
        message = f"{units:,} characters are more than the {MAX_LENGTH:,} that a cell can hold"
        raise _compose_error(place, "too_long", f"{message}; shorten the words '{_quote(words)}'")
    return words.replace("\r\n", "\n").replace("\r", "\n")


def _quote(words: str) -> str:
    return UNWRITABLE.sub("?", words[:40])


def _compose_error(place: str, code: str, message: str) -> BuildStoppedError:
    where = Place(file="the workbook")
    issue = Issue(code=code, place=where, subject=f"cell {place}", message=message)
    return BuildStoppedError([issue])
