"""Totals against the figures that the catalogue says they are the sum of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.councils import make_catalogue
from helpers.quality import APRIL, NUMBER, list_places

from merton_kpi.core.findings import FindingCode
from merton_kpi.extracts.reader import read_extract
from merton_kpi.quality.warnings import check_data
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.extracts.observations import Observation
    from merton_kpi.quality.warnings import DataWarning

CATALOGUE = f"""
- {{number: "1", title: All visits, {NUMBER}, sum_of: ["2", "3"]%s}}
- {{number: "2", title: Visits to homes, {NUMBER}%s}}
- {{number: "3", title: Visits to schools, {NUMBER}%s}}
- {{number: "4", title: All visits so far, {NUMBER}, accumulates: financial_year,
    running_total_of: "1"}}
"""


def check_months(*months: str, key: str = "") -> list[DataWarning]:
    """The warnings of extracts from April on, each the values of 1 to 4."""
    catalogue = make_catalogue(CATALOGUE % (key, key, key))
    rows: list[Observation] = []
    for index, values in enumerate(months):
        known = APRIL.add_months(index)
        lines = "".join(f"{number},{value}\n" for number, value in enumerate(values.split(), 1))
        text = f"indicator,value\n{lines}"
        rows += read_extract(text.encode(), f"{known}.csv", known).observations
    series, _ = match_observations(catalogue, rows, APRIL.add_months(len(months) - 1))
    found = check_data(catalogue, series, list_places(catalogue))
    return [each for each in found if each.code is FindingCode.SUM]


def test_a_total_that_is_not_the_sum_is_a_warning(messages: Callable[..., None]) -> None:
    found = check_months("50 30 20 50", "55 34 22 105", "61 40 21 116")
    assert [(each.indicator.number, str(each.place)) for each in found] == [
        ("1", "2020-05.csv:2"),
        ("4", "2020-06.csv:5"),
    ]
    messages(each.issue for each in found)


def test_a_sum_with_a_figure_that_is_not_shown_or_has_not_come_is_passed_over() -> None:
    assert check_months("50 30 N/A 50", "60 40 N/A N/A") == []
    hidden = ", suppress_small_numbers: true"
    assert check_months("50 47 3 50", "60 45 14 115", key=hidden) == check_months(
        "50 48 2 50", "60 45 14 115", key=hidden
    )
