"""Months, years and days are read exactly and written in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.periods import (
    FinancialYear,
    Month,
    format_period,
    join_labels,
    read_date,
    read_date_and_time,
)
from merton_kpi.core.vocabulary import Frequency

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("2020-13", "2020-11"),
        ("2020-00", "2020-11"),
        ("2020-1", "2020-01"),
        ("20-11", "2020-11"),
        ("2020/09", "2020-09"),
        ("Sep 2020", "2020-09"),
        ("30 September 2020", "2020-09"),
        ("30/09/2020", "2020-09"),
        ("Smarch 2020", "2020-11"),
        ("", "2020-11"),
        ("２０２０-11", "2020-11"),
    ],
)
def test_what_is_no_month_is_refused_with_the_one_it_may_mean(text: str, near: str) -> None:
    with pytest.raises(ValueError, match=f"{near}$"):
        Month.read(text)


@given(MONTHS)
def test_a_month_reads_back_as_it_was_written(month: Month) -> None:
    assert Month.read(str(month)) == month


@given(MONTHS, st.integers(-500, 500))
def test_going_on_and_back_returns_to_the_month(month: Month, count: int) -> None:
    assert month.add_months(count).add_months(-count) == month
    assert (month.add_months(count) > month) == (count > 0)


def test_names_follow_no_locale() -> None:
    month = Month(2020, 2)
    assert (month.name, month.label, month.last_day.isoformat()) == (
        "February 2020",
        "Feb 2020",
        "2020-02-29",
    )


def test_a_financial_year_runs_from_april_to_march() -> None:
    months = FinancialYear.read("2020/21").months
    assert (len(months), months[0], months[-1]) == (12, Month(2020, 4), Month(2021, 3))


@pytest.mark.parametrize(
    ("month", "name", "words"),
    [
        ("2024-04", "2024-04", "April 2024"),
        ("2025-03", "2025-03", "March 2025"),
        ("2025-04", "2024-25-to-2025-04", "2024/25 to April 2025"),
        ("2026-02", "2024-25-to-2026-02", "2024/25 to February 2026"),
    ],
)
def test_what_papers_cover_names_the_year_too_after_its_end(
    month: str, name: str, words: str
) -> None:
    year = FinancialYear(2024)
    assert year.format_span(Month.read(month)) == name
    assert year.format_span_in_words(Month.read(month)) == words


@pytest.mark.parametrize(
    ("month", "year"), [("2025-03", "2024/25"), ("2025-04", "2025/26"), ("2025-12", "2025/26")]
)
def test_a_month_is_in_the_year_that_begins_in_april(month: str, year: str) -> None:
    assert str(FinancialYear.of(Month.read(month))) == year


def test_a_century_ends_within_a_financial_year() -> None:
    assert str(FinancialYear.read("1999/00")) == "1999/00"


@pytest.mark.parametrize("text", ["2020/22", "2020-21", "2020", "20/21"])
def test_what_is_no_financial_year_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"2020/21( or 2021/22)?$"):
        FinancialYear.read(text)


READERS: list[tuple[Callable[[str], object], str]] = [
    (Month.read, "Sep 2020"),
    (FinancialYear.read, "2020-21"),
    (read_date, "13/1/2021"),
    (read_date_and_time, "2021-01-05"),
]


def test_what_is_no_month_year_date_or_time_is_explained_with_how_to_write_it(
    messages: Callable[..., None],
) -> None:
    for read, text in READERS:
        with pytest.raises(ValueError, match="write it") as error:
            read(text)
        messages(str(error.value))


@pytest.mark.parametrize(
    ("month", "frequency", "name"),
    [
        (Month(2020, 6), Frequency.QUARTERLY, "Q1"),
        (Month(2021, 3), Frequency.QUARTERLY, "Q4"),
        (Month(2020, 5), Frequency.QUARTERLY, "May 2020"),
        (Month(2020, 6), Frequency.MONTHLY, "Jun 2020"),
        (Month(2020, 6), Frequency.ANNUAL, "Jun 2020"),
        (Month(2020, 9), Frequency.HALF_YEARLY, "H1"),
        (Month(2021, 3), Frequency.HALF_YEARLY, "H2"),
        (Month(2020, 12), Frequency.HALF_YEARLY, "Dec 2020"),
        (Month(2020, 7), Frequency.TERMLY, "Summer term"),
        (Month(2020, 12), Frequency.TERMLY, "Autumn term"),
        (Month(2021, 3), Frequency.TERMLY, "Spring term"),
        (Month(2021, 4), Frequency.TERMLY, "Apr 2021"),
        (Month(2021, 3), Frequency.EVERY_SECOND_YEAR, "Mar 2021"),
    ],
)
def test_a_period_is_named_by_its_last_month(month: Month, frequency: Frequency, name: str) -> None:
    assert format_period(month, frequency) == name


def test_labels_are_joined_as_a_sentence_would() -> None:
    assert [join_labels(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
