"""Words that no xlsx file can hold are refused with the cell that they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.papers.workbook.cell_values import escape_words

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("words", "code"),
    [("a\x0cb", "unwritable_character"), ("x" * 32_768, "too_long")],
    ids=["a form feed", "more characters than a cell holds"],
)
def test_words_that_no_cell_can_hold_are_an_error(
    words: str, code: str, messages: Callable[..., None]
) -> None:
    with pytest.raises(BuildStoppedError) as stop:
        escape_words("B7", words)
    assert [issue.code for issue in stop.value.issues] == [code]
    messages(stop.value.issues)


def test_the_longest_words_that_a_cell_holds_are_written() -> None:
    assert escape_words("B7", "x" * 32_767) == "x" * 32_767
