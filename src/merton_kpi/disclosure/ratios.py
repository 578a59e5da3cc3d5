"""The counts behind a rate or a percentage whose row gives none: those of other indicators."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from merton_kpi.core.periods import FIRST_MONTH
from merton_kpi.core.rounding import count_decimals
from merton_kpi.core.units import Unit
from merton_kpi.disclosure.figures import HALF, compose_figure, list_printed_ratio
from merton_kpi.disclosure.keys import RowKey
from merton_kpi.disclosure.solver.model import form_of, multiply, relation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.disclosure.figures import Figure
    from merton_kpi.disclosure.ledger import Ledger
    from merton_kpi.disclosure.solver.model import Form, Relation


# How much of an amount is certain that follows from a rounded rate and a population.
_CERTAIN = Fraction(9, 10)


def is_tied_ratio(indicator: Indicator) -> bool:
    """Whether the catalogue names the indicator with the count behind its figures."""
    return indicator.rate_of is not None or indicator.percentage_of is not None


class Ratios:
    """Completes the figures of tied ratios, with the populations that were worked out so far."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._populations: dict[tuple[str, Month], Form] = {}
        self._fitting: dict[tuple[str, Month], tuple[Fraction, Fraction]] = {}

    def add_counts(self, figure: Figure) -> Figure | None:
        """A figure with the counts behind it, as far as they are known.

        None for one that must not be shown yet: its count is not known and may be small.
        """
        indicator = self._ledger.group[figure.given.indicator]
        if figure.given.value is None:
            return figure
        if figure.count:
            self._add_provisional(indicator, figure, figure.count)
            return self._add_population(indicator, figure)
        count, whole = self._select_count(indicator, figure), self._select_whole(indicator, figure)
        if count is None and self._is_safe(indicator, figure, whole):
            count = self._add_count(indicator, figure, whole)
            self._add_provisional(indicator, figure, count)
        elif count is None and self._ledger.levels[indicator.number].below is not None:
            return None
        if count is None:
            return figure
        whole = figure.denominator or whole or self._work_out_whole(indicator, figure, count)
        self._choose_population(indicator, figure, count)
        parts = (count, whole)
        counts = self._ledger.counts
        return compose_figure(figure.key, figure.given, parts, indicator.unit, counts)

    def _add_population(self, indicator: Indicator, figure: Figure) -> Figure:
        """A rate whose row gives its count, with the population that follows from both."""
        if figure.denominator or indicator.rate_of is None or figure.count is None:
            return figure
        whole = self._select_whole(indicator, figure)
        whole = whole or self._work_out_whole(indicator, figure, figure.count)
        self._choose_population(indicator, figure, figure.count)
        return replace(figure, denominator=whole)

    def list_populations(self) -> Iterator[Relation]:
        """The populations that the catalogue gives, which anybody knows."""
        for (number, _), form in self._populations.items():
            rate_of = self._ledger.group[number].rate_of
            if rate_of and rate_of.population is not None:
                yield relation_of(form, self._ledger.counts.sum_of(form))

    def list_prints(self, figure: Figure) -> Iterator[Relation]:
        """What a reader knows of the counts behind a ratio that is printed without them."""
        value = figure.given.value
        if figure.count and figure.denominator and value is not None:
            per = self._ledger.group[figure.given.indicator].unit.per
            numerator = multiply(per, figure.count)
            yield from list_printed_ratio(value, numerator, figure.denominator, self._ledger.counts)

    def _select_count(self, indicator: Indicator, figure: Figure) -> Form | None:
        named = indicator.rate_of or indicator.percentage_of
        return self._ledger.select_count(indicator, named.count, figure) if named else None

    def _select_whole(self, indicator: Indicator, figure: Figure) -> Form | None:
        """The denominator that the catalogue or another indicator gives, or earlier months gave."""
        if indicator.percentage_of:
            other = indicator.percentage_of.of
            return self._ledger.select_count(indicator, other, figure) if other else None
        key = _compose_year_key(figure)
        population = indicator.rate_of.population if indicator.rate_of else None
        if key not in self._populations and population:
            self._populations[key] = form_of(self._ledger.counts.add(population))
        return self._populations.get(key)

    def _work_out_whole(self, indicator: Indicator, figure: Figure, count: Form) -> Form | None:
        """A denominator that fits; a rate's population is then taken to be the same all year."""
        value = figure.given.value
        if not value:
            return None
        amount = self._ledger.counts.sum_of(count) * indicator.unit.per / Fraction(value)
        whole = form_of(self._ledger.counts.add(round(amount)))
        if indicator.rate_of:
            self._populations[_compose_year_key(figure)] = whole
        return whole

    def _choose_population(self, indicator: Indicator, figure: Figure, count: Form) -> None:
        """Let a population that is worked out fit a further rate too, if one fits all so far."""
        key, value = _compose_year_key(figure), figure.given.value
        whole = self._populations.get(key)
        is_given = indicator.rate_of is None or indicator.rate_of.population is not None
        half = HALF / 10 ** count_decimals(value) if value else HALF
        if not value or Fraction(value) <= half or is_given:
            return
        amount = self._ledger.counts.sum_of(count) * indicator.unit.per
        least, most = amount / (Fraction(value) + half), amount / (Fraction(value) - half)
        before = self._fitting.get(key, (least, most))
        least, most = max(least, before[0]), min(most, before[1])
        if least <= most:
            self._fitting[key] = least, most
            if whole:
                ((number, _),) = whole
                self._ledger.counts.amounts[number] = round((least + most) / 2)

    def _is_safe(self, indicator: Indicator, figure: Figure, whole: Form | None) -> bool:
        """Whether a figure whose count is not known can be shown, since that cannot be small.

        An earlier percentage of an unknown number gives no count away.
        """
        if whole is None:
            return indicator.percentage_of is not None and not isinstance(figure.key, RowKey)
        total = self._ledger.counts.sum_of(whole)
        value = figure.given.value or Decimal(0)
        half, per = HALF / 10 ** count_decimals(value), Fraction(indicator.unit.per)
        least, most = ((Fraction(value) + step) * total / per for step in (-half, half))
        ranges = [(least, most)]
        if indicator.unit == Unit.PERCENT:
            ranges.append((total - most, total - least))
        below = self._ledger.levels[indicator.number].below or 0
        return all(high < 1 or _CERTAIN * low >= below for low, high in ranges)

    def _add_provisional(self, indicator: Indicator, figure: Figure, count: Form | None) -> None:
        """Let a count that follows from a rate stand for its own figure until that comes."""
        named = indicator.rate_of or indicator.percentage_of
        if named and count and not figure.is_year:
            is_added_up = self._ledger.group[named.count].is_added_up
            if not is_added_up and figure.month not in self._ledger.figures[named.count]:
                self._ledger.add_figure(named.count, replace(figure, count=count))

    def _add_count(self, indicator: Indicator, figure: Figure, whole: Form | None) -> Form | None:
        """A count that a figure may have, where another indicator has not given it."""
        if whole is None:
            return None
        total = self._ledger.counts.sum_of(whole)
        amount = Fraction(figure.given.value or 0) * total / indicator.unit.per
        return form_of(self._ledger.counts.add(round(amount)))


def _compose_year_key(figure: Figure) -> tuple[str, Month]:
    """The indicator and the financial year of a figure, which have one population."""
    return figure.given.indicator, figure.month.year_start(FIRST_MONTH)
