"""What the paper of each month adds to those before it, for indicators that are tied together.

The catalogue's earlier figures come first: they are in every paper. Then each month adds the rows
that became known in it, and the totals that change with them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import FinancialYear, Month
from merton_kpi.core.vocabulary import Accumulation
from merton_kpi.disclosure.figures import (
    compose_cell,
    compose_printed_count,
    list_basics,
    list_small,
    list_sum,
    read_figure,
)
from merton_kpi.disclosure.keys import EarlierKey, Reason, RowKey, SuppressionLevel
from merton_kpi.disclosure.ledger import CellKind, Ledger
from merton_kpi.disclosure.links import list_links
from merton_kpi.disclosure.ratios import Ratios, is_tied_ratio
from merton_kpi.disclosure.solver.model import Cell, Paper, Relation, Secret
from merton_kpi.disclosure.ties import list_same_steps, list_ties
from merton_kpi.extracts.observations import Observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from merton_kpi.catalogue.entries import Outturn
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.disclosure.figures import Figure
    from merton_kpi.disclosure.keys import CellKey, TotalKey
    from merton_kpi.disclosure.ties import YearFigures


class History:
    """The papers of a group of indicators that are tied together, one after the other.

    `waiting` are the rows whose count is not known yet and may be small; their figures are not
    shown until it is.

    Args:
        group: The indicators by number, in the catalogue's order.
        levels: How the counts of each are published, by number.
    """

    def __init__(
        self, group: Mapping[str, Indicator], levels: Mapping[str, SuppressionLevel]
    ) -> None:
        self.ledger = Ledger(group, levels)
        self.waiting: tuple[Observation, ...] = ()
        self._ratios = Ratios(self.ledger)
        self._known: set[tuple[object, ...]] = set()
        self._before: Mapping[str, YearFigures] = {}

    def add_earlier_figures(self) -> Paper:
        """What the catalogue itself gives: outturns, and last year's months."""
        read = [each for number in self.ledger.group for each in self._list_earlier(number)]
        shown: dict[CellKey, Figure | None] = {}
        # The counts come before the ratios of them.
        for figure in sorted(read, key=self._is_ratio):
            complete = self._ratios.add_counts(figure) if self._is_ratio(figure) else figure
            shown[figure.key] = complete
            indicator = self.ledger.group[figure.given.indicator]
            if complete and figure.unit in {None, indicator.unit}:
                self._add_figure(complete)
        cells = [self._compose_earlier_cell(each, shown[each.key]) for each in read]
        missing = self._add_missing(max(each.month for each in read)) if read else ()
        return self._compose_paper(cells, filter(None, shown.values()), missing)

    def add_month(self, known: Month, rows: Iterable[Observation]) -> Paper:
        """What the paper of a month adds: the rows that became known in it, and the totals."""
        read = [self._read_row(each) for each in (*self.waiting, *rows)]
        given = [figure for figure in read if figure]
        if any(map(self.ledger.is_correction, given)):
            self.ledger.replace_missing()
        figures = [self._add_figure(each) for each in given if not self._is_ratio(each)]
        totals = tuple(self.ledger.replace_totals(known))
        waiting = []
        for each in filter(self._is_ratio, given):
            if complete := self._ratios.add_counts(each):
                figures.append(self._add_figure(complete))
            else:
                waiting.append(each.given)
        self.waiting = tuple(waiting)
        missing = self._add_missing(known)
        cells = [*map(self._compose_row_cell, figures), *map(self._compose_total_cell, totals)]
        return self._compose_paper(cells, figures, missing)

    def _add_missing(self, month: Month) -> list[Relation]:
        """Add the counts of periods up to a month that have no figure, and what anybody knows."""
        return [Relation(form=form, least=0) for form in self.ledger.add_missing(month)]

    def _is_ratio(self, figure: Figure) -> bool:
        return is_tied_ratio(self.ledger.group[figure.given.indicator])

    def _read_row(self, each: Observation) -> Figure | None:
        unit = self.ledger.group[each.indicator].unit
        return read_figure(unit, RowKey.of(each), each, self.ledger.counts)

    def _list_earlier(self, number: str) -> Iterator[Figure]:
        """The earlier figures of an indicator, read as rows."""
        indicator, counts = self.ledger.group[number], self.ledger.counts
        for month, value in indicator.earlier_months.items():
            key = EarlierKey(number=number, period=month)
            each = _compose_observation(number, month, value)
            if figure := read_figure(indicator.unit, key, each, counts):
                yield figure
        for year, outturn in indicator.outturns.items():
            key = EarlierKey(number=number, period=year)
            each = _compose_outturn_row(indicator, year, outturn)
            unit = outturn.unit or indicator.unit
            if figure := read_figure(unit, key, each, counts):
                yield figure if outturn.is_alike(indicator.unit) else replace(figure, unit=unit)

    def _add_figure(self, figure: Figure) -> Figure:
        each = figure.given
        add = self.ledger.add_figure if each.year is None else self.ledger.add_end
        add(each.indicator, figure)
        return figure

    def _compose_paper(
        self, cells: Iterable[Cell], figures: Iterable[Figure], missing: Iterable[Relation] = ()
    ) -> Paper:
        """A paper with every tie between its figures and those before it.

        `missing` is what a reader knows of the counts of periods that have no figure.
        """
        counts = self.ledger.counts
        now = {number: self.ledger.select(number) for number in self.ledger.group}
        found: list[Relation | Secret] = [*missing, *self._ratios.list_populations()]
        for form, stand_in in self.ledger.arrived:
            found += list_sum(form, (stand_in,), counts)
        self.ledger.arrived = []
        still_open = -1
        while still_open != len(counts.open):
            # A count that follows from one relation can let another small count follow.
            still_open = len(counts.open)
            for mine in now.values():
                found += list_ties(mine, counts)
            for number, mine in now.items():
                found += list_links(mine, now, counts)
                if number in self._before:
                    found += list_same_steps(self._before[number], mine, counts)
        found += self._list_small_missing()
        for figure in figures:
            level = self.ledger.levels[figure.given.indicator]
            found += list_basics(figure, level, counts)
            found += list_small(figure, level, counts)
        self._before = now
        new = [each for each in found if self._is_new(each)]
        return Paper(
            cells=tuple(cells),
            relations=tuple(each for each in new if isinstance(each, Relation)),
            secrets=tuple(each for each in new if isinstance(each, Secret)),
        )

    def _list_small_missing(self) -> Iterator[Secret]:
        """The small counts of periods that have no figure, but follow from others."""
        counts = self.ledger.counts
        for number, missing in self.ledger.missing.items():
            below = self.ledger.levels[number].below
            for month, form in missing.items():
                if below and not counts.is_open(form) and 0 < counts.sum_of(form) < below:
                    key = RowKey(number=number, month=month, known=month, is_year=False)
                    yield Secret(form=form, below=below, key=key)

    def _is_new(self, each: Relation | Secret) -> bool:
        ends = (each.least, each.most) if isinstance(each, Relation) else (each.below,)
        mark = (type(each), each.form, *ends)
        is_new = mark not in self._known
        self._known.add(mark)
        return is_new

    def _compose_earlier_cell(self, figure: Figure, shown: Figure | None) -> Cell:
        """The cell of an earlier figure; that of a rate depends on its count's."""
        number, ledger = figure.given.indicator, self.ledger
        indicator = ledger.group[number]
        kind = CellKind.OUTTURN if figure.is_year else CellKind.EARLIER_MONTH
        cost = ledger.cost_of(number, kind, figure.month)
        if shown is None:
            return Cell(key=figure.key, prints=(), cost=cost, hidden_since=Reason.COUNT_UNKNOWN)
        unit = shown.unit or indicator.unit
        cell = compose_cell(unit, shown, ledger.levels[number], ledger.counts, cost)
        if self._is_ratio(shown):
            cell = replace(cell, prints=tuple(self._ratios.list_prints(shown)))
        return replace(cell, depends_on=dict(self._list_dependencies(indicator, shown)))

    def _compose_row_cell(self, figure: Figure) -> Cell:
        each, ledger = figure.given, self.ledger
        indicator, level = ledger.group[each.indicator], ledger.levels[each.indicator]
        kind = CellKind.PERIOD if each.year is None else CellKind.YEAR
        cost = ledger.cost_of(each.indicator, kind, each.month)
        cell = compose_cell(indicator.unit, figure, level, ledger.counts, cost)
        if is_tied_ratio(indicator) and each.numerator is None:
            cell = replace(cell, prints=tuple(self._ratios.list_prints(figure)))
        return replace(cell, depends_on=dict(self._list_dependencies(indicator, figure)))

    def _list_dependencies(
        self, indicator: Indicator, figure: Figure
    ) -> Iterator[tuple[CellKey, Reason]]:
        """The cells whose hiding hides a figure: a rate's count, and a year's periods."""
        numbers = [indicator.number]
        if indicator.rate_of:
            numbers.append(indicator.rate_of.count)
            for key in self._list_keys(indicator, indicator.rate_of.count, figure):
                yield key, Reason.COUNT_HIDDEN
        year = figure.given.year
        if year is not None and isinstance(figure.key, RowKey):
            for number in numbers:
                for month, other in self.ledger.figures[number].items():
                    if month in year.months:
                        yield other.key, Reason.YEAR

    def _list_keys(self, indicator: Indicator, number: str, figure: Figure) -> Iterator[CellKey]:
        """The cells of another indicator's figure for a figure's period."""
        month = figure.month
        if figure.is_year:
            yield from (other.key for other in self.ledger.ends[number].get(month, ()))
        elif indicator.year_covered and (number, month) in self.ledger.totals:
            yield self.ledger.totals[number, month]
        elif month in self.ledger.figures[number]:
            yield self.ledger.figures[number][month].key

    def _compose_total_cell(self, key: TotalKey) -> Cell:
        level, form = self.ledger.levels[key.number], self.ledger.sums[key]
        is_small = level.is_small(self.ledger.counts.sum_of(form))
        return Cell(
            key=key,
            prints=(compose_printed_count(form, level, self.ledger.counts),),
            cost=self.ledger.cost_of(key.number, CellKind.TOTAL, key.month),
            hidden_since=Reason.SMALL if is_small else None,
        )


def _compose_observation(number: str, month: Month, value: Decimal | None = None) -> Observation:
    """An earlier figure as if a row had given it."""
    place = Place(file="")
    return Observation(indicator=number, month=month, known=month, place=place, value=value)


def _compose_outturn_row(
    indicator: Indicator, year: FinancialYear, outturn: Outturn
) -> Observation:
    """An outturn as if a row had given it, for the last month of the year that it covers."""
    start = (indicator.accumulates or Accumulation.FINANCIAL_YEAR).first_month
    covered = indicator.choose_outturn_year(year)
    month = Month(covered.start, start).add_months(11)
    each = _compose_observation(indicator.number, month, outturn.value)
    return replace(each, year=covered, status=outturn.status)


def compose_history(history: History, rows: Sequence[Observation]) -> Iterator[Paper]:
    """The papers of all months in which a row became known, after the earlier figures.

    Each must be used before the next is composed: amounts that are not known can then be others.
    """
    yield history.add_earlier_figures()
    for known in sorted({each.known for each in rows}):
        yield history.add_month(known, [each for each in rows if each.known == known])
