"""Small numbers: a figure that would give away a count from 1 to 4 loses its value.

This happens before figures reach any series, so that nothing that rates, compares, draws or
explains can show what it has never seen. For an indicator with `suppress_small_numbers`:

- a figure goes where its count, numerator or denominator is from 1 to 4;
- in a running total one also goes where it differs by 1 to 4 from the last total shown, since the
  difference is a small count;
- the rate per 10,000 of a count goes where the count goes;
- an earlier year's outturns and months go by the same rules, an outturn's note with it; of a rate,
  a month goes too whose count is not there to be seen.

A zero is shown. A figure that goes takes its numerator and denominator with it. A benchmark is of
another area, which has published it: it is shown as it is given.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.catalogue.entries import Outturn
from merton_kpi.core.vocabulary import Accumulation, Status, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from merton_kpi.catalogue.models import Catalogue, Indicator
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.extracts.observations import Observation

SMALLEST_SHOWN = 5


def list_small_months(
    indicators: Mapping[str, Indicator],
    figures: Mapping[str, Mapping[Month, Observation]],
    rows: Mapping[str, Sequence[Observation]],
) -> Mapping[str, frozenset[Month]]:
    """The months of each indicator whose figure must not be shown.

    `figures` has those in force, `rows` all that became known, in that order.
    """
    small = {
        number: frozenset(_find_own(indicator, figures[number]))
        for number, indicator in indicators.items()
    }
    for number, indicator in indicators.items():
        if indicator.rate_of and indicator.rate_of.count in indicators:
            counter = indicators[indicator.rate_of.count]
            stale = _find_stale(figures[number], counter, rows[counter.number])
            small[number] |= small[counter.number] | stale
    return small


def _find_stale(
    rates: Mapping[Month, Observation], counter: Indicator, counts: Sequence[Observation]
) -> frozenset[Month]:
    """The months whose rate is of a small count still, although the count was corrected since."""
    found = set()
    for month, rate in rates.items():
        then = [each for each in counts if each.month == month and each.known <= rate.known]
        if any(is_small_figure(counter, each) for each in then[-1:]):
            found.add(month)
    return frozenset(found)


def _find_own(indicator: Indicator, figures: Mapping[Month, Observation]) -> set[Month]:
    absent = {month: each.status for month, each in figures.items() if each.value is None}
    found = {month for month, status in absent.items() if status and status.is_suppressed}
    if not indicator.suppress_small_numbers:
        return found
    totals = dict(_list_counts(indicator))
    for month in figures.keys() - absent.keys():
        count = _count(indicator, figures[month])
        if is_small_figure(indicator, figures[month]):
            found.add(month)
        elif count is not None:
            totals[month] = count
    return found | (_find_small_steps(indicator, totals) & figures.keys())


def _list_counts(indicator: Indicator) -> Mapping[Month, Decimal]:
    """Last year's figures by month, where they are counts."""
    return indicator.earlier_months if indicator.unit is Unit.NUMBER else {}


def _find_small_steps(indicator: Indicator, totals: Mapping[Month, Decimal]) -> set[Month]:
    """The months whose running total gives a small count away beside the last one shown."""
    found: set[Month] = set()
    shown: dict[Month, Decimal] = {}  # the last total shown in each year of accumulation
    if indicator.accumulates:
        for month in sorted(totals):
            year = month.year_start(indicator.accumulates.first_month)
            if _is_small(abs(totals[month] - shown.get(year, totals[month]))):
                found.add(month)
            else:
                shown[year] = totals[month]
    return found


def is_small_figure(indicator: Indicator, each: Observation) -> bool:
    """Whether a figure alone, without those around it, gives a small count away."""
    counts = (_count(indicator, each), each.numerator, each.denominator)
    return indicator.suppress_small_numbers and any(map(_is_small, counts))


def suppress_figure(indicator: Indicator, each: Observation) -> Observation:
    """The same observation without its figure; `<5` is said only of a count from 1 to 4."""
    if each.status and each.status.is_suppressed:
        return each
    is_count = indicator.unit is Unit.NUMBER and _is_small(each.value)
    status = Status.SUPPRESSED if is_count else Status.SUPPRESSED_WITH_ANOTHER
    return replace(each, value=None, numerator=None, denominator=None, status=status)


def words_disclose_figure(each: Observation) -> bool:
    """Whether the words of a row name the figure that is suppressed in it."""
    figures = {f"{each.value:f}", f"{each.numerator:f}"} if each.numerator else {f"{each.value:f}"}
    return bool(figures & set(re.findall(r"[0-9]+(?:\.[0-9]+)?", each.words)))


def is_count_unknown(indicator: Indicator, each: Observation) -> bool:
    """Whether nobody can tell if the figure is of a small count."""
    return (
        indicator.suppress_small_numbers
        and each.value is not None
        and not indicator.rate_of
        and _count(indicator, each) is None
    )


def suppress_earlier_figures(catalogue: Catalogue) -> Catalogue:
    """The catalogue without the earlier figures that give a small count away."""
    indicators = {each.number: each for each in catalogue.indicators}
    return _change_each(catalogue, lambda each: _without_small(each, indicators))


def suppress_as_in(catalogue: Catalogue, other: Catalogue) -> Catalogue:
    """The catalogue without the earlier figures that another one's settings do not show.

    All else in it stays, so that the two can be compared.
    """
    counts = {each.number for each in catalogue.indicators}
    others = {each.number: each for each in other.indicators}

    def mark(each: Indicator) -> Indicator:
        like = others.get(each.number, each)
        hidden = {
            year: outturn
            for year, outturn in like.outturns.items()
            if year in each.outturns and outturn.status and outturn.status.is_suppressed
        }
        rate = each.rate_of or like.rate_of
        settings = {
            "outturns": {**each.outturns, **hidden},
            "suppress_small_numbers": each.suppress_small_numbers or like.suppress_small_numbers,
            "rate_of": rate if rate and rate.count in counts else None,
        }
        return each.model_copy(update=settings)

    figures = {
        each.number: {"outturns": each.outturns, "earlier_months": each.earlier_months}
        for each in suppress_earlier_figures(_change_each(catalogue, mark)).indicators
    }
    return _change_each(catalogue, lambda each: each.model_copy(update=figures[each.number]))


def _change_each(catalogue: Catalogue, change: Callable[[Indicator], Indicator]) -> Catalogue:
    sections = tuple(
        each.model_copy(update={"indicators": tuple(map(change, each.indicators))})
        for each in catalogue.sections
    )
    return catalogue.model_copy(update={"sections": sections})


def _without_small(indicator: Indicator, indicators: Mapping[str, Indicator]) -> Indicator:
    years, months = _find_small_earlier(indicator)
    if indicator.rate_of:
        counter = indicators[indicator.rate_of.count]
        count_years, count_months = _find_small_earlier(counter)
        years |= count_years
        if counter.suppress_small_numbers:
            months |= indicator.earlier_months.keys() - counter.earlier_months.keys()
            months |= count_months
    if not years and not months:
        return indicator
    outturns = {
        year: _without_value(indicator, each) if year in years else each
        for year, each in indicator.outturns.items()
    }
    earlier = {m: value for m, value in indicator.earlier_months.items() if m not in months}
    return indicator.model_copy(update={"outturns": outturns, "earlier_months": earlier})


def _find_small_earlier(indicator: Indicator) -> tuple[set[FinancialYear], set[Month]]:
    """The earlier years and months whose figures must not be shown."""
    outturns = indicator.outturns.items()
    years = {year for year, each in outturns if each.status and each.status.is_suppressed}
    if not indicator.suppress_small_numbers:
        return years, set()
    years |= {year for year, each in outturns if _is_small_outturn(indicator, each)}
    counts = _list_counts(indicator)
    months = {month for month, value in counts.items() if _is_small(value)}
    totals = {month: value for month, value in counts.items() if month not in months}
    months |= _find_small_steps(indicator, totals)
    if indicator.accumulates is Accumulation.FINANCIAL_YEAR and indicator.unit is Unit.NUMBER:
        # The outturn is March's total.
        ends = {
            year.months[-1]: each.value
            for year, each in outturns
            if each.value is not None and year not in years and each.is_alike(indicator.unit)
        }
        shown = {month: value for month, value in totals.items() if month not in months}
        steps = _find_small_steps(indicator, shown | ends)
        years |= {year for year, _ in outturns if year.months[-1] in steps}
    return years, months


def _is_small_outturn(indicator: Indicator, outturn: Outturn) -> bool:
    return (outturn.unit or indicator.unit) is Unit.NUMBER and _is_small(outturn.value)


def _without_value(indicator: Indicator, outturn: Outturn) -> Outturn:
    if outturn.value is None:
        return outturn
    is_count = _is_small_outturn(indicator, outturn)
    status = Status.SUPPRESSED if is_count else Status.SUPPRESSED_WITH_ANOTHER
    return Outturn(status=status, source=outturn.source, period=outturn.period)


def _count(indicator: Indicator, each: Observation) -> Decimal | None:
    return each.value if indicator.unit is Unit.NUMBER else each.numerator


def _is_small(count: Decimal | None) -> bool:
    return count is not None and 0 < count < SMALLEST_SHOWN
