"""The closed lists: a member is its word, wherever the word comes from."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Shorthand, Status
from merton_kpi.core.vocabulary import Accumulation, Frequency, Past, Polarity, Profile

if TYPE_CHECKING:
    from enum import Enum

LISTS = (
    Accumulation,
    Frequency,
    Past,
    Polarity,
    Profile,
    Rating,
    Shorthand,
    Status,
)


@pytest.mark.parametrize("words", LISTS, ids=lambda words: words.__name__)
def test_a_member_is_known_by_its_word_alone(words: type[Enum]) -> None:
    assert all(isinstance(member.value, str) for member in words)
    assert [words(member.value) for member in words] == list(words)
    assert pickle.loads(pickle.dumps(tuple(words))) == tuple(words)


def test_a_member_carries_what_is_printed_of_it() -> None:
    assert (Frequency.QUARTERLY.noun, sorted(Frequency.QUARTERLY.periods)) == (
        "quarter",
        [3, 6, 9, 12],
    )
    assert [each.label for each in Frequency] == [
        "Monthly",
        "Quarterly",
        "Half-yearly",
        "Termly",
        "Annual",
        "Every second year",
    ]
    assert (Status.COVID.printed, Status.COVID.shorthand.symbol) == ("N/A - C19", "[x]")
