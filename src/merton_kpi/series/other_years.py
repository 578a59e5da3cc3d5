"""Rows of extracts that another year's papers use.

Figures in arrears of a year come in the first extracts of the next, beside the next year's own
figures. Both years' catalogues read these extracts, and each passes over the rows of the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.periods import FinancialYear

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation


def select_own_rows(
    catalogue: Catalogue, observations: Iterable[Observation]
) -> Iterator[Observation]:
    """Select the rows for the catalogue's year, and those that are right for no year.

    Passed over are rows for months after the year's end. Of the year before, they are rows for an
    indicator that the catalogue does not have any more, and, as long as last year's figures came
    by this year's arrears, rows for one with arrears and last year's own figures.
    """
    year, last_year = catalogue.financial_year, catalogue.financial_year.add_years(-1)
    year_end, last_due = year.months[-1], catalogue.months_reported[-1].add_months(-12)
    in_arrears = {each.number: each.arrears > 0 for each in catalogue.indicators}
    for each in observations:
        is_expected = each.year is not None or in_arrears.get(each.indicator, False)
        is_late = each.known <= last_due and is_expected
        is_of_last_year = FinancialYear.of(each.month) == last_year and (
            is_late or each.indicator not in in_arrears
        )
        if each.month <= year_end and not is_of_last_year:
            yield each
