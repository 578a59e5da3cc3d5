"""Figures as they are shown: without those that `disclosure` hides, and rounded where it says so.

Figures are suppressed before they reach a series, so that nothing that rates or prints them can
show a suppressed one. A suppressed figure loses its numerator and denominator too. A benchmark is
of another area, which has published it, so it is shown as given.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.catalogue.entries import SMALL_NUMBERS, Outturn
from merton_kpi.core.rounding import round_to_multiple
from merton_kpi.core.statuses import Status
from merton_kpi.disclosure.decisions import Decisions, choose_hidden_figures
from merton_kpi.disclosure.keys import Reason, SuppressionLevel

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import FinancialYear
    from merton_kpi.extracts.observations import Observation

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def suppress_row(indicator: Indicator, each: Observation, decisions: Decisions) -> Observation:
    """A row as it is shown: without a hidden figure, or with its counts rounded."""
    level = decisions.level_of(indicator.number)
    each = _suppress_forecast(each, level)
    reason = decisions.reason_for(each)
    if reason is None or reason is Reason.GIVEN:
        return _round_counts(indicator, each, level.round_to)
    status = Status.SUPPRESSED_WITH_ANOTHER
    is_count = indicator.unit.can_be_count and is_small_count(indicator, each.value)
    # Only where it says nothing about other figures, and "<5" is true of it.
    if is_count and level.stands_alone and level.below == SMALL_NUMBERS.below:
        status = Status.SUPPRESSED
    each = replace(each, value=None, numerator=None, denominator=None, status=status)
    return replace(each, is_worked_out=False, written=None)


def _round_counts(indicator: Indicator, each: Observation, base: int | None) -> Observation:
    if base is None:
        return each
    is_count = indicator.unit.can_be_count
    counts = (each.value if is_count else None, each.numerator, each.denominator)
    value, numerator, denominator = (
        None if count is None else round_to_multiple(count, base) for count in counts
    )
    return replace(
        each,
        value=value if is_count else each.value,
        numerator=numerator,
        denominator=denominator,
        written=None,
    )


def _suppress_forecast(each: Observation, level: SuppressionLevel) -> Observation:
    """A row without a stated forecast that is a small count, below which the count would be too."""
    is_hidden = each.forecast and level.is_small(each.forecast.figure)
    return replace(each, forecast=None) if is_hidden else each


def is_small_count(indicator: Indicator, count: Decimal | None) -> bool:
    """Whether an indicator hides a count because it is small."""
    level = indicator.suppression
    return level is not None and count is not None and 0 < count < level.below


def has_small_count(indicator: Indicator, each: Observation) -> bool:
    """Whether a row's own count, numerator or denominator is a small count."""
    value = each.value if indicator.unit.can_be_count else None
    counts = (value, each.numerator, each.denominator)
    return any(is_small_count(indicator, count) for count in counts)


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
        indicator.suppression is not None
        and each.value is not None
        and not indicator.rate_of
        and not indicator.percentage_of
        and not indicator.unit.can_be_count
        and each.numerator is None
    )


def suppress_earlier_figures(catalogue: Catalogue) -> Catalogue:
    """The catalogue without the earlier figures that disclose a small count."""
    decisions = choose_hidden_figures(catalogue, {})
    return _replace_each(catalogue, lambda each: _suppress_earlier(each, decisions))


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
            "suppress": each.suppression or like.suppression,
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


def _suppress_earlier(indicator: Indicator, decisions: Decisions) -> Indicator:
    """The indicator as it is printed: without its earlier figures that are hidden, or rounded."""
    number = indicator.number
    base = decisions.level_of(number).round_to if indicator.unit.can_be_count else None
    outturns = {year: _suppress_outturn(indicator, year, decisions) for year in indicator.outturns}
    months = {
        month: round_to_multiple(value, base) if base else value
        for month, value in indicator.earlier_months.items()
        if not decisions.earlier_reason_for(number, month)
    }
    if outturns == indicator.outturns and months == indicator.earlier_months:
        return indicator
    return indicator.model_copy(update={"outturns": outturns, "earlier_months": months})


def _suppress_outturn(indicator: Indicator, year: FinancialYear, decisions: Decisions) -> Outturn:
    outturn = indicator.outturns[year]
    unit, level = outturn.unit or indicator.unit, indicator.suppression
    if outturn.value is None:
        return outturn
    if not decisions.earlier_reason_for(indicator.number, year):
        base = decisions.level_of(indicator.number).round_to
        if base and unit.can_be_count:
            rounded = round_to_multiple(outturn.value, base)
            return outturn.model_copy(update={"value": rounded})
        return outturn
    is_small = unit.can_be_count and is_small_count(indicator, outturn.value)
    stands_alone = decisions.level_of(indicator.number).stands_alone
    is_plain = is_small and stands_alone and level == SMALL_NUMBERS
    status = Status.SUPPRESSED if is_plain else Status.SUPPRESSED_WITH_ANOTHER
    return Outturn(status=status, source=outturn.source, period=outturn.period)
