"""The figures that an indicator's owner owes for a month's papers, and when they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import ReturnState

if TYPE_CHECKING:
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.series.records import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedFigure:
    """The figure owed for one month, and its state: received, missing or overdue."""

    month: Month
    state: ReturnState


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureReturn:
    """When the figure of a month was due, and when it came: the months of the two extracts.

    `returned` is None while it has not come.
    """

    month: Month
    due: Month
    returned: Month | None


def list_figure_returns(indicator: Indicator, series: Series) -> tuple[FigureReturn, ...]:
    """List the figures that were due by the series' month, in the order of their months."""
    return tuple(
        FigureReturn(
            month=month,
            due=month.add_months(indicator.arrears),
            returned=series.received.get(month),
        )
        for month in series.due
    )


def list_owed_figures(indicator: Indicator, series: Series) -> tuple[OwedFigure, ...]:
    """List the figures owed for the papers of the series' month, in the order of their months.

    They are this month's figures, received or missing, and the earlier ones that have not come
    yet, which are overdue. A figure is this month's where it is due by now and was not a month
    ago, with the indicator's arrears allowed for. A status that says that the figure is still to
    come (`TBC`) does not count as received; any other reason for having no figure does.
    """
    return tuple(
        OwedFigure(month=month, state=state)
        for month in series.due
        if (state := _choose_state(indicator, series, month))
    )


def _choose_state(indicator: Indicator, series: Series, month: Month) -> ReturnState | None:
    """The state of a month's figure; None where it is an earlier month's and has come."""
    is_this_months = month.add_months(indicator.arrears) == series.as_at
    if month not in series.received:
        return ReturnState.MISSING if is_this_months else ReturnState.OVERDUE
    return ReturnState.RECEIVED if is_this_months else None
