"""A table's columns fill the page, and no word breaks inside a cell."""

from __future__ import annotations

import pytest

from merton_kpi.papers.word.column_widths import choose_widths

A4 = 5_976_000  # of Word's units: 16.6 cm
SIZE = 139_700  # 11 points
ROWS = [
    ["No.", "Indicator", "Months", "Caveat"],
    ["23a", "Number of children looked after", "Oct 2020", "Figures are being brought into line."],
]


def test_the_columns_fill_the_room_together() -> None:
    assert 0 <= A4 - sum(choose_widths(ROWS, A4, SIZE)) < 4


def test_each_column_has_room_for_its_longest_word() -> None:
    longest = [len("No."), len("Indicator"), len("Months"), len("Figures")]
    widths = choose_widths(ROWS, A4, SIZE)
    assert all(width > word * SIZE * 0.556 for width, word in zip(widths, longest, strict=True))


def test_larger_type_has_more_room_for_its_longest_word() -> None:
    size = 165_100  # 13 points
    widths = choose_widths(ROWS, A4, size)
    assert widths[1] > len("Indicator") * size * 0.556


def test_the_column_with_the_longest_text_is_the_widest() -> None:
    widths = choose_widths(ROWS, A4, SIZE)
    assert max(widths) == widths[3]


def test_words_that_have_no_room_beside_each_other_share_it() -> None:
    widths = choose_widths([["a" * 100, "b" * 100]], A4, SIZE)
    assert widths[0] == pytest.approx(A4 / 2, rel=0.01)


def test_a_word_that_has_no_room_breaks_no_other_words() -> None:
    widths = choose_widths([["No.", "Indicator", "Months"], ["1", "a" * 200, "Oct 2020"]], A4, SIZE)
    assert sum(widths) == A4
    assert widths[0] > len("No.") * SIZE * 0.556
    assert widths[2] > len("Months") * SIZE * 0.556


def test_empty_cells_share_the_room_too() -> None:
    assert choose_widths([["", ""]], 2_000_000, SIZE) == (1_000_000, 1_000_000)
