"""The headings of the index's columns.

The catalogue checks the names of benchmark areas against them: Excel repairs a table in which two
headings are equal. They are the same every month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from merton_kpi.core.periods import FinancialYear


NUMBER = "No."
INDICATOR = "Indicator"
RATING = "BRAG rating"
TRAVEL = "Direction of travel"
LATEST_FIGURE = "Latest figure"
LATEST_MONTH = "Latest month"
UNIT = "Unit"
REASON = "Reason for the rating"
CONTEXT = "In context"
SECTION = "Section"
FREQUENCY = "Frequency"
NOTES = "Notes"
REAL_CHANGE = "Is it a real change?"  # of a paragraph, not of a column of the index
SERVICE = "Service"  # where the catalogue has no word of its own for one


def list_earlier_years(year: FinancialYear) -> tuple[FinancialYear, ...]:
    """The three years before this one, latest first: the index shows their outturns."""
    return tuple(year.add_years(-years) for years in (1, 2, 3))


def format_target_heading(year: FinancialYear) -> str:
    """The heading of the targets."""
    return f"Target {year}"


def format_year_heading(year: FinancialYear) -> str:
    """The heading of the year's own figures, which the index has where there are some."""
    return f"Year {year}"


def format_outturn_heading(short_name: str, year: FinancialYear) -> str:
    """The heading of an earlier year's figures of the council."""
    return f"{short_name} {year}"


def list_fixed_headings(short_name: str, year: FinancialYear) -> tuple[str, ...]:
    """Every heading that the index of this year may have, in no order.

    The catalogue's own are not among them: the benchmark areas, and the word for a service.
    """
    return (
        NUMBER,
        INDICATOR,
        RATING,
        TRAVEL,
        LATEST_FIGURE,
        LATEST_MONTH,
        format_target_heading(year),
        UNIT,
        *(month.label for month in year.months),
        format_year_heading(year),
        *(format_outturn_heading(short_name, each) for each in list_earlier_years(year)),
        REASON,
        CONTEXT,
        SECTION,
        FREQUENCY,
        NOTES,
    )
