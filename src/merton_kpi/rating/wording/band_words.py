"""The bands of limits in words: which figures are blue, green, amber and red."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.ratings import BEST_TO_WORST, Rating
from merton_kpi.core.vocabulary import Polarity
from merton_kpi.rating.rounding import format_limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.rating.band_limits import Bound
    from merton_kpi.rating.limits import Limits


@dataclass(frozen=True, kw_only=True, slots=True)
class _Band:
    """One band of a bound: it begins at the limit `shown`, or just past it unless `is_included`."""

    rating: Rating
    shown: str
    is_included: bool = True


def format_bands(limits: Limits, indicator: Indicator) -> tuple[tuple[Rating, str], ...]:
    """Each rating that figures can have by these limits, best first, with the figures in words."""
    by_bound = [dict(_format_bound(indicator, bound, limits.decimals)) for bound in limits.bounds]
    bands = []
    for rating in BEST_TO_WORST:
        words = [each[rating] for each in by_bound if rating in each]
        if rating is Rating.GREEN and len(limits.bounds) == 2:
            ends = (format_limit(indicator, each.green, limits.decimals) for each in limits.bounds)
            words = [" to ".join(ends)]
        if words:
            bands.append((rating, ", or ".join(words)))
    return tuple(bands)


def _format_bound(
    indicator: Indicator, bound: Bound, decimals: int
) -> Iterator[tuple[Rating, str]]:
    """The bands of one bound, best first; each but the first also says where the one above ends."""
    better: _Band | None = None
    for band in _list_bands(indicator, bound, decimals):
        yield band.rating, _format_band(bound, band, better)
        better = band
    assert better is not None
    yield Rating.RED, _format_worse(bound, better)


def _list_bands(indicator: Indicator, bound: Bound, decimals: int) -> Iterator[_Band]:
    if bound.blue is not None:
        yield _Band(rating=Rating.BLUE, shown=format_limit(indicator, bound.blue, decimals))
    green = format_limit(indicator, bound.green, decimals)
    yield _Band(rating=Rating.GREEN, shown=green, is_included=not bound.is_strict)
    if bound.amber is not None:
        amber = format_limit(indicator, bound.amber, decimals)
        yield _Band(rating=Rating.AMBER, shown=amber, is_included=not bound.is_amber_strict)


def _format_band(bound: Bound, band: _Band, better: _Band | None) -> str:
    """A band's figures: those that reach its limit, and no limit of the better band."""
    is_higher_better = bound.polarity is Polarity.HIGHER_IS_BETTER
    more = "more" if is_higher_better else "less"
    words = f"{band.shown} or {more}" if band.is_included else f"{more} than {band.shown}"
    if better is None:
        return words
    if band.is_included and not is_higher_better:
        return f"{_format_worse(bound, better)}, up to {band.shown}"
    if band.is_included and not better.is_included:
        return f"{band.shown} to {better.shown}"
    return f"{words}, but {_format_worse(bound, better)}"


def _format_worse(bound: Bound, band: _Band) -> str:
    """The figures that are worse than a band."""
    less = "less" if bound.polarity is Polarity.HIGHER_IS_BETTER else "more"
    return f"{less} than {band.shown}" if band.is_included else f"{band.shown} or {less}"
