"""Turn a draft into final papers, where no issue is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place
from merton_kpi.core.periods import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.scorecard.records import Row, Scorecard


def sign_off(card: Scorecard) -> tuple[Scorecard | None, tuple[Issue, ...]]:
    """The scorecard as final, or None with the issues that are open.

    Open are an amber or red indicator without commentary, a figure that is due and has neither
    value nor reason, and a warning without an answer.
    """
    found = tuple(_list_open(card))
    if not found:
        return replace(card, is_final=True), ()
    message = f"not final: {format_count(len(found), 'open issue')}"
    place = Place(file=f"the papers of {card.span}")
    return None, (*found, Issue(code="not_final", place=place, message=message))


def _list_open(card: Scorecard) -> Iterator[Issue]:
    for row in card.uncommented:
        owner = row.owner or "its owner"
        yield Issue(
            code="no_commentary",
            place=_choose_place(card, row),
            subject=f"indicator {row.number}",
            message=f"it is rated {row.verdict.label} and has no commentary; ask {owner} for it",
        )
    yield from card.warnings


def _choose_place(card: Scorecard, row: Row) -> Place:
    """The row of the figure that was rated; the last extract, where a judgement has no figure."""
    observation = row.verdict.observation
    return observation.place if observation else Place(file=card.sources[-1].path)
