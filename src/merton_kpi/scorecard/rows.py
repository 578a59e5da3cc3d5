"""An assessed indicator to its row of the index, with its numbered notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.headings import list_earlier_years
from merton_kpi.core.periods import join_labels
from merton_kpi.core.ratings import Rating
from merton_kpi.rating.context import (
    format_comparisons,
    format_forecast,
    format_streak,
    format_year_on_year,
    list_targets,
)
from merton_kpi.rating.wording.target_words import format_target
from merton_kpi.scorecard.cells import Cell, compose_month_cell, compose_past_cell
from merton_kpi.scorecard.records import LatestFigure, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.scorecard.assess import AssessedIndicator

# The catalogue's words in place of a target, with the rating that says the same.
_RATINGS_WITHOUT_TARGET = {
    "not_a_target_measure": Rating.NOT_A_TARGET_MEASURE,
    "new": Rating.NEW,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Figures:
    """An indicator's cells, by the labels that its notes give them."""

    outturns: Mapping[str, Cell]
    benchmarks: Mapping[str, Cell]
    months: Mapping[str, Cell]


def compose_rows(
    catalogue: Catalogue, assessed: Iterable[AssessedIndicator]
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The index's rows, and its notes in the order in which the rows first refer to them.

    A row's `notes` count from 1; a note that several rows share has one number.
    """
    composed = [(each, _compose_figures(catalogue, each)) for each in assessed]
    listed = [_list_notes(catalogue, each.indicator, figures) for each, figures in composed]
    notes = tuple(dict.fromkeys(note for row_notes in listed for note in row_notes))
    numbers = {note: number for number, note in enumerate(notes, 1)}
    rows = tuple(
        _compose_row(catalogue, each, figures, {numbers[note] for note in row_notes})
        for (each, figures), row_notes in zip(composed, listed, strict=True)
    )
    return rows, notes


def _compose_figures(catalogue: Catalogue, assessed: AssessedIndicator) -> _Figures:
    indicator, year, words = assessed.indicator, catalogue.financial_year, catalogue.words
    return _Figures(
        outturns={
            str(earlier): compose_past_cell(indicator, indicator.outturns.get(earlier), words)
            for earlier in list_earlier_years(year)
        },
        benchmarks={
            area: compose_past_cell(indicator, indicator.benchmarks.get(area), words)
            for area in catalogue.benchmark_areas
        },
        months={
            month.label: compose_month_cell(indicator, assessed.series, month, words)
            for month in year.months
        },
    )


def _list_notes(catalogue: Catalogue, indicator: Indicator, figures: _Figures) -> tuple[str, ...]:
    return (
        *(catalogue.footnotes[name] for name in indicator.footnotes),
        *_format_notes({**figures.outturns, **figures.benchmarks}),
        *_format_notes(figures.months),
    )


def _format_notes(cells: Mapping[str, Cell]) -> Iterator[str]:
    """The notes on some cells; cells with the same details share one note."""
    labels: dict[str, list[str]] = {}
    for label, cell in cells.items():
        if cell.details:
            labels.setdefault(cell.details, []).append(label)
    for details, those in labels.items():
        yield f"{join_labels(those)}: {details}"


def _compose_row(
    catalogue: Catalogue, assessed: AssessedIndicator, figures: _Figures, notes: Iterable[int]
) -> Row:
    indicator = assessed.indicator
    assessment, context = assessed.assessment, assessed.assessment.context
    verdict, months = assessment.verdict, catalogue.financial_year.months
    target = "" if indicator.removed else format_target(indicator)
    cells = tuple(figures.months.values())
    return Row(
        section=assessed.section.title,
        number=indicator.number,
        title=_format_title(indicator),
        frequency=indicator.frequency.label if indicator.frequency else "",
        unit=indicator.unit,
        target=target,
        target_beside_rating="" if _is_target_in_rating(indicator, verdict) else target,
        outturns=tuple(figures.outturns.values()),
        benchmarks=tuple(figures.benchmarks.values()),
        verdict=verdict,
        targets=list_targets(indicator, assessment.scale, months) if verdict.limits else (),
        direction=context.travel.label if context.travel else "",
        year_on_year=format_year_on_year(context),
        streak=format_streak(indicator, verdict, context),
        comparison=format_comparisons(indicator, context),
        forecast=format_forecast(indicator, context),
        months=cells,
        latest=None if indicator.is_closed else _select_latest(verdict, months, cells),
        notes=tuple(sorted(notes)),
        rationale=indicator.rationale or "",
        linked=join_labels(indicator.linked),
        owner=indicator.owner or "",
        source=indicator.source or "",
    )


def _format_title(indicator: Indicator) -> str:
    if indicator.replaced_by:
        return f"{indicator.title} - replaced by indicator {indicator.replaced_by}"
    return indicator.title


def _is_target_in_rating(indicator: Indicator, verdict: Verdict) -> bool:
    """Whether the rating says all that the target does: none, none yet, or judged."""
    if indicator.needs_judgement:
        return verdict.judgement is not None
    target = indicator.target
    return isinstance(target, str) and _RATINGS_WITHOUT_TARGET[target] is verdict.rating


def _select_latest(
    verdict: Verdict, months: Sequence[Month], cells: Sequence[Cell]
) -> LatestFigure:
    """The figure rated; else the last figure, or the last words for none."""
    every = [*zip(months, cells, strict=True)]
    printed = [(month, cell) for month, cell in every if cell.printed]
    figures = [(month, cell) for month, cell in printed if cell.value is not None]
    month_rated = verdict.observation.month if verdict.observation else None
    rated = [(month, cell) for month, cell in figures if month == month_rated]
    month, cell = (rated or figures or printed or every)[-1]
    return LatestFigure(month=month, figure=cell.printed, marks=cell.marks)
