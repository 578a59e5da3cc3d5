"""What is suspicious in a figure, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from helpers.quality import APRIL, NUMBER, PERCENT, list_issues, list_places, list_warnings

from merton_kpi.core.findings import FindingCode
from merton_kpi.extracts.reader import read_extract
from merton_kpi.quality.warnings import check_data
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.extracts.observations import Observation
    from merton_kpi.quality.warnings import DataWarning

    Messages = Callable[..., None]

WEEKS = NUMBER.replace("number", "weeks")
POUNDS = NUMBER.replace("number", "pounds")
RATE = NUMBER.replace("number", "rate_per_10000")
TOTAL = f"{NUMBER}, accumulates: financial_year"
QUARTERLY = "unit: number, frequency: quarterly, target: not_a_target_measure"
HALF_YEARLY = "unit: number, frequency: half_yearly, target: not_a_target_measure"
EVERY_SECOND_YEAR = HALF_YEARLY.replace("half_yearly", "every_second_year, first_due: %s")
ANNUAL = "unit: number, frequency: annual, due_months: [%s], target: not_a_target_measure"
SMALL_NUMBERS = "suppress_small_numbers: true"


def make_rows(*values: object) -> str:
    return " ".join(f"1,{value}" for value in values)


FALLS = make_rows(1, 3, 2)
SIX_TIMES, SEVEN_TIMES = make_rows(7, 7, 7, 7, 7, 7), make_rows(7, 7, 7, 7, 7, 7, 7, 8)
ZERO, ZERO_WITH_NOTE = make_rows(30, 32, 31, 33, 0), make_rows(30, 32, 31, 33, "0,,,none-came")
JUMP, JUMP_SOON = make_rows(30, 32, 31, 33, 40), make_rows(30, 32, 31, 40)
OUTTURN = "outturns: {2019/20: 33}"
BREAK = "breaks: [{from: %s, reason: Two more teams are counted}]"


@pytest.mark.parametrize(
    ("settings", "rows", "warnings"),
    [
        (PERCENT, "1,100.1", ["impossible Apr 2020"]),
        (PERCENT, "1,-1", ["impossible Apr 2020"]),
        (PERCENT, "1,100", []),
        (PERCENT, "1,0", []),
        (NUMBER, "1,-1", ["impossible Apr 2020"]),
        (NUMBER, "1,1000", []),
        (PERCENT, "1,0.96", ["fraction Apr 2020"]),
        (PERCENT, "1,0.9", []),
        (f"{PERCENT}, decimals: 2", "1,0.96", []),
        (PERCENT, "1,23,1063,4718", []),
        (PERCENT, "1,22.5,1063,4718", []),
        (PERCENT, "1,24,1063,4718", ["parts Apr 2020"]),
        (PERCENT, "1,50,1,0", ["parts Apr 2020"]),
        (NUMBER, "1,16,160,10,,", []),
        (NUMBER, "1,4,4,20", []),
        (NUMBER, "1,100,5,5", ["parts Apr 2020"]),
        (PERCENT, "1,10,700,,,", ["numerator_alone Apr 2020"]),
        (NUMBER, "1,10,420,,,", ["numerator_alone Apr 2020"]),
        (WEEKS, "1,10,1420", ["numerator_alone Apr 2020"]),
        (RATE, "1,10,420,,,", []),
        (PERCENT, "1,10,,700", []),
        (f"{PERCENT}, {SMALL_NUMBERS}", "1,10,700,,,", []),
        (f"{WEEKS}, {SMALL_NUMBERS}", "1,10,700,,,", []),
        (f"{NUMBER}, {SMALL_NUMBERS}", "1,10,420,,,", ["numerator_alone Apr 2020"]),
        (TOTAL, make_rows(1, 2, 2, 3), []),
        (TOTAL, FALLS, ["fall Jun 2020"]),
        (f"{NUMBER}, accumulates: academic_year", make_rows(9, 9, 9, 9, 9, 0), []),
        (NUMBER, make_rows(7, 7, 7, 7, 7), []),
        (NUMBER, SIX_TIMES, ["unchanged Sep 2020"]),
        (NUMBER, SEVEN_TIMES, ["unchanged Oct 2020"]),
        (NUMBER, make_rows(0, 0, 0, 0, 0, 0), []),
        (POUNDS, make_rows(-250000), []),
        (WEEKS, make_rows("-0.1"), ["impossible Apr 2020"]),
        (PERCENT, make_rows(100, 100, 100, 100, 100, 100), []),
        (NUMBER, ZERO, ["zero Aug 2020"]),
        (NUMBER, ZERO_WITH_NOTE, ["jump Aug 2020"]),
        (NUMBER, make_rows(1, 2, 2, 3, 0), []),
        (NUMBER, make_rows(30, 32, 31, 33, 39), []),
        (NUMBER, JUMP, ["jump Aug 2020"]),
        (NUMBER, make_rows(30, 32, 31, 40), []),  # three earlier figures are too few
        (TOTAL, make_rows(1, 2, 3, 4, 40), ["jump Aug 2020"]),
        # No warning compares figures from both sides of a break in the series.
        (f"{TOTAL}, {BREAK % '2020-06'}", FALLS, []),
        (f"{TOTAL}, {BREAK % '2020-05'}", FALLS, ["fall Jun 2020"]),
        (f"{NUMBER}, {BREAK % '2020-09'}", SIX_TIMES, []),
        (f"{NUMBER}, {BREAK % '2020-04'}", SIX_TIMES, ["unchanged Sep 2020"]),
        (f"{NUMBER}, {BREAK % '2020-08'}", JUMP, []),
        (f"{NUMBER}, {BREAK % '2020-09'}", JUMP, ["jump Aug 2020"]),
        (f"{NUMBER}, {BREAK % '2020-08'}", ZERO, []),
        (f"{NUMBER}, {OUTTURN}, {BREAK % '2019-04'}", JUMP_SOON, ["jump Jul 2020"]),
        (f"{NUMBER}, {OUTTURN}, {BREAK % '2019-05'}", JUMP_SOON, []),
    ],
)
def test_a_figure_raises_a_warning_or_none(settings: str, rows: str, warnings: list[str]) -> None:
    assert list_warnings(settings, rows) == warnings


def test_a_figure_that_is_impossible_is_a_warning(messages: Messages) -> None:
    messages(
        list_issues(PERCENT, "1,100.1"), list_issues(PERCENT, "1,-1"), list_issues(NUMBER, "1,-1")
    )


def test_a_percentage_that_looks_like_a_share_of_1_is_a_warning(messages: Messages) -> None:
    messages(list_issues(PERCENT, "1,0.96"))


def test_a_figure_that_is_not_its_numerator_by_its_denominator_is_a_warning(
    messages: Messages,
) -> None:
    messages(
        list_issues(PERCENT, "1,24,1063,4718"),
        list_issues(NUMBER, "1,100,5,5"),
        list_issues(PERCENT, "1,50,1,0"),
    )


def test_what_the_parts_give_is_printed_rounded_half_up() -> None:
    (warning,) = list_issues(PERCENT, "1,5,1,400")
    assert "which gives 0.3%" in warning.message


def test_parts_of_any_size_are_compared() -> None:
    (warning,) = list_issues(PERCENT, "1,96,999999999999999,0.000000000000001")
    assert warning.code == "parts"


def test_a_numerator_without_a_denominator_is_a_warning(messages: Messages) -> None:
    messages(
        list_issues(PERCENT, "1,10,700,,,"),
        list_issues(NUMBER, "1,10,420,,,"),
        list_issues(WEEKS, "1,10,1420"),
        list_issues(f"{NUMBER}, {SMALL_NUMBERS}", "1,10,420,,,"),
    )


def test_a_running_total_that_falls_is_a_warning(messages: Messages) -> None:
    messages(list_issues(TOTAL, FALLS))


def test_a_figure_that_repeats_is_a_warning(messages: Messages) -> None:
    messages(list_issues(NUMBER, SIX_TIMES), list_issues(NUMBER, SEVEN_TIMES))


def test_a_zero_after_large_figures_is_a_warning(messages: Messages) -> None:
    messages(list_issues(NUMBER, ZERO))


def test_a_figure_far_from_earlier_ones_is_a_warning(messages: Messages) -> None:
    messages(list_issues(NUMBER, JUMP), list_issues(NUMBER, ZERO_WITH_NOTE))


def test_a_number_in_the_text_of_a_suppressed_figure_is_a_warning(messages: Messages) -> None:
    settings, row = f"{NUMBER}, {SMALL_NUMBERS}", "1,<5,,,Twelve"
    assert list_warnings(settings, row) == ["telling_words Apr 2020"]
    messages(list_issues(settings, row))


RATE_OF = f'{RATE}, decimals: 1, rate_of: {{count: "2"%s}}'
DECLARED = (", population: 50000", "1,20.3 2,100")
IMPLIED = ("", "1,20 2,100 1,40 2,200 1,25 2,100")


def check_rates(population: str, rows: str, unit: str = "rate_per_10000") -> list[DataWarning]:
    """The warnings about a rate and its count, from two rows a month: the rate and the count."""
    rate = (RATE_OF % population).replace("rate_per_10000", unit)
    catalogue = make_catalogue(
        f"""
        - {{number: "1", title: Rate, {rate}}}
        - {{number: "2", title: Count, {NUMBER}}}
        """
    )
    observations: list[Observation] = []
    for index, row in enumerate(rows.split()):
        known = APRIL.add_months(index // 2)
        text = f"indicator,value\n{row}\n".encode()
        observations += read_extract(text, f"{known}.csv", known).observations
    series, _ = match_observations(catalogue, observations, APRIL.add_months(2))
    warnings = check_data(catalogue, series, list_places(catalogue))
    return [each for each in warnings if each.code is FindingCode.RATE]


@pytest.mark.parametrize(
    ("population", "rows", "warned"),
    [
        (", population: 50000", "1,20.0 2,100", []),
        (", population: 50000", "1,20.2 2,100", []),
        (*DECLARED, ["Apr 2020"]),
        (*IMPLIED, ["Jun 2020"]),
        ("", "1,20 2,100 1,0 2,0", []),
    ],
)
def test_a_rate_follows_from_its_count(population: str, rows: str, warned: list[str]) -> None:
    """Within its rounding and a hundredth; without a population, by what most months imply."""
    assert [each.about for each in check_rates(population, rows)] == warned


@pytest.mark.parametrize(
    ("unit", "rate"), [("rate_per_1000", 2), ("rate_per_10000", 20), ("rate_per_100000", 200)]
)
def test_a_rate_is_for_as_many_as_its_unit_says(unit: str, rate: int) -> None:
    """100 of 50,000 people; ten times the rate does not follow."""
    population = ", population: 50000"
    assert check_rates(population, f"1,{rate} 2,100", unit) == []
    (warning,) = check_rates(population, f"1,{rate * 10} 2,100", unit)
    assert f"which would be a rate of {rate}.0 for about 50,000 people" in warning.finding


@pytest.mark.parametrize(
    ("unit", "row", "warnings"),
    [
        ("rate_per_1000", "1,4.2,21,5000", []),
        ("rate_per_1000", "1,4.3,21,5000", ["parts Apr 2020"]),
        ("rate_per_100000", "1,420,21,5000", []),
        ("rate_per_100000", "1,421,21,5000", ["parts Apr 2020"]),
        ("pounds", "1,12.5,100,8", []),
        ("pounds", "1,12.6,100,8", ["parts Apr 2020"]),
    ],
)
def test_a_figure_follows_from_its_parts_by_its_unit(
    unit: str, row: str, warnings: list[str]
) -> None:
    assert list_warnings(f"{NUMBER.replace('number', unit)}, decimals: 1", row) == warnings


def test_a_rate_that_does_not_follow_from_its_count_is_a_warning(messages: Messages) -> None:
    messages(each.issue for each in (*check_rates(*DECLARED), *check_rates(*IMPLIED)))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("1,9 2,1.25", "a rate of 0.3 for about 50,000 people"),
        ("1,9 2,999999999999999", "a rate of 199,999,999,999,999.8 for about 50,000 people"),
    ],
)
def test_what_a_count_gives_is_printed_rounded_half_up(rows: str, expected: str) -> None:
    (warning,) = check_rates(", population: 50000", rows)
    assert warning.finding.endswith(expected)


def test_a_population_is_worked_out_from_figures_of_any_size() -> None:
    rows = "1,0.000000000000001 2,999999999999999 1,1 2,5 1,0.000000000000001 2,999999999999999"
    assert [each.about for each in check_rates("", rows)] == ["May 2020"]


QUARTERLY_IN_JULY = (QUARTERLY, "2020-07:1,5")
ANNUAL_IN_NOVEMBER = (ANNUAL % 9, "2020-11:1,5")


@pytest.mark.parametrize(
    ("settings", "rows", "warned", "meant"),
    [
        (*QUARTERLY_IN_JULY, "Jul 2020", "2020-06"),
        (QUARTERLY, "2020-11:1,5", "Nov 2020", "2020-09"),
        # the quarter before is another year's
        (QUARTERLY, "2020-05:1,5", "May 2020", ""),
        # the quarter before has its figure
        (QUARTERLY, "2020-06:1,5 2020-07:1,5", "Jul 2020", ""),
        (*ANNUAL_IN_NOVEMBER, "Nov 2020", "2020-09"),
        (ANNUAL % 3, "2020-11:1,5", "Nov 2020", ""),
        (f"{QUARTERLY}, arrears: 1", "2020-07:1,5", "Jul 2020", "2020-06"),
        (f"{QUARTERLY}, {SMALL_NUMBERS}", "2020-07:1,3", "Jul 2020", "2020-06"),
        (HALF_YEARLY, "2020-10:1,5", "Oct 2020", "2020-09"),
        (f"{HALF_YEARLY}, first_due: 2020-10", "2020-09:1,5", "Sep 2020", ""),
        (f"{HALF_YEARLY}, first_due: 2020-09", "2020-09:1,5", "", ""),
        (EVERY_SECOND_YEAR % "2018-09", "2020-09:1,5", "", ""),
        (EVERY_SECOND_YEAR % "2019-09", "2020-09:1,5", "Sep 2020", ""),
        (QUARTERLY, "2020-06:1,5 2020-09:1,6", "", ""),
        (QUARTERLY, "2020-07:1,N/A", "", ""),
        (f"{QUARTERLY}, due_months: [7]", "2020-07:1,5", "", ""),
        (NUMBER, "2020-07:1,5", "", ""),
    ],
)
def test_a_figure_for_a_month_that_is_not_due_names_the_month_it_may_be_for(
    settings: str, rows: str, warned: str, meant: str
) -> None:
    """Where that month is of this year and has no figure yet."""
    assert list_warnings(settings, rows) == ([f"not_due {warned}"] if warned else [])
    for issue in list_issues(settings, rows):
        assert ("did you mean" in issue.message) == bool(meant)
        assert not meant or f"did you mean {meant}?" in issue.message


def test_a_figure_for_a_month_that_is_not_due_is_a_warning(messages: Messages) -> None:
    messages(
        list_issues(*QUARTERLY_IN_JULY),
        list_issues(*ANNUAL_IN_NOVEMBER),
        list_issues(QUARTERLY, "2020-05:1,5"),
        list_issues(ANNUAL % 3, "2020-11:1,5"),
        list_issues(HALF_YEARLY, "2020-10:1,5"),
        list_issues(f"{HALF_YEARLY}, first_due: 2020-10", "2020-09:1,5"),
        list_issues(EVERY_SECOND_YEAR % "2019-09", "2020-09:1,5"),
    )


FORECASTS = [("percent", "100", 0), ("percent", "100.1", 1), ("percent", "-0.1", 1)]
FORECASTS += [("number", "-1", 1), ("number", "0", 0), ("score", "-1", 0), ("pounds", "-1", 0)]


@pytest.mark.parametrize(("unit", "figure", "warned"), FORECASTS)
def test_a_stated_forecast_that_no_figure_can_be(unit: str, figure: str, warned: int) -> None:
    assert len(check_forecast(unit, figure)) == warned


def test_the_warning_names_the_officer_whose_forecast_it_is(messages: Messages) -> None:
    (warning,) = check_forecast("percent", "100.1")
    assert warning.code is FindingCode.IMPOSSIBLE
    messages([warning.issue])


def check_forecast(unit: str, figure: str) -> list[DataWarning]:
    entry = PERCENT.replace("percent", unit)
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {entry}}}')
    text = f"indicator,value,forecast,forecast_by\n1,5,{figure},Head of Contact\n"
    extract = read_extract(text.encode(), "2020-04.csv", APRIL)
    series, _ = match_observations(catalogue, extract.observations, APRIL)
    return list(check_data(catalogue, series, list_places(catalogue)))
