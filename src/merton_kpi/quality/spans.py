"""What a reader knows of counts that are shown or hidden, and whether one is the sum of others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from merton_kpi.catalogue.entries import SMALL_NUMBERS
from merton_kpi.core.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation

# A period with a hidden figure agrees by chance more often than one in which all are shown.
ALL_SHOWN, ONE_HIDDEN = 2, 1


@dataclass(frozen=True, slots=True)
class Span:
    """What a reader knows of a count: from `least` to `most` (None: no end is known).

    `small` is the largest small count that a hidden one can be; 0 for one that is shown.
    """

    least: Decimal | int
    most: Decimal | int | None
    small: int = 0


# A total and its parts in one period.
Sum: TypeAlias = "tuple[Span, list[Span]]"


def read_span(indicator: Indicator, each: Observation, count: Decimal | None) -> Span | None:
    """What a reader knows of a row's count, which may be rounded or hidden."""
    level = indicator.suppression
    if each.status and each.status.is_suppressed:
        small = (level or SMALL_NUMBERS).below - 1
        # `<5` says that it is a small count; `Suppressed` does not.
        is_small = each.status is Status.SUPPRESSED and indicator.unit.can_be_count
        return Span(1, small, small) if is_small else Span(0, None, small)
    if count is None:
        return None
    if level and level.round_to:
        half = level.round_to // 2
        return Span(max(count - half, Decimal()), count + half)
    return Span(count, count)


def list_sums(wholes: Mapping[Month, Span], parts: Sequence[Mapping[Month, Span]]) -> Iterator[Sum]:
    """A total and its parts, for each period that all of them have."""
    for month, whole in wholes.items():
        spans = [each[month] for each in parts if month in each]
        if len(spans) == len(parts):
            yield whole, spans


def list_agreements(sums: Iterable[Sum], nonzero: int = 1) -> list[int]:
    """What each period that agrees counts for; nothing where a period contradicts."""
    agreed = []
    for whole, parts in sums:
        points = _compare_sum(whole, parts, nonzero)
        if points is None:
            return []
        if points:
            agreed.append(points)
    return agreed


def _compare_sum(whole: Span, parts: Sequence[Span], nonzero: int) -> int | None:
    """What a period counts for; None where the figures shown say that it is not the sum.

    It counts for nothing where fewer parts than `nonzero` are more than zero, or where more than
    one figure is hidden.
    """
    least = sum(each.least for each in parts)
    ends = [each.most for each in parts if each.most is not None]
    most = sum(ends) if len(ends) == len(parts) else None
    is_above = whole.most is not None and least > whole.most
    if is_above or (most is not None and most < whole.least):
        return None
    hidden = [each for each in (whole, *parts) if each.small]
    if len(hidden) > 1 or sum(each.most != 0 for each in parts) < nonzero:
        return 0
    if not hidden:
        is_exact = least == most and whole.least == whole.most
        return ALL_SHOWN if is_exact else ONE_HIDDEN
    return ONE_HIDDEN if _can_be_small(whole, parts) else 0


def _can_be_small(whole: Span, parts: Sequence[Span]) -> bool:
    """Whether the one hidden figure would be a small count, if the whole is the sum."""
    shown = [each for each in parts if not each.small]
    least, most = sum(each.least for each in shown), sum(each.most or 0 for each in shown)
    if whole.small:
        return most >= 1 and least <= whole.small
    small = sum(each.small for each in parts)  # the others' are 0
    assert whole.most is not None
    return whole.most - least >= 1 and whole.least - most <= small
