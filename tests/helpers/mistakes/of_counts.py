"""Mistakes in counts, averages, rates and running totals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.mistakes.making import (
    Mistake,
    at_spot,
    change_each,
    expect,
    is_count,
    is_of,
    is_rate,
    is_total,
    kind,
)
from helpers.mistakes.year import MONTHS, Spot, list_spots, read_year
from merton_kpi.core.rounding import round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from merton_kpi.catalogue.indicator import Indicator


@kind("rate per 1000")
def write_rate_per_1000() -> Iterator[Mistake]:
    yield from change_each(is_rate, lambda value: value / 10, "rate")


@kind("rate per 100000")
def write_rate_per_100000() -> Iterator[Mistake]:
    yield from change_each(is_rate, lambda value: value * 10, "rate")


def change_weeks(change: Callable[[Decimal], Decimal]) -> Iterator[Mistake]:
    """A few good years, each with other weeks."""
    for more in (-3, -1, 0, 2):
        good = read_year()
        spots = [each for each in list_spots(good) if each.number == "16"]
        for spot in spots:
            year = read_year()
            for each in spots:
                year.write(each, good.value(each) + more)
            year.write(spot, change(year.value(spot)))
            yield at_spot(year, spot, "jump")


@kind("weeks as days")
def write_days() -> Iterator[Mistake]:
    yield from change_weeks(lambda value: value * 7)


@kind("weeks as months")
def write_months() -> Iterator[Mistake]:
    yield from change_weeks(lambda value: round_half_up(value / Decimal("4.35"), 1))


@kind("count as running total")
def add_months_up() -> Iterator[Mistake]:
    def is_counted(spot: Spot, indicator: Indicator, value: Decimal) -> bool:
        return is_count(spot, indicator, value) and spot.number in ("5", "13", "14")

    yield from add_rates(change_each(is_counted, lambda value: value * 2 + 3, "jump"))


def add_rates(mistakes: Iterator[Mistake]) -> Iterator[Mistake]:
    """A count's mistake is noticed as well where its rate contradicts it."""
    for each in mistakes:
        number = {"5": "4", "13": "12"}.get(each.name.split()[0])
        if number and each.as_at >= MONTHS[2]:
            place = each.year.place(each.as_at, number)
            yield replace(each, expected=each.expected | expect("rate", number, place))
        elif not number:
            yield each


@kind("wrong digit in a count")
def change_digit() -> Iterator[Mistake]:
    """The first or the second of three digits, of a count that a rate is given of."""

    def is_large(spot: Spot, indicator: Indicator, value: Decimal) -> bool:
        return is_count(spot, indicator, value) and spot.number in ("5", "13") and value > 100

    yield from add_rates(change_each(is_large, lambda value: value + 30, "jump"))
    yield from add_rates(change_each(is_large, lambda value: value + 300, "jump"))


@kind("a zero too many in a count")
def add_zero() -> Iterator[Mistake]:
    yield from change_each(is_count, lambda value: value * 10, "jump")


@kind("a digit lost in a count")
def lose_digit() -> Iterator[Mistake]:
    yield from change_each(
        is_of("5", "13", since=2),
        lambda value: value // 10,
        "jump",
    )


@kind("negative")
def write_negative() -> Iterator[Mistake]:
    yield from change_each(is_count, lambda value: -value, "impossible")


@kind("another scale")
def multiply_file() -> Iterator[Mistake]:
    for month in MONTHS[1:]:
        year = read_year()
        for spot in list_spots(year, is_count):
            if spot.month == month:
                year.write(spot, year.value(spot) * 10)
        yield at_spot(year, Spot(month, "5"), "jump")


@kind("month's figure for a running total")
def write_increment() -> Iterator[Mistake]:
    good = read_year()
    spots = [each for each in list_spots(good, is_total) if each.number == "35"]
    for before, spot in pairwise(spots):
        year = read_year()
        year.write(spot, year.value(spot) - year.value(before))
        if spot.month > MONTHS[1]:
            yield at_spot(year, spot, "fall")


@kind("a zero too many in a running total")
def add_zero_to_total() -> Iterator[Mistake]:
    yield from change_each(is_of("35", "22", since=3), lambda value: value * 10, "jump")


@kind("running total without its first part")
def leave_out_first_part() -> Iterator[Mistake]:
    """A part that is more than what the total has grown by since."""
    good = read_year()
    spots = [each for each in list_spots(good, is_total) if each.number == "35"]
    for index in range(2, len(spots)):
        for first in range(index):
            part = good.value(spots[first])
            if part <= good.value(spots[index]) - good.value(spots[index - 1]):
                continue
            year = read_year()
            for each in spots[index:]:
                year.write(each, year.value(each) - part)
            yield at_spot(year, spots[index], "fall")
