"""A cell's value to the text that the same cell of a CSV file would have, with all its digits.

Numbers are those that the cell holds, not those that it shows. A workbook holds binary fractions,
such as 0.5630000000000001 for 56.3%; like Excel, this reads 15 significant digits of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from openpyxl.utils.escape import unescape

if TYPE_CHECKING:
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

_AS_EXCEL = Context(prec=15)  # digits; Excel shows no more, and its arithmetic has errors beyond
_SMALLEST = Decimal("1e-15")  # the most decimals of a value in an extract
_EXACT = Context(prec=40)
# What a number format shows as it is: quoted words, an escaped sign, a sign's width, a fill. And
# what is in brackets: colours, conditions, currencies.
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')
_SECTIONS = 3  # of a number format: positive numbers, negative ones, zero; a fourth is for text


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell's text; and the fault of a cell whose text cannot be used, to follow its name.

    It `is_percent` where the cell has a number, and a format that shows it with a per cent sign.
    """

    text: str = ""
    fault: str = ""
    code: str = ""
    is_number: bool = False
    is_date: bool = False
    is_percent: bool = False


EMPTY = CellText()


def read_cell(cell: ReadOnlyCell | EmptyCell, *, is_unsolved: bool) -> CellText:
    """Read a cell; `is_unsolved` where it has a formula without a value."""
    value = cell.value
    if is_unsolved:
        fault = "the cell's formula has no value; open the workbook in Excel, save it, and send it"
        return CellText(fault=f"{fault} again", code="no_value")
    if value is None:
        return EMPTY
    if cell.data_type == "e":
        fault = f"the cell contains the Excel error {value}; correct it, or leave it empty"
        return CellText(fault=fault, code="excel_error")
    return _read_value(cell)


def _read_value(cell: ReadOnlyCell | EmptyCell) -> CellText:
    match cell.value:
        case bool() as truth:
            return CellText(str(truth).upper())
        case int() | float() as number:
            text, signs = format_number(number, cell.number_format or "")
            return CellText(text + signs, is_number=True, is_percent=bool(signs))
        case datetime() | date() | time() | timedelta() as moment:
            return CellText(_format_date(moment), is_date=True)
        case words:
            text = unescape(str(words)).replace("\r\n", "\n").replace("\r", "\n")
            return CellText(text.strip())


def format_number(value: float, number_format: str) -> tuple[str, str]:
    """A number in plain digits, and the per cent signs that its format shows with it.

    They are `56.3` and `%` where it is 0.563.
    """
    number = _AS_EXCEL.create_decimal(Decimal(repr(value)))
    if not number.is_finite():
        return repr(value), ""
    signs = _count_percent_signs(number, number_format)
    number = number.scaleb(2 * signs)
    whole = number.to_integral_value()
    if number != whole:
        number = number.quantize(_SMALLEST, context=_EXACT).normalize()
    return f"{(whole if number == whole else number) or abs(whole):f}", "%" * signs


def _count_percent_signs(number: Decimal, number_format: str) -> int:
    """How many percent signs a format shows with a number: each multiplies it by a hundred."""
    sections = _LITERAL.sub("", number_format).split(";")[:_SECTIONS]
    chosen = 1 if number < 0 else 2 if number == 0 else 0
    return sections[chosen if chosen < len(sections) else 0].count("%")


def _format_date(value: date | time | timedelta) -> str:
    """`2025-07-31`; with the time of day where it has one."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)
