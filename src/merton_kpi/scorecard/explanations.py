"""Why each indicator has its rating, in the words for the papers: no files, lines or owners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.rating.wording.explain import explain_in_sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.records import Scorecard


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplainedPart:
    """A part of the reasons for a rating: its heading, and at least one sentence."""

    heading: str
    sentences: tuple[str, ...]


def compose_explanations(card: Scorecard) -> dict[str, tuple[ExplainedPart, ...]]:
    """The reasons for each indicator's rating, by its number."""
    return {each.indicator.number: tuple(_list_parts(each)) for each in card.assessed}


def _list_parts(assessed: AssessedIndicator) -> Iterator[ExplainedPart]:
    """The parts that have something to say."""
    parts = explain_in_sections(assessed.indicator, assessed.series, assessed.assessment)
    for heading, sentences in parts:
        if sentences:
            words = tuple(each.words for each in sentences)
            yield ExplainedPart(heading=heading, sentences=words)
