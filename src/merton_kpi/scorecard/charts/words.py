"""The words of a chart: what is rated, and the alternative text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_count, join_labels, join_months
from merton_kpi.rating.wording.comparison_words import format_period_on_period_without_arrow
from merton_kpi.rating.wording.context_words import format_sentences
from merton_kpi.scorecard.charts.lines import format_run
from merton_kpi.scorecard.charts.short_words import shorten_words
from merton_kpi.scorecard.charts.styles import OWN_STYLES, USUAL_STYLES, LineStyle
from merton_kpi.scorecard.charts.usual_range import list_flagged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from merton_kpi.core.periods import Month
    from merton_kpi.scorecard.charts.drawn import Drawn
    from merton_kpi.scorecard.charts.records import Line
    from merton_kpi.scorecard.charts.usual_range import UsualRange
    from merton_kpi.scorecard.records import Row

_READ_OUT = 12  # periods whose figures the alternative text has one by one; the table has them all
_OF_SIGNAL = (LineStyle.FLAGGED, *USUAL_STYLES)


def format_rated(row: Row) -> str:
    """What is rated: `Red: 32% in Nov 2020; target at least 55%`."""
    verdict = row.verdict
    assert verdict.figure is not None
    assert verdict.observation is not None
    total = row.latest.total if row.latest else ""
    figure = total or row.unit.format_figure(verdict.figure)
    place = f"{'to' if total else 'in'} {verdict.observation.month.label}"
    return f"{verdict.label}: {figure} {place}; target {shorten_words(row.target)}"


def format_finding(drawn: Drawn, ranges: Sequence[UsualRange], lines: Sequence[Line]) -> str:
    """What the chart shows, as the index says it, then what is drawn, line by line."""
    row, indicator = drawn.row, drawn.assessed.indicator
    context = drawn.assessed.assessment.context
    own = [line for line in lines if line.style in OWN_STYLES]
    others = [line for line in lines if line.style not in (*OWN_STYLES, *_OF_SIGNAL)]
    in_order = (*reversed(own), *others)  # the earliest figures first
    facts = format_sentences(
        format_period_on_period_without_arrow(indicator, context), row.streak, row.comparison
    )
    span = f", {drawn.months[0].label} to {drawn.months[-1].label}" if drawn.earlier else ""
    return " ".join(
        (
            f"{row.verdict.label}: {row.verdict.reason}",
            *_list_signal(drawn, ranges),
            *facts,
            f"Line chart of indicator {row.number}, {shorten_words(row.title)}, "
            f"by {indicator.noun}{span}.",
            *(
                f"{line.name_with_months or line.name}: {_format_figures(drawn, line)}."
                for line in in_order
            ),
            *_list_gaps(drawn),
            *(f"The series has a break before {start.label}." for start in drawn.breaks),
        )
    )


def _list_signal(drawn: Drawn, ranges: Sequence[UsualRange]) -> Iterator[str]:
    """Whether the last figure shows a real change, and what the lines of the usual range are."""
    unit = drawn.row.unit
    if drawn.row.change_words:
        yield drawn.row.change_words
    flagged = list_flagged(drawn)
    if any(flagged):
        yield f"Outside its usual pattern: {_format_runs(drawn.months, flagged)}."
    for each in ranges:
        average = each.average[each.last_place]
        assert average is not None
        if each.later:
            lowest, highest = each.last
            yield (
                f"Before the break in {drawn.breaks[-each.later].label}, the usual range was "
                f"{unit.format_in_table(lowest)} to {unit.format_figure(highest)}, and the average "
                f"{unit.format_figure(average)}."
            )
        else:
            yield f"The average is {unit.format_figure(average)}."


def _format_runs(months: Sequence[Month], flagged: Sequence[bool]) -> str:
    """The flagged months: `Apr 2019, and Jun 2020 to Nov 2020`."""
    runs = []
    for is_flagged, group in groupby(zip(months, flagged, strict=True), key=lambda each: each[1]):
        run = [month for month, _ in group]
        if is_flagged:
            runs.append(format_run(run))
    return join_labels(runs)


def _list_gaps(drawn: Drawn) -> Iterator[str]:
    """The periods without a figure, those long ago only counted."""
    gaps = [
        month for month, figure in zip(drawn.months, drawn.figures, strict=True) if figure is None
    ]
    recent = [month for month in gaps if month in drawn.months[-_READ_OUT:]]
    if recent:
        yield f"No figure for {join_months(recent)}."
    if earlier := len(gaps) - len(recent):
        yield f"No figure for {format_count(earlier, f'earlier {drawn.assessed.indicator.noun}')}."


def _format_figures(drawn: Drawn, line: Line) -> str:
    """A line's figures, each with its month; once where a limit or a benchmark stays the same.

    Of figures long ago there are the lowest and the highest alone.
    """
    unit = drawn.row.unit
    first, *others = line.figures[drawn.earlier :]
    if line.style not in OWN_STYLES and first is not None and all(x == first for x in others):
        is_of_year = drawn.earlier and line.figures[0] is None
        since = f" from {drawn.months[drawn.earlier].label}" if is_of_year else ""
        return unit.format_figure(first) + since
    given = [
        (month, figure)
        for month, figure in zip(drawn.months, line.figures, strict=True)
        if figure is not None
    ]
    recent = [each for each in given if each[0] in drawn.months[-_READ_OUT:]]
    parts = [f"{month.label} {unit.format_figure(figure)}" for month, figure in recent]
    earlier = _format_ends(drawn, given[: len(given) - len(recent)])
    return "; ".join(filter(None, (earlier, ", ".join(parts))))


def _format_ends(drawn: Drawn, given: Sequence[tuple[Month, Decimal]]) -> str:
    """The lowest and the highest of figures, and the months that they are of; nothing for none."""
    if not given:
        return ""
    figures = [figure for _, figure in given]
    low, high = (drawn.row.unit.format_figure(each) for each in (min(figures), max(figures)))
    first, last = given[0][0].label, given[-1][0].label
    if first == last:
        return f"{first} {low}"
    span = f"from {first} to {last}"
    return f"{low} {span}" if low == high else f"between {low} and {high} {span}"
