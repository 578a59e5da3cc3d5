"""How one indicator's figures of a year are tied to each other: steps, sums, the whole year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from merton_kpi.disclosure.figures import list_sum, select_count
from merton_kpi.disclosure.keys import RowKey
from merton_kpi.disclosure.solver.model import (
    Relation,
    Secret,
    add_forms,
    multiply,
    subtract,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.disclosure.figures import Figure
    from merton_kpi.disclosure.keys import CellKey, SuppressionLevel
    from merton_kpi.disclosure.solver.counts import Counts
    from merton_kpi.disclosure.solver.model import Form

Aspect: TypeAlias = "Callable[[Figure], Form | None]"

# The counts behind a figure; each adds up, or grows, by itself.
COUNT: Aspect = attrgetter("count")
DENOMINATOR: Aspect = attrgetter("denominator")
ASPECTS = (COUNT, DENOMINATOR, attrgetter("rest"))


@dataclass(frozen=True, kw_only=True, slots=True)
class YearFigures:
    """An indicator's figures in force, and the totals that kpi adds up, as at a month.

    `figures` are those of the periods, with last year's months; `ends` those of whole years by the
    year's last month: outturns and the year's own figure. `totals` have the cell and the sum of
    each month whose total is known. `missing` are the counts of periods without a figure.
    """

    indicator: Indicator
    level: SuppressionLevel
    figures: Mapping[Month, Figure]
    ends: Mapping[Month, tuple[Figure, ...]]
    totals: Mapping[Month, tuple[CellKey, Form]]
    missing: Mapping[Month, Form]

    def select_part(self, month: Month) -> Form | None:
        """The count of a month that a total has in it, whether its figure has come or not."""
        return select_count(self.figures, month) or self.missing.get(month)

    def compose_missing_key(self, month: Month) -> RowKey:
        """The cell of a month's figure that has not come yet, as if it had come in time."""
        return RowKey(number=self.indicator.number, month=month, known=month, is_year=False)

    @property
    def first_month(self) -> int | None:
        """The calendar month in which the year begins that the figures cover or add up over."""
        year = self.indicator.year_covered or self.indicator.accumulates
        return year.first_month if year else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A total since the year began: at which month, in which cell, and whether it has come."""

    month: Month
    key: CellKey
    form: Form
    is_missing: bool = False


def list_ties(mine: YearFigures, counts: Counts) -> Iterator[Relation | Secret]:
    """How an indicator's figures are tied to each other, and the small counts between them."""
    if mine.indicator.is_added_up:
        yield from _list_small_totals(mine, counts)
        yield from _list_sums_of_years(mine, counts)
        for line in _split_years(mine, _list_sums(mine)):
            yield from _list_steps(line, mine.level, counts)
    elif mine.indicator.year_covered:
        for aspect in ASPECTS:
            for line in _split_years(mine, list_totals(mine, aspect)):
                yield from _list_steps(line, mine.level, counts)
    else:
        yield from _list_year_sums(mine, counts)


def list_same_steps(before: YearFigures, now: YearFigures, counts: Counts) -> Iterator[Relation]:
    """Steps of a running total that are the same in two papers, whose totals are not.

    A reader may take a step to be the same although its totals were corrected: because an earlier
    month came late, or was corrected itself.
    """
    if now.indicator.is_added_up or not now.indicator.year_covered:
        return
    for aspect in ASPECTS:
        old, new = (
            {
                later.month: subtract(later.form, earlier.form if earlier else ())
                for line in _split_years(each, _list_known_totals(each, aspect, counts))
                for earlier, later in zip([None, *line], line, strict=False)
            }
            for each in (before, now)
        )
        for month in old.keys() & new.keys():
            difference = subtract(new[month], old[month])
            # A single count is a total that came late: that it is 0 is not known before it is read.
            if len(difference) > 1 and not counts.is_open(difference):
                yield from list_sum(difference, (), counts)


def list_totals(mine: YearFigures, aspect: Aspect) -> list[Point]:
    """The running totals in order, a year's own figure after that of its last month.

    With those that have not come yet.
    """
    missing = mine.missing if aspect is COUNT else {}
    found = [
        Point(month=month, key=mine.compose_missing_key(month), form=form, is_missing=True)
        for month, form in missing.items()
    ]
    ends = [each for those in mine.ends.values() for each in those]
    for each in (*mine.figures.values(), *ends):
        if form := aspect(each):
            found.append(Point(month=each.month, key=each.key, form=form))
    return sorted(found, key=attrgetter("month"))


def _list_known_totals(mine: YearFigures, aspect: Aspect, counts: Counts) -> list[Point]:
    """The running totals in order that have come, and whose amount is known."""
    found = list_totals(mine, aspect)
    return [each for each in found if not each.is_missing and not counts.is_open(each.form)]


def _list_sums(mine: YearFigures) -> list[Point]:
    """The totals that kpi adds up, and the sum of what is known where one is not."""
    found = [Point(month=month, key=key, form=form) for month, (key, form) in mine.totals.items()]
    start = mine.first_month
    assert start is not None
    for year in {month.year_start(start) for month in mine.figures}:
        months = [
            month
            for month in mine.figures
            if month.year_start(start) == year and select_count(mine.figures, month)
        ]
        if months and max(months) not in mine.totals:
            last = max(months)
            form = add_forms(*(select_count(mine.figures, month) or () for month in months))
            found.append(Point(month=last, key=mine.figures[last].key, form=form))
    for those in mine.ends.values():
        found += [Point(month=e.month, key=e.key, form=e.count) for e in those if e.count]
    return sorted(found, key=attrgetter("month"))


def _list_sums_of_years(mine: YearFigures, counts: Counts) -> Iterator[Relation]:
    """A year's figure is the sum of its periods that kpi adds up, those that are missing too."""
    for end, wholes in mine.ends.items():
        parts = [mine.select_part(month) for month in mine.indicator.list_periods_to(end)]
        for whole in wholes:
            if whole.count and None not in parts:
                yield from list_sum(whole.count, tuple(part for part in parts if part), counts)


def _list_small_totals(mine: YearFigures, counts: Counts) -> Iterator[Secret]:
    """The totals that kpi adds up and that are small counts themselves."""
    for key, form in mine.totals.values():
        amount, below = counts.sum_of(form), mine.level.below
        if below and mine.level.is_small(amount):
            yield Secret(form=form, below=below, key=key)


def _split_years(mine: YearFigures, points: Sequence[Point]) -> list[list[Point]]:
    start = mine.first_month
    assert start is not None
    years: dict[Month, list[Point]] = {}
    for each in points:
        years.setdefault(each.month.year_start(start), []).append(each)
    return list(years.values())


def _list_steps(
    line: Sequence[Point], level: SuppressionLevel, counts: Counts
) -> Iterator[Relation | Secret]:
    """What grows from one total to the next is a count, and may be a small one.

    So may be what grows from one total to any later one, since a reader sees only those shown; and
    what a year's own figure has more than its last total.
    """
    for earlier, later in pairwise(line):
        step = subtract(later.form, earlier.form)
        growth = Relation(form=step, least=0, most=0 if earlier.month == later.month else None)
        if counts.include(growth):
            yield growth
        elif earlier.month != later.month and not counts.is_open(step):
            yield Relation(form=step, most=-1)
    for place, later in enumerate(line):
        for earlier in line[:place]:
            step = subtract(later.form, earlier.form)
            amount = counts.sum_of(step)
            size = amount if amount > 0 else -amount
            if level.below and level.is_small(size) and not counts.is_open(step):
                small = step if amount > 0 else multiply(-1, step)
                yield Secret(form=small, below=level.below, key=later.key)


def _list_year_sums(mine: YearFigures, counts: Counts) -> Iterator[Relation | Secret]:
    """The year's own figure as the sum of its periods, where the figures agree with that.

    While few periods are missing, what is left of the year may be a small count.
    """
    for end, wholes in mine.ends.items():
        due = mine.indicator.list_period_ends(end.add_months(-11))
        parts = [mine.figures[month] for month in due if month in mine.figures]
        for whole in wholes if 2 * len(parts) > len(due) else ():
            for aspect in ASPECTS:
                forms = tuple(form for each in parts if (form := aspect(each)))
                total = aspect(whole)
                if total is None or len(forms) < len(parts):
                    continue
                if len(parts) == len(due):
                    yield from list_sum(total, forms, counts)
                    continue
                rest, below = subtract(total, add_forms(*forms)), mine.level.below
                amount = counts.sum_of(rest)
                if counts.is_open(rest) or amount < 0:
                    continue
                yield Relation(form=rest, least=0)
                if below and 0 < amount < below:
                    yield Secret(form=rest, below=below, key=whole.key)
