"""The headings of the index's columns, from left to right.

No area that the council is compared with may be named like another column: Excel refuses a table
that has a heading twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.core.periods import FinancialYear, Month


def list_earlier_years(year: FinancialYear) -> tuple[FinancialYear, ...]:
    """The three years whose outturns the index shows, latest first."""
    return tuple(year.minus(years) for years in (1, 2, 3))


def list_column_headings(
    short_name: str, year: FinancialYear, areas: Iterable[str], reported: Month | None = None
) -> tuple[str, ...]:
    """The heading of each column of the council's index for this year."""
    return (
        "Section",
        "No.",
        "Indicator",
        "Frequency",
        f"Target {year}",
        *(f"{short_name} {each}" for each in list_earlier_years(year)),
        *areas,
        "BRAG rating",
        "Direction of travel",
        *(format_month_heading(month, reported) for month in year.months),
        "Reason for the rating",
        "In context",
        "Notes",
    )


def format_month_heading(month: Month, reported: Month | None) -> str:
    """A month's heading, which says where it is the month reported."""
    return f"{month.label} month reported" if month == reported else month.label
