"""Each kind of mistake in good data: how it is made, and what should be noticed of it, and where.

A kind yields a mistake for each place in the good year where it changes something that can be seen.
A mistake is noticed where one of what it expects is: a code, an indicator and a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from helpers.mistakes.year import CASES, MONTHS, Spot, Year, list_spots, read_year
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Frequency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal

    from helpers.mistakes.year import Noticed
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """A year with a mistake, the month whose papers are built, and what is expected of them."""

    name: str
    year: Year
    as_at: Month
    expected: frozenset[Noticed]
    parts: bool = False


Keep: TypeAlias = "Callable[[Spot, Indicator, Decimal], bool]"
Kind: TypeAlias = "Callable[[], Iterator[Mistake]]"
KINDS: dict[str, Kind] = {}
FAR = ("jump", "complement", "fraction", "zero", "hundred", "transposed")


def kind(name: str) -> Callable[[Kind], Kind]:
    """Register a kind by its name in kinds.csv."""

    def register(make: Kind) -> Kind:
        KINDS[name] = make
        return make

    return register


def expect(codes: str | Iterable[str], number: str, *places: str) -> frozenset[Noticed]:
    """Any of these codes, for an indicator, at any of these places."""
    codes = (codes,) if isinstance(codes, str) else codes
    return frozenset((code, number, place) for code in codes for place in places)


def at_spot(year: Year, spot: Spot, codes: str | Iterable[str], *, parts: bool = False) -> Mistake:
    """A mistake that is expected to be noticed at a figure's own row."""
    expected = expect(codes, spot.number, year.place(spot.month, spot.number))
    return Mistake(
        name=f"{spot.number} {spot.month}",
        year=year,
        as_at=spot.month,
        expected=expected,
        parts=parts,
    )


def change_each(
    keep: Keep,
    change: Callable[[Decimal], Decimal | str],
    codes: str | Iterable[str],
    *,
    parts: bool = False,
) -> Iterator[Mistake]:
    """The mistake of one figure, in each place that is kept and where it is changed."""
    good = read_year(parts=parts)
    for spot in list_spots(good, keep):
        changed = change(good.value(spot))
        if changed == good.value(spot):
            continue
        year = read_year(parts=parts)
        year.write(spot, changed)
        yield at_spot(year, spot, codes, parts=parts)


def is_of(*numbers: str, since: int = 0) -> Keep:
    """Keep the figures of these indicators, from the year's month with this index on."""

    def keep(spot: Spot, _indicator: Indicator, _value: Decimal) -> bool:
        return spot.number in numbers and spot.month >= MONTHS[since]

    return keep


def is_percent(_spot: Spot, indicator: Indicator, value: Decimal) -> bool:
    return indicator.unit is Unit.PERCENT and not indicator.accumulates and value != 0


def is_large_percent(spot: Spot, indicator: Indicator, value: Decimal) -> bool:
    return is_percent(spot, indicator, value) and value > 10


def is_small_percent(spot: Spot, indicator: Indicator, value: Decimal) -> bool:
    """The percentages printed with a decimal, once some of the year's have come."""
    return is_percent(spot, indicator, value) and value < 6 and spot.month >= MONTHS[4]


def is_count(_spot: Spot, indicator: Indicator, value: Decimal) -> bool:
    return indicator.unit is Unit.NUMBER and not indicator.accumulates and value >= 20


def is_total(_spot: Spot, indicator: Indicator, value: Decimal) -> bool:
    return indicator.accumulates is not None and value > 0


def is_rate(spot: Spot, indicator: Indicator, _value: Decimal) -> bool:
    return indicator.rate_of is not None and spot.month >= MONTHS[2]


def has_many_parts(spot: Spot, indicator: Indicator, value: Decimal) -> bool:
    """Monthly percentages with parts, once three of them have come."""
    is_monthly = indicator.frequency is Frequency.MONTHLY
    return has_parts(spot, indicator, value) and is_monthly and spot.month >= MONTHS[4]


def has_parts(spot: Spot, _indicator: Indicator, _value: Decimal) -> bool:
    return spot.number in CASES


def whole_file(year: Year, month: Month, expected: frozenset[Noticed]) -> Mistake:
    return Mistake(name=str(month), year=year, as_at=month, expected=expected)


def missing_at(year: Year, spot: Spot) -> Mistake:
    return Mistake(
        name=f"{spot.number} {spot.month}",
        year=year,
        as_at=spot.month,
        expected=expect("missing", spot.number, spot.month.label),
    )
