"""The figures in force of indicators that are tied together, as their papers are gone through."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from merton_kpi.disclosure.keys import RowKey, SuppressionLevel, TotalKey
from merton_kpi.disclosure.solver.counts import Counts
from merton_kpi.disclosure.solver.model import add_forms, form_of
from merton_kpi.disclosure.ties import YearFigures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.disclosure.figures import Figure
    from merton_kpi.disclosure.solver.model import Form


class CellKind(IntEnum):
    """The kinds of cells; of those that would do, the first kind is hidden first."""

    EARLIER_MONTH = 0
    OUTTURN = 1
    YEAR = 2
    PERIOD = 3
    TOTAL = 4


class Ledger:
    """The counts of a group of indicators, and which figures are in force by now.

    Args:
        group: The indicators by number, in the catalogue's order.
        levels: How the counts of each are published, by number.
    """

    def __init__(
        self, group: Mapping[str, Indicator], levels: Mapping[str, SuppressionLevel]
    ) -> None:
        self.group = group
        self.levels = levels
        self.counts = Counts()
        self.totals: dict[tuple[str, Month], TotalKey] = {}
        self.sums: dict[TotalKey, Form] = {}
        self.figures: dict[str, dict[Month, Figure]] = {number: {} for number in group}
        self.ends: dict[str, dict[Month, tuple[Figure, ...]]] = {number: {} for number in group}
        self.missing: dict[str, dict[Month, Form]] = {number: {} for number in group}
        self.arrived: list[tuple[Form, Form]] = []
        self._order = {number: place for place, number in enumerate(group)}

    def add_figure(self, number: str, figure: Figure) -> None:
        """Put a period's figure in force; it is the one that was missing for the period so far."""
        self.figures[number][figure.month] = figure
        missing = self.missing[number].pop(figure.month, None)
        if missing and figure.count:
            self.arrived.append((figure.count, missing))

    def is_correction(self, figure: Figure) -> bool:
        """Whether a row's figure takes the place of another row's."""
        each = figure.given
        before = [self.figures[each.indicator].get(each.month)] if each.year is None else []
        if each.year is not None:
            before += self.ends[each.indicator].get(each.month, ())
        keys = [other.key for other in before if other]
        rows = [key for key in keys if isinstance(key, RowKey) and key.number == each.indicator]
        return any(key != figure.key for key in rows)

    def add_end(self, number: str, figure: Figure) -> None:
        """Put a whole year's figure in force, beside an outturn of the year if there is one."""
        before = self.ends[number].get(figure.month, ())
        is_row = isinstance(figure.key, RowKey)
        kept = (each for each in before if not (is_row and isinstance(each.key, RowKey)))
        self.ends[number][figure.month] = (*kept, figure)

    def add_missing(self, known: Month) -> Iterator[Form]:
        """Add the counts of periods up to a month that have no figure, though there is a count.

        A reader may work them out before they come, and with them another part of a sum. Those of a
        year whose outturn or own figure is known are added up to its end.
        """
        first = min((month for each in self.figures.values() for month in each), default=known)
        # An academic year's outturn tells its months too that have not come yet.
        last = max((known, *(month for each in self.ends.values() for month in each)))
        for number in self._list_counted():
            indicator = self.group[number]
            figures, missing = self.figures[number], self.missing[number]
            if indicator.unit.can_be_count:
                month = first
                while month <= last:
                    is_open = indicator.is_due(month) and month not in figures
                    if is_open and month not in missing:
                        missing[month] = form_of(self.counts.add_open(None))
                        yield missing[month]
                    month = month.add_months(1)

    def _list_counted(self) -> list[str]:
        """The indicators that are added up, sums or running totals of others, or parts of them."""
        found = {number for number, each in self.group.items() if each.is_added_up}
        for number, each in self.group.items():
            others = (*each.sum_of, *([each.running_total_of] if each.running_total_of else []))
            if others:
                found |= {number, *others}
        return [number for number in self.group if number in found]

    def replace_missing(self) -> None:
        """Let `add_missing` add other counts, since figures are corrected.

        Nobody knows whether those would have been corrected too.
        """
        for missing in self.missing.values():
            missing.clear()

    def select(self, number: str) -> YearFigures:
        """An indicator's figures and totals in force."""
        totals = {m: self.sums[key] for (other, m), key in self.totals.items() if other == number}
        return YearFigures(
            indicator=self.group[number],
            level=self.levels[number],
            figures=dict(self.figures[number]),
            ends=dict(self.ends[number]),
            missing=dict(self.missing[number]),
            totals={m: (self.totals[number, m], form) for m, form in totals.items()},
        )

    def replace_totals(self, known: Month) -> Iterator[TotalKey]:
        """The totals that kpi adds up and that are not what they were in the paper before."""
        for number, indicator in self.group.items():
            if indicator.is_added_up:
                for month in sorted(self.figures[number]):
                    form = self._add_up(indicator, month)
                    old = self.totals.get((number, month))
                    if form and (old is None or self.sums[old] != form):
                        key = TotalKey(number=number, month=month, known=known)
                        self.totals[number, month] = key
                        self.sums[key] = form
                        yield key

    def _add_up(self, indicator: Indicator, month: Month) -> Form | None:
        """The sum of a year's periods up to a month; None where one has no figure."""
        figures = self.figures[indicator.number]
        if not indicator.is_due(month):
            return None
        found = [figures.get(each) for each in indicator.list_periods_to(month)]
        forms = [each.count for each in found if each and each.count]
        is_known = len(forms) == len(found) and not any(map(self.counts.is_open, forms))
        return add_forms(*forms) if is_known else None

    def select_count(self, indicator: Indicator, number: str, figure: Figure) -> Form | None:
        """The count of another indicator for a figure's period or year; None if it is not known.

        It is the total to date where the indicator covers the year to date, and the other is added
        up.
        """
        month = figure.month
        if figure.is_year:
            ends = self.ends[number].get(month, ())
            alike = [each for each in ends if isinstance(each.key, type(figure.key))]
            other = alike[-1] if alike else None
        elif self.group[number].is_added_up and indicator.year_covered:
            total = self.totals.get((number, month))
            return self.sums[total] if total else None
        else:
            other = self.figures[number].get(month)
        is_known = other and other.count and not self.counts.is_open(other.count)
        return other.count if other and is_known else None

    def cost_of(self, number: str, kind: CellKind, month: Month) -> tuple[int, ...]:
        """What it costs the paper to hide a cell: a rating most, then a total, then a part.

        Of two that are alike the older one costs less. It does not depend on the figure, which the
        choice could otherwise give away.
        """
        indicator = self.group[number]
        is_rated_kind = kind is (CellKind.TOTAL if indicator.is_added_up else CellKind.PERIOD)
        is_whole = bool(indicator.sum_of or indicator.running_total_of)
        return (
            int(indicator.is_rated and is_rated_kind),
            int(is_whole),
            int(kind),
            self._order[number],
            month.year,
            month.number,
        )
