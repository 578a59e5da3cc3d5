"""What is due for a month's papers: from whom, what was received and what is missing.

`reminder` and `blank_extract` print it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from merton_kpi.catalogue.meetings import format_meeting
from merton_kpi.core.periods import Month, format_date_and_time, format_period
from merton_kpi.core.vocabulary import ReturnState
from merton_kpi.returns.deadlines import work_out_deadline
from merton_kpi.scorecard.assess import assess_indicators
from merton_kpi.scorecard.cells import Cell, compose_month_cell
from merton_kpi.series.owed import list_owed_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.issues import Issue
    from merton_kpi.loading.inputs import Inputs
    from merton_kpi.scorecard.assess import AssessedIndicator

NO_OWNER = "No owner is named"


@dataclass(frozen=True, kw_only=True, slots=True)
class DueItem:
    """One thing that is due: an indicator's figure for a period, or the commentary on it.

    `month` is the one that the figure is for, `period` its name: `Nov 2020`, `Q2`. `cell` is the
    figure as the papers print it, or the reason for none, which a missing figure may have too; of
    commentary, the rating that needs it. With `needs_judgement`, what is due is not a figure but
    an officer's judgement.
    """

    owner: str
    indicator: str
    title: str
    service: str
    source: str
    month: Month
    period: str
    state: ReturnState
    cell: Cell
    needs_judgement: bool = False

    @property
    def words(self) -> str:
        """What is in the cell: `96%`, `N/A - C19`, `TBC`, nothing."""
        return self.cell.printed


@dataclass(frozen=True, kw_only=True, slots=True)
class DueList:
    """All that is due for the papers of a month, in the index's order.

    `span` is what the papers cover, in words. `owners` and `sources` are all of the catalogue's, in
    order of first appearance, NO_OWNER last; `meeting` and `papers_due` are empty where the
    catalogue does not say.
    """

    panel: str
    month: Month
    span: str
    meeting: str
    papers_due: str
    contact: str
    owners: tuple[str, ...]
    sources: tuple[str, ...]
    items: tuple[DueItem, ...]

    @property
    def title(self) -> str:
        """What it is a list of: `Due for the papers of November 2020`."""
        return f"Due for the papers of {self.span}"

    @property
    def by_owner(self) -> Iterator[tuple[str, tuple[DueItem, ...]]]:
        """Each owner with what is due from them; those from whom nothing is due are left out."""
        for owner in self.owners:
            items = tuple(each for each in self.items if each.owner == owner)
            if items:
                yield owner, items

    def filter(
        self,
        *,
        owner: str | None = None,
        service: str | None = None,
        source: str | None = None,
    ) -> DueList:
        """The part of it that is due from this owner, of this service and from this source."""
        return replace(
            self,
            items=tuple(
                each
                for each in self.items
                if owner in (None, each.owner)
                and service in (None, each.service)
                and source in (None, each.source)
            ),
        )


def compose_due_list(inputs: Inputs) -> tuple[DueList | None, tuple[Issue, ...]]:
    """List what is due for the papers of the inputs' month: its figures, and any still missing.

    `series.owed` decides which figures those are. An amber or red indicator also needs commentary.
    None, with the issues, where an observation has no match.
    """
    catalogue, month = inputs.catalogue, inputs.month
    assessed, issues = assess_indicators(inputs, month)
    if assessed is None:
        return None, issues
    items = (
        item
        for each in assessed.values()
        for item in (
            *_list_figures(each),
            *_list_commentary(each, month),
        )
    )
    meeting = catalogue.meeting_for(month)
    due = work_out_deadline(catalogue, meeting) if meeting else None
    dues = DueList(
        panel=catalogue.panel,
        month=month,
        span=catalogue.financial_year.format_span_in_words(month),
        meeting=format_meeting(meeting) if meeting else "",
        papers_due=format_date_and_time(due) if due else "",
        contact=catalogue.contact_officer,
        owners=list_owners(catalogue),
        sources=tuple(dict.fromkeys(each.source for each in catalogue.indicators if each.source)),
        items=tuple(items),
    )
    return dues, issues


def list_owners(catalogue: Catalogue) -> tuple[str, ...]:
    """The owners of a catalogue's indicators in order of first appearance, NO_OWNER last."""
    owners = dict.fromkeys(each.owner for each in catalogue.indicators if each.owner)
    return (*owners, NO_OWNER)


def _list_figures(assessed: AssessedIndicator) -> Iterator[DueItem]:
    indicator, series = assessed.indicator, assessed.series
    words = assessed.assessment.scale.words
    for owed in list_owed_figures(indicator, series):
        cell = Cell(unit=indicator.unit)
        given = series.figures.get(owed.month)
        if given and given.judgement and indicator.needs_judgement:
            # The month's cell would have the figure, if one came with the judgement.
            cell = Cell(unit=indicator.unit, words=words.format_word(given.judgement.rating))
        elif given:
            cell = compose_month_cell(indicator, series, owed.month, words)
        yield _compose_item(indicator, owed.month, owed.state, cell)


def _list_commentary(assessed: AssessedIndicator, as_at: Month) -> Iterator[DueItem]:
    if assessed.owes_commentary:
        indicator = assessed.indicator
        label = assessed.assessment.verdict.label
        words = f"{label}, worsening" if assessed.is_worsening_exception else label
        cell = Cell(unit=indicator.unit, words=words)
        yield _compose_item(indicator, as_at, ReturnState.COMMENTARY, cell)


def _compose_item(indicator: Indicator, month: Month, state: ReturnState, cell: Cell) -> DueItem:
    return DueItem(
        owner=indicator.owner or NO_OWNER,
        indicator=indicator.number,
        title=indicator.title,
        service=indicator.service or "",
        source=indicator.source or "",
        month=month,
        period=format_period(month, indicator.frequency),
        state=state,
        cell=cell,
        needs_judgement=indicator.needs_judgement,
    )
