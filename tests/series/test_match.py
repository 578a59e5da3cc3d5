"""What is in force, due and missing as at a month; nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue

from merton_kpi.core.periods import Month
from merton_kpi.core.vocabulary import Rating
from merton_kpi.extracts.observations import Judgement
from merton_kpi.extracts.reader import read_extract
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from merton_kpi.extracts.observations import Observation

CATALOGUE = make_catalogue("""
    - number: "1"
      title: Monthly
      unit: number
      frequency: monthly
      target: {at_least: 5}
    - number: "2"
      title: Quarterly
      unit: number
      frequency: quarterly
      target: {at_least: 5}
    - number: "3"
      title: A month in arrears
      unit: number
      frequency: monthly
      arrears: 1
      target: {at_least: 5}
    - number: "4"
      title: Annual
      unit: number
      frequency: annual
      due_months: [5]
      target: {at_least: 5}
    - number: "5"
      title: Replaced
      unit: number
      frequency: monthly
      target: {at_least: 5}
      replaced_by: "1"
    - number: "6"
      title: Removed
      unit: number
      target: not_a_target_measure
      removed: Agreed by the panel.
    """)
APRIL, MAY, JUNE = Month(2020, 4), Month(2020, 5), Month(2020, 6)


def observe(known: Month, rows: str) -> tuple[Observation, ...]:
    text = "indicator,period,value,commentary,caveat\n" + rows
    extract = read_extract(text.encode(), f"{known}.csv", known)
    assert not extract.issues
    return extract.observations


@pytest.mark.parametrize(
    ("number", "due"),
    [
        ("1", [APRIL, MAY, JUNE]),
        ("2", [JUNE]),
        ("3", [APRIL, MAY]),
        ("4", [MAY]),
        ("5", []),
        ("6", []),
    ],
)
def test_what_is_due_by_june(number: str, due: list[Month]) -> None:
    series, _ = match_observations(CATALOGUE, [], JUNE)
    assert list(series[number].due) == due
    assert list(series[number].missing) == due


def test_the_papers_of_a_month_know_nothing_that_came_later() -> None:
    rows = (*observe(MAY, "1,,3,,\n"), *observe(JUNE, "1,2020-05,4,,\n1,,5,,\n"))
    as_at_may, _ = match_observations(CATALOGUE, rows, MAY)
    as_at_june, _ = match_observations(CATALOGUE, rows, JUNE)
    assert [each.value for each in as_at_may["1"].figures.values()] == [3]
    assert [each.value for each in as_at_june["1"].figures.values()] == [4, 5]
    assert as_at_june["1"].missing == (APRIL,)


def test_words_alone_leave_the_figure_in_force() -> None:
    rows = (*observe(MAY, "1,,3,,\n"), *observe(JUNE, "1,2020-05,,,Counted twice\n"))
    series, _ = match_observations(CATALOGUE, rows, JUNE)
    assert series["1"].figures[MAY].value == Decimal(3)
    assert series["1"].caveats == {"Counted twice": (MAY,)}


def test_commentary_is_for_the_month_it_came_with_and_a_caveat_for_as_long_as_its_figure() -> None:
    rows = (*observe(MAY, "1,,3,Too few staff,Counted twice\n"), *observe(JUNE, "1,,4,,\n"))
    series, _ = match_observations(CATALOGUE, rows, JUNE)
    assert series["1"].commentary == ""
    assert series["1"].caveats == {"Counted twice": (MAY,)}


def test_each_row_that_fits_nowhere_is_an_issue() -> None:
    rows = observe(MAY, "9,,1,,\n5,,1,,\n6,,1,,\n1,2020-03,1,,\n1,,1,,\n1,,2,,\n")
    series, issues = match_observations(CATALOGUE, rows, MAY)
    assert [str(issue) for issue in issues] == [
        "2020-05.csv:2: error: indicator 9: the catalogue has no such indicator; "
        "use one of 1, 2, 3, 4, 5, 6",
        "2020-05.csv:3: error: indicator 5: this indicator was replaced by indicator 1; "
        "leave the row out",
        "2020-05.csv:4: error: indicator 6: this indicator was removed; leave the row out",
        "2020-05.csv:5: error: indicator 1: March 2020 is outside the catalogue's year, 2020/21",
        "2020-05.csv:7: error: indicator 1: May 2020 was given at 2020-05.csv:6 already; "
        "keep one of the two rows",
    ]
    assert series["1"].figures[MAY].value == 1


def test_a_judgement_of_an_indicator_that_is_not_rated_is_an_issue() -> None:
    catalogue = make_catalogue("""
        - {number: "1", title: Any, unit: number, frequency: monthly, target: new}
        """)
    (row,) = observe(MAY, "1,,3,,\n")
    judgement = Judgement(rating=Rating.RED, reason="Any", by="Head of Any")
    _, (issue,) = match_observations(catalogue, [replace(row, judgement=judgement)], MAY)
    assert str(issue) == (
        "2020-05.csv:2: error: indicator 1: this indicator is not rated, so there is nothing to "
        "judge; leave that out"
    )
