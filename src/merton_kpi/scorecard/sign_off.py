"""From draft to final: what is still open, and the scorecard without its mark of a draft."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.core.issues import BuildStoppedError, Issue, Place
from merton_kpi.core.periods import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.scorecard.records import Scorecard


def sign_off(card: Scorecard) -> Scorecard:
    """The same scorecard as final.

    Raises BuildStoppedError with the list of what is open: an amber or red indicator without
    commentary, a figure that is due and has neither value nor reason, a warning not answered.
    """
    found = tuple(_find_open(card))
    if found:
        message = f"they were not written as final: {format_count(len(found), 'matter')} open"
        place = Place(file=f"the papers of {card.month.name}")
        raise BuildStoppedError((*found, Issue(code="not_final", place=place, message=message)))
    return replace(card, is_final=True)


def _find_open(card: Scorecard) -> Iterator[Issue]:
    for row in card.uncommented:
        owner = row.owner or "its owner"
        yield Issue(
            code="no_commentary",
            place=Place(file=card.sources[-1].path),
            subject=f"indicator {row.number}",
            message=f"it is {row.verdict.label} and has no commentary; ask {owner} for it",
        )
    yield from card.warnings
