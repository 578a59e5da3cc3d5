"""How a figure compares with an earlier one, in the words that every paper prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Compared, Gain
from merton_kpi.rating.wording.context_words import format_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.entries import Break
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.rating.comparison import PeriodComparison
    from merton_kpi.rating.context import Context
    from merton_kpi.series.records import Series

_PREPOSITIONS = {Compared.TOTAL: "the total to"}  # any other: `in`


def format_period_comparison(indicator: Indicator, each: PeriodComparison | None) -> str:
    """`↑ higher than in Oct 2020, 95%`, or nothing. The arrow shows how the figure moved.

    It does not say which of the two is better: only a signal tells a change from chance.
    """
    if each is None:
        return ""
    return f"{_choose_arrow(each)} {_format_movement(indicator, each)}"


def _choose_arrow(each: PeriodComparison) -> str:
    if each.later == each.earlier:
        return "→"
    return "↑" if each.later > each.earlier else "↓"


def _format_movement(indicator: Indicator, each: PeriodComparison) -> str:
    """The comparison without an arrow: `lower than in Oct 2020, 33%`."""
    place = f"{_PREPOSITIONS.get(each.compared, 'in')} {each.period}"
    figure = indicator.unit.format_figure(each.earlier)
    if each.compared is Compared.ADDED:
        figure += " then"
    if each.later == each.earlier:
        shown = f", {figure}" if each.compared is Compared.ADDED else ""
        return f"{_format_sameness(indicator, each.compared)} {place}{shown}"
    return f"{_format_difference(indicator, each)} than {place}, {figure}"


def format_period_on_period(indicator: Indicator, context: Context) -> str:
    """How the latest figure compares with the period before, or why it may not; else nothing."""
    if context.period_before_break:
        return f"not compared with {context.period_before_break}, before a break in the series"
    return format_period_comparison(indicator, context.period_on_period)


def format_period_on_period_without_arrow(indicator: Indicator, context: Context) -> str:
    """The same for a screen reader, which reads an arrow by its name or leaves it out."""
    each = context.period_on_period
    if context.period_before_break or each is None:
        return format_period_on_period(indicator, context)
    return _format_movement(indicator, each)


def format_break(each: Break) -> str:
    """`break in the series: two more teams are counted`, without a full stop."""
    return f"break in the series: {each.reason.rstrip('.')}"


def explain_comparisons(indicator: Indicator, series: Series, context: Context) -> Iterator[str]:
    """Yield each comparison with an earlier figure as a sentence, or why there is none."""
    given = [each for each in (context.period_on_period, context.year_on_year) if each]
    for compared in given:
        words = format_period_comparison(indicator, compared)
        if compared.compared is Compared.ADDED and compared.later != compared.earlier:
            words += f"; {indicator.unit.format_figure(compared.later)} added now"
        yield f"{words}."
    if context.period_before_break:
        yield from format_sentences(format_period_on_period(indicator, context))
    elif not given and not indicator.is_ended_by(series.as_at) and not indicator.needs_judgement:
        yield "Not known: this period and the one before do not both have a figure."
    for each in indicator.list_breaks(series.as_at):
        yield f"{each.start.label}: {format_break(each)}."


def list_comparison_facts(
    indicator: Indicator, each: PeriodComparison | None
) -> dict[str, Any] | None:
    """A comparison for a program; figures are text, since it would read a number as a float."""
    if each is None:
        return None
    return {
        "words": format_period_comparison(indicator, each),
        "compared": each.compared.value,
        "period": each.period,
        "earlier": f"{each.earlier:f}",
        "later": f"{each.later:f}",
        "better": {Gain.BETTER: "later", Gain.WORSE: "earlier"}.get(each.gain),
    }


def _format_sameness(indicator: Indicator, compared: Compared) -> str:
    if compared is Compared.ADDED:
        return "as many added as" if indicator.unit is Unit.NUMBER else "as much added as"
    return "the same as"


def _format_difference(indicator: Indicator, each: PeriodComparison) -> str:
    is_higher = each.later > each.earlier
    if each.compared is Compared.DISTANCE:
        is_nearer = each.gain is Gain.BETTER
        return "nearer to the target range" if is_nearer else "further from the target range"
    if each.compared is Compared.ADDED:
        less = "fewer" if indicator.unit is Unit.NUMBER else "less"
        return f"{'more' if is_higher else less} added"
    return "higher" if is_higher else "lower"
