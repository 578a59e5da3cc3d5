"""Words that no xlsx file can hold are refused with the cell that they are for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.core.units import Unit
from merton_kpi.papers.workbook.cell_values import escape_words, format_number

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


@pytest.mark.parametrize(
    ("figure", "unit", "digits", "number_format"),
    [
        ("96", Unit.PERCENT, "0.96", "#,##0%"),
        ("80.50", Unit.PERCENT, "0.8050", "#,##0.00%"),
        ("78150", Unit.NUMBER, "78150", "#,##0"),
        ("1234.50", Unit.POUNDS, "1234.50", '"£"#,##0.00'),
        ("350", Unit.THOUSAND_POUNDS, "350", '"£"#,##0" thousand"'),
        ("-1.2", Unit.MILLION_POUNDS, "-1.2", '"£"#,##0.0" million"'),
        ("28", Unit.DAYS, "28", "#,##0"),
        ("4.2", Unit.RATE_PER_1000, "4.2", "#,##0.0"),
        ("12", Unit.of("tonnes"), "12", "#,##0"),
    ],
)
def test_a_figures_number_format_shows_it_as_its_unit_does_in_a_table(
    figure: str, unit: Unit, digits: str, number_format: str
) -> None:
    assert format_number(Decimal(figure), unit) == (digits, number_format)


def test_the_longest_words_that_a_cell_holds_are_written() -> None:
    assert escape_words("B7", "x" * 32_767) == "x" * 32_767
