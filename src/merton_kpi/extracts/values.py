"""A figure's cell to the figure, its parts and its status, or to a sentence on its fault.

A figure is a plain number, or one in an ordinary format that has one meaning (`96%`, `1,234`,
`£1.2m`). Anything else is refused with a suggestion, because a guess would be published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from merton_kpi.catalogue.reading.advice.numbers import is_hidden_number, read_written_number
from merton_kpi.core.issues import nearest_word, shorten, suggest_word
from merton_kpi.core.rounding import count_decimals
from merton_kpi.core.statuses import Status, match_status
from merton_kpi.extracts.formats.notes import split_note
from merton_kpi.extracts.formats.numbers import GROUPED, read_ordinary_number
from merton_kpi.extracts.observations import Written

_NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"
_PLAIN = re.compile(_NUMBER)
_PART = rf"£?(-?{GROUPED}(?:\.[0-9]{{1,15}})?|{_NUMBER})"
_WITH_PARTS = re.compile(rf"({_NUMBER}) ?%? ?\( ?{_PART} ?(?:/|of|out of) ?{_PART} ?\)")
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
# Either may be the decimal point: `1.234,5`.
_POINT_AND_COMMA = re.compile(r"-?([0-9]{1,3})\.([0-9]{3}),([0-9]{1,15})")
_WORDS_FOR_ZERO = ("nil", "none", "zero", "nought", "no")
_ANY_NUMBER = "write it like 96 or 33.9"
_ALONE = "write the figure alone here, and the words in the column 'note'"
_IF_HIDDEN = "if the number must not be shown,"
_IF_SHOWN = "if it may be shown, write the number itself"


@dataclass(frozen=True, kw_only=True, slots=True)
class CellReading:
    """What was read from a value's cell. Where `fault` is a sentence, nothing else is set.

    `written` says how a value is written that is not in plain digits, and `note` is what stands in
    brackets behind it.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: Status | None = None
    fault: str = ""
    written: Written | None = None
    note: str = ""


def read_value(text: str) -> CellReading:
    """Read a figure, a figure with its parts, or the words for a figure that is missing.

    `96` and `33.9` are figures, and so are `96%`, `1,234` and `£1.2m`; `17 (+2 sept panel)` has a
    note, and `23% (1063 of 4718)` its parts; `<5`, `N/A - C19` and `TBC` are statuses. An empty
    cell says nothing, which is no fault.
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
    figure, written, fault = read_figure(text)
    return _read_with_note(text, fault) if fault else CellReading(value=figure, written=written)


def _read_with_note(text: str, fault: str) -> CellReading:
    """A figure with a note in brackets behind it, or with a word for how reliable it is.

    A word that says that there is no figure contradicts the figure; `fault` is then the text's.
    """
    split = split_note(text)
    figure, written, other = read_figure(split[0]) if split else (None, None, fault)
    if split is None or other or figure is None:
        return CellReading(fault=fault)
    status = match_status(split[1])
    if status and not status.qualifies_a_figure:
        return CellReading(fault=fault)
    given = written or Written(text=text, decimals=count_decimals(figure))
    return CellReading(
        value=figure,
        status=status,
        written=replace(given, text=text),
        note="" if status else split[1],
    )


def read_figure(text: str) -> tuple[Decimal | None, Written | None, str]:
    """Read a figure alone: a plain number, or an ordinary format of one; nothing for no text.

    Returns:
        The number, or None; how it is written, where that is not plain; and a sentence on the
        fault, or "".
    """
    if not text:
        return None, None, ""
    if is_plain_number(text):
        return _read_number(text), None, ""
    number = read_ordinary_number(text)
    return (*number, "") if number else (None, None, _explain_value_fault(text))


def read_part(text: str) -> tuple[Decimal | None, str]:
    """Read a numerator or denominator: a number or nothing.

    It may have its thousands separated, and a pound sign. A percentage is no part, and a number of
    thousands or millions is rounded, which a part must not be.

    Returns:
        The number, or None; and a sentence on the fault, or "".
    """
    if not text:
        return None, ""
    if is_plain_number(text):
        return _read_number(text), ""
    number, written = read_ordinary_number(text) or (None, None)
    if written is None or written.is_percent or written.zeros:
        return None, _explain_part_fault(text)
    return number, ""


def is_plain_number(text: str) -> bool:
    """Whether a text is a number in plain digits."""
    return bool(_PLAIN.fullmatch(text))


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
    """The number of a text in plain digits, or with commas between thousands; -0 is 0."""
    number = Decimal(text.replace(",", ""))
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
    if found := _POINT_AND_COMMA.fullmatch(text):
        minus, (whole, group, end) = "-" * text.startswith("-"), found.groups()
        meant = f"{minus}{whole}{group}.{end} or {minus}{whole}.{group}{end}"
        return f"it can mean {meant}; write the one that is meant"
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
