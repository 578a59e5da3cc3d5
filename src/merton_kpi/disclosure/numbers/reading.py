"""A text with its numbers: which of them are in one range or list, and which noun follows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from merton_kpi.disclosure.numbers import word_lists as lists
from merton_kpi.disclosure.numbers.tokens import read_numbers, read_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.disclosure.numbers.tokens import Number, Tokens

_JOINERS = frozenset(
    {
        *(("-",), ("to",), ("and",), ("or",), ("/",), ("&",), (",",)),
        *(("-", "to"), ("-", "and"), ("-", "or"), ("-", ",")),  # two- and three-year-olds
    }
)
_TIGHT = frozenset({("-",), ("/",)})  # they join only without spaces
_LONGEST = 10  # numbers in a list that are looked at, so that long lists take no longer
END = frozenset(("", ".", ",", ";", ":", "!", "?", ")", "\n", "\u2014"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A text's pieces and numbers.

    Attributes:
        tokens, numbers: its pieces and numbers, in order.
        joiners: for each number the sign or word that joins it to the one before it in a range or
            a list; empty where nothing does, and once more at the end.
        counted: the words for what the figure counts.
    """

    tokens: Tokens
    numbers: tuple[Number, ...]
    joiners: tuple[str, ...]
    counted: frozenset[str]

    def last_in_list_of(self, index: int) -> Number:
        """The last number of the range or list that a number is in.

        Commas join only where "and" or "or" follows: `2, 3 and 4 weeks`.
        """
        last = index
        for each in range(index + 1, index + _LONGEST):
            joiner = self.joiners[each]
            if not joiner:
                break
            last = last if joiner == "," else each
        return self.numbers[last]

    def first_in_list_of(self, index: int) -> tuple[Number, set[str]]:
        """The first number of the range or list, with what joins the others to it up to here."""
        joiners = set[str]()
        end = self.last_in_list_of(index)
        is_comma = self.tokens.word_at(end.first - 1) in ("and", "or", "&")
        for each in range(index, max(index - _LONGEST, -1), -1):
            index = each
            joiner = self.joiners[each]
            if not joiner or (joiner == "," and not is_comma):
                break
            joiners.add(joiner)
        return self.numbers[index], joiners

    def noun_after(self, after: int) -> int:
        """The place of the noun after a number: after a hyphen and two adjectives at most."""
        tokens = self.tokens
        after += (
            tokens.word_at(after) == "-"
            and tokens.is_attached(after)
            and tokens.is_attached(after + 1)
        )
        for _ in range(2):
            is_noun = tokens.word_at(after) in self.counted
            after += not is_noun and tokens.word_at(after) in lists.ADJECTIVES
        return after


def read_text(text: str, counted: Iterable[str] = ()) -> Reading:
    """Read a text's pieces and numbers; `counted` are the words for what its figure counts."""
    tokens = read_tokens(text)
    numbers = tuple(read_numbers(tokens))
    joiners = [_select_joiner(tokens, *pair) for pair in pairwise(numbers)]
    return Reading(
        tokens=tokens, numbers=numbers, joiners=("", *joiners, ""), counted=frozenset(counted)
    )


def _select_joiner(tokens: Tokens, one: Number, other: Number) -> str:
    """The sign or word that joins two numbers that follow each other; empty if nothing does."""
    between = tokens.words[one.last : other.first]
    if between not in _JOINERS:
        return ""
    is_tight = tokens.is_attached(one.last) and tokens.is_attached(other.first)
    return between[-1] if is_tight or between not in _TIGHT else ""
