"""Who returned what when in the year so far, by the months of the extracts.

It needs no figures, so that a hidden one cannot be in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from merton_kpi.core.periods import Month, format_period
from merton_kpi.returns.due import NO_OWNER, list_owners
from merton_kpi.scorecard.assess import match_inputs
from merton_kpi.series.owed import list_figure_returns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.issues import Issue
    from merton_kpi.loading.inputs import Inputs
    from merton_kpi.series.owed import FigureReturn


class Timing(Enum):
    """Whether a figure came in time, as the history's CSV prints it."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnHistoryItem:
    """One figure that was due, and when it came.

    `month` is the one that the figure is for, `period` its name. `due` and `returned` are the
    extract in which it was due and the one in which it came (None: not yet). `months_late` counts
    to the month of the history for a figure that has not come.
    """

    owner: str
    indicator: str
    title: str
    service: str
    source: str
    month: Month
    period: str
    due: Month
    returned: Month | None
    months_late: int

    @property
    def timing(self) -> Timing:
        """Whether it came in time."""
        if self.returned is None:
            return Timing.MISSING
        return Timing.LATE if self.months_late else Timing.ON_TIME


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnHistory:
    """Every figure that was due in the year so far, in the index's order; `owners` as in DueList.

    `span` is what the papers of its month cover, in words.
    """

    panel: str
    span: str
    owners: tuple[str, ...]
    items: tuple[ReturnHistoryItem, ...]

    @property
    def by_owner(self) -> Iterator[tuple[str, tuple[ReturnHistoryItem, ...]]]:
        """Each owner from whom a figure was due, with these figures in the order of their dues."""
        for owner in self.owners:
            items = [each for each in self.items if each.owner == owner]
            if items:
                yield owner, tuple(sorted(items, key=lambda each: each.due))

    def filter(self, *, owner: str | None = None, service: str | None = None) -> ReturnHistory:
        """The part of it that is of this owner and of this service."""
        items = (
            each
            for each in self.items
            if owner in (None, each.owner) and service in (None, each.service)
        )
        return replace(self, items=tuple(items))


def compose_history(inputs: Inputs) -> tuple[ReturnHistory | None, tuple[Issue, ...]]:
    """List when each figure came that was due by the inputs' month.

    None, with the issues, where an observation has no match.
    """
    catalogue, month = inputs.catalogue, inputs.month
    series, issues = match_inputs(inputs, month)
    if series is None:
        return None, issues
    history = ReturnHistory(
        panel=catalogue.panel,
        span=catalogue.financial_year.format_span_in_words(month),
        owners=list_owners(catalogue),
        items=tuple(
            _compose_item(indicator, figure, month)
            for indicator in catalogue.indicators
            for figure in list_figure_returns(indicator, series[indicator.number])
        ),
    )
    return history, issues


def count_timing(items: Iterable[ReturnHistoryItem], timing: Timing) -> int:
    """How many of the figures came so."""
    return sum(each.timing is timing for each in items)


def _compose_item(indicator: Indicator, figure: FigureReturn, as_at: Month) -> ReturnHistoryItem:
    late = (figure.returned or as_at).months_since(figure.due)
    return ReturnHistoryItem(
        owner=indicator.owner or NO_OWNER,
        indicator=indicator.number,
        title=indicator.title,
        service=indicator.service or "",
        source=indicator.source or "",
        month=figure.month,
        period=format_period(figure.month, indicator.frequency),
        due=figure.due,
        returned=figure.returned,
        months_late=max(late, 0),  # a figure in arrears may come before it is due
    )
