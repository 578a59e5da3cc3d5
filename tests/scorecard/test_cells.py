"""What a month's cell prints."""

from __future__ import annotations

import pytest
from helpers.councils import make_catalogue

from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import OUR_WORDS
from merton_kpi.extracts.reader import read_extract
from merton_kpi.scorecard.cells import compose_month_cell
from merton_kpi.series.match import match_observations

APRIL = Month(2020, 4)


@pytest.mark.parametrize(
    ("settings", "row", "printed", "symbols", "details"),
    [
        ("", "80.50,,", "80.50%", "", ""),
        ("decimals: 1,", "80.50,,", "80.5%", "", ""),
        ("decimals: 0,", "80.50,,", "81%", "", ""),
        ("", "90,18,20", "90%", "", "18 of 20"),
        ("", ",18,20", "90%", "", "worked out from 18 of 20"),
        ("", ",0,0", "No cases", "[z]", "No cases, 0 of 0"),
    ],
)
def test_a_months_cell(settings: str, row: str, printed: str, symbols: str, details: str) -> None:
    catalogue = make_catalogue(
        f'- {{number: "1", title: Any, unit: percent, {settings} frequency: monthly, '
        "target: {at_least: 80}}"
    )
    text = f"indicator,value,numerator,denominator\n1,{row}\n"
    extract = read_extract(text.encode(), "2020-04.csv", APRIL)
    series, issues = match_observations(catalogue, extract.observations, APRIL)
    assert not issues
    cell = compose_month_cell(catalogue.indicators[0], series["1"], APRIL, OUR_WORDS)
    assert cell.printed == printed
    assert " ".join(each.symbol for each in cell.symbols) == symbols
    assert cell.details == details
