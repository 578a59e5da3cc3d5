"""The headings of the index's columns, from left to right.

The catalogue checks the names of benchmark areas against them: Excel repairs a table in which two
headings are equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.core.periods import FinancialYear, Month


PERIOD_ON_PERIOD = "Compared with the period before"
SERVICE = "Service"  # where the catalogue has no word of its own for one
_INDICATOR = "Indicator"


def list_earlier_years(year: FinancialYear) -> tuple[FinancialYear, ...]:
    """The three years before this one, latest first: the index shows their outturns."""
    return tuple(year.add_years(-years) for years in (1, 2, 3))


def list_column_headings(
    short_name: str, year: FinancialYear, areas: Iterable[str], reported: Month | None = None
) -> tuple[str, ...]:
    """The heading of each column of the index for this year.

    Args:
        short_name: the council's.
        year: the financial year of the index.
        areas: the benchmark areas, in their order.
        reported: the month that the index is for; None leaves its heading as the others'.
    """
    return (
        "Section",
        "No.",
        _INDICATOR,
        "Frequency",
        "Unit",
        f"Target {year}",
        *(f"{short_name} {each}" for each in list_earlier_years(year)),
        *areas,
        "BRAG rating",
        PERIOD_ON_PERIOD,
        *(format_month_heading(month, reported) for month in year.months),
        "Reason for the rating",
        "In context",
        "Notes",
    )


def add_service_heading(headings: tuple[str, ...], service: str) -> tuple[str, ...]:
    """The headings with that of the services, beside the indicators' titles."""
    place = headings.index(_INDICATOR) + 1
    return (*headings[:place], service, *headings[place:])


def add_year_heading(headings: tuple[str, ...], year: FinancialYear) -> tuple[str, ...]:
    """The headings with that of the year's own figures, after the year's last month."""
    place = next(n for n, each in enumerate(headings, 1) if each.startswith(year.months[-1].label))
    return (*headings[:place], format_year_heading(year), *headings[place:])


def format_year_heading(year: FinancialYear) -> str:
    """The heading of the year's own figures, which the index has where there are some."""
    return f"Year {year}"


def format_month_heading(month: Month, reported: Month | None) -> str:
    """A month's heading, marked if it is the month reported."""
    return f"{month.label} month reported" if month == reported else month.label
