"""The limits at the two ends of a target that is a range."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.catalogue.bands import BandError, Edge, Sides
from merton_kpi.core.vocabulary import Polarity
from merton_kpi.rating.band_limits import (
    DueTarget,
    add_earlier_amber,
    select_last_year,
    work_out_bound,
)

if TYPE_CHECKING:
    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.rating.band_limits import Bound, EarlierFigure

# At a range's lower end higher is better, at its upper end lower is.
_POLARITIES = (Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER)


def work_out_range(
    indicator: Indicator, ends: tuple[Decimal, Decimal], scale: Scale, month: Month
) -> tuple[Bound, Bound]:
    """The limits at both ends of a range: green between them, amber beyond either, and no blue."""
    earlier = select_last_year(indicator, month)
    bounds: list[Bound] = []
    for end, side, polarity in zip(ends, ("below", "above"), _POLARITIES, strict=True):
        on_side = _select_side(scale, side, ends)
        bound = work_out_bound(indicator, on_side, DueTarget(total=end), polarity, is_strict=False)
        if on_side.is_by_earlier:
            limit = _work_out_equally_near(bound, earlier, ends)
            bound = add_earlier_amber(bound, earlier, limit)
        bounds.append(bound)
    lower, upper = bounds
    return lower, upper


def format_range_name(indicator: Indicator, ends: tuple[Decimal, Decimal]) -> str:
    """A range as a sentence names it: `the target range of 12% to 20%`."""
    return f"the target range of {' to '.join(map(indicator.unit.format_figure, ends))}"


def _select_side(scale: Scale, side: str, ends: tuple[Decimal, Decimal]) -> Scale:
    """The bands on one side of a range.

    Raises:
        BandError: A band begins at one figure, which does not say on which side.
    """
    found: dict[str, Edge | None] = {}
    for name, band in (("amber", scale.amber), ("green", scale.green)):
        if isinstance(band, Edge) and band.start is not None:
            raise BandError(_explain_from(name, band.start, ends), name)
        on_side = getattr(band, side) if isinstance(band, Sides) else band
        found[name] = None if on_side == "none" else on_side
    return replace(scale, amber=found["amber"], green=found["green"], blue=None)


def _explain_from(name: str, start: Decimal, ends: tuple[Decimal, Decimal]) -> str:
    """Why `from` cannot be used for a range, with what to write: as far away on each side."""
    low, high = ends
    away = max(low - start, start - high, Decimal(0)) or Decimal(1)
    form = f"{{below: {{from: {low - away:f}}}, above: {{from: {high + away:f}}}}}"
    return f"'from' does not say on which side of the range it is; write {name}: {form}"


def _work_out_equally_near(
    bound: Bound, earlier: EarlierFigure, ends: tuple[Decimal, Decimal]
) -> Decimal | None:
    """Where a figure on a bound's side is just as near to the range as an earlier figure was."""
    if earlier.figure is None:
        return None
    low, high = ends
    away = max(low - earlier.figure, earlier.figure - high, Decimal(0))
    return (
        bound.target - away if bound.polarity is Polarity.HIGHER_IS_BETTER else bound.target + away
    )
