"""How many lines words take: never fewer than a program draws, in Arial's real widths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.papers.workbook.text_fit import (
    MAX_LINES,
    PrintedPages,
    count_lines,
    split_pages,
    split_words,
)


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


@pytest.mark.parametrize(
    ("months", "starts", "scale"),
    [
        (40.0, (), 98),
        (121.0, (), 67),
        (122.0, (4,), 75),
        (151.0, (4,), 67),
        (152.0, (3,), 79),
        (191.0, (3,), 67),
        (192.0, (3, 4), 75),
        (300.0, (3, 4), 67),
    ],
    ids=[
        "one page with room to spare",
        "one page that is just full",
        "the last group is too much for one page",
        "the first two groups just fit one page",
        "the last two groups go on a page of their own",
        "they just fit it",
        "each group has its own page",
        "a group wider than a page stays at 8 points",
    ],
)
def test_a_wide_table_is_split_into_pages_in_8_points_or_more(
    months: float, starts: tuple[int, ...], scale: int
) -> None:
    """251.6 digits of 8 point type fit a page of A3; the first column, of 30, is on each page."""
    widths = [30.0, 50.0, 20.0, months, 30.0]
    assert split_pages(widths, 1, (3, 4)) == PrintedPages(starts=starts, scale=scale)


@given(st.text(min_size=1, max_size=3000), st.integers(5, 120))
def test_parts_fit_a_row_and_lose_nothing_but_spaces(words: str, width: int) -> None:
    parts = split_words(words, width)
    assert all(count_lines(part, width) <= MAX_LINES for part in parts)
    assert "".join("".join(parts).split()) == "".join(words.split())
