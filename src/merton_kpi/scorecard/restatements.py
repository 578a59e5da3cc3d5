"""Figures that were corrected after a month, why, and the ratings that this changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.rating.rate import rate
from merton_kpi.series.records import format_observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.core.periods import Month
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.series.records import Restatement


@dataclass(frozen=True, kw_only=True, slots=True)
class RestatementRow:
    """A restatement as the report lists it, every part in words.

    `month` is the one that the figure is for. `rating` is empty where the rating is the same as it
    would have been without the correction.
    """

    number: str
    title: str
    month: Month
    old: str
    new: str
    why: str
    rating: str

    @property
    def about(self) -> str:
        """The month that the figure is for: `Oct 2020`."""
        return self.month.label


def list_restatements(
    assessed: Iterable[AssessedIndicator], since: Month | None
) -> tuple[RestatementRow, ...]:
    """The restatements that became known after this month, in the order of the indicators.

    Where `since` is None, all of the year's.
    """
    return tuple(row for each in assessed for row in _list_one(each, since))


def _list_one(assessed: AssessedIndicator, since: Month | None) -> Iterator[RestatementRow]:
    indicator, restatements = assessed.indicator, assessed.series.restated_since(since)
    if not restatements:
        return
    rating = _compare_ratings(assessed, restatements)
    for each in restatements:
        yield RestatementRow(
            number=indicator.number,
            title=indicator.title,
            month=each.new.month,
            old=format_observation(indicator, each.old),
            new=format_observation(indicator, each.new),
            why=each.new.note or "No reason was given.",
            rating=rating,
        )


def _compare_ratings(assessed: AssessedIndicator, restatements: tuple[Restatement, ...]) -> str:
    """`Red, would have been Amber`, where the restatements changed the rating; else nothing."""
    now, series = assessed.assessment.verdict, assessed.series
    before = rate(
        assessed.indicator, assessed.assessment.scale, series.remove_restatements(restatements)
    )
    return "" if now.rating is before.rating else f"{now.label}, would have been {before.label}"
