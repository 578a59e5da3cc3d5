"""A figure's cell to the figure, its parts and its status, or to a sentence on its fault.

Only plain numbers are figures. What people type instead (`96%`, `1,234`, `£1.2m`) is refused with
a suggestion, because a guess would be published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

from merton_kpi.core.issues import shorten, suggest_word
from merton_kpi.core.statuses import Status
from merton_kpi.core.units import Unit

_NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"
_PLAIN = re.compile(_NUMBER)
_WITH_PARTS = re.compile(rf"({_NUMBER}) ?%? ?\( ?({_NUMBER}) ?(?:/|of|out of) ?({_NUMBER}) ?\)")
_PER_CENT = re.compile(rf"{_NUMBER}\s*%")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_SIGN_OR_LETTER = re.compile(r"(?i:-?[£$€].*|-?[0-9.,]+ ?(k|m|bn|million|thousand))")
_SCALED = re.compile(
    r"(?i:(-?)[£$€]?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,15})? ?([a-z]*))"
)
_SCALES = {"": 0, "k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9}  # zeros after the number
_UNITS = {3: Unit.THOUSAND_POUNDS, 6: Unit.MILLION_POUNDS}
_EXCEL_ERROR = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]?")  # #DIV/0!, #N/A, #NAME?
_NUMBER_AND_WORDS = re.compile(rf"({_NUMBER})%?[ (](?s:.*)")
_ANY_NUMBER = "write it like 96 or 33.9"
_LONGEST_NUMBER = 60  # characters; no longer text is a number in other digits
_SYMBOLS = {
    "-": Status.NOT_AVAILABLE,
    "[x]": Status.NOT_AVAILABLE,
    "[z]": Status.NOT_APPLICABLE,
    "[c]": Status.SUPPRESSED,
}
_DASHES = str.maketrans("‐‑‒–—−", "------")  # noqa: RUF001 - dashes that people type for a hyphen


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
    status = _match_status(text)
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
    status = _match_status(text)
    if status or not text:
        return status, ""
    return None, f"'{shorten(text)}' is not known; {suggest_word(text, _CODES)}"


def _read_number(text: str) -> Decimal:
    """The number of a plain text; -0 is 0."""
    number = Decimal(text)
    return abs(number) if number.is_zero() else number


def _match_status(text: str) -> Status | None:
    return _STATUS_BY_WORDS.get(text) or _STATUS_BY_WORDS.get(_strip_differences(text))


def _strip_differences(text: str) -> str:
    """Words without what differs from one person to the next: case, dashes and spaces."""
    words = " ".join(text.translate(_DASHES).casefold().split())
    return "-".join(map(str.strip, words.split("-"))).replace("< ", "<")


def _explain_value_fault(text: str) -> str:
    """What is wrong with a value's cell that holds no number or status, and what to write."""
    if _EXCEL_ERROR.fullmatch(text):
        return f"{_explain_excel_error(text)} and give a status"
    suggestion = _suggest_number(text) or _suggest_column(text) or _ANY_NUMBER
    return f"'{shorten(text)}' is not a plain number; {suggestion}"


def _explain_part_fault(text: str) -> str:
    """What is wrong with a part's cell that holds no number, and what to write."""
    if _EXCEL_ERROR.fullmatch(text):
        return _explain_excel_error(text)
    return f"'{shorten(text)}' is not a plain number; {_suggest_number(text) or _ANY_NUMBER}"


def _explain_excel_error(text: str) -> str:
    return (
        f"the cell contains the Excel error {shorten(text)}; correct the formula, or leave it empty"
    )


def _suggest_number(text: str) -> str:
    """How to write a number that is not plain; empty where the text is no number at all."""
    if _PER_CENT.fullmatch(text):
        return f"leave out the per cent sign: {text[:-1].rstrip()}"
    if _THOUSANDS.fullmatch(text):
        return f"leave out the commas: {text.replace(',', '')}"
    if _DECIMAL_COMMA.fullmatch(text):
        return f"write a decimal point, not a comma: {text.replace(',', '.')}"
    if _SIGN_OR_LETTER.fullmatch(text):
        return _suggest_whole_number(text)
    folded = normalize("NFKC", text[:_LONGEST_NUMBER])
    if folded != text and _PLAIN.fullmatch(folded):
        return f"write it in plain digits: {folded}"
    return ""


def _suggest_whole_number(text: str) -> str:
    """How to write a number with a sign or a letter: £1.2m as 1200000, or as 1.2 in millions."""
    found = _SCALED.fullmatch(text)
    zeros = _SCALES.get(found[4].lower()) if found else None
    if found is None or zeros is None:
        return "write the whole number, without symbols or letters"
    digits = found[1] + found[2].replace(",", "") + (found[3] or "")
    unit = _UNITS.get(zeros)
    instead = f", or {digits} if its unit is {unit}" if unit else ""
    return f"write {Decimal(digits).scaleb(zeros):f}{instead}"


def _suggest_column(text: str) -> str:
    """Where to write words that are in a value's cell; empty where the text begins otherwise."""
    number = _NUMBER_AND_WORDS.fullmatch(text)
    if number:
        return f"write {number[1]} here and the words in the column 'note'"
    if text[:1].isalpha():
        absent = [status.value for status in Status if not status.qualifies_a_figure]
        return f"for a missing figure, {suggest_word(text, absent)}"
    return ""


_CODES = [status.value for status in Status]
LIST_OF_STATUSES = suggest_word("", _CODES)  # of no word, so that it tells nothing of a cell
_STATUS_BY_WORDS = (
    {_strip_differences(status.printed): status for status in Status}
    | {status.value: status for status in Status}
    | _SYMBOLS
)
