"""A figure's cell to the figure, its parts and its status, or to a sentence on its fault.

Only plain numbers are figures. What people type instead (`96%`, `1,234`, `£1.2m`) is refused with
a suggestion, because a guess would be published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from merton_kpi.catalogue.reading.advice.numbers import is_hidden_number, read_written_number
from merton_kpi.core.issues import nearest_word, shorten, suggest_word
from merton_kpi.core.statuses import Status, match_status

_NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"
_PLAIN = re.compile(_NUMBER)
_WITH_PARTS = re.compile(rf"({_NUMBER}) ?%? ?\( ?({_NUMBER}) ?(?:/|of|out of) ?({_NUMBER}) ?\)")
_EXCEL_ERROR = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]?")  # #DIV/0!, #N/A, #NAME?
_NUMBER_AND_WORDS = re.compile(rf"({_NUMBER})%?(?: |(?=\())(?s:(.*))")
# After a number they make it another one, or say in which unit it is.
_CHANGES_NUMBER = re.compile(
    r"""[0-9] | \b(?: or | and | to | of | in | out | at | up | per | than | fewer | less | more
    | under | over | below | above | least | most | plus | minus | times | x | half | halves
    | quarters? | dozens? | hundreds? | thousands? | millions? | billions? | k | m | mn | bn
    | pence | p | minutes? | mins? | hours? | hrs? | days? | weeks? | months? | years? )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_THOUSANDS_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_WORDS_FOR_ZERO = ("nil", "none", "zero", "nought", "no")
_ANY_NUMBER = "write it like 96 or 33.9"
_ALONE = "write the figure alone here, and the words in the column 'note'"
_IF_HIDDEN = "if the number must not be shown,"
_IF_SHOWN = "if it may be shown, write the number itself"


@dataclass(frozen=True, kw_only=True, slots=True)
class CellReading:
    """What was read from a value's cell. Where `fault` is a sentence, nothing else is set."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: Status | None = None
    fault: str = ""


def read_value(text: str) -> CellReading:
    """Read a figure, a figure with its parts, or the words for a figure that is missing.

    `96` and `33.9` are figures; `23% (1063 of 4718)` has its parts; `<5`, `N/A - C19` and `TBC`
    are statuses. An empty cell says nothing, which is no fault.
    """
    if _PLAIN.fullmatch(text):
        return CellReading(value=_read_number(text))
    status = match_status(text)
    if status or not text:
        return CellReading(status=status)
    parts = _WITH_PARTS.fullmatch(" ".join(text.split()))
    if parts:
        value, numerator, denominator = map(_read_number, parts.groups())
        return CellReading(value=value, numerator=numerator, denominator=denominator)
    return CellReading(fault=_explain_value_fault(text))


def read_part(text: str) -> tuple[Decimal | None, str]:
    """Read a numerator or denominator: a plain number or nothing.

    Returns:
        The number, or None; and a sentence on the fault, or "".
    """
    if not text:
        return None, ""
    if _PLAIN.fullmatch(text):
        return _read_number(text), ""
    return None, _explain_part_fault(text)


def read_status(text: str) -> tuple[Status | None, str]:
    """Read a status by its code, or by the words that the panel knows it by.

    Returns:
        The status, or None; and a sentence on the fault, or "".
    """
    status = match_status(text)
    if status or not text:
        return status, ""
    return None, f"'{shorten(text)}' is not known; {suggest_word(text, _CODES)}"


def _read_number(text: str) -> Decimal:
    """The number of a plain text; -0 is 0."""
    number = Decimal(text)
    return abs(number) if number.is_zero() else number


def _explain_value_fault(text: str) -> str:
    """What is wrong with a value's cell that holds no number or status, and what to write."""
    if _EXCEL_ERROR.fullmatch(text):
        return f"{_explain_excel_error(text)} and give a status"
    suggestion = _suggest_number(text, f"{_IF_HIDDEN} write suppressed")
    suggestion = suggestion or _suggest_column(text) or _ANY_NUMBER
    return f"'{shorten(text)}' is not a plain number; {suggestion}"


def _explain_part_fault(text: str) -> str:
    """What is wrong with a part's cell that holds no number, and what to write."""
    if _EXCEL_ERROR.fullmatch(text):
        return _explain_excel_error(text)
    hidden = f"{_IF_HIDDEN} leave the parts empty and give the status '{Status.SUPPRESSED.value}'"
    return (
        f"'{shorten(text)}' is not a plain number; {_suggest_number(text, hidden) or _ANY_NUMBER}"
    )


def _explain_excel_error(text: str) -> str:
    return (
        f"the cell contains the Excel error {shorten(text)}; correct the formula, or leave it empty"
    )


def _suggest_number(text: str, hidden: str) -> str:
    """How to write a number that is not plain; empty where it is not certain which one is meant.

    `hidden` says what to do with a small number that must not be shown.
    """
    if is_hidden_number(text):
        return f"{hidden}; {_IF_SHOWN}"
    without = " ".join(_THOUSANDS_COMMA.sub("", text).split())
    if without != text and _WITH_PARTS.fullmatch(without):
        return f"leave out the commas: {without}"
    number = read_written_number(text)
    return number.format_advice() if number else ""


def _suggest_column(text: str) -> str:
    """What to write for words that are in a value's cell; empty where the text begins otherwise."""
    number = _NUMBER_AND_WORDS.fullmatch(text)
    if number and not _CHANGES_NUMBER.search(number[2]):
        return f"write {number[1]} here and the words in the column 'note'"
    if number:
        return _ALONE
    if not text[:1].isalpha():
        return ""
    absent = [status.value for status in Status if not status.qualifies_a_figure]
    advice = f"for a missing figure, {suggest_word(text, absent)}"
    if text.casefold() in _WORDS_FOR_ZERO:
        return f"if the figure is zero, write 0; {advice}"
    return advice if nearest_word(text, absent) else f"write a figure in digits; {advice}"


_CODES = [status.value for status in Status]
LIST_OF_STATUSES = suggest_word("", _CODES)  # of no word, so that it tells nothing of a cell
