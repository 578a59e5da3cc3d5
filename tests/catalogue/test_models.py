"""What the models of the catalogue's entries say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue

from merton_kpi.catalogue.entries import Suppression

if TYPE_CHECKING:
    from merton_kpi.catalogue.indicator import Indicator


def make_indicator(settings: str) -> Indicator:
    text = f'- {{number: "1", title: Any, unit: weeks, frequency: monthly, {settings}}}'
    (indicator,) = make_catalogue(text).indicators
    return indicator


@pytest.mark.parametrize(
    "target", ["{at_least: 5}", "[{at_least: 5}, {at_least: 6, from: 2020-10}]"]
)
def test_an_indicator_with_a_target_is_rated(target: str) -> None:
    assert make_indicator(f"target: {target}").is_rated


@pytest.mark.parametrize(
    "settings",
    [
        "target: not_a_target_measure",
        "target: new",
        "target: {at_least: 5}, rating_withheld: The definition is changing",
        "target: {at_least: 5}, removed: No longer collected",
    ],
)
def test_an_indicator_without_a_target_withheld_or_closed_is_not_rated(settings: str) -> None:
    assert not make_indicator(settings).is_rated


@pytest.mark.parametrize(
    ("settings", "last"),
    [
        ("frequency: monthly", "2021-03"),
        ("frequency: monthly, arrears: 1", "2021-04"),
        ("frequency: quarterly, arrears: 2", "2021-05"),
        ("frequency: annual, due_months: [3], arrears: 11", "2022-02"),
        ("frequency: annual, due_months: [9], arrears: 6", "2021-03"),
        ("frequency: annual, due_months: [9], arrears: 7", "2021-04"),
        ("frequency: monthly, arrears: 1, removed: No longer collected", "2021-03"),
    ],
)
def test_the_months_reported_go_on_until_the_last_figure_is_due(settings: str, last: str) -> None:
    text = f'- {{number: "1", title: Any, unit: weeks, target: new, {settings}}}'
    months = make_catalogue(text).months_reported
    assert (str(months[0]), str(months[-1])) == ("2020-04", last)
    assert list(months) == [months[0].add_months(place) for place in range(len(months))]


@pytest.mark.parametrize(
    ("settings", "suppression"),
    [
        ("suppress: {below: 6, round_to: 5}", Suppression(below=6, round_to=5)),
        ("suppress: {below: 6}, suppress_small_numbers: false", Suppression(below=6)),
        ("suppress_small_numbers: true", Suppression(below=5)),
        ("suppress_small_numbers: false", None),
        ("arrears: 0", None),
    ],
)
def test_small_counts_are_hidden_by_either_of_two_keys(
    settings: str, suppression: Suppression | None
) -> None:
    assert make_indicator(f"target: new, {settings}").suppression == suppression
