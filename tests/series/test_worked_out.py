"""Figures that follow from a numerator and a denominator, and months without cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import BEST_TO_WORST
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.reader import read_extract
from merton_kpi.quality.arithmetic.part_checks import check_parts
from merton_kpi.rating.rate import rate
from merton_kpi.series.match import filter_observations, match_observations

if TYPE_CHECKING:
    from random import Random

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series

APRIL = Month(2020, 4)
HEADER = "indicator,value,numerator,denominator,status,commentary\n"


def make(settings: str) -> Catalogue:
    return make_catalogue(f'- {{number: "1", title: Any, frequency: monthly, {settings}}}')


def read_rows(*rows: str) -> list[Observation]:
    """The observations of a row a month from April on: value, numerator, denominator, status."""
    found: list[Observation] = []
    for index, row in enumerate(rows):
        known = APRIL.add_months(index)
        extract = read_extract(f"{HEADER}1,{row}\n".encode(), f"{known}.csv", known)
        assert not extract.issues
        found += extract.observations
    return found


def match_rows(settings: str, *rows: str) -> Series:
    as_at = APRIL.add_months(len(rows) - 1)
    series, issues = match_observations(make(settings), read_rows(*rows), as_at)
    assert not issues
    return series["1"]


def list_figures(settings: str, *rows: str) -> list[str]:
    figures = match_rows(settings, *rows).figures
    return [str(figures[month].value) for month in sorted(figures)]


@pytest.mark.parametrize(
    ("settings", "row", "figure"),
    [
        ("unit: percent, target: {at_least: 90}", ",18,20,,", "90"),
        ("unit: percent, target: {at_least: 90}", ",7,8,,", "88"),  # 87.5
        ("unit: percent, target: {at_least: 90.0}", ",7,8,,", "87.5"),
        ("unit: percent, decimals: 2, target: {at_least: 90}", ",2,3,,", "66.67"),
        ("unit: percent, target: {at_least: 90}", ",0,8,,", "0"),
        ("unit: rate_per_10000, target: {at_most: 40.0}", ",95,47300,,", "20.1"),  # 20.08...
        ("unit: weeks, target: {at_most: 26}", ",410,10,,", "41"),
        ("unit: number, target: {at_least: 2.5}", ",5,2,,", "2.5"),
    ],
)
def test_a_figure_is_worked_out_from_its_parts_in_the_indicators_unit(
    settings: str, row: str, figure: str
) -> None:
    assert list_figures(settings, row) == [figure]
    assert match_rows(settings, row).figures[APRIL].is_worked_out


def test_a_worked_out_figure_has_the_most_decimals_of_the_years_figures() -> None:
    settings = "unit: percent, target: {at_least: 90}"
    assert list_figures(settings, "91.50,,,,", ",2,3,,") == ["91.50", "66.67"]
    assert list_figures(settings, ",2,3,,", "91.5,,,,") == ["66.7", "91.5"]
    assert list_figures(f"{settings}, decimals: 0", "91.5,,,,", ",2,3,,") == ["91.5", "67"]


def test_a_given_figure_is_not_worked_out() -> None:
    series = match_rows("unit: percent, target: {at_least: 90}", "95,2,3,,")
    assert (str(series.figures[APRIL].value), series.figures[APRIL].is_worked_out) == ("95", False)


def test_a_worked_out_figure_may_be_provisional() -> None:
    series = match_rows("unit: percent, target: {at_least: 90}", ",18,20,provisional,")
    figure = series.figures[APRIL]
    assert (str(figure.value), figure.status) == ("90", Status.PROVISIONAL)


@pytest.mark.parametrize(
    ("row", "is_hidden"),
    [(",4,20,,", True), (",5,20,,", False), (",0,20,,", False), (",0,4,,", True)],
)
def test_a_worked_out_figure_is_suppressed_as_a_given_one_is(row: str, *, is_hidden: bool) -> None:
    settings = "unit: percent, suppress_small_numbers: true, target: {at_least: 90}"
    figure = match_rows(settings, row).figures[APRIL]
    assert (figure.value is None) is is_hidden
    assert (figure.parts is None) is is_hidden
    assert figure.is_worked_out is not is_hidden


def test_words_with_a_suppressed_worked_out_figure_are_refused() -> None:
    settings = "unit: percent, suppress_small_numbers: true, target: {at_least: 90}"
    rows = read_rows(",4,20,,20% were seen")
    _, issues = match_observations(make(settings), rows, APRIL)
    assert [each.code for each in issues] == ["gives_away"]
    assert not list(filter_observations(make(settings), rows))


@pytest.mark.parametrize(
    "row", [",0,0,,", ",0,0,not_applicable,", ",0,0,no_cases,", ",,,no_cases,"]
)
def test_nothing_of_nothing_is_neither_missing_nor_rated(row: str) -> None:
    catalogue = make("unit: percent, target: {at_least: 90}")
    series, issues = match_observations(catalogue, read_rows(row), APRIL)
    (indicator,) = catalogue.indicators
    assert not issues
    assert (series["1"].figures[APRIL].status, series["1"].missing) == (Status.NO_CASES, ())
    verdict = rate(indicator, catalogue.scale_for(catalogue.sections[0], indicator), series["1"])
    assert verdict.rating.label == "No data"
    assert verdict.reason == "There is no figure this year: No cases in Apr 2020."


PARTS = st.tuples(st.integers(0, 400), st.integers(1, 400))
DECIMALS = st.sampled_from(["", "decimals: 0, ", "decimals: 2, "])


@given(DECIMALS, st.integers(0, 400), st.integers(0, 400), st.integers(1, 400))
def test_more_of_the_same_whole_never_rates_worse(
    decimals: str, one: int, two: int, whole: int
) -> None:
    settings = f"unit: percent, {decimals}target: {{at_least: 62.5}}"
    catalogue = make(settings)
    (indicator,) = catalogue.indicators
    scale = catalogue.scale_for(catalogue.sections[0], indicator)
    worse, better = (
        rate(indicator, scale, match_rows(settings, f",{part},{whole},,")).rating
        for part in sorted((one, two))
    )
    assert BEST_TO_WORST.index(better) <= BEST_TO_WORST.index(worse)


@given(DECIMALS, st.lists(PARTS, min_size=2, max_size=6), st.randoms())
def test_the_order_of_rows_does_not_matter(
    decimals: str, parts: list[tuple[int, int]], random: Random
) -> None:
    catalogue = make(f"unit: percent, {decimals}target: {{at_least: 62.5}}")
    rows = read_rows("91.25,,,,", *(f",{part},{whole},," for part, whole in parts))
    shuffled = random.sample(rows, len(rows))
    as_at = APRIL.add_months(len(parts))
    assert match_observations(catalogue, rows, as_at) == match_observations(
        catalogue, shuffled, as_at
    )


@given(DECIMALS, PARTS)
def test_a_worked_out_figure_follows_from_its_parts(decimals: str, parts: tuple[int, int]) -> None:
    """Typed as it is printed, with the same parts, it raises no warning about them."""
    settings = f"unit: percent, {decimals}target: {{at_least: 62.5}}"
    series = match_rows(settings, f",{parts[0]},{parts[1]},,")
    (indicator,) = make(settings).indicators
    assert not list(check_parts(indicator, series))
