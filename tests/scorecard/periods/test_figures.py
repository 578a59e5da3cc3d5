"""Each of an indicator's periods, as the data for other programs has it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from helpers.table import make_card

from merton_kpi.core.ratings import Rating
from merton_kpi.scorecard.periods.figures import (
    Ends,
    IndicatorFigures,
    PeriodFigure,
    compose_figures,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNT = "unit: number, frequency: monthly, accumulates: financial_year, figures: of_period"
DUE = "target: {at_most: 60, profile: share_of_year}"


def compose(settings: str, extracts: Mapping[str, str]) -> IndicatorFigures:
    entry = f'- {{number: "1", title: Any, {settings}}}'
    return compose_figures(make_card(entry, extracts))["1"]


def list_periods(settings: str, extracts: Mapping[str, str]) -> tuple[PeriodFigure, ...]:
    return compose(settings, extracts).periods


def test_a_total_that_is_not_known_is_blank_with_the_reason() -> None:
    april, may, june = list_periods(
        f"{COUNT}, {DUE}", {"2020-04": "1,,5", "2020-05": "1,,,,,not_available", "2020-06": "1,,5"}
    )
    reason = "Without a figure for May 2020 there is no total since April."
    assert [each.total for each in (april, may, june)] == [5, None, None]
    assert [each.figure.value for each in (april, may, june)] == [5, None, 5]
    assert (june.verdict.rating, june.verdict.reason) == (Rating.NO_DATA, reason)
    assert june.note == reason.rstrip(".")
    assert may.note == "not available"


def test_a_hidden_total_has_no_value_and_its_period_no_rating() -> None:
    periods = list_periods(
        f"{COUNT}, {DUE}, suppress_small_numbers: true", {"2020-04": "1,,1", "2020-05": "1,,2"}
    )
    for each in periods:
        assert (each.figure.value, each.total, each.numerator) == (None, None, None)
        assert each.verdict.rating is Rating.NO_DATA
        assert "suppressed" in each.note


def test_a_figure_that_is_not_due_is_shown_and_not_rated() -> None:
    june, august = list_periods(
        "unit: percent, frequency: quarterly, target: {at_least: 90}",
        {"2020-06": "1,,95", "2020-08": "1,,50"},
    )
    assert june.verdict.rating is Rating.GREEN
    assert (str(august.first), str(august.month), august.figure.value) == (
        "2020-07",
        "2020-08",
        Decimal(50),
    )
    assert august.verdict.rating is Rating.NOT_DUE
    assert august.verdict.reason == "No figure is due for Aug 2020, so this one is not rated."
    assert (august.period_on_period, august.streak, august.targets) == ("", "", Ends())


def test_a_withheld_rating_leaves_the_target_and_has_no_amber() -> None:
    (april,) = list_periods(
        "unit: percent, frequency: monthly, target: {at_least: 90}, rating_withheld: No reason",
        {"2020-04": "1,,95"},
    )
    assert april.verdict.rating is Rating.NOT_A_TARGET_MEASURE
    assert (april.target, april.targets.lower) == ("at least 90%", Decimal(90))
    assert april.ambers == Ends()


def test_before_its_first_target_a_period_is_new() -> None:
    april, may = list_periods(
        "unit: percent, frequency: monthly, target: {from: 2020-05, at_least: 90}",
        {"2020-04": "1,,95", "2020-05": "1,,95"},
    )
    assert (april.target, april.targets, april.verdict.rating) == ("New", Ends(), Rating.NEW)
    assert (may.target, may.targets.lower) == ("at least 90%", Decimal(90))
    assert may.verdict.rating is Rating.GREEN


def test_a_break_belongs_to_the_period_that_it_lies_in() -> None:
    june, september = list_periods(
        "unit: percent, frequency: quarterly, target: new, "
        "breaks: [{from: 2020-08, reason: Two more teams.}]",
        {"2020-06": "1,,95", "2020-09": "1,,50"},
    )
    assert (june.note, june.figure.symbols) == ("", ())
    assert september.note == "break in the series: Two more teams"
    assert [each.symbol for each in september.figure.symbols] == ["[b]"]


def test_what_was_counted_in_a_year_is_compared_with_the_same_month_before() -> None:
    april, may = list_periods(
        "unit: percent, frequency: monthly, target: {at_least: 90}, "
        "earlier_months: {2019-04: 80, 2019-05: 99}",
        {"2020-04": "1,,95", "2020-05": "1,,95"},
    )
    assert april.year_on_year == "↑ higher than in Apr 2019, 80%"
    assert may.year_on_year == "↓ lower than in May 2019, 99%"


def test_a_period_before_the_indicator_ended_keeps_its_rating() -> None:
    periods = list_periods(
        "unit: percent, frequency: monthly, target: {at_least: 90}, "
        "removed: {from: 2020-05, reason: No longer collected.}",
        {"2020-04": "1,,95", "2020-06": ""},
    )
    assert [(str(each.month), each.verdict.rating) for each in periods] == [
        ("2020-04", Rating.GREEN)
    ]


def test_an_indicator_of_which_nothing_is_due_has_no_periods() -> None:
    figures = compose(
        "unit: percent, frequency: annual, due_months: [3], target: new", {"2020-04": ""}
    )
    assert figures.periods == ()
