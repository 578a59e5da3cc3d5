"""Rows of extracts that another year's papers use.

Figures in arrears of a year come in the first extracts of the next, beside the next year's own
figures. Both years' catalogues read these extracts, and each passes over the rows of the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.catalogue.relations.former_numbers import list_numbers_of_year
from merton_kpi.core.periods import FinancialYear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation


def split_by_year(
    catalogue: Catalogue, observations: Iterable[Observation]
) -> tuple[tuple[Observation, ...], tuple[Observation, ...]]:
    """Split rows into those for the catalogue's year, or right for none, and another year's.

    Another year's are rows for months after the year's end. Of the year before, they are rows for
    an indicator that the catalogue does not have any more, and, as long as last year's figures came
    by this year's arrears, rows for one with arrears and last year's own figures. Rows of that year
    have the numbers that the indicators had then.
    """
    own: list[Observation] = []
    others: list[Observation] = []
    is_other = _compose_test(catalogue)
    for each in observations:
        (others if is_other(each) else own).append(each)
    return tuple(own), tuple(others)


def _compose_test(catalogue: Catalogue) -> Callable[[Observation], bool]:
    """The test whether only another year's papers use a row."""
    year, last_year = catalogue.financial_year, catalogue.financial_year.add_years(-1)
    year_end, last_due = year.months[-1], catalogue.months_reported[-1].add_months(-12)
    arrears = {each.number: each.arrears for each in catalogue.indicators}
    numbers = list_numbers_of_year(catalogue.indicators, last_year)
    in_arrears = {then: arrears[now] > 0 for then, now in numbers.items()}

    def is_other(each: Observation) -> bool:
        if each.month > year_end or FinancialYear.of(each.month) != last_year:
            return each.month > year_end
        is_expected = each.year is not None or in_arrears.get(each.indicator, False)
        return each.indicator not in arrears or (each.known <= last_due and is_expected)

    return is_other
