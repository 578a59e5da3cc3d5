"""Numbers that name something: dates, codes, and references like `section 3`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.disclosure.numbers import word_lists as lists
from merton_kpi.disclosure.numbers.reading import END

if TYPE_CHECKING:
    from merton_kpi.disclosure.numbers.reading import Reading
    from merton_kpi.disclosure.numbers.tokens import Tokens


def _is_day_of_month(reading: Reading, index: int) -> bool:
    """`3 May`, `3 to 5 May`, `on May 3`, but neither "in May 3" nor "2 may"."""
    tokens, number = reading.tokens, reading.numbers[index]
    if not tokens.numbers[number.first] or not 1 <= number.value <= 31:
        return False
    before, after = tokens.word_at(number.first - 1), reading.last_in_list_of(index).last
    after += tokens.word_at(after) == "-"
    if before not in lists.MONTHS:
        return _is_month(reading, after)
    word, then = tokens.word_at(number.last), tokens.word_at(number.last + 1)
    if _is_year(word) or (word == "," and _is_year(then)) or tokens.word_at(number.first)[0] == "0":
        return True
    is_followed = (word in END and word != ",") or word in lists.AFTER_DATE
    return tokens.word_at(number.first - 2) in lists.BEFORE_DATE and is_followed


def _is_month(reading: Reading, index: int) -> bool:
    """Whether a piece is a month and not the verb "may"."""
    tokens = reading.tokens
    word = tokens.word_at(index)
    if word not in lists.MONTHS:
        return False
    if word not in ("may", "march") or _is_year(tokens.word_at(index + 1)):
        return True
    written = tokens.written[index]
    is_in_capitals = written.isupper() and tokens.word_at(index + 1) not in END
    return written[0].isupper() and not is_in_capitals


def _is_year(word: str) -> bool:
    return len(word) in (4, 7) and word[:4].isdigit() and word[:2] in ("19", "20")


def _is_year_number(reading: Reading, index: int) -> bool:
    """`2024`, `'24`, the 10,000 of `per 10,000`."""
    tokens, number = reading.tokens, reading.numbers[index]
    word, before = tokens.word_at(number.first), tokens.word_at(number.first - 1)
    if before == "'" and len(word) == 2 and tokens.is_attached(number.first):
        return tokens.word_at(number.last) != "'"
    return _is_year(word) or (before == "per" and number.value >= 100)


def _is_glued(reading: Reading, index: int) -> bool:
    """`KS2`, `SW19`, `Covid-19`, `#3`, `3a`, `under 5s`, and a footnote's mark."""
    tokens, number = reading.tokens, reading.numbers[index]
    first, last = number.first, number.last
    before = tokens.word_at(first - 1)
    if not tokens.numbers[first]:
        return False
    if tokens.is_attached(first):
        if before == "-" and tokens.is_attached(first - 1):
            before = tokens.word_at(first - 2)
            is_code = before in ("covid", "sars", "pre", "post", "mid") or len(before) == 1
            return before.isalpha() and (is_code or before in lists.HEADS)
        if before.isalpha():
            is_code = (
                len(before) <= 3 or before in lists.HEADS | lists.NAMES | lists.BEFORE_NOTE.keys()
            )
            return is_code and before not in lists.SHORT_WORDS | lists.MONTHS
        if before == "^":
            return tokens.is_attached(first - 1) and tokens.word_at(first - 2) != "("
    if before == "#":
        return True
    return tokens.is_attached(last) and _is_code(tokens, last)


def _is_code(tokens: Tokens, index: int) -> bool:
    """Whether letters after a digit make it a code or an age: `3a`, `5s`, the 5 of `SM4 5DX`."""
    word, written = tokens.word_at(index), tokens.written[index]
    if len(word) == 2:
        return written.isupper() and index > 1 and tokens.numbers[index - 2]
    return word.isalpha() and len(word) == 1 and word not in ("x", "f", "m")  # 3f: 3 female


def _is_reference(reading: Reading, index: int) -> bool:
    """`section 3`, `Year 11`, `quarter three`, `Key Stages 2 to 4`, `Phase 1 of 2`."""
    tokens, (first, joiners) = reading.tokens, reading.first_in_list_of(index)
    head = first.first - 1
    if not joiners and tokens.word_at(head) == "of" and _is_part_of(reading, index):
        return True
    if tokens.word_at(head) in ("number", "no") and _is_head(reading, head - 1):
        return True
    if tokens.word_at(head) == "." and tokens.word_at(head - 1) in lists.HEADS_WITH_STOP:
        return not joiners - {"-", "/"}
    if tokens.word_at(head) == "-" and tokens.is_attached(head):
        head -= 1
    if tokens.word_at(head) in lists.MANY_HEADS:
        return _is_head_of_many(reading, head)
    return not joiners - {"-", "/"} and _is_head(reading, head)


def _is_part_of(reading: Reading, index: int) -> bool:
    """Whether the number before "of" is a part's, as the 1 of `Phase 1 of 2` is."""
    if index == 0 or reading.numbers[index - 1].last != reading.numbers[index].first - 1:
        return False
    head = reading.numbers[index - 1].first - 1
    parts = ("page", "phase", "stage", "step", "part", "year", "day", "week")
    return reading.tokens.word_at(head) in parts and _is_head(reading, head)


def _is_head(reading: Reading, index: int) -> bool:
    """Whether a number after this word is its number, and no count after `this week`."""
    tokens = reading.tokens
    word, before = tokens.word_at(index), tokens.word_at(index - 1)
    is_capital = tokens.is_capital(index) and not tokens.is_in_capitals(index - 1)
    if word in lists.NAMES:
        return is_capital and before not in END
    if word in lists.BEFORE_NOTE:
        return before in lists.BEFORE_NOTE[word]
    if word not in lists.HEADS or before in lists.POINTERS:
        return False
    return is_capital or word in lists.PAPERS or _is_common_head(word, before)


def _is_common_head(word: str, before: str) -> bool:
    """Whether a class or a time in small letters is a head: `at stage 2`, but no `the year 3`."""
    is_plain = before in lists.BEFORE_HEAD or before in END
    if word in lists.TIME_HEADS:
        return is_plain and (before, word) != ("in", "year")
    return is_plain or before in lists.BEFORE_CLASS


def _is_head_of_many(reading: Reading, index: int) -> bool:
    """Whether numbers after this plural are its numbers, and no counts after `recent weeks`."""
    before = reading.tokens.word_at(index - 1)
    return before in lists.BEFORE_MANY_HEADS or before in END or before in ("key", "the")


RULES = (
    _is_day_of_month,
    _is_year_number,
    _is_glued,
    _is_reference,
)
