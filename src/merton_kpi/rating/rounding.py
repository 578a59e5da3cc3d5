"""How figures are rounded before they are rated or printed, and limits before they are printed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.core.rounding import round_half_up, strip_zeros
from merton_kpi.core.vocabulary import Polarity
from merton_kpi.series.worked_out import count_worked_out_decimals

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def round_limit_inwards(limit: Decimal, decimals: int, polarity: Polarity) -> Decimal:
    """Round a limit as round_limit does, but never to the side where the band is missed.

    So a figure, which has fewer decimals, is on the same side of it as of the exact limit: amber
    that begins at 11.0012 begins at 11.01, and 11 is below it.
    """
    rounded = round_limit(limit, decimals)
    step = Decimal(1).scaleb(-decimals)
    if polarity is Polarity.HIGHER_IS_BETTER:
        return rounded + step if rounded < limit else rounded
    return rounded - step if rounded > limit else rounded
