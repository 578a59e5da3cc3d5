"""How indicators are tied to each other, as the catalogue says: sums, running totals, ratios."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from merton_kpi.core.units import Unit
from merton_kpi.disclosure.figures import list_sum, select_count
from merton_kpi.disclosure.solver.model import Relation, Secret, add_forms, subtract
from merton_kpi.disclosure.ties import COUNT, DENOMINATOR, list_totals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from merton_kpi.core.periods import Month
    from merton_kpi.disclosure.keys import CellKey
    from merton_kpi.disclosure.solver.counts import Counts
    from merton_kpi.disclosure.solver.model import Form
    from merton_kpi.disclosure.ties import Aspect, Point, YearFigures


@dataclass(frozen=True, slots=True)
class _Whole:
    """A total that is the sum of others, and its cell."""

    key: CellKey
    form: Form
    below: int  # the highest number below which one of the indicators hides counts


def list_links(
    mine: YearFigures, group: Mapping[str, YearFigures], counts: Counts
) -> Iterator[Relation | Secret]:
    """How an indicator's figures are tied to those of others of its group."""
    indicator = mine.indicator
    if indicator.sum_of:
        parts = [group[number] for number in indicator.sum_of]
        yield from _list_sums(mine, parts, counts)
    if indicator.running_total_of:
        yield from _list_running_totals(mine, group[indicator.running_total_of], counts)
    if indicator.percentage_of:
        count, whole = indicator.percentage_of.count, indicator.percentage_of.of
        yield from _list_equal_counts(mine, group[count], COUNT, counts)
        if whole:
            yield from _list_equal_counts(mine, group[whole], DENOMINATOR, counts)
            if indicator.unit == Unit.PERCENT:
                yield from _list_rests(mine, group[count], group[whole], counts)
    if indicator.rate_of:
        yield from _list_equal_counts(mine, group[indicator.rate_of.count], COUNT, counts)


def _list_sums(
    total: YearFigures, parts: Sequence[YearFigures], counts: Counts
) -> Iterator[Relation | Secret]:
    """The total of a period or a year is the sum of the parts' figures for it."""
    below = _choose_below(total, *parts)
    for month, whole in total.figures.items():
        forms = [select_count(each.figures, month) for each in parts]
        if whole.count:
            yield from _list_sum(_Whole(whole.key, whole.count, below), forms, counts)
    for month in (*total.figures, *total.missing):
        yield from _list_whole_sum(total.select_part(month), month, parts, counts)
    for month, (key, form) in total.totals.items():
        sums = [each.totals.get(month) for each in parts]
        if None in sums:
            forms = [each[1] if each else None for each in sums]
            yield from _list_sum(_Whole(key, form, below), forms, counts)
    for end, wholes in total.ends.items():
        for place, whole in enumerate(wholes):
            ends = [each.ends.get(end, ()) for each in parts]
            forms = [each[place].count if len(each) > place else None for each in ends]
            if whole.count:
                yield from _list_sum(_Whole(whole.key, whole.count, below), forms, counts)


def _list_whole_sum(
    whole: Form | None, month: Month, parts: Sequence[YearFigures], counts: Counts
) -> Iterator[Relation]:
    """The total of a month is the sum of its parts, also of those that have not come yet."""
    forms = [each.select_part(month) for each in parts]
    if whole and None not in forms:
        yield from list_sum(whole, tuple(form for form in forms if form), counts)


def _list_sum(
    whole: _Whole, parts: Sequence[Form | None], counts: Counts
) -> Iterator[Relation | Secret]:
    """Where a part has not come yet, what is left of the total is its count."""
    known = tuple(form for form in parts if form)
    if len(known) == len(parts):
        yield from list_sum(whole.form, known, counts)
        return
    if not known:
        return
    rest = subtract(whole.form, add_forms(*known))
    amount = counts.sum_of(rest)
    left = Relation(form=rest, least=0)
    if counts.include(left):
        yield left
    if not counts.is_open(rest) and 0 < amount < whole.below:
        yield Secret(form=rest, below=whole.below, key=whole.key)


def _choose_below(*indicators: YearFigures) -> int:
    return max(each.level.below or 0 for each in indicators)


def _list_running_totals(
    mine: YearFigures, other: YearFigures, counts: Counts
) -> Iterator[Relation | Secret]:
    """What a running total grows by is the sum of the other's figures since the last one."""
    below = _choose_below(mine, other)
    points = list_totals(mine, COUNT)
    for line in (points, [each for each in points if not each.is_missing]):
        for months, step in _list_growth(mine, line):
            due = [each for each in months if other.indicator.is_period_end(each)]
            forms = [select_count(other.figures, each) for each in due]
            every = [other.select_part(each) for each in due]
            if due and None not in every:
                yield from list_sum(step.form, tuple(form for form in every if form), counts)
            if due and line is not points:
                yield from _list_sum(_Whole(step.key, step.form, below), forms, counts)


def _list_growth(
    mine: YearFigures, line: Sequence[Point]
) -> Iterator[tuple[Sequence[Month], Point]]:
    """Between each running total and the one before it: the months, and what it grows by."""
    start = mine.first_month
    assert start is not None
    last: Point | None = None
    for each in line:
        year = each.month.year_start(start)
        if last and last.month.year_start(start) != year:
            last = None
        since = last.month.add_months(1) if last else year
        step = subtract(each.form, last.form if last else ())
        yield tuple(_list_months(since, each.month)), replace(each, form=step)
        last = each


def _list_equal_counts(
    mine: YearFigures, other: YearFigures, aspect: Aspect, counts: Counts
) -> Iterator[Relation]:
    """A numerator or a denominator is another indicator's figure for the same period."""
    for month, figure in mine.figures.items():
        form, count = aspect(figure), select_count(other.figures, month)
        if form and count and form != count:
            yield from list_sum(form, (count,), counts)
    for end, wholes in mine.ends.items():
        for whole, others in zip(wholes, other.ends.get(end, ()), strict=False):
            form, count = aspect(whole), others.count
            if form and count and form != count:
                yield from list_sum(form, (count,), counts)


def _list_rests(
    mine: YearFigures, count: YearFigures, whole: YearFigures, counts: Counts
) -> Iterator[Relation | Secret]:
    """What is between two counts, one of which is a part of the other, before their percentage."""
    pairs = [(each, select_count(count.figures, month)) for month, each in whole.figures.items()]
    for end, wholes in whole.ends.items():
        parts = count.ends.get(end, ())
        pairs += [(each, part.count) for each, part in zip(wholes, parts, strict=False)]
    for figure, part in pairs:
        if figure.count and part:
            rest = subtract(figure.count, part)
            amount, below = counts.sum_of(rest), mine.level.below
            if counts.is_open(rest) or amount < 0:
                continue
            yield Relation(form=rest, least=0)
            if below and mine.level.is_small(amount):
                yield Secret(form=rest, below=below, key=figure.key)


def _list_months(first: Month, last: Month) -> Iterator[Month]:
    while first <= last:
        yield first
        first = first.add_months(1)
