"""Numbers that are an amount and no count: lengths of time, money, percentages, fractions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.disclosure.numbers import word_lists as lists

if TYPE_CHECKING:
    from merton_kpi.disclosure.numbers.reading import Reading

_ONE_TO_ONE = (("one", "to", "one"), ("1", "to", "1"), ("one", "by", "one"))
_CURRENCY = frozenset(("£", "€", "$", "gbp"))
_PER_CENT = frozenset(("%", "percent", "pct", "pp", "ppt", "ppts", "pc"))


def is_percentage(reading: Reading, index: int) -> bool:
    """Whether a number is per cent or percentage points."""
    after = reading.last_in_list_of(index).last
    word, then = reading.tokens.word_at(after), reading.tokens.word_at(after + 1)
    if word == "per" and then in ("cent", "cents"):
        return True
    return word in _PER_CENT or (word == "percentage" and then.startswith("point"))


def _is_time(reading: Reading, index: int) -> bool:
    """`3 weeks`, `two working days`, `2-3 months`, `four-year-olds`, but no `2 fixed term`."""
    tokens, number = reading.tokens, reading.numbers[index]
    last = reading.last_in_list_of(index).last
    if tokens.word_at(last) == "or" and tokens.word_at(last + 1) in ("more", "less", "fewer"):
        last += 2
    after = reading.noun_after(last)
    word, then = tokens.word_at(after).removesuffix("'s"), tokens.word_at(after + 1)
    if word in reading.counted:
        return False
    if word in lists.TIMES:
        return True
    if then == "-" and after == last and not tokens.word_at(after + 2).startswith("old"):
        return False  # three hour-long visits
    is_next = after == last + (tokens.word_at(last) == "-")
    if word == "term":
        return is_next and (number.value == 1 or after > last)
    is_one = is_next or number.value == 1
    is_part = then in lists.NOT_TIME or then.isdigit()  # one Year 9
    return is_one and word in lists.TIME and not is_part


def _is_other_noun(reading: Reading, index: int) -> bool:
    """`three key reasons`, `one area`, `two-bedroom homes`, but no `two service users`."""
    tokens, number = reading.tokens, reading.numbers[index]
    after = reading.noun_after(reading.last_in_list_of(index).last)
    word, then = tokens.word_at(after), tokens.word_at(after + 1)
    if word == "of" and then in ("the", "our", "its", "these"):
        after = reading.noun_after(after + 2)
        word = tokens.word_at(after)
    if word in reading.counted:
        return False
    if word in lists.SIZES:
        return then not in lists.NOT_BED
    is_one = number.value == 1 and word in lists.THING
    return word in lists.THINGS or (is_one and then not in lists.CASES | lists.MANY_CASES)


def _is_compound(reading: Reading, index: int) -> bool:
    """`two-tier`, `one-off`, but not `three-child`."""
    tokens, number = reading.tokens, reading.numbers[index]
    word = tokens.word_at(number.last + 1)
    if (
        tokens.word_at(number.last) != "-"
        or reading.joiners[index + 1]
        or not word.isalpha()
        or word in reading.counted
    ):
        return False
    is_tight = tokens.is_attached(number.last) and tokens.is_attached(number.last + 1)
    is_limit = tokens.word_at(number.last + 2) in ("limit", "cap", "policy", "rule")
    return is_tight and (is_limit or word not in lists.CASES | lists.MANY_CASES | {"strong"})


def _is_fraction(reading: Reading, index: int) -> bool:
    """`two thirds`, `one-quarter`, `two and a half`, `2 ½`."""
    tokens, after = reading.tokens, reading.numbers[index].last
    is_hyphen = tokens.word_at(after) == "-"
    word, *then = (tokens.word_at(after + is_hyphen + each) for each in range(3))
    is_one = is_hyphen or reading.numbers[index].value == 1
    return (
        (word == "and" and then == ["a", "half"])
        or (word.startswith(".") and tokens.numbers[after])
        or word in lists.FRACTIONS
        or (is_one and word in lists.FRACTION and then[0] != "-")
    )


def _is_multiple(reading: Reading, index: int) -> bool:
    """`three times as many`, `twice a week`, `2 times higher`."""
    tokens, number = reading.tokens, reading.numbers[index]
    word, then = tokens.word_at(number.last), tokens.word_at(number.last + 1)
    if tokens.word_at(number.first) in ("twice", "thrice"):
        return word in lists.MULTIPLIERS
    return word == "fold" or (word == "times" and (then in lists.MULTIPLIERS or then == "more"))


def _is_money(reading: Reading, index: int) -> bool:
    """`£3m`, `£2-3 million`, `3 pence`."""
    tokens, number = reading.tokens, reading.numbers[index]
    word, (first, joiners) = tokens.word_at(number.last), reading.first_in_list_of(index)
    if tokens.word_at(first.first - 1) in _CURRENCY and not joiners - {"-", "to"}:
        return True
    return word in ("pence", "pounds", "pound") or (word == "p" and tokens.is_attached(number.last))


def _is_age(reading: Reading, index: int) -> bool:
    """`aged 3`, `ages 2 to 4`, `aged between 2 and 4`, `the 0-3 service`."""
    tokens = reading.tokens
    after = tokens.word_at(reading.last_in_list_of(index).last)
    first, _ = reading.first_in_list_of(index)
    before = [tokens.word_at(first.first - each) for each in (1, 2, 3)]
    if before[0] in ("between", "under", "over", "from", "of"):
        before.pop(0)
    if before[0] == "age":
        return before[1] not in lists.BEFORE_NO_AGE
    if before[0] in ("aged", "ages"):
        return True
    return first.value == 0 and after in ("service", "team", "age", "year", "population", "years")


def _is_limit(reading: Reading, index: int) -> bool:
    """`the target of 3`, `a maximum of two`, `target: 4`, `the top three`."""
    tokens, (first, _) = reading.tokens, reading.first_in_list_of(index)
    before = first.first - 1
    if tokens.word_at(before) in lists.LIMIT_LINKS:
        return tokens.word_at(before - 1) in lists.LIMITS
    if tokens.word_at(before) == ":":
        before -= 1
    if tokens.word_at(before) in lists.RANKED:
        return True
    return tokens.word_at(before) in lists.LIMITS and tokens.word_at(before - 1) not in (
        "on",
        "below",
    )


def _is_one_to_one(reading: Reading, index: int) -> bool:
    """`one-to-one`, `one to one`, `one by one`, `2-to-1`."""
    words = reading.tokens.words
    starts = [each.first for each in reading.numbers[max(index - 1, 0) : index + 1]]
    return any(
        words[start : start + 3] in _ONE_TO_ONE or words[start + 1 : start + 4] == ("-", "to", "-")
        for start in starts
    )


RULES = (
    _is_time,
    _is_other_noun,
    _is_compound,
    _is_fraction,
    _is_multiple,
    _is_money,
    _is_age,
    _is_limit,
    _is_one_to_one,
)
