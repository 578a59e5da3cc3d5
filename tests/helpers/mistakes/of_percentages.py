"""Mistakes in percentages, zeros and hundreds among them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from helpers.mistakes.making import (
    Mistake,
    at_spot,
    change_each,
    expect,
    has_parts,
    is_large_percent,
    is_of,
    is_percent,
    is_small_percent,
    kind,
)
from helpers.mistakes.year import MONTHS, Spot, list_spots, read_merton_catalogue, read_year
from merton_kpi.core.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.indicator import Indicator


@kind("percentage divided by 100")
def divide_by_100() -> Iterator[Mistake]:
    yield from change_each(is_large_percent, lambda value: value / 100, "fraction")


@kind("percentage divided by 100 with parts")
def divide_by_100_with_parts() -> Iterator[Mistake]:
    yield from change_each(has_parts, lambda value: value / 100, "parts", parts=True)


@kind("small percentage divided by 100")
def divide_small_by_100() -> Iterator[Mistake]:
    yield from change_each(is_small_percent, lambda value: value / 100, "fraction")


@kind("small percentage divided by 10")
def divide_small_by_10() -> Iterator[Mistake]:
    yield from change_each(is_small_percent, lambda value: value / 10, ("fraction", "jump"))


@kind("percentage times 100")
def multiply_by_100() -> Iterator[Mistake]:
    yield from change_each(is_percent, lambda value: value * 100, "impossible")


@kind("complement")
def write_complement() -> Iterator[Mistake]:
    def is_one_sided(spot: Spot, indicator: Indicator, value: Decimal) -> bool:
        is_known = spot.month >= MONTHS[2] and abs(value - 50) > 20 and spot.number != "11"
        # What is left of 99 may be a fraction of 1, and what is left of 100 no figure. 19 may be
        # what is left of 81, or 91 with its digits in the other order.
        is_other = value >= 99 or transpose(100 - value) == value
        return is_large_percent(spot, indicator, value) and is_known and not is_other

    yield from change_each(is_one_sided, lambda value: 100 - value, "complement")


@kind("small percentage's complement")
def write_small_complement() -> Iterator[Mistake]:
    yield from change_each(is_small_percent, lambda value: 100 - value, "complement")


@kind("fractions in the whole column")
def write_fractions() -> Iterator[Mistake]:
    _, indicators = read_merton_catalogue()
    for month in MONTHS:
        year = read_year()
        spots = [
            each
            for each in list_spots(year)
            if each.month == month and indicators[each.number].unit is Unit.PERCENT
        ]
        for spot in spots:
            year.write(spot, (year.value(spot) / 100).normalize())
        for spot in spots:
            if spot.number in ("9", "17", "10", "2"):
                yield at_spot(year, spot, "fraction")


@kind("a year of complements")
def write_year_of_complements() -> Iterator[Mistake]:
    for number in ("2", "9", "10", "17", "18", "20", "26", "33", "34", "11"):
        year = read_year()
        spots = [each for each in list_spots(year) if each.number == number]
        for spot in spots:
            year.write(spot, 100 - year.value(spot))
        places = [year.place(spot.month, number) for spot in spots]
        yield Mistake(
            name=number,
            year=year,
            as_at=spots[-1].month,
            # What is left of 100 is 0.
            expected=expect(("complement", "zero"), number, *places),
        )


@kind("digits transposed")
def transpose_digits() -> Iterator[Mistake]:
    """Where the figure is half as far again from the last one as any known one is."""

    def is_seen(spot: Spot, indicator: Indicator, value: Decimal) -> bool:
        year, swapped = read_year(), transpose(value)
        spots = list_spots(year, is_of(spot.number))
        before = [year.value(each) for each in spots if each.month < spot.month]
        is_broken = spot.number == "2" and spot.month >= MONTHS[5]
        is_two_digits = value < 100 and swapped >= 10
        if len(before) <= 3 or is_broken or not is_two_digits:
            return False
        known = [each.value for each in indicator.outturns.values() if each.value is not None]
        away, last = abs(swapped - before[-1]), before[-1]
        is_far = all(abs(each - last) * 3 < away * 2 for each in (*known, *before))
        return is_large_percent(spot, indicator, value) and is_far and away >= 20

    yield from change_each(is_seen, transpose, "transposed")


def transpose(value: Decimal) -> Decimal:
    text = f"{value:f}"
    return Decimal(text[1] + text[0] + text[2:]) if len(text) > 1 and text[1] != "." else value


@kind("hundred for missing")
def write_hundred() -> Iterator[Mistake]:
    """Where the figures have stayed far below."""

    def is_low(spot: Spot, indicator: Indicator, value: Decimal) -> bool:
        return is_percent(spot, indicator, value) and spot.number in (
            "3", "11", "19", "20", "21", "33", "34", "36",
        ) and spot.month >= MONTHS[3]  # fmt: skip

    yield from change_each(is_low, lambda _: Decimal(100), ("hundred", "complement"))


@kind("zero for missing")
def write_zero() -> Iterator[Mistake]:
    def is_large(spot: Spot, indicator: Indicator, value: Decimal) -> bool:
        is_new = spot.number == "40" and spot.month >= MONTHS[5]  # the series breaks in September
        return not (indicator.accumulates or is_new) and value > 10 and spot.month > MONTHS[0]

    yield from change_each(is_large, lambda _: Decimal(0), "zero")


@kind("zero for a missing small percentage")
def write_zero_for_small() -> Iterator[Mistake]:
    yield from change_each(is_small_percent, lambda _: Decimal(0), "zero")
