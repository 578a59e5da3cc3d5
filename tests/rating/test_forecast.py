"""Where a running total would end its year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from helpers.councils import make_catalogue
from helpers.rating import compose_one, make_series

from merton_kpi.core.periods import Month
from merton_kpi.rating.context import compose_context
from merton_kpi.rating.forecast import format_forecast
from merton_kpi.rating.rate import rate

NUMBER = "unit: number, frequency: monthly"
BY_MARCH = "by the year's end, which would be"


@pytest.mark.parametrize(
    ("settings", "figures", "words"),
    [
        (
            "{at_most: 50, profile: share_of_year}",
            ("2", "9"),
            f"forecast: 54 {BY_MARCH} Red",
        ),
        (
            "{at_most: 50, profile: full_year}",
            ("2", "8"),
            f"forecast: 48 {BY_MARCH} Green",
        ),
        (
            "{at_most: 50, profile: full_year}",
            ("2", "8.7"),
            f"forecast: 54 {BY_MARCH} Red",
        ),
        (
            "[{at_most: 50, profile: full_year}, {from: 2021-01, at_most: 60, profile: full_year}]",
            ("2", "9"),
            f"forecast: 54 {BY_MARCH} Green",
        ),
        ("not_a_target_measure", ("2", "9"), ""),
    ],
)
def test_a_forecast_is_a_straight_line_to_the_years_end(
    settings: str, figures: tuple[str, ...], words: str
) -> None:
    indicator, context, _ = compose_one(
        f"{NUMBER}, accumulates: financial_year, target: {settings}", *figures
    )
    assert format_forecast(indicator, context.forecast) == words


def test_a_forecast_of_an_academic_year_says_so() -> None:
    indicator, context, _ = compose_one(
        f"{NUMBER}, accumulates: academic_year, target: {{at_most: 50, profile: full_year}}",
        *[None] * 5,
        "4",
    )
    assert (
        format_forecast(indicator, context.forecast)
        == "forecast: 48 by the academic year's end, which would be Green"
    )


def test_there_is_no_forecast_against_its_own_past() -> None:
    indicator, context, _ = compose_one(
        f"{NUMBER}, accumulates: financial_year, polarity: lower_is_better, "
        "target: {no_worse_than: last_year}, outturns: {2019/20: 9}",
        "2",
    )
    assert format_forecast(indicator, context.forecast) == ""


def test_a_forecast_counts_the_quarters_of_a_quarterly_indicator() -> None:
    catalogue = make_catalogue("""
        - number: "1"
          title: Carers recruited
          unit: number
          frequency: quarterly
          accumulates: financial_year
          target: {at_least: 20, profile: share_of_year}
        """)
    (indicator,) = catalogue.indicators
    bands = catalogue.bands_for(catalogue.sections[0], indicator)
    series = make_series((Month(2020, 6), "4"))
    context = compose_context(indicator, bands, series, rate(indicator, bands, series))
    assert context.forecast is not None
    assert context.forecast.figure == Decimal(16)


def test_a_withheld_rating_has_no_forecast() -> None:
    indicator, context, _ = compose_one(
        f"{NUMBER}, accumulates: financial_year, rating_withheld: Unreliable, "
        "target: {at_most: 50, profile: full_year}",
        "2",
    )
    assert format_forecast(indicator, context.forecast) == ""
