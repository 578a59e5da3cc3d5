"""A text as words and signs, and the numbers that they are read as."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
CARDINALS = {word: value for value, word in enumerate(_UNITS)} | _TENS
_NOUGHTS = ("none", "nil", "nought")
_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "mn": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
_LONG_SCALES = ("dozen", "hundred", "thousand", "million", "billion")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_SUFFIXES = ("st", "nd", "rd", "th")

# Other words for a number, with how many words follow that belong to it.
_PHRASES: dict[tuple[str, ...], int] = {
    ("half", "a", "dozen"): 6,
    ("half", "dozen"): 6,
    ("couple", "of"): 2,
    ("couple",): 2,
    ("pair", "of"): 2,
    ("twins",): 2,
    ("triplets",): 3,
    ("both",): 2,
    ("once",): 1,
    ("twice",): 2,
    ("thrice",): 3,
    ("single",): 1,
    ("sole",): 1,
    ("only",): 1,
    **{(word,): 0 for word in _NOUGHTS},
}
_PHRASE_STARTS = {phrase[0] for phrase in _PHRASES}
_STARTS = frozenset((*CARDINALS, *_LONG_SCALES, *_ORDINALS, *_PHRASE_STARTS))

# What other signs are read as. A long dash separates, a short one may join.
_SIGNS = {
    "\u2014": "\u2014",
    "\u2015": "\u2014",
    "\u2212": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
}
_BEYOND = ("",) * 20  # more than any rule looks before or after a number
_CATEGORIES = {"Pd": "-", "Zs": " ", "Cf": ""}  # dashes, spaces, and what is not seen

# Academic or financial years without their century, `23/24`.
_SHORT_YEARS = "|".join(f"{year}/{year + 1}" for year in range(10, 60))
# What is read as one piece. The shapes of dates, times and paragraph numbers come before plain
# numbers. No pattern can begin inside another's match, so the time grows with the length alone.
_TOKEN = re.compile(
    rf"""(?:https?://|www\.)\S+
    | [^\W\d_]+(?:'[^\W\d_]+)?
    | \d{{1,4}}(?P<dash>[/.-])\d{{1,2}}(?P=dash)\d{{2,4}}(?!\d)      # 3.5.2024, 2024-05-03
    | (?:19|20)\d\d[/-](?:(?:19|20)\d\d|\d\d)(?!\d)                # 2020/21, 2024-05
    | (?:0\d/\d\d|\d\d/0\d|24/7|{_SHORT_YEARS})(?![\d/])           # 03/05, 23/24
    | \d{{1,2}}[:.]\d\d\ ?[ap]\.?m\b | \d{{1,2}}:\d\d(?!\d) | \d{{1,2}}\ ?[ap]\.?m\b
    | \d{{1,2}}:1(?![\d:]) | 1-1(?!\d) | 1-2-1(?!\d)               # so many staff to one child
    | \d+(?:\.\d+){{2,}}                                           # 3.1.2
    | (?P<number>
        \d{{1,3}}(?:[,\ ]\d{{3}})+(?!\d)(?:\.\d+)?                 # 1,204 and 1 204
      | \d+(?:\.\d+)?
      | (?<![\w.])\.\d+
      )
    | \n
    | [^\w\s]|_
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """A text in pieces: words, numbers in digits, and signs, with where each begins and ends.

    Attributes:
        written: each piece as written, but in plain letters, digits and hyphens.
        words: the same in small letters; empty words follow, so that what stands a few places
            before the first or after the last piece is an empty word.
        numbers: whether each is a number in digits.
        starts, ends: where each stands in `plain`.
        plain: the text in plain characters.
        places: for each character of `plain`, its place in the text; the text's length at the end.
    """

    written: tuple[str, ...]
    words: tuple[str, ...]
    numbers: tuple[bool, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    plain: str
    places: tuple[int, ...] | range

    def word_at(self, index: int) -> str:
        """The piece at an index, in small letters; empty before the first and after the last."""
        return self.words[index]

    def is_capital(self, index: int) -> bool:
        """Whether a piece begins with a capital letter."""
        return 0 <= index < len(self.written) and self.written[index][0].isupper()

    def is_in_capitals(self, index: int) -> bool:
        """Whether a word is in capitals only."""
        return (
            0 <= index < len(self.written)
            and len(self.words[index]) > 1
            and (self.written[index].isupper())
        )

    def is_attached(self, index: int) -> bool:
        """Whether no space stands between a piece and the one before it."""
        return 0 < index < len(self.starts) and self.ends[index - 1] == self.starts[index]


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A number that a text contains, whatever it stands for: pieces `first` to `last`, not after.

    `is_ordinal` is true of `third` and `3rd`.
    """

    value: Decimal
    first: int
    last: int
    is_ordinal: bool = False


def read_tokens(text: str) -> Tokens:
    """Split a text into words, numbers and signs."""
    table = {character: _convert_character(character) for character in set(text)}
    plain = "".join([table[character] for character in text])
    places: tuple[int, ...] | range = range(len(text) + 1)
    if any(len(simple) != 1 for simple in table.values()):
        nested = ([place] * len(table[character]) for place, character in enumerate(text))
        places = (*(place for each in nested for place in each), len(text))
    found = [*_TOKEN.finditer(plain)]
    written = tuple([each[0] for each in found])
    return Tokens(
        written=written,
        words=(*[each.lower() for each in written], *_BEYOND),
        numbers=tuple([each.lastgroup == "number" for each in found]),
        starts=tuple([each.start() for each in found]),
        ends=tuple([each.end() for each in found]),
        plain=plain,
        places=places,
    )


def read_numbers(tokens: Tokens) -> Iterator[Number]:
    """Read each number, in digits or words, from the first to the last.

    A date, a time or a link is no number.
    """
    last = 0
    for index, is_number in enumerate(tokens.numbers):
        if index >= last and (is_number or tokens.words[index] in _STARTS):
            number = _read_number(tokens, index)
            if number:
                yield number
                last = number.last


def _read_number(tokens: Tokens, first: int) -> Number | None:
    """Read the number that begins at a piece."""
    word = tokens.words[first]
    if tokens.numbers[first]:
        value = Decimal(word.replace(",", "").replace(" ", ""))
        if tokens.is_attached(first + 1) and tokens.words[first + 1] in _SUFFIXES:
            return Number(value=value, first=first, last=first + 2, is_ordinal=True)
        return _read_scale(tokens, value, first, first + 1)
    if word in CARDINALS:
        value, last = _read_cardinal(tokens, first)
        return _read_scale(tokens, value, first, last)
    if word in _LONG_SCALES:
        return _read_scale(tokens, Decimal(1), first, first)
    if word in _ORDINALS:
        value = Decimal(_ORDINALS.index(word) + 1)
        return Number(value=value, first=first, last=first + 1, is_ordinal=True)
    return _read_phrase(tokens, first) if word in _PHRASE_STARTS else None


def _read_cardinal(tokens: Tokens, first: int) -> tuple[Decimal, int]:
    """A number word, or tens and a unit, with the piece after it."""
    word = tokens.words[first]
    after = first + 1 + (tokens.word_at(first + 1) == "-" and tokens.is_attached(first + 1))
    unit = CARDINALS.get(tokens.word_at(after), 0)
    if word in _TENS and 1 <= unit <= 9:
        return Decimal(_TENS[word] + unit), after + 1
    return Decimal(CARDINALS[word]), first + 1


def _read_scale(tokens: Tokens, value: Decimal, first: int, last: int) -> Number:
    """A number with the hundreds or thousands after it, and what follows these."""
    scale = tokens.word_at(last)
    while scale in _LONG_SCALES or (scale in _SCALES and tokens.is_attached(last)):
        value *= _SCALES[scale]
        last += 1
        after = last + (tokens.word_at(last) == "and")
        if scale in ("hundred", "thousand") and tokens.word_at(after) in CARDINALS:
            rest, last = _read_cardinal(tokens, after)
            value += rest
        scale = tokens.word_at(last)
    return Number(value=value, first=first, last=last)


def _read_phrase(tokens: Tokens, first: int) -> Number | None:
    """A number in other words, like `half a dozen`."""
    for phrase, value in _PHRASES.items():
        last = first + len(phrase)
        if tokens.words[first:last] == phrase:
            return Number(value=Decimal(value), first=first, last=last)
    return None


def _convert_character(character: str) -> str:
    """A character in plain letters, digits, spaces and hyphens.

    `^` stands before a raised digit, a fraction becomes a decimal, and what is not seen is left
    out.
    """
    if character.isascii():
        return {"\r": "\n", "\t": " "}.get(character, character)
    digit = unicodedata.digit(character, -1)
    if digit >= 0:
        is_raised = unicodedata.decomposition(character).startswith(("<super>", "<sub>"))
        return f"^{digit}" if is_raised else str(digit)
    plain = unicodedata.normalize("NFKC", character)
    top, _, bottom = plain.partition("\u2044")
    if top.isdigit() and bottom.isdigit():
        return f"{Decimal(top) / Decimal(bottom):.2f}".lstrip("0")
    return _SIGNS.get(character) or _CATEGORIES.get(unicodedata.category(character), plain)
