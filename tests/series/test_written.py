"""A figure with a sign or a word for a size is in its indicator's unit, or is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from helpers.return_books import make_book
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from merton_kpi.core.issues import Issue
    from merton_kpi.series.records import Series

APRIL = Month(2020, 4)
HEADER = "indicator,value,forecast,forecast_by,numerator,denominator"


def match(settings: str, cells: str) -> tuple[Series, tuple[Issue, ...]]:
    """The series of an indicator with one row, and the issues of matching it."""
    settings = settings if "target" in settings else f"{settings}, target: new"
    catalogue = make_catalogue(f'- {{number: "1", title: Any, frequency: monthly, {settings}}}')
    extract = read_extract(f"{HEADER}\n1,{cells}\n".encode(), "2020-04.csv", APRIL)
    assert not extract.issues
    series, issues = match_observations(catalogue, extract.observations, APRIL)
    return series["1"], issues


@pytest.mark.parametrize(
    ("unit", "text", "figure"),
    [
        ("percent", "98.4%", "98.4"),
        ("pounds", '"£1,852,600"', "1852600"),
        ("pounds", "£1.2m", "1200000"),
        ("pounds", "1.2m", "1200000"),
        ("pounds", "£85k", "85000"),
        ("thousand_pounds", "£85k", "85"),
        ("thousand_pounds", "£1.25m", "1250"),
        ("thousand_pounds", '"1,250"', "1250"),
        ("million_pounds", "£1.2m", "1.2"),
        ("million_pounds", "£85k", "0.085"),
        ("million_pounds", "-£0.30 million", "-0.3"),
        ("{label: £ a week}", "£112.50", "112.50"),
        ("number", '"1,234"', "1234"),
        ("number", "1 234", "1234"),
        ("days", '"1,234"', "1234"),
        ("number, decimals: 2", '"1,234"', "1234"),
    ],
)
def test_a_figure_is_read_in_its_indicators_unit(unit: str, text: str, figure: str) -> None:
    series, issues = match(f"unit: {unit}", f"{text},,,,")
    assert (str(series.figures[APRIL].value), issues) == (figure, ())


def test_an_officers_forecast_is_read_as_a_figure_is() -> None:
    series, _ = match("unit: million_pounds", "1.1,£1.2m,Head,,")
    (row,) = series.said
    assert row.forecast
    assert str(row.forecast.figure) == "1.2"


MISFITS = [
    ("number", "96%", "not_a_number"),
    ("percentage_points", "5%", "not_a_number"),
    ("number", "£85", "not_a_number"),
    ("number", "12k", "not_a_number"),
    ("minutes", "5m", "not_a_number"),
    ("{label: tonnes}", "1.2m", "not_a_number"),
    ("{label: £ a week}", "£1k", "not_a_number"),
    ("thousand_pounds", '"£1,250"', "two_meanings"),
    ("million_pounds", "£2", "two_meanings"),
    ("percent", '"1,234"', "two_meanings"),
    ("percent", '"1,234%"', "two_meanings"),
    ("number, decimals: 3", '"1,234"', "two_meanings"),
    ("ratio", '"1,234"', "two_meanings"),
    ("number, target: {at_least: 1.250}", '"1,234"', "two_meanings"),
]


@pytest.mark.parametrize(("unit", "text", "code"), MISFITS)
def test_a_figure_that_does_not_fit_or_has_two_meanings_is_refused(
    unit: str, text: str, code: str
) -> None:
    series, (issue,) = match(f"unit: {unit}", f"{text},,,,")
    assert (issue.code, str(issue.place), series.figures) == (code, "2020-04.csv:2", {})
    _, (issue,) = match(f"unit: {unit}", f"5,{text},Head,,")
    assert issue.code == code


def test_what_does_not_fit_is_explained(messages: Callable[..., None]) -> None:
    for unit, text, _ in MISFITS:
        messages(match(f"unit: {unit}", f"{text},,,,")[1])
    messages(match("unit: percent", '5,"1,234",Head,,')[1])


@pytest.mark.parametrize(
    "text",
    ["3%", "£3", "3k", "3m (boys aged 12)"],
    ids=["per cent", "pounds", "thousands", "millions"],
)
def test_a_refusal_quotes_nothing_of_a_row_whose_small_counts_are_hidden(
    text: str, messages: Callable[..., None]
) -> None:
    settings = "unit: number, decimals: 3, suppress_small_numbers: true"
    _, (issue,) = match(settings, f"{text},,,,")
    assert not re.search("[0-9]", issue.message)
    messages(issue)


@pytest.mark.parametrize("text", ['"£1,003"', "3 (boys only)", "3 (provisional)"])
def test_a_hidden_figures_cell_is_not_kept(text: str) -> None:
    settings = "unit: pounds, suppress_small_numbers: true"
    series, issues = match(settings, f"{text},,,3,40")
    assert not issues
    assert series.figures[APRIL].value is None
    assert series.figures[APRIL].written is None


def test_the_cell_of_a_rounded_count_is_not_kept() -> None:
    settings = "unit: number, suppress: {below: 5, round_to: 5}"
    series, issues = match(settings, '"1,003",,,,')
    assert not issues
    assert (str(series.figures[APRIL].value), series.figures[APRIL].written) == ("1005", None)


@given(
    st.decimals(1, 999_999, places=3),
    st.sampled_from([("k", 3), (" thousand", 3), ("m", 6), (" million", 6), ("bn", 9)]),
    st.sampled_from([("pounds", 0), ("thousand_pounds", 3), ("million_pounds", 6)]),
)
def test_an_amount_is_exact_in_each_unit(
    number: Decimal, size: tuple[str, int], unit: tuple[str, int]
) -> None:
    series, issues = match(f"unit: {unit[0]}", f"£{number:f}{size[0]},,,,")
    assert not issues
    assert series.figures[APRIL].value == number.scaleb(size[1] - unit[1])


def match_cell(settings: str, number: float, number_format: str) -> tuple[Series, list[Issue]]:
    """The series of an indicator with a workbook's cell, and the issues of matching it."""
    catalogue = make_catalogue(
        f'- {{number: "1", title: Any, frequency: monthly, target: new, {settings}}}'
    )
    content = make_book(
        [("Indicator", "Value"), ("1", number)],
        lambda sheet: setattr(sheet["B2"], "number_format", number_format),
    )
    extract = read_extract(content, "2020-04.xlsx", APRIL)
    series, issues = match_observations(catalogue, extract.observations, APRIL)
    return series["1"], [*extract.issues, *issues]


@pytest.mark.parametrize(
    ("stored", "shown"), [(0.5630000000000001, "56.3"), (1, "100"), (1 / 30, "3.33333333333333")]
)
def test_a_cell_that_shows_a_percentage_is_read_where_the_unit_is_one(
    stored: float, shown: str
) -> None:
    series, issues = match_cell("unit: percent", stored, "0%")
    assert (f"{series.figures[APRIL].value}", issues) == (shown, [])
    assert series.figures[APRIL].written is None


@pytest.mark.parametrize("unit", ["number", "rate_per_10000", "{label: tonnes}"])
def test_a_cell_that_shows_a_percentage_has_two_meanings_in_other_units(
    unit: str, messages: Callable[..., None]
) -> None:
    series, issues = match_cell(f"unit: {unit}", 0.563, "0.0%")
    assert not series.figures
    assert [f"{each.code} {each.place}" for each in issues] == [
        "two_meanings 2020-04.xlsx, sheet Return, row 2"
    ]
    messages(issues)


def test_a_hidden_cell_that_shows_a_percentage_is_not_quoted(
    messages: Callable[..., None],
) -> None:
    _, issues = match_cell("unit: number, suppress_small_numbers: true", 0.03, "0%")
    assert "0.03" not in issues[0].message
    messages(issues)
