"""An unknown word is answered with the nearest known one, or with the known ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.issues import suggest_word

if TYPE_CHECKING:
    from collections.abc import Callable


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
