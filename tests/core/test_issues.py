"""An unknown word is answered with the known word that was meant, or with the known ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.issues import is_like, nearest_word, shorten, suggest_word
from merton_kpi.core.statuses import Status
from merton_kpi.core.units import Unit, suggest_unit
from merton_kpi.core.vocabulary import Frequency, Polarity

if TYPE_CHECKING:
    from collections.abc import Callable

STATUSES = tuple(each.value for each in Status)
UNITS = tuple(each.word for each in Unit.NAMED)
FREQUENCIES = tuple(each.value for each in Frequency)
POLARITIES = tuple(each.value for each in Polarity)
NUMBERS = ("1", "10", "1.1", "1.10", "23", "23a", "CORP 09", "CORP 10", "a1")
ALL = (*STATUSES, *UNITS, *FREQUENCIES, *POLARITIES, *NUMBERS)


def test_an_unknown_word_is_answered_with_known_ones(messages: Callable[..., None]) -> None:
    """A sentence lists 20 words at most."""
    advice = [
        suggest_word("gren", ["green", "amber"]),
        suggest_word("purple", ["green", "amber"]),
        suggest_word("green", []),
        suggest_word("x", map(str, range(100, 153))),
    ]
    assert ["'green'" in each for each in advice] == [True, False, False, False]
    assert advice[3].endswith(" 119 and 33 more")
    messages(advice)


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("montly", FREQUENCIES, "monthly"),
        ("half-yearly", FREQUENCIES, "half_yearly"),
        ("not avaliable", STATUSES, "not_available"),
        ("notapplicable", STATUSES, "not_applicable"),
        ("covid-19", STATUSES, "covid"),
        ("lowr_is_beter", POLARITIES, "lower_is_better"),
        ("thousnd_pounds", UNITS, "thousand_pounds"),
        ("ratee_per_1000", UNITS, "rate_per_1000"),
        ("rate_per_1,000", ("rate_per_1,000",), "rate_per_1,000"),
        ("23A", NUMBERS, "23a"),
        ("CROP 09", NUMBERS, "CORP 09"),
    ],
)
def test_a_misspelt_word_is_answered_with_the_word(
    word: str, known: tuple[str, ...], near: str
) -> None:
    assert nearest_word(word, known) == near


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("1.0", NUMBERS),
        ("01", NUMBERS),
        ("23b", NUMBERS),
        ("b1", NUMBERS),
        ("CORP 9", NUMBERS),
        ("rate_per_100", UNITS),
        ("billion_pounds", UNITS),
        ("pounds_per_1000", UNITS),
        ("bimonthly", FREQUENCIES),
        ("biannual", FREQUENCIES),
        ("not_suppressed", STATUSES),
        ("unsuppressed", STATUSES),
        ("higher_is_worse", POLARITIES),
        ("this_year", ("last_year", "best", "worst")),
        ("year_to_date", ("of_period", "running_total", "to_date")),
    ],
)
def test_a_word_of_another_meaning_is_answered_with_all_words(
    word: str, known: tuple[str, ...]
) -> None:
    """To follow the advice would change what the writer said."""
    assert nearest_word(word, known) == ""
    assert suggest_word(word, known).startswith("use one of ")


def test_a_rate_is_not_answered_with_the_rate_for_ten_times_as_many() -> None:
    """The misspelt word has the size that was meant."""
    assert nearest_word("rate_per_1000", [each for each in UNITS if each != "rate_per_1000"]) == ""
    assert "did you mean 'rate_per_1000'?" in suggest_unit("rate_per1000")
    assert "did you mean" not in suggest_unit("rate_per_1000000")


WORDS = st.sampled_from(ALL)


def strip_digits(word: str) -> str:
    return re.sub("[0-9]", "", word).casefold()


def list_sizes(word: str) -> list[str]:
    return re.findall("hundred|thousand|million|billion|[0-9]+", word.casefold())


@given(st.one_of(st.text("0123456789.ab_ ", max_size=8), WORDS), st.lists(WORDS, unique=True))
def test_no_suggestion_differs_only_in_digits(word: str, known: list[str]) -> None:
    near = nearest_word(word, known)
    if near and any(map(str.isdigit, near)) and strip_digits(word) == strip_digits(near):
        assert [each for each in word if each.isdigit()] == [
            each for each in near if each.isdigit()
        ]


@given(
    WORDS,
    st.sampled_from(
        [("thousand", "million"), ("million", "billion"), ("1000", "10000"), ("0", ""), ("1", "2")]
    ),
    st.lists(WORDS, unique=True),
)
def test_no_suggestion_has_another_size(
    word: str, change: tuple[str, str], known: list[str]
) -> None:
    """Of a word that is not misspelt but has another size, or of one of the words themselves."""
    smaller, larger = change
    changed = (word.replace(smaller, larger), word.replace(larger or smaller, smaller))
    for each in (word, *changed):
        near = nearest_word(each, known)
        if near and list_sizes(near):
            assert list_sizes(near) == list_sizes(each)


def test_a_word_may_be_meant_for_one_that_is_no_suggestion() -> None:
    """Whether small counts are suppressed is judged with caution."""
    assert is_like("suppress_small_nos", ("suppress_small_numbers",))


def test_a_sign_that_cannot_be_seen_is_named_in_a_message() -> None:
    assert shorten("1\u200b2\u00a0000 \u202etxt\t.") == "1<U+200B>2<U+00A0>000 <U+202E>txt ."
