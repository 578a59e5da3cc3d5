"""The numbers that indicators had in earlier years, by which those years' extracts know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import FinancialYear

NONE = "none"  # in place of a number: there was no such indicator


def choose_former_number(formerly: Mapping[FinancialYear, str], year: FinancialYear) -> str | None:
    """What `formerly` gives for a year, a number or NONE; None where it gives nothing.

    A number is that of its year and of those before, up to the next one given.
    """
    later = [each for each in formerly if each >= year]
    return formerly[min(later)] if later else None


def list_numbers_of_year(indicators: Iterable[Indicator], year: FinancialYear) -> Mapping[str, str]:
    """Each number that an earlier year's extracts have, with the indicator's number of today.

    An indicator without a former number had the one that it has now, unless another one's former
    number is the same.
    """
    every = [(each.number, choose_former_number(each.formerly, year)) for each in indicators]
    own = {number: number for number, former in every if former is None}
    return own | {former: number for number, former in every if former not in (None, NONE)}
