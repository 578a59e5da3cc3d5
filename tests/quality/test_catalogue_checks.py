"""What is suspicious in the catalogue's own values, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.quality import NUMBER, check_rows, list_issues, list_warnings

from merton_kpi.core.findings import FindingCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from merton_kpi.core.issues import Issue

    Messages = Callable[..., None]

NEW = "unit: number, frequency: monthly, target: new"
OLD_PERIOD = "benchmarks: {England: {value: 5, period: 2015/16}}"
OLD_SOURCE = "benchmarks: {England: {value: 5, source: 'SEN2, January 2016'}}"
WITHHELD = "unit: number, frequency: monthly, rating_withheld: Because., target: {at_least: 5}"


@pytest.mark.parametrize(
    ("settings", "warnings"),
    [
        (f"{NEW}, {OLD_PERIOD}", ["old_benchmark England"]),
        (f"{NEW}, benchmarks: {{England: {{value: 5, period: academic year 2016/17}}}}", []),
        (
            f"{NEW}, benchmarks: {{England: {{value: 5, period: 2016/17}}}}",
            ["old_benchmark England"],
        ),
        (f"{NEW}, {OLD_SOURCE}", ["old_benchmark England"]),
        (f"{NEW}, benchmarks: {{England: {{value: 5}}}}", []),
        (WITHHELD, ["target_unused target"]),
    ],
)
def test_the_catalogues_values_are_checked(settings: str, warnings: list[str]) -> None:
    """As at April 2020, a benchmark to March 2017 is more than three years old."""
    assert list_warnings(settings, "1,5") == warnings


def test_a_benchmark_more_than_three_years_old_is_a_warning(messages: Messages) -> None:
    messages(list_issues(f"{NEW}, {OLD_PERIOD}", "1,5"))
    messages(list_issues(f"{NEW}, {OLD_SOURCE}", "1,5"))


def test_a_target_of_an_indicator_that_is_not_rated_is_a_warning(messages: Messages) -> None:
    messages(list_issues(WITHHELD, "1,5"))


IMPOSSIBLE = (
    "target: {at_least: 950}",
    "target: {above: -1}",
    "target: {between: [5, 101]}",
    "target: {at_least: 950}, bands: {blue: {percentage_points: 5}}",
)
FRACTIONS = (
    "target: {at_least: 0.95}",
    "target: {at_least: 1}",
    "target: {between: [0.12, 0.2]}",
    "target: [{at_least: 90}, {from: 2020-10, at_least: 0.9}]",
)
UNREACHED_BLUES = (
    "target: {at_least: 100}, bands: {blue: {percentage_points: 5}}",
    "target: {at_least: 98}, bands: {blue: {percent_of_target: 5}}",
    "target: {at_most: 2}, bands: {blue: {percentage_points: 5}}",
    "target: {no_worse_than: last_year}, polarity: higher_is_better, "
    "outturns: {2019/20: 98}, bands: {blue: {percentage_points: 5}}",
)


def list_target_issues(targets: tuple[str, ...]) -> Iterator[Issue]:
    for target in targets:
        yield from list_issues(f"unit: percent, frequency: monthly, {target}", "1,50")


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        *((each, ["target_impossible"]) for each in IMPOSSIBLE),
        *((each, ["target_fraction"]) for each in FRACTIONS),
        *((each, ["blue_unreached"]) for each in UNREACHED_BLUES),
        ("target: {at_most: 0}", []),
        ("target: {at_least: 100}", []),
        ("target: {at_least: 1.1}", []),
        ("target: {between: [1, 5]}", []),
        ("target: new", []),
        ("target: {at_least: 95}, bands: {blue: {percentage_points: 5}}", []),
        ("target: {at_least: 100}, bands: {blue: none}", []),
    ],
)
def test_a_percentage_target_is_one_that_percentages_can_meet(
    settings: str, codes: list[str]
) -> None:
    assert [each.code for each in list_target_issues((settings,))] == codes


def test_a_percentage_target_outside_0_to_100_is_a_warning(messages: Messages) -> None:
    messages(list_target_issues(IMPOSSIBLE))


def test_a_percentage_target_that_looks_like_a_share_of_1_is_a_warning(messages: Messages) -> None:
    messages(list_target_issues(FRACTIONS))


def test_a_blue_band_that_no_percentage_can_reach_is_a_warning(messages: Messages) -> None:
    messages(list_target_issues(UNREACHED_BLUES))


def test_only_a_percentage_has_such_bounds() -> None:
    for settings in ("{at_least: 0.95}", "{at_least: 950}, bands: {blue: {units: 5}}"):
        assert not list_issues(f"unit: number, frequency: monthly, target: {settings}", "1,50")


def test_a_warning_about_a_target_is_answered_by_the_indicator() -> None:
    settings = "target: {at_most: 0.5}, confirmed: It is rare."
    (warning,) = check_rows(f"unit: percent, frequency: monthly, {settings}", "1,50")
    assert (warning.code, warning.caveat) == (
        FindingCode.TARGET_FRACTION,
        "0.5% may be meant as 50%. It is rare.",
    )


def test_a_warning_about_the_catalogue_is_answered_there() -> None:
    settings = "benchmarks: {England: {value: 5, period: 2015/16, confirmed: No later one.}}"
    (warning,) = check_rows(f"{NUMBER}, {settings}", "1,5")
    assert (
        warning.caveat
        == "The benchmark, to March 2016, is more than three years old. No later one."
    )
    settings = (
        "target: {at_least: 5}, rating_withheld: Unreliable., confirmed: Agreed by the panel."
    )
    (warning,) = check_rows(f"unit: number, frequency: monthly, {settings}", "1,5")
    assert warning.answer == "Agreed by the panel."
