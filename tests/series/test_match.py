"""What is in force, due and missing as at a month; nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from helpers.messages import list_codes

from merton_kpi.core.issues import Severity
from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import Rating
from merton_kpi.core.text import LONGEST
from merton_kpi.extracts.observations import Judgement
from merton_kpi.extracts.reader import read_extract
from merton_kpi.series.match import MOST_FAULTS, match_observations

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.extracts.observations import Observation

    Messages = Callable[..., None]

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


def test_the_papers_of_a_month_have_nothing_that_came_later() -> None:
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


def test_each_row_that_does_not_fit_the_catalogue_is_an_error(messages: Messages) -> None:
    rows = observe(MAY, "9,,1,,\n5,,1,,\n6,,1,,\n1,2020-03,1,,\n1,,1,,\n1,,2,,\n")
    series, issues = match_observations(CATALOGUE, rows, MAY)
    assert list_codes(issues) == [
        "unknown_indicator 2",
        "closed_indicator 3",
        "closed_indicator 4",
        "outside_year 5",
        "given_twice 7",
    ]
    assert {(each.place.file, each.severity) for each in issues} == {
        ("2020-05.csv", Severity.ERROR)
    }
    assert [each.subject for each in issues] == [f"indicator {n}" for n in (9, 5, 6, 1, 1)]
    messages(issues)
    assert series["1"].figures[MAY].value == 1


def test_a_judgement_of_an_indicator_that_is_not_rated_is_an_error(messages: Messages) -> None:
    catalogue = make_catalogue("""
        - {number: "1", title: Any, unit: number, frequency: monthly, target: new}
        """)
    (row,) = observe(MAY, "1,,3,,\n")
    judgement = Judgement(rating=Rating.RED, reason="Any", by="Head of Any")
    _, (issue,) = match_observations(catalogue, [replace(row, judgement=judgement)], MAY)
    assert str(issue).startswith("2020-05.csv:2: error: indicator 1: ")
    assert list_codes([issue]) == ["judgement_without_target 2"]
    messages(issue)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1,,3,,\n3,,7,,\n", "1,,3,,\n3,,7,,\n"),
        ("1,,3,,\n3,,7,,\n", "3,,8,,\n1,,3,,\n"),
        ("1,,3,,\n3,,7,,\n4,,5,,\n", "1,,3,,\n3,,8,,\n2,,5,,\n"),
    ],
    ids=["the same again", "corrected", "a part of both"],
)
def test_a_file_that_was_sent_twice_is_one_error(
    first: str, second: str, messages: Messages
) -> None:
    """Not one for each of its rows; it says for which indicators the files differ."""
    again = [
        replace(each, place=replace(each.place, file="2020-05-again.csv"))
        for each in observe(MAY, second)
    ]
    series, (issue,) = match_observations(CATALOGUE, [*observe(MAY, first), *again], MAY)
    assert f"{issue.place}: {issue.code}" == "2020-05-again.csv: given_twice"
    assert series["1"].figures[MAY].value == Decimal(3)
    messages(issue)


def test_matching_ends_after_a_thousand_errors(messages: Messages) -> None:
    rows = observe(MAY, "9,,1,,\n" * (MOST_FAULTS + 5))
    _, issues = match_observations(CATALOGUE, rows, MAY)
    assert len(issues) == MOST_FAULTS + 1
    assert list_codes(issues[-2:]) == ["unknown_indicator 1001", "too_many_faults 1001"]
    messages(issues[-1])


def test_a_months_commentary_that_is_too_long_for_a_cell_is_an_error(messages: Messages) -> None:
    half = "a" * (LONGEST // 2 + 1)
    rows = observe(MAY, f"1,2020-04,2,{half},\n1,,3,{half},\n")
    _, issues = match_observations(CATALOGUE, rows, MAY)
    assert list_codes(issues) == ["text 3"]
    messages(issues)
