"""Figures that were corrected after a month, why, and the ratings that this changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.rating.rate import rate
from merton_kpi.series.records import format_observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.series.records import Restatement


@dataclass(frozen=True, kw_only=True, slots=True)
class RestatementRow:
    """A restatement as the report lists it, every part in words.

    `about` names the month that the figure is for, like `Oct 2020`, or the year. `rating` is empty
    where the rating is the same as it would have been without the correction.
    """

    number: str
    title: str
    about: str
    old: str
    new: str
    why: str
    rating: str


def list_restatements(
    assessed: Iterable[AssessedIndicator], since: Month | None
) -> tuple[RestatementRow, ...]:
    """The restatements that became known after this month, in the order of the indicators.

    Where `since` is None, all of the year's.
    """
    return tuple(row for each in assessed for row in _list_one(each, since))


def _list_one(assessed: AssessedIndicator, since: Month | None) -> Iterator[RestatementRow]:
    """The corrections of months' figures, then those of the year's own, which is not rated."""
    restatements = assessed.series.restated_since(since)
    if restatements:
        rating = _compare_ratings(assessed, restatements)
        for each in restatements:
            yield _compose_row(assessed.indicator, each, rating)
    if assessed.series.whole_year:
        for each in assessed.series.whole_year.restated_since(since):
            yield _compose_row(assessed.indicator, each, "")


def _compose_row(indicator: Indicator, each: Restatement, rating: str) -> RestatementRow:
    return RestatementRow(
        number=indicator.number,
        title=indicator.title,
        about=str(each.new.year or each.new.month.label),
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
