"""The numbers that a text speaks of, and which of them could disclose a hidden figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from merton_kpi.disclosure.numbers import amounts, labels, phrases
from merton_kpi.disclosure.numbers.reading import read_text

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable
    from decimal import Decimal

    from merton_kpi.disclosure.numbers.tokens import Number, Tokens

# The number of a point in a list: `1.` or `(1)` at the start of a line, `1)` within one too.
_LIST_MARKER = re.compile(
    r"(?:(?:\A|\n) ?\(?(?P<line>\d{1,2})[.)]|[:;.,] ?\(?(?P<within>\d{1,2})\)) ?(?=[A-Za-z])"
)
# The rules that say what a number stands for. A number for which none holds is a count.
_RULES = (*amounts.RULES, *labels.RULES, *phrases.RULES)


class Kind(Enum):
    """What a number in a text is, as far as the words around it tell."""

    COUNT = "count"
    PERCENTAGE = "percentage"


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenNumber:
    """A number that a text speaks of: its value, its words as written, and where they stand.

    `text[start:end]` are the words. Percentage points are percentages too.
    """

    value: Decimal
    words: str
    start: int
    end: int
    kind: Kind = Kind.COUNT


def list_spoken_numbers(text: str, counted: Collection[str] = ()) -> tuple[SpokenNumber, ...]:
    """List the numbers in a text that could be figures, in digits or words.

    Left out is what the words around it say is something else: dates, times, lengths of time,
    ages, money, references like `section 3`, fractions, ranks, and things like `three reasons`.
    In doubt a number is listed. Each end of a range is listed, and nothing between them.
    An ordinal is listed only where it counts a person or a case: `a third child`.

    Args:
        text: what an officer wrote.
        counted: words, in small letters and as singular and plural, for what the figure counts.
            With `{"week", "weeks"}` the 3 of "3 weeks" is listed too.
    """
    reading = read_text(text, counted)
    tokens, markers = reading.tokens, _list_markers(reading.tokens)
    spoken = []
    for index, number in enumerate(reading.numbers):
        if tokens.starts[number.first] in markers:
            continue
        if amounts.is_percentage(reading, index):
            spoken.append(_quote(text, tokens, number, Kind.PERCENTAGE))
        elif not any(rule(reading, index) for rule in _RULES):
            spoken.append(_quote(text, tokens, number, Kind.COUNT))
    return tuple(spoken)


def list_disclosures(
    numbers: Iterable[SpokenNumber],
    possible: Container[Decimal],
    *,
    printed: Container[Decimal] = (),
    own: Container[Decimal] = (),
) -> tuple[SpokenNumber, ...]:
    """List the numbers that could be a hidden figure.

    Args:
        numbers: those of one text and of one kind.
        possible: every value that a hidden figure could have, of which the text could speak.
        printed: values that are printed openly for the same indicator; they pass.
        own: the true hidden values of the text's own row; they never pass.
    """
    return tuple(
        each
        for each in numbers
        if each.value in own or (each.value in possible and each.value not in printed)
    )


def _quote(text: str, tokens: Tokens, number: Number, kind: Kind) -> SpokenNumber:
    """A number with its words as they stand in the text."""
    start = tokens.places[tokens.starts[number.first]]
    end = tokens.places[tokens.ends[number.last - 1] - 1] + 1
    return SpokenNumber(value=number.value, words=text[start:end], start=start, end=end, kind=kind)


def _list_markers(tokens: Tokens) -> frozenset[int]:
    """Where the numbers of a list's points begin, if they count up from 1 to at least 2."""
    found = [*_LIST_MARKER.finditer(tokens.plain)]
    if len(found) < 2 or [int(each[each.lastindex or 0]) for each in found] != [
        *range(1, len(found) + 1)
    ]:
        return frozenset()
    return frozenset(each.start(each.lastindex or 0) for each in found)
