"""What has been corrected since a month, why, and the ratings that it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.rating.rate import rate
from merton_kpi.series.records import format_observation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.models import Catalogue, Indicator, Section
    from merton_kpi.core.periods import Month
    from merton_kpi.series.records import Restatement, Series


@dataclass(frozen=True, kw_only=True, slots=True)
class RestatementRow:
    """A restatement as the report lists it, every part in words.

    `rating` names a rating that is another than it would be had the indicator's figures stayed as
    they were, and is empty where it is the same.
    """

    number: str
    title: str
    about: str
    old: str
    new: str
    why: str
    rating: str


def list_restatements(
    catalogue: Catalogue, series: Mapping[str, Series], since: Month | None
) -> tuple[RestatementRow, ...]:
    """The restatements after this month, in the index's order; all of the year's for none."""
    return tuple(
        restated
        for section in catalogue.sections
        for each in section.indicators
        for restated in _list_one(catalogue, section, each, series[each.number], since)
    )


def _list_one(
    catalogue: Catalogue,
    section: Section,
    indicator: Indicator,
    series: Series,
    since: Month | None,
) -> Iterator[RestatementRow]:
    restatements = series.restated_since(since)
    if not restatements:
        return
    rating = _compare_ratings(catalogue, section, indicator, series, restatements)
    for each in restatements:
        yield RestatementRow(
            number=indicator.number,
            title=indicator.title,
            about=each.new.month.label,
            old=format_observation(indicator, each.old),
            new=format_observation(indicator, each.new),
            why=each.new.note or "No reason was given.",
            rating=rating,
        )


def _compare_ratings(
    catalogue: Catalogue,
    section: Section,
    indicator: Indicator,
    series: Series,
    restatements: tuple[Restatement, ...],
) -> str:
    bands = catalogue.bands_for(section, indicator)
    now = rate(indicator, bands, series).label
    before = rate(indicator, bands, series.without(restatements)).label
    return "" if now == before else f"{now}, would have been {before}"
