"""How figures are rounded before they are rated or printed, and limits before they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.rounding import round_half_up, strip_zeros
from merton_kpi.series.worked_out import count_worked_out_decimals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator


def round_as_printed(indicator: Indicator, figure: Decimal) -> Decimal:
    """A figure as every paper prints it, and as it is rated.

    It is rounded half up to the indicator's `decimals`. Without that key it is as it was written.
    """
    return figure if indicator.decimals is None else round_half_up(figure, indicator.decimals)


def count_limit_decimals(indicator: Indicator, figures: Iterable[Decimal] = ()) -> int:
    """How many decimals a limit is printed with at most: two more than the year's figures have.

    Figures have fewer decimals, so none can look equal to a limit that it is not equal to.
    """
    return count_worked_out_decimals(indicator, figures) + 2


def format_limit(indicator: Indicator, limit: Decimal, decimals: int | None = None) -> str:
    """A limit as the papers print it, in the indicator's unit.

    Without `decimals` it has as many as count_limit_decimals says of the indicator alone.
    """
    most = count_limit_decimals(indicator) if decimals is None else decimals
    return indicator.unit.format_figure(round_limit(limit, most))


def round_limit(limit: Decimal, decimals: int) -> Decimal:
    """Round a limit to a number of decimals; one with fewer stays exact, without zeros at its end.

    `decimals` is what count_limit_decimals gives.
    """
    rounded = round_half_up(limit, decimals)
    exact = strip_zeros(limit)
    return exact if len(f"{exact:f}") <= len(f"{rounded:f}") else rounded
