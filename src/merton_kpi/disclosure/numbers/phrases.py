"""Words that are a number at times: `one`, `both`, `once`, `a couple`, `third`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.disclosure.numbers import word_lists as lists
from merton_kpi.disclosure.numbers.reading import END
from merton_kpi.disclosure.numbers.tokens import CARDINALS

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.disclosure.numbers.reading import Reading
    from merton_kpi.disclosure.numbers.tokens import Number


_AFTER_BOTH = frozenset(
    {"were", "had", "are", "have", "has", "left", "remain", "now", "in", "from", "aged", "due"}
    | {"placed", "moved", "returned", "excluded", "adopted", "housed", "evicted", "found"}
) | END - {","}
_AFTER_COUPLE = {"were", "more", "have", "had"} | END


def _is_phrase_without_count(reading: Reading, index: int) -> bool:
    """`both`, `once`, `couple`, `single` and `only` where they do not count people or cases."""
    tokens, number = reading.tokens, reading.numbers[index]
    rule = _PHRASE_RULES.get(tokens.word_at(number.first))
    return rule is not None and not rule(reading, number)


def _is_both_count(reading: Reading, number: Number) -> bool:
    tokens, after = reading.tokens, number.last
    word = tokens.word_at(after)
    if word == "of":
        return tokens.word_at(after + 1) in {"them", "these", "those", "which", "whom", "the"}
    if word in lists.MANY_CASES or word in reading.counted:
        return not {"and", "&"} & {*tokens.words[after : after + 3]}
    return word in _AFTER_BOTH and "and" not in tokens.words[after : after + 5]


def _is_once_count(reading: Reading, number: Number) -> bool:
    tokens, after = reading.tokens, number.last
    if tokens.word_at(number.first - 1) == "at":
        return False
    if tokens.word_at(after) == "in":
        return tokens.word_at(after + 1) in lists.MONTHS or tokens.word_at(after + 1) in (
            "the",
            "q",
        )
    return tokens.word_at(after) in {"during", "or", "this", "only"} | END - {","}


def _is_couple_count(reading: Reading, number: Number) -> bool:
    tokens = reading.tokens
    if tokens.word_at(number.first - 1) not in ("a", "last", "the", "another", "only"):
        return False
    return tokens.word_at(number.last - 1) == "of" or tokens.word_at(number.last) in _AFTER_COUPLE


def _is_single_count(reading: Reading, number: Number) -> bool:
    tokens = reading.tokens
    before, word = tokens.word_at(number.first - 1), tokens.word_at(number.last)
    if tokens.word_at(number.first) == "single":
        return before in ("a", "only", "one", "the") and word in lists.CASES - lists.EVENTS
    return before in ("the", "our") and word in lists.CASES


_PHRASE_RULES: dict[str, Callable[[Reading, Number], bool]] = {
    "both": _is_both_count,
    "once": _is_once_count,
    "couple": _is_couple_count,
    "single": _is_single_count,
    "sole": _is_single_count,
    "only": _is_single_count,
}


def _is_pronoun(reading: Reading, index: int) -> bool:
    """`no one`, `one another`, `this one`, `one of the best`, `as one would expect`."""
    tokens, number = reading.tokens, reading.numbers[index]
    if tokens.word_at(number.first) != "one" or number.value != 1:
        return False
    before, word = tokens.word_at(number.first - 1), tokens.word_at(number.last)
    before = tokens.word_at(number.first - 2) if before == "-" else before
    if word in ("or", "of"):
        then = tokens.word_at(number.last + 1)
        return then in ("more", "other") if word == "or" else _is_one_of_many(reading, index)
    if before in lists.PRONOUN_BEFORE:
        return word not in lists.CASES and word not in reading.counted
    if word in ("time", "point", "stage", "moment") and before in ("at", "any"):
        return True
    is_name = tokens.is_capital(number.first) and tokens.is_capital(number.last)
    return (
        before in lists.ONE_BEFORE
        or word in lists.ONE_NEXT
        or (is_name and before not in END)  # One Merton
        or (before in ("as", "than", "what") and word in lists.WOULD)
    )


def _is_one_of_many(reading: Reading, index: int) -> bool:
    """Whether the words after "one of" make it a rank or an example."""
    tokens, after = reading.tokens, reading.numbers[index].last + 1
    word, then = tokens.word_at(after), tokens.word_at(after + 1)
    if word in ("many", "several", "a", "only"):
        return True
    if word in ("our", "its", "their", "the"):
        is_rank = then in lists.RANKS or then in lists.THINGS or then.endswith("est")
        is_owned = word != "the" and then not in lists.MANY_CASES and then != "looked"
        is_number = then.isdigit() or then in CARDINALS
        return is_rank or (is_owned and not is_number)
    return False


def _is_rank(reading: Reading, index: int) -> bool:
    """An ordinal, unless it counts a person or a case: `a third child`, `the first death this`."""
    tokens, number = reading.tokens, reading.numbers[index]
    if not number.is_ordinal:
        return False
    after = reading.noun_after(number.last)
    if (
        tokens.word_at(after) not in lists.CASES - lists.EVENTS
        and tokens.word_at(after) not in reading.counted
    ):
        return True
    if number.value == 1:
        return tokens.word_at(after + 1) not in ("this", "of", "since")
    before = tokens.word_at(number.first - 1)
    return before not in {"a", "the", "this", "our", "another", "one"} | END


RULES = (
    _is_phrase_without_count,
    _is_pronoun,
    _is_rank,
)
