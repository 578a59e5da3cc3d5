"""Words that could disclose a hidden figure, of their own row or of any other that is related."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.core.rounding import round_half_up
from merton_kpi.core.units import Unit
from merton_kpi.disclosure.words import Kind, list_disclosures, list_spoken_numbers
from merton_kpi.series.totals import select_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.disclosure.decisions import Decisions
    from merton_kpi.extracts.observations import Observation


@dataclass(frozen=True, kw_only=True, slots=True)
class _Figures:
    """An indicator's figures that words could speak of.

    `hidden` are the hidden ones of each kind, with the month by which each was known; None: from
    the beginning. `printed` are those shown and the targets, without those that could be a small
    count.
    """

    hidden: Mapping[Kind, Mapping[Decimal, Month | None]] = field(default_factory=dict)
    printed: frozenset[Decimal] = frozenset()

    def list_known(self, kind: Kind, by: Month | None) -> set[Decimal]:
        """The hidden figures that were known by a month; all of them for None."""
        return {
            value
            for value, known in self.hidden.get(kind, {}).items()
            if by is None or known is None or known <= by
        }


def list_rows_with_hidden_figures(
    indicators: Mapping[str, Indicator],
    rows: Mapping[str, Sequence[Observation]],
    decisions: Decisions,
) -> Iterator[tuple[Observation, bool]]:
    """List the rows whose words have a number that could be a hidden figure.

    It could be one of the indicator itself, or of another that it is tied or linked to. A small
    count could be any of those that are hidden; any other hidden figure is compared as it is. Any
    number passes where the row's own `confirmed` says why, unless it is the row's own hidden
    figure; so does one that is printed for the indicator and is no small count.

    Args:
        indicators: All of the catalogue's, by number.
        rows: All rows, by indicator.
        decisions: What is hidden.

    Yields:
        Each such row, and whether it has its own hidden figure although it is confirmed.
    """
    figures = {
        number: _list_figures(indicators[number], rows[number], decisions)
        for number in indicators
        if decisions.level_of(number).below or decisions.tied.get(number)
    }
    for number, indicator in indicators.items():
        others = {number, *decisions.tied.get(number, ()), *indicator.linked}
        others |= {each.number for each in indicators.values() if number in each.linked}
        related = [figures[each] for each in others if each in figures]
        if any(mine.hidden for mine in related):
            printed = figures[number].printed if number in figures else frozenset()
            for each in rows[number]:
                own = frozenset[Decimal]()
                if decisions.reason_for(each) is not None:
                    own = _list_numbers(each)
                found = _list_disclosed(indicator, each, related, own, printed)
                is_own = bool(found & own)
                if found and (is_own or not each.confirmed):
                    yield each, is_own and bool(each.confirmed)


def _list_disclosed(
    indicator: Indicator,
    each: Observation,
    related: Sequence[_Figures],
    own: frozenset[Decimal],
    printed: frozenset[Decimal],
) -> set[Decimal]:
    """The numbers in a row's words that could be a hidden figure of the related indicators.

    A caveat and a confirmation are printed in later papers too, so they are compared with all that
    is known by now.

    Args:
        indicator: The row's.
        each: The row.
        related: The figures of the indicator and of those that it is tied or linked to.
        own: The row's own hidden figures.
        printed: Those that are printed for the indicator.
    """
    nouns = {noun.lower() for noun in indicator.unit.nouns}
    texts = ((each.words, each.known), (f"{each.caveat} {each.confirmed}", None))
    found: set[Decimal] = set()
    for text, by in texts:
        for spoken in list_spoken_numbers(text, nouns) if text.strip() else ():
            possible = {value for mine in related for value in mine.list_known(spoken.kind, by)}
            disclosed = list_disclosures([spoken], possible, printed=printed, own=own)
            found |= {number.value for number in disclosed}
    return found


def _list_figures(
    indicator: Indicator, rows: Sequence[Observation], decisions: Decisions
) -> _Figures:
    """The figures of an indicator that words could speak of."""
    counts: dict[Decimal, Month | None] = {}
    percentages: dict[Decimal, Month | None] = {}
    printed: set[Decimal] = {figure for target in indicator.targets for figure in target.figures}
    below = decisions.level_of(indicator.number).below or 0
    small = {Decimal(each) for each in range(1, below)}
    for each in rows:
        if decisions.reason_for(each) is None:
            printed |= _list_numbers(each)
            continue
        for value in small | _list_numbers(each):
            counts.setdefault(value, each.known)
        if each.value is not None and indicator.unit == Unit.PERCENT:
            for value in (each.value, round_half_up(each.value, 0)):
                percentages.setdefault(value, each.known)
    for value in _list_earlier(indicator, rows, decisions):
        counts.setdefault(value, None)
    return _Figures(
        hidden={Kind.COUNT: counts, Kind.PERCENTAGE: percentages} if counts else {},
        printed=frozenset(printed - small),
    )


def _list_earlier(
    indicator: Indicator, rows: Sequence[Observation], decisions: Decisions
) -> Iterator[Decimal]:
    """The hidden figures that no row gives: outturns, last year's months, totals added up."""
    number = indicator.number
    for year, outturn in indicator.outturns.items():
        if outturn.value is not None and decisions.earlier_reason_for(number, year):
            yield outturn.value
    for month, value in indicator.earlier_months.items():
        if decisions.earlier_reason_for(number, month):
            yield value
    if indicator.is_added_up:
        figures = {each.month: each for each in rows if each.year is None}
        for month in figures:
            periods = indicator.list_periods_to(month)
            given = [select_part(figures[each]) for each in periods if each in figures]
            parts = [part for part in given if part is not None]
            if len(parts) == len(periods) and decisions.total_reason_for(number, month):
                yield sum(parts, Decimal(0))


def _list_numbers(each: Observation) -> frozenset[Decimal]:
    """The numbers that a row gives."""
    values = (each.value, each.numerator, each.denominator)
    return frozenset(value for value in values if value is not None)
