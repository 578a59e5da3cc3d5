"""Why each indicator has its rating, and whether it shows a real change.

For the papers without files, lines and owners; for `kpi explain` with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from merton_kpi.core.headings import REAL_CHANGE
from merton_kpi.core.periods import FinancialYear
from merton_kpi.rating.wording.explain import explain, explain_in_sections
from merton_kpi.rating.wording.sentences import Sentence
from merton_kpi.scorecard.periods.earlier import MAX_MONTHS, list_earlier_figures
from merton_kpi.scorecard.signals.facts import list_signal_facts
from merton_kpi.scorecard.signals.sentences import explain_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.rating.wording.explain import Explanation
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.cells import Cell
    from merton_kpi.scorecard.periods.earlier import EarlierFigure
    from merton_kpi.scorecard.records import Scorecard

_EARLIER = f"Figures of earlier years, in the last {MAX_MONTHS} months"


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplainedPart:
    """A part of the reasons for a rating: its heading, and at least one sentence."""

    heading: str
    sentences: tuple[str, ...]


def compose_explanations(card: Scorecard) -> dict[str, tuple[ExplainedPart, ...]]:
    """The reasons for each indicator's rating, by its number."""
    return {each.indicator.number: tuple(_list_parts(each)) for each in card.assessed}


def explain_indicator(assessed: AssessedIndicator, year: FinancialYear) -> Explanation:
    """Explain the verdict and the finding of an indicator, in sentences and as facts.

    The figures of the years before `year` are with them, those of the last MAX_MONTHS months: the
    finding rests on all that are known, however old.
    """
    indicator, series = assessed.indicator, assessed.series
    explanation = explain(indicator, series, assessed.assessment)
    change = explain_change(indicator, assessed.signal, series.as_at)
    earlier = list_earlier_figures(assessed, year)
    return replace(
        explanation,
        sections=(
            *explanation.sections,
            (REAL_CHANGE, tuple(map(Sentence, change))),
            (_EARLIER, tuple(map(Sentence, _list_years(earlier)))),
        ),
        facts=explanation.facts
        | {
            "signal": list_signal_facts(indicator, series, assessed.signal),
            "earlier_figures": [_list_facts(each) for each in earlier],
        },
    )


def _list_years(earlier: Iterable[EarlierFigure]) -> Iterator[str]:
    """A line for each year: `2019/20: Apr 50%, May 33%`."""
    for year, those in groupby(earlier, key=lambda each: FinancialYear.of(each.month)):
        figures = (
            f"{each.month.label.partition(' ')[0]} {each.figure.printed or 'none'}"
            for each in those
        )
        yield f"{year}: {', '.join(figures)}"


def _list_facts(each: EarlierFigure) -> dict[str, str | None]:
    return {
        "month": str(each.month),
        "figure": _format_value(each.figure),
        "words": each.figure.words,
        "total": _format_value(each.total),
    }


def _format_value(cell: Cell | None) -> str | None:
    """A cell's figure; None where there is no cell, or no figure in it."""
    return None if cell is None or cell.value is None else f"{cell.value:f}"


def _list_parts(assessed: AssessedIndicator) -> Iterator[ExplainedPart]:
    """The parts that have something to say."""
    parts = explain_in_sections(assessed.indicator, assessed.series, assessed.assessment)
    for heading, sentences in parts:
        if sentences:
            words = tuple(each.words for each in sentences)
            yield ExplainedPart(heading=heading, sentences=words)
