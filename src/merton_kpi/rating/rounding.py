"""How figures are rounded before they are rated or printed, and limits before they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.rounding import round_half_up, strip_zeros

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator


def round_as_printed(indicator: Indicator, figure: Decimal) -> Decimal:
    """A figure as every paper prints it, and as it is rated."""
    return round_half_up(figure, indicator.decimals)


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
