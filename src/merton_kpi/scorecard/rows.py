"""An assessed indicator to its row of the index, with its numbered notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from merton_kpi.core.headings import list_earlier_years
from merton_kpi.core.periods import join_labels
from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Shorthand
from merton_kpi.core.vocabulary import Accumulation
from merton_kpi.rating.context import list_targets
from merton_kpi.rating.wording.comparison_words import (
    format_period_comparison,
    format_period_on_period,
)
from merton_kpi.rating.wording.context_words import (
    format_comparisons,
    format_forecast,
    format_stated_forecast,
    format_streak,
)
from merton_kpi.rating.wording.figure_words import format_total
from merton_kpi.rating.wording.target_words import format_target
from merton_kpi.scorecard.cells import (
    Cell,
    add_breaks,
    compose_month_cell,
    compose_past_cell,
    compose_total_cells,
    compose_year_cell,
)
from merton_kpi.scorecard.records import LatestFigure, Row
from merton_kpi.scorecard.signals.sentences import explain_change, format_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import FinancialYear, Month
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
    year: Mapping[str, Cell]


def compose_rows(
    catalogue: Catalogue, assessed: Iterable[AssessedIndicator]
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The index's rows, and its notes in the order in which the rows first refer to them.

    An indicator has one note for all that is said of it and of its figures, or none. Notes count
    from 1; one that several rows share has one number.
    """
    composed = [(each, _compose_figures(catalogue, each)) for each in assessed]
    listed = [_format_note(catalogue, each.indicator, figures) for each, figures in composed]
    notes = tuple(dict.fromkeys(filter(None, listed)))
    numbers = {note: number for number, note in enumerate(notes, 1)}
    rows = tuple(
        _compose_row(catalogue, each, figures, numbers.get(note))
        for (each, figures), note in zip(composed, listed, strict=True)
    )
    return rows, notes


def _compose_figures(catalogue: Catalogue, assessed: AssessedIndicator) -> _Figures:
    indicator, year, words = assessed.indicator, catalogue.financial_year, catalogue.words
    breaks = indicator.list_breaks(assessed.series.as_at)
    own = compose_year_cell(indicator, assessed.series, words)
    return _Figures(
        outturns={
            str(earlier): add_breaks(
                compose_past_cell(indicator, indicator.outturns.get(earlier), words),
                (each for each in breaks if _is_in_year(indicator, each.start, earlier)),
            )
            for earlier in list_earlier_years(year)
        },
        benchmarks={
            area: compose_past_cell(indicator, indicator.benchmarks.get(area), words)
            for area in catalogue.benchmark_areas
        },
        months={
            month.label: add_breaks(
                compose_month_cell(indicator, assessed.series, month, words),
                (each for each in breaks if each.start == month),
            )
            for month in year.months
        },
        year={str(year): own} if own else {},
    )


def _is_in_year(indicator: Indicator, month: Month, year: FinancialYear) -> bool:
    """Whether the figure of a month is part of a year's outturn."""
    first = indicator.accumulates or Accumulation.FINANCIAL_YEAR
    return month.year_start(first.first_month).year == year.start


def _format_note(catalogue: Catalogue, indicator: Indicator, figures: _Figures) -> str:
    """The footnotes and the details of all cells, a line each; empty where there are none."""
    return "\n".join(
        (
            *(catalogue.footnotes[name] for name in indicator.footnotes),
            *_format_details({**figures.outturns, **figures.benchmarks}),
            *_format_details({**figures.months, **figures.year}),
        )
    )


def _format_details(cells: Mapping[str, Cell]) -> Iterator[str]:
    """The details of some cells; cells with the same ones share a line."""
    labels: dict[str, list[str]] = {}
    for label, cell in cells.items():
        if cell.details:
            labels.setdefault(cell.details, []).append(label)
    for details, those in labels.items():
        yield f"{join_labels(those)}: {details}"


def _compose_row(
    catalogue: Catalogue, assessed: AssessedIndicator, figures: _Figures, note: int | None
) -> Row:
    indicator = assessed.indicator
    assessment, context = assessed.assessment, assessed.assessment.context
    verdict, months = assessment.verdict, catalogue.financial_year.months
    is_removed = indicator.is_closed and indicator.removed is not None
    target = "" if is_removed else format_target(indicator)
    cells = tuple(figures.months.values())
    totals = compose_total_cells(indicator, assessed.series.rated_figures, months)
    figures_given = assessed.series.values
    has_unit = bool(figures_given) or not indicator.needs_judgement
    return Row(
        section=assessed.section.title,
        service=indicator.service or "",
        number=indicator.number,
        part_of=indicator.part_of or "",
        title=_format_title(indicator, verdict),
        frequency=indicator.frequency.label if indicator.frequency else "",
        unit=indicator.unit,
        unit_word=indicator.unit.word if has_unit else "",
        unit_label=indicator.unit.label if has_unit else "",
        target=target,
        target_beside_rating="" if _is_target_in_rating(indicator, verdict) else target,
        reason_beside_rating="" if _is_reason_in_rating(indicator, verdict) else verdict.reason,
        outturns=tuple(figures.outturns.values()),
        benchmarks=tuple(figures.benchmarks.values()),
        verdict=verdict,
        targets=(
            list_targets(indicator, assessment.scale, months, figures_given)
            if verdict.limits
            else ()
        ),
        change=format_change(indicator, assessed.signal, assessed.series.as_at),
        change_words=" ".join(explain_change(indicator, assessed.signal, assessed.series.as_at)),
        period_on_period=format_period_on_period(indicator, context),
        year_on_year=format_period_comparison(indicator, context.year_on_year),
        streak=format_streak(indicator, verdict, context),
        comparison=format_comparisons(indicator, context),
        forecast=format_forecast(indicator, context.forecast),
        stated_forecast=format_stated_forecast(indicator, context.stated_forecast),
        months=cells,
        year_figure=next(iter(figures.year.values()), None),
        totals=totals,
        latest=(
            None
            if indicator.is_closed
            else _select_latest(indicator, verdict, dict(zip(months, cells, strict=True)), totals)
        ),
        breaks=tuple(each.start for each in indicator.list_breaks(assessed.series.as_at)),
        note=note,
        rationale=indicator.rationale or "",
        linked=join_labels(indicator.linked),
        owner=indicator.owner or "",
        source=indicator.source or "",
    )


def _format_title(indicator: Indicator, verdict: Verdict) -> str:
    title = indicator.title
    if indicator.part_of:
        title += f" - part of indicator {indicator.part_of}"
    if indicator.replaced_by and verdict.rating is Rating.CLOSED:
        title += f" - replaced by indicator {indicator.replaced_by.indicator}"
    return title


def _is_target_in_rating(indicator: Indicator, verdict: Verdict) -> bool:
    """Whether the rating says all that the target does: none, none yet, or judged."""
    if indicator.needs_judgement:
        return verdict.judgement is not None
    return _has_rating_for_target(indicator, verdict)


def _is_reason_in_rating(indicator: Indicator, verdict: Verdict) -> bool:
    """Whether the rating says all that its reason does: that there is no target, or none yet."""
    has_own_reason = verdict.judgement is not None or indicator.rating_withheld is not None
    return not has_own_reason and _has_rating_for_target(indicator, verdict)


def _has_rating_for_target(indicator: Indicator, verdict: Verdict) -> bool:
    """Whether the catalogue has words in place of a target, and the rating says the same."""
    target = indicator.target
    return isinstance(target, str) and _RATINGS_WITHOUT_TARGET.get(target) is verdict.rating


def _select_latest(
    indicator: Indicator, verdict: Verdict, cells: Mapping[Month, Cell], totals: Sequence[Cell]
) -> LatestFigure:
    """The figure rated, of a sum its last; else the last figure, or the last words for none."""
    printed = [(month, cell) for month, cell in cells.items() if cell.printed]
    figures = [(month, cell) for month, cell in printed if cell.value is not None]
    month_rated = verdict.observation.month if verdict.observation else None
    rated = [(month, cell) for month, cell in printed if month == month_rated]
    month, cell = (rated or figures or printed or [*cells.items()])[-1]
    total = ""
    if indicator.is_added_up and verdict.figure is not None:
        total = format_total(indicator, verdict.figure)
    sums = dict(zip(cells, totals, strict=True)) if totals else cells
    return LatestFigure(
        month=month,
        figure=cell.printed,
        marks=cell.marks,
        rated=_compose_rated_cell(cell, sums[month]),
        total=total,
    )


def _compose_rated_cell(figure: Cell, rated: Cell) -> Cell:
    """A figure's cell, or its sum's with the same marks; a sum not known is not available."""
    if rated is figure or not figure.printed:
        return figure
    has_none = rated.value is None and rated.shorthand is None
    symbol = Shorthand.NOT_AVAILABLE if has_none else rated.shorthand
    return replace(rated, marks=figure.marks, shorthand=symbol)
