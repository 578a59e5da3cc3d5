"""What is due for a month's papers: from whom, what of it has come, and what is missing.

Knows the month as its papers do; how the list is written is `chaser`'s and `form`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from merton_kpi.core.periods import Month, format_date, format_date_and_time, format_period
from merton_kpi.core.vocabulary import ReturnState
from merton_kpi.scorecard.cells import Cell, compose_month_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.models import Catalogue, Indicator
    from merton_kpi.scorecard.records import Scorecard
    from merton_kpi.series.records import Series

NO_OWNER = "No owner is named"


@dataclass(frozen=True, kw_only=True, slots=True)
class DueItem:
    """One thing that is due: an indicator's figure for a period, or the commentary on it.

    `month` is the one that the figure is for, `period` its name: `Nov 2020`, `Q2`. `cell` is the
    figure as the papers print it, or the reason for none, which a figure still missing may have
    too; of commentary, the rating that wants it.
    """

    owner: str
    indicator: str
    title: str
    source: str
    month: Month
    period: str
    state: ReturnState
    cell: Cell

    @property
    def words(self) -> str:
        """What is in the cell: `96%`, `N/A - C19`, `TBC`, nothing."""
        return self.cell.printed


@dataclass(frozen=True, kw_only=True, slots=True)
class DueList:
    """All that is due for the papers of a month, in the index's order.

    `owners` and `sources` are all of the catalogue's, in order of first appearance, NO_OWNER last;
    `meeting` and `papers_due` are empty where the catalogue does not say.
    """

    panel: str
    month: Month
    meeting: str
    papers_due: str
    contact: str
    owners: tuple[str, ...]
    sources: tuple[str, ...]
    items: tuple[DueItem, ...]

    @property
    def by_owner(self) -> Iterator[tuple[str, tuple[DueItem, ...]]]:
        """Each owner with what is due from them; those from whom nothing is due are left out."""
        for owner in self.owners:
            items = tuple(each for each in self.items if each.owner == owner)
            if items:
                yield owner, items

    def narrow(self, *, owner: str | None = None, source: str | None = None) -> DueList:
        """The part of it that is due from one owner, or comes from one source, or both."""
        return replace(
            self,
            items=tuple(
                each
                for each in self.items
                if owner in (None, each.owner) and source in (None, each.source)
            ),
        )


def list_due_items(catalogue: Catalogue, series: Mapping[str, Series], card: Scorecard) -> DueList:
    """List what is due for a scorecard's papers: this month's figures, and any still missing.

    A figure is this month's where it is due by now and was not a month ago, arrears allowed for.
    One that is only said to be still to come is missing.
    An amber or red indicator owes its commentary too.
    """
    uncommented = {row.number: row.verdict.label for row in card.uncommented}
    items = (
        item
        for each in catalogue.indicators
        for item in (
            *_list_figures(each, series[each.number], card.month),
            *_list_commentary(each, uncommented, card.month),
        )
    )
    owners = dict.fromkeys(each.owner for each in catalogue.indicators if each.owner)
    meeting = catalogue.meeting_for(card.month)
    due = meeting.papers_due if meeting else None
    return DueList(
        panel=catalogue.panel,
        month=card.month,
        meeting=format_date(meeting.date) if meeting else "",
        papers_due=format_date_and_time(due) if due else "",
        contact=catalogue.contact_officer,
        owners=(*owners, NO_OWNER),
        sources=tuple(dict.fromkeys(each.source for each in catalogue.indicators if each.source)),
        items=tuple(items),
    )


def _list_figures(indicator: Indicator, series: Series, as_at: Month) -> Iterator[DueItem]:
    for month in series.due:
        is_new = month.plus(indicator.arrears) == as_at
        given = series.figures.get(month)
        cell = compose_month_cell(indicator, series, month) if given else Cell(unit=indicator.unit)
        if given is None or (given.status and given.status.is_still_to_come):
            yield _item(
                indicator, month, ReturnState.MISSING if is_new else ReturnState.OVERDUE, cell
            )
        elif is_new:
            yield _item(indicator, month, ReturnState.RECEIVED, cell)


def _list_commentary(
    indicator: Indicator, uncommented: Mapping[str, str], as_at: Month
) -> Iterator[DueItem]:
    if indicator.number in uncommented:
        cell = Cell(unit=indicator.unit, words=uncommented[indicator.number])
        yield _item(indicator, as_at, ReturnState.COMMENTARY, cell)


def _item(indicator: Indicator, month: Month, state: ReturnState, cell: Cell) -> DueItem:
    return DueItem(
        owner=indicator.owner or NO_OWNER,
        indicator=indicator.number,
        title=indicator.title,
        source=indicator.source or "",
        month=month,
        period=format_period(month, indicator.frequency),
        state=state,
        cell=cell,
    )
