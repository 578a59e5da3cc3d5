"""How figures are rounded before they are rated or printed, and limits before they are printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from merton_kpi.catalogue.indicator import Indicator


def round_half_up(figure: Decimal, decimals: int) -> Decimal:
    """Round to a number of decimals, a half away from zero: 2.5 to 3, -2.5 to -3; never to -0.

    With -2 decimals the figure is rounded to hundreds. A figure may have any number of digits:
    `quantize` alone refuses a result of more than 28.
    """
    digits = max(1, figure.adjusted() + decimals + 2)  # of the result, one more if it rounds up
    rounded = figure.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=digits))
    return rounded or abs(rounded)


def strip_zeros(figure: Decimal) -> Decimal:
    """Remove the zeros at a figure's end: 9.50 becomes 9.5, and 10.0 is printed as 10 by `:f`."""
    return figure.normalize()


def format_limit(indicator: Indicator, limit: Decimal) -> str:
    """A limit as the papers print it, in the indicator's unit."""
    return indicator.unit.format_figure(round_limit(indicator, limit))


def round_limit(indicator: Indicator, limit: Decimal) -> Decimal:
    """Round a limit to two decimals more than the indicator's figures; shorter ones stay exact.

    Figures have fewer decimals, so none can look equal to a limit that it is not equal to.
    """
    rounded = round_half_up(limit, indicator.decimals + 2)
    exact = strip_zeros(limit)
    return exact if len(f"{exact:f}") <= len(f"{rounded:f}") else rounded
