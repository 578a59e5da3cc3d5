"""Cells to the text that a CSV file would have."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.extracts.workbooks.cells import format_number


@pytest.mark.parametrize(
    ("stored", "number_format", "text"),
    [
        (96, "General", "96"),
        (96.0, "General", "96"),
        (33.9, "0", "33.9"),
        (0.1 + 0.2, "General", "0.3"),
        (1852600, '"£"#,##0', "1852600"),
        (1852600.0, '£0.0,,"m"', "1852600"),
        (-0.0, "General", "0"),
        (0.5630000000000001, "0.0%", "56.3%"),
        (0.563, "0%", "56.3%"),
        (1, "0.00%", "100%"),
        (0.9999, "0.0%;[Red]-0.0%;0%", "99.99%"),
        (-0.05, "0.0%;[Red]-0.0%", "-5%"),
        (5, '0" %"', "5"),
        (5, r"0\%", "5"),
        (2 / 60, "General", "0.033333333333333"),
        (1e-20, "General", "0"),
        (1e20, "General", "100000000000000000000"),
        (123456789012345678, "General", "123456789012346000"),
    ],
)
def test_a_number_is_what_the_cell_holds_to_15_digits(
    stored: float, number_format: str, text: str
) -> None:
    digits, signs = format_number(stored, number_format)
    assert digits + signs == text


@given(st.decimals(-(10**9), 10**9, places=4))
def test_each_number_is_read_as_it_was_typed(typed: Decimal) -> None:
    assert Decimal(format_number(float(typed), "General")[0]) == typed
    assert Decimal(format_number(float(typed / 100), "0.00%")[0]) == typed
