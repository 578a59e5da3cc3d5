"""The totals of figures that `kpi` adds up since the year began, as they are shown.

Totals are worked out from the true figures. Which of the periods' own figures are hidden is decided
apart from which totals are: a total can be shown although one of its periods is hidden, or be
hidden although all of them are shown. Where a period has no figure, no total from it on is known
until the next year begins. A period without cases adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.core.rounding import round_to_multiple
from merton_kpi.core.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """The sum of a year's periods up to a month, as it is shown, and what it was added up from.

    `figure` is None where the total is hidden or not known. It may be rounded, and is then not the
    sum of its parts. `parts` has what each period adds, in their order; None where its figure is
    hidden. `gaps` are the periods that have no figure, so that the total is not known. `status`
    qualifies the figure, or is the reason that is printed in its place.
    """

    month: Month
    figure: Decimal | None = None
    parts: Mapping[Month, Decimal | None] = field(default_factory=dict)
    gaps: tuple[Month, ...] = ()
    status: Status | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether there is a total that must not be shown."""
        return self.figure is None and self.status is not None and self.status.is_suppressed

    @property
    def hidden_parts(self) -> tuple[Month, ...]:
        """The periods whose own figure is not shown."""
        return tuple(month for month, part in self.parts.items() if part is None)

    @property
    def parts_shown(self) -> tuple[Decimal, ...]:
        """What the periods add whose own figure is shown."""
        return tuple(part for part in self.parts.values() if part is not None)

    @property
    def are_parts_shown(self) -> bool:
        """Whether every period has a figure that is shown."""
        return bool(self.parts) and not self.gaps and not self.hidden_parts

    def restore_part(self, old: Observation) -> Total:
        """The total as it would be with the figure that one of its periods had before.

        It follows from the total where the period's figure is shown both now and then, or else
        from the parts if all of them are shown; if neither is so, it is not known.

        Args:
            old: The row that gave the figure, shown or suppressed.
        """
        month = old.month
        if month not in self.parts and month not in self.gaps:
            return self
        now, then = self.parts.get(month), select_part(old)
        given = old.status if month == self.month and not self.is_hidden else self.status
        parts = dict(sorted({**self.parts, month: then}.items()))
        gaps = tuple(each for each in self.gaps if each != month)
        figure = None
        if now is None:
            figure = None if gaps else _add_up(parts)
        elif then is not None and self.figure is not None:
            figure = self.figure - now + then
        status = _choose_status(given, figure, parts)
        return replace(self, figure=figure, parts=parts, gaps=gaps, status=status)


def compose_totals(
    indicator: Indicator,
    figures: Mapping[Month, Observation],
    due: Iterable[Month],
    hidden_months: Collection[Month] = (),
    hidden_totals: Collection[Month] = (),
) -> Mapping[Month, Total] | None:
    """Compose the total of each month that has a figure or that one is due for.

    Args:
        indicator: Whose figures they are; unless they are added up, there are no totals (None).
        figures: The true figures in force, by month.
        due: The months whose figure is due.
        hidden_months: The months whose own figure is not shown.
        hidden_totals: The months whose total is not shown.
    """
    if not indicator.is_added_up:
        return None
    totals = {}
    for month in sorted({*figures, *due}):
        total = _compose_total(indicator, figures, month)
        shown = {each: None if each in hidden_months else p for each, p in total.parts.items()}
        totals[month] = replace(total, parts=shown)
        if month in hidden_totals:
            status = Status.SUPPRESSED_WITH_ANOTHER
            totals[month] = replace(totals[month], figure=None, status=status)
    return totals


def round_total(total: Total, base: int) -> Total:
    """A total as it is shown: rounded from the true sum, as its parts are by themselves."""
    parts = {
        month: None if part is None else round_to_multiple(part, base)
        for month, part in total.parts.items()
    }
    figure = None if total.figure is None else round_to_multiple(total.figure, base)
    return replace(total, figure=figure, parts=parts)


def add_up_earlier_months(indicator: Indicator, month: Month) -> Decimal | None:
    """Last year's figure for a month, from `earlier_months`; None where it is not known.

    Of figures that are added up it is the sum since that year began.
    """
    if not indicator.is_added_up:
        return indicator.earlier_months.get(month)
    return _add_up({m: indicator.earlier_months.get(m) for m in indicator.list_periods_to(month)})


def list_earlier_gaps(indicator: Indicator, month: Month) -> tuple[Month, ...]:
    """The months without a figure in `earlier_months`, so that last year's is not known."""
    periods = indicator.list_periods_to(month) if indicator.is_added_up else (month,)
    return tuple(each for each in periods if each not in indicator.earlier_months)


def select_part(given: Observation) -> Decimal | None:
    """What a month's own figure adds to a sum: 0 where there were no cases."""
    return Decimal(0) if given.status is Status.NO_CASES else given.value


def _compose_total(
    indicator: Indicator, figures: Mapping[Month, Observation], month: Month
) -> Total:
    """The true total of a month, of whose parts only those that the service suppressed are hidden.

    In a month that no figure is due for there is none.
    """
    parts, gaps = {}, []
    for each in indicator.list_periods_to(month) if indicator.is_due(month) else ():
        part = _select_figure(indicator, figures, each)
        if part is None and not _is_suppressed(figures.get(each)):
            gaps.append(each)
        else:
            parts[each] = part
    figure = None if gaps else _add_up(parts)
    given = figures.get(month)
    status = _choose_status(given.status if given else None, figure, parts)
    return Total(month=month, figure=figure, parts=parts, gaps=tuple(gaps), status=status)


def _add_up(parts: Mapping[Month, Decimal | None]) -> Decimal | None:
    """The sum of parts, as exact as they are; None where one is not known, or there are none."""
    known = [part for part in parts.values() if part is not None]
    return sum(known[1:], known[0]) if known and len(known) == len(parts) else None


def _choose_status(
    given: Status | None, figure: Decimal | None, parts: Mapping[Month, Decimal | None]
) -> Status | None:
    """The status of a total; `given` is that of its last period.

    A reason for no figure is none for a total that is known.
    """
    if figure is None and None in parts.values():
        return Status.SUPPRESSED_WITH_ANOTHER
    is_known = figure is not None
    return given if given and given.qualifies_a_figure == is_known else None


def _select_figure(
    indicator: Indicator, figures: Mapping[Month, Observation], month: Month
) -> Decimal | None:
    """A month's part of a sum.

    Before April, where an academic year began then, it is last year's.
    """
    given = figures.get(month)
    if given is None:
        return indicator.earlier_months.get(month)
    return select_part(given)


def _is_suppressed(given: Observation | None) -> bool:
    return bool(given and given.status and given.status.is_suppressed)
