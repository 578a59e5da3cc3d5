"""How many lines words take: never fewer than a program draws, in Arial's real widths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.papers.workbook.text_fit import MAX_LINES, count_lines, split_words


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("", 10, 1),
        ("1234567890", 11, 1),
        ("1234567890", 10, 2),
        ("WWWWW", 10, 1),
        ("WWWWWW", 10, 2),
        ("iiiiiiiiiiiiiiiiiiiiii", 10, 1),
        ("one two", 5, 2),
        ("one\ntwo", 50, 2),
        ("one\n\ntwo", 50, 3),
        ("😀" * 10, 21, 1),
        ("😀" * 11, 21, 2),
    ],
    ids=[
        "no words have a line",
        "digits that just fit, with a digit's width to spare",
        "one digit too many",
        "the widest letters that just fit",
        "one wide letter too many",
        "narrow letters",
        "words wrap at spaces",
        "a line break",
        "an empty line",
        "emoji that just fit",
        "one emoji too many",
    ],
)
def test_lines_are_counted_in_real_widths(words: str, width: float, lines: int) -> None:
    assert count_lines(words, width) == lines


@given(st.text(min_size=1, max_size=3000), st.integers(5, 120))
def test_parts_fit_a_row_and_lose_nothing_but_spaces(words: str, width: int) -> None:
    parts = split_words(words, width)
    assert all(count_lines(part, width) <= MAX_LINES for part in parts)
    assert "".join("".join(parts).split()) == "".join(words.split())
