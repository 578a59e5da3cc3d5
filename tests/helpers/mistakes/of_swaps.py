"""Figures and titles of two rows that change places."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from helpers.mistakes.making import FAR, Mistake, at_spot, expect, is_of, kind
from helpers.mistakes.year import MONTHS, Spot, list_spots, read_merton_catalogue, read_year
from merton_kpi.core.units import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from merton_kpi.catalogue.indicator import Indicator


def swap_figures(
    numbers: Callable[[Indicator, Indicator], bool], ratio: Decimal, *, titles: bool = False
) -> Iterator[Mistake]:
    """The figures of two rows of a month, one at least so many times the other."""
    _, indicators = read_merton_catalogue()
    good = read_year()
    for month in MONTHS[2:]:
        spots = [each for each in list_spots(good) if each.month == month]
        for one, other in combinations(spots, 2):
            if not numbers(indicators[one.number], indicators[other.number]):
                continue
            low, high = sorted((good.value(one), good.value(other)))
            if high < 20 or low * ratio > high:
                continue
            year = read_year()
            first, second = year.value(one), year.value(other)
            year.write(one, second)
            year.write(other, first)
            expected = frozenset().union(
                *(
                    expect(
                        (*FAR, "fall", "impossible"), each.number, year.place(month, each.number)
                    )
                    for each in (one, other)
                )
            )
            yield Mistake(
                name=f"{one.number} {other.number} {month}",
                year=year,
                as_at=month,
                expected=expected,
            )


def are_percentages(one: Indicator, other: Indicator) -> bool:
    return {one.unit, other.unit} == {Unit.PERCENT} and not (one.accumulates or other.accumulates)


@kind("two percentages swapped")
def swap_percentages() -> Iterator[Mistake]:
    yield from swap_figures(are_percentages, Decimal(2))


@kind("percentage and weeks swapped")
def swap_percentage_and_weeks() -> Iterator[Mistake]:
    yield from swap_figures(
        lambda *two: {each.unit for each in two} == {Unit.PERCENT, Unit.WEEKS}, Decimal(2)
    )


@kind("average and weeks swapped")
def swap_average_and_weeks() -> Iterator[Mistake]:
    """In good years with other weeks, since weeks come each quarter."""
    for more in (-3, -1, 0, 2):
        for month in (MONTHS[2], MONTHS[8], MONTHS[11]):
            year = read_year()
            for spot in list_spots(year, is_of("16")):
                year.write(spot, year.value(spot) + more)
            weeks, average = Spot(month, "16"), Spot(month, "40")
            figures = year.value(weeks), year.value(average)
            year.write(weeks, figures[1])
            year.write(average, figures[0])
            yield at_spot(year, weeks, "jump")


@kind("count and running total swapped")
def swap_count_and_total() -> Iterator[Mistake]:
    def are_both(one: Indicator, other: Indicator) -> bool:
        numbers = [each for each in (one, other) if each.unit is Unit.NUMBER]
        return len(numbers) == 2 and bool(one.accumulates) != bool(other.accumulates)

    yield from swap_figures(are_both, Decimal(3))


@kind("wrong indicator's row")
def swap_rows() -> Iterator[Mistake]:
    yield from swap_figures(lambda one, other: one.unit is not other.unit, Decimal(4))


@kind("title disagrees")
def swap_titles() -> Iterator[Mistake]:
    _, indicators = read_merton_catalogue()
    for month in MONTHS:
        for one, other in (("2", "3"), ("9", "10"), ("12", "14"), ("33", "34")):
            year = read_year()
            rows = [
                {"indicator": row["indicator"], "title": indicators[row["indicator"]].title, **row}
                for row in year.rows[month]
            ]
            year.rows[month] = rows
            numbers = [row["indicator"] for row in rows]
            if one not in numbers or other not in numbers:
                continue
            first, second = numbers.index(one), numbers.index(other)
            rows[first]["indicator"], rows[second]["indicator"] = other, one
            if not (rows[first]["value"] and rows[second]["value"]):
                continue
            expected = expect("title", other, f"{month}.csv:{first + 2}")
            yield Mistake(name=f"{one} {month}", year=year, as_at=month, expected=expected)
