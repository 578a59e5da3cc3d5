"""Small numbers: a figure that would disclose a count from 1 to 4 is suppressed.

Figures are suppressed before they reach a series, so that nothing that rates or prints them can
show a suppressed one. For an indicator with `suppress_small_numbers`:

- a figure is suppressed where its count, numerator or denominator is from 1 to 4;
- a running total, or the count of a figure to date, is also suppressed where it differs by 1 to 4
  from the last one shown, since the difference is a small count;
- of counts that `kpi` adds up, no total is shown from a suppressed one on (see `totals`); nor is
  an earlier year's outturn, where one of its months is suppressed;
- the rate of a count is suppressed where the count is;
- an earlier year's outturns, with their notes, and months are suppressed by the same rules; of a
  rate, a month is suppressed too where the count has no figure.

A zero is shown. A suppressed figure loses its numerator and denominator too. A benchmark is of
another area, which has published it, so it is shown as given. A forecast from 1 to 4
is not shown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.catalogue.entries import Outturn
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.core.vocabulary import Accumulation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import FinancialYear
    from merton_kpi.extracts.observations import Observation

SMALLEST_SHOWN = 5
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def list_small_months(
    indicators: Mapping[str, Indicator],
    figures: Mapping[str, Mapping[Month, Observation]],
    rows: Mapping[str, Sequence[Observation]],
) -> Mapping[str, frozenset[Month]]:
    """The months of each indicator whose figure must not be shown.

    `figures` has those in force, `rows` all that became known, in that order.
    """
    small = {
        number: frozenset(_list_own_months(indicator, figures[number]))
        for number, indicator in indicators.items()
    }
    for number, indicator in indicators.items():
        if indicator.rate_of and indicator.rate_of.count in indicators:
            counter = indicators[indicator.rate_of.count]
            stale = _list_stale_months(figures[number], counter, rows[counter.number])
            small[number] |= small[counter.number] | stale
            if counter.is_added_up and indicator.year_covered:
                small[number] |= _list_later_months(figures[number], small[number])
    return small


def list_hidden_years(
    indicators: Mapping[str, Indicator],
    years: Mapping[str, Observation],
    figures: Mapping[str, Mapping[Month, Observation]],
    small: Mapping[str, Collection[Month]],
) -> frozenset[str]:
    """The numbers of the indicators whose figure of the whole year must not be shown.

    It is one that is small itself, one that differs by a small count from a running total or from
    the sum of counts that are added up, and one beside a suppressed figure, which the others and
    the year's could disclose; so is that of a rate whose count's must not be shown.

    Args:
        indicators: All of the catalogue's, by number.
        years: The figures of the whole year, of the indicators that have one.
        figures: The months' figures in force.
        small: The months whose figures must not be shown, as list_small_months gives them.
    """
    hidden = set()
    for number, each in years.items():
        indicator = indicators[number]
        totals = _list_totals(indicator, figures[number].values())
        count = _count_behind(indicator, each)
        steps = (abs(count - total) for total in totals if count is not None)
        is_telling = small[number] or is_small_figure(indicator, each) or any(map(_is_small, steps))
        if indicator.suppress_small_numbers and is_telling:
            hidden.add(number)
    for number in years:
        rate = indicators[number].rate_of
        counter = indicators.get(rate.count) if rate else None
        if counter and counter.suppress_small_numbers:
            is_count_hidden = counter.number in hidden or small[counter.number]
            if is_count_hidden or counter.number not in years:
                hidden.add(number)
    return frozenset(hidden)


def _list_totals(indicator: Indicator, figures: Iterable[Observation]) -> list[Decimal]:
    """The counts since the year began: the running totals, or the sum of the periods' counts."""
    counts = [_count_behind(indicator, each) for each in figures]
    known = [count for count in counts if count is not None]
    if indicator.is_added_up:
        return [sum(known[1:], known[0])] if known else []
    return known if indicator.year_covered else []


def _list_stale_months(
    rates: Mapping[Month, Observation], counter: Indicator, counts: Sequence[Observation]
) -> frozenset[Month]:
    """The months whose rate was given for a count that was small then and was corrected since."""
    found = set()
    for month, rate in rates.items():
        then = [each for each in counts if each.month == month and each.known <= rate.known]
        if any(is_small_figure(counter, each) for each in then[-1:]):
            found.add(month)
    return frozenset(found)


def _list_later_months(
    rates: Mapping[Month, Observation], small: frozenset[Month]
) -> frozenset[Month]:
    """The months after a small one, whose rate is of a total that has the small count in it."""
    return frozenset(month for month in rates if small and month > min(small))


def _list_own_months(indicator: Indicator, figures: Mapping[Month, Observation]) -> set[Month]:
    absent = {month: each.status for month, each in figures.items() if each.value is None}
    found = {month for month, status in absent.items() if status and status.is_suppressed}
    if not indicator.suppress_small_numbers:
        return found
    totals = dict(_select_earlier_counts(indicator))
    for month in figures.keys() - absent.keys():
        count = _count_behind(indicator, figures[month])
        if is_small_figure(indicator, figures[month]):
            found.add(month)
        elif count is not None:
            totals[month] = count
    return found | (_list_small_steps(indicator, totals) & figures.keys())


def _select_earlier_counts(indicator: Indicator) -> Mapping[Month, Decimal]:
    """Last year's figures by month, where they are counts."""
    return indicator.earlier_months if indicator.unit.can_be_count else {}


def _list_small_steps(indicator: Indicator, totals: Mapping[Month, Decimal]) -> set[Month]:
    """The months whose running total differs from the last one shown by a small count."""
    found: set[Month] = set()
    shown: dict[Month, Decimal] = {}  # the last total shown in each year of accumulation
    if indicator.year_covered:
        for month in sorted(totals):
            year = month.year_start(indicator.year_covered.first_month)
            if _is_small(abs(totals[month] - shown.get(year, totals[month]))):
                found.add(month)
            else:
                shown[year] = totals[month]
    return found


def is_small_figure(indicator: Indicator, each: Observation) -> bool:
    """Whether a figure by itself, without those of other months, discloses a small count."""
    counts = (_count_behind(indicator, each), each.numerator, each.denominator)
    return indicator.suppress_small_numbers and any(map(_is_small, counts))


def suppress_figure(indicator: Indicator, each: Observation) -> Observation:
    """The same observation without its figure; only a count from 1 to 4 is printed as `<5`."""
    if each.status and each.status.is_suppressed:
        return each
    is_count = indicator.unit.can_be_count and _is_small(each.value)
    status = Status.SUPPRESSED if is_count else Status.SUPPRESSED_WITH_ANOTHER
    return replace(
        each, value=None, numerator=None, denominator=None, status=status, is_worked_out=False
    )


def suppress_forecast(indicator: Indicator, each: Observation) -> Observation:
    """The same observation without a forecast from 1 to 4, below which the count would be too."""
    is_hidden = (
        indicator.suppress_small_numbers and each.forecast and _is_small(each.forecast.figure)
    )
    return replace(each, forecast=None) if is_hidden else each


def has_figure_in_words(each: Observation) -> bool:
    """Whether the words of a row contain its value or numerator, however either is written.

    `3`, `3.0` and `03` are the same figure, and so are `1204` and `1,204`.
    """
    texts = (each.words, each.words.replace(",", ""))
    numbers = {Decimal(number) for text in texts for number in _NUMBER.findall(text)}
    return each.value in numbers or each.numerator in numbers


def is_count_unknown(indicator: Indicator, each: Observation) -> bool:
    """Whether the row lacks the count behind its figure, which may then be a small one."""
    return (
        indicator.suppress_small_numbers
        and each.value is not None
        and not indicator.rate_of
        and _count_behind(indicator, each) is None
    )


def suppress_earlier_figures(catalogue: Catalogue) -> Catalogue:
    """The catalogue without the earlier figures that disclose a small count."""
    indicators = {each.number: each for each in catalogue.indicators}
    return _replace_each(catalogue, lambda each: _suppress_earlier(each, indicators))


def suppress_as_in(catalogue: Catalogue, other: Catalogue) -> Catalogue:
    """The catalogue without the earlier figures that its own or another one's settings suppress.

    Its settings stay as they are, so that the two can be compared.
    """
    counts = {each.number for each in catalogue.indicators}
    others = {each.number: each for each in other.indicators}

    def add_settings(each: Indicator) -> Indicator:
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
        for each in suppress_earlier_figures(_replace_each(catalogue, add_settings)).indicators
    }
    return _replace_each(catalogue, lambda each: each.model_copy(update=figures[each.number]))


def _replace_each(catalogue: Catalogue, change: Callable[[Indicator], Indicator]) -> Catalogue:
    sections = tuple(
        each.model_copy(update={"indicators": tuple(map(change, each.indicators))})
        for each in catalogue.sections
    )
    return catalogue.model_copy(update={"sections": sections})


def _suppress_earlier(indicator: Indicator, indicators: Mapping[str, Indicator]) -> Indicator:
    years, months = _list_small_earlier(indicator)
    if indicator.rate_of:
        counter = indicators[indicator.rate_of.count]
        count_years, count_months = _list_small_earlier(counter)
        covered = {counter.choose_outturn_year(year) for year in count_years}
        years |= {
            year for year in indicator.outturns if indicator.choose_outturn_year(year) in covered
        }
        if counter.suppress_small_numbers:
            months |= indicator.earlier_months.keys() - counter.earlier_months.keys()
            months |= count_months
    if not years and not months:
        return indicator
    outturns = {
        year: _suppress_outturn(indicator, each) if year in years else each
        for year, each in indicator.outturns.items()
    }
    earlier = {m: value for m, value in indicator.earlier_months.items() if m not in months}
    return indicator.model_copy(update={"outturns": outturns, "earlier_months": earlier})


def _list_small_earlier(indicator: Indicator) -> tuple[set[FinancialYear], set[Month]]:
    """The earlier years and months whose figures must not be shown."""
    outturns = indicator.outturns.items()
    years = {year for year, each in outturns if each.status and each.status.is_suppressed}
    if not indicator.suppress_small_numbers:
        return years, set()
    years |= {year for year, each in outturns if _is_small_outturn(indicator, each)}
    counts = _select_earlier_counts(indicator)
    months = {month for month, value in counts.items() if _is_small(value)}
    totals = {month: value for month, value in counts.items() if month not in months}
    months |= _list_small_steps(indicator, totals)
    if indicator.is_added_up:
        years |= _list_small_remainders(indicator, counts, months)
    elif indicator.accumulates is Accumulation.FINANCIAL_YEAR and indicator.unit.can_be_count:
        # The outturn is March's total.
        ends = {
            year.months[-1]: each.value
            for year, each in outturns
            if each.value is not None and year not in years and each.is_alike(indicator.unit)
        }
        shown = {month: value for month, value in totals.items() if month not in months}
        steps = _list_small_steps(indicator, shown | ends)
        years |= {year for year, _ in outturns if year.months[-1] in steps}
    return years, months


def _list_small_remainders(
    indicator: Indicator, counts: Mapping[Month, Decimal], hidden: set[Month]
) -> set[FinancialYear]:
    """The years whose outturn, less the counts shown, would give away what is not shown."""
    assert indicator.accumulates is not None
    shown = {month: count for month, count in counts.items() if month not in hidden}
    found = set()
    for year, outturn in indicator.outturns.items():
        start = Month(year.start, indicator.accumulates.first_month)
        of_year = {m for m in counts if m.year_start(start.number) == start}
        remainder = (outturn.value or Decimal(0)) - sum(shown[m] for m in of_year & shown.keys())
        if of_year & hidden or (of_year and _is_small(remainder)):
            found.add(year)
    return found


def _is_small_outturn(indicator: Indicator, outturn: Outturn) -> bool:
    return (outturn.unit or indicator.unit).can_be_count and _is_small(outturn.value)


def _suppress_outturn(indicator: Indicator, outturn: Outturn) -> Outturn:
    if outturn.value is None:
        return outturn
    is_count = _is_small_outturn(indicator, outturn)
    status = Status.SUPPRESSED if is_count else Status.SUPPRESSED_WITH_ANOTHER
    return Outturn(status=status, source=outturn.source, period=outturn.period)


def _count_behind(indicator: Indicator, each: Observation) -> Decimal | None:
    return each.value if indicator.unit.can_be_count else each.numerator


def _is_small(count: Decimal | None) -> bool:
    return count is not None and 0 < count < SMALLEST_SHOWN
