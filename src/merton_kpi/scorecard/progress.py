"""What became of the amber and red ratings since the panel last met: two months' verdicts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_date
from merton_kpi.core.vocabulary import Rating, RatingChange
from merton_kpi.scorecard.records import ChangedRating

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.catalogue.entries import Meeting
    from merton_kpi.rating.context import Assessment
    from merton_kpi.scorecard.records import Scorecard


def add_changes(card: Scorecard, before: Mapping[str, Assessment], meeting: Meeting) -> Scorecard:
    """The scorecard with its changes since the papers that this meeting saw."""
    found = [
        ChangedRating(change=change, row=row, before=before[row.number].verdict)
        for row in card.rows
        if (change := _name_change(before[row.number].verdict.rating, row.verdict.rating))
    ]
    order = list(RatingChange)
    return replace(
        card,
        last_month=meeting.data_to,
        last_meeting=format_date(meeting.date),
        changes=tuple(sorted(found, key=lambda each: order.index(each.change))),
    )


def _name_change(before: Rating, now: Rating) -> RatingChange | None:
    """The change's name; none for an indicator that is not amber or red, and was not."""
    if now is Rating.RED:
        return RatingChange.STILL_RED if before is now else RatingChange.NEW_RED
    if now is Rating.AMBER:
        known = {Rating.RED: RatingChange.EASED, Rating.AMBER: RatingChange.STILL_AMBER}
        return known.get(before, RatingChange.NEW_AMBER)
    if before.is_exception:
        return RatingChange.RECOVERED if now.is_brag else RatingChange.UNRATED
    return None
