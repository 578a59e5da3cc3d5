"""The text of a figure's cell to the figure, its parts and its status, or a sentence on its fault.

Only plain numbers are figures. What people type instead (`96%`, `1,234`, `£1.2m`) is refused with
a hint, since a guess would be published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.core.issues import shorten, suggest_word
from merton_kpi.core.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"
_PLAIN = re.compile(_NUMBER)
# These are compiled when a cell has such a thing, as most never have.
_PARTS = rf"({_NUMBER}) ?%? ?\( ?({_NUMBER}) ?(?:/|of|out of) ?({_NUMBER}) ?\)"
# What people type instead of a number, and what to tell them.
_HINTS: tuple[tuple[str, Callable[[str], str]], ...] = (
    (
        rf"{_NUMBER}\s*%",
        lambda text: f"leave out the per cent sign: {text[:-1].rstrip()}",
    ),
    (
        r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?",
        lambda text: f"leave out the commas: {text.replace(',', '')}",
    ),
    (
        r"-?[0-9]+,[0-9]+",
        lambda text: f"write the decimals after a point: {text.replace(',', '.')}",
    ),
    (
        r"(?i:-?[£$€].*|-?[0-9.,]+ ?(k|m|bn|million|thousand))",
        lambda _: "write the whole number without a sign or letter, like 1200000",
    ),
)
_EXCEL_ERROR = r"#[A-Z][A-Z0-9/_]*[!?]?"  # #DIV/0!, #N/A, #NAME?
_AND_WORDS = rf"({_NUMBER})%?[ (](?s:.*)"
_SIGNS = {
    "-": Status.NOT_AVAILABLE,
    "[x]": Status.NOT_AVAILABLE,
    "[z]": Status.NOT_APPLICABLE,
    "[c]": Status.SUPPRESSED,
}
_DASHES = str.maketrans("‐‑‒–—−", "------")  # noqa: RUF001 - dashes are what is looked for


@dataclass(frozen=True, kw_only=True, slots=True)
class CellReading:
    """What a cell says. Where `fault` is a sentence, it says nothing that can be used."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: Status | None = None
    fault: str = ""


def read_value(text: str) -> CellReading:
    """Read a figure, a figure with its parts, or the words for one that is not there.

    `96` and `33.9` are figures; `23% (1063 of 4718)` has its parts; `<5`, `N/A - C19` and `TBC`
    are statuses.
    """
    if _PLAIN.fullmatch(text):
        return CellReading(value=_number(text))
    status = _find_status(text)
    if status or not text:
        return CellReading(status=status)
    parts = re.fullmatch(_PARTS, " ".join(text.split()))
    if parts:
        value, numerator, denominator = map(_number, parts.groups())
        return CellReading(value=value, numerator=numerator, denominator=denominator)
    return CellReading(fault=_tell(text))


def read_part(text: str) -> CellReading:
    """Read a numerator or denominator: a plain number, or nothing."""
    if not text or _PLAIN.fullmatch(text):
        return CellReading(value=_number(text) if text else None)
    return CellReading(fault=_tell(text, words=False))


def read_status(text: str) -> CellReading:
    """Read a status by its code, or by the words that the panel knows it by."""
    status = _find_status(text)
    if status or not text:
        return CellReading(status=status)
    return CellReading(fault=f"'{shorten(text)}' is not known; {suggest_word(text, _CODES)}")


def _number(text: str) -> Decimal:
    number = Decimal(text)
    return abs(number) if number.is_zero() else number


def _find_status(text: str) -> Status | None:
    return _WORDS.get(text) or _WORDS.get(_normal(text))


def _normal(text: str) -> str:
    """Words without what differs from hand to hand: case, dashes and spaces."""
    words = " ".join(text.translate(_DASHES).casefold().split())
    return "-".join(map(str.strip, words.split("-"))).replace("< ", "<")


def _tell(text: str, *, words: bool = True) -> str:
    """What is wrong with a cell that holds no number, and what to write; with `words`, a status."""
    if re.fullmatch(_EXCEL_ERROR, text):
        status = " with a status" if words else ""
        found = f"the cell holds Excel's error {shorten(text)}"
        return f"{found}: mend the formula, or leave it empty{status}"
    return f"'{shorten(text)}' is not a plain number; {_hint(text, words=words)}"


def _hint(text: str, *, words: bool) -> str:
    """What to write instead."""
    for pattern, tell in _HINTS:
        if re.fullmatch(pattern, text):
            return tell(text)
    from unicodedata import normalize  # only a fault needs it

    folded = normalize("NFKC", text[:60])
    if folded != text and _PLAIN.fullmatch(folded):
        return f"write it in plain digits: {folded}"
    if words and (found := re.fullmatch(_AND_WORDS, text)):
        return f"write {found[1]} here and the words in the column 'note'"
    if words and text[:1].isalpha():
        absent = [status.value for status in Status if not status.qualifies_a_figure]
        return f"for a figure that is not there, {suggest_word(text, absent)}"
    return "write it like 96 or 33.9"


_CODES = [status.value for status in Status]
_WORDS = (
    {_normal(status.printed): status for status in Status}
    | {status.value: status for status in Status}
    | _SIGNS
)
