"""The bands of limits in words: which figures are blue, green, amber and red."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.ratings import BEST_TO_WORST, Rating
from merton_kpi.core.vocabulary import Polarity
from merton_kpi.rating.rounding import format_limit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.rating.band_limits import Bound
    from merton_kpi.rating.limits import Limits


@dataclass(frozen=True, kw_only=True, slots=True)
class _Band:
    """One band of a bound: it begins at the limit, or just past it unless `is_included`."""

    rating: Rating
    limit: Decimal
    is_included: bool = True


def format_bands(limits: Limits, indicator: Indicator) -> tuple[tuple[Rating, str], ...]:
    """Each rating that figures can have by these limits, best first, with the figures in words."""
    by_bound = [dict(_format_bound(indicator, bound)) for bound in limits.bounds]
    bands = []
    for rating in BEST_TO_WORST:
        words = [each[rating] for each in by_bound if rating in each]
        if rating is Rating.GREEN and len(limits.bounds) == 2:
            words = [" to ".join(format_limit(indicator, bound.green) for bound in limits.bounds)]
        if words:
            bands.append((rating, ", or ".join(words)))
    return tuple(bands)


def _format_bound(indicator: Indicator, bound: Bound) -> Iterator[tuple[Rating, str]]:
    """The bands of one bound, best first; each but the first also says where the one above ends."""
    better: _Band | None = None
    for band in _list_bands(bound):
        yield band.rating, _format_band(indicator, bound, band, better)
        better = band
    assert better is not None
    yield Rating.RED, _format_worse(indicator, bound, better)


def _list_bands(bound: Bound) -> Iterator[_Band]:
    if bound.blue is not None:
        yield _Band(rating=Rating.BLUE, limit=bound.blue)
    yield _Band(rating=Rating.GREEN, limit=bound.green, is_included=not bound.is_strict)
    if bound.amber is not None:
        yield _Band(rating=Rating.AMBER, limit=bound.amber)


def _format_band(indicator: Indicator, bound: Bound, band: _Band, better: _Band | None) -> str:
    """A band's figures: those that reach its limit, and no limit of the better band."""
    shown = format_limit(indicator, band.limit)
    is_higher_better = bound.polarity is Polarity.HIGHER_IS_BETTER
    more = "more" if is_higher_better else "less"
    words = f"{shown} or {more}" if band.is_included else f"{more} than {shown}"
    if better is None:
        return words
    if band.is_included and not is_higher_better:
        return f"{_format_worse(indicator, bound, better)}, up to {shown}"
    if band.is_included and not better.is_included:
        return f"{shown} to {format_limit(indicator, better.limit)}"
    return f"{words}, but {_format_worse(indicator, bound, better)}"


def _format_worse(indicator: Indicator, bound: Bound, band: _Band) -> str:
    """The figures that are worse than a band."""
    less = "less" if bound.polarity is Polarity.HIGHER_IS_BETTER else "more"
    shown = format_limit(indicator, band.limit)
    return f"{less} than {shown}" if band.is_included else f"{shown} or {less}"
