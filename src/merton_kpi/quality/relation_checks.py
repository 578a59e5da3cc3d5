"""Links between figures that the catalogue does not state, where small numbers are hidden.

If a total is always the sum of two others, a hidden figure of the three can be worked out from the
rest. `kpi` hides a second figure only where the catalogue says that they are linked, so these
checks ask about such links and suggest the key.

They look only at what the papers show: the series without their hidden figures. A warning that
rests on the true figures would tell the hidden one, since only one makes the figures add up, and a
message may be printed in a public log. So a hidden figure is taken to be any small count, and the
warning is the same whichever it is. No true link is missed for that: the figures shown agree with
it. Where they agree by chance, an answer in `confirmed` ends the warning. It stops no draft, but
there are no final papers while it is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice
from typing import TYPE_CHECKING

from merton_kpi.catalogue.relations.own_keys import QUOTIENTS
from merton_kpi.core.findings import FindingCode
from merton_kpi.core.periods import format_count, join_labels
from merton_kpi.extracts.quoting import list_suppressed
from merton_kpi.quality.findings import CatalogueFinding
from merton_kpi.quality.spans import (
    ALL_SHOWN,
    ONE_HIDDEN,
    Span,
    list_agreements,
    list_sums,
    read_span,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.quality.spans import Sum
    from merton_kpi.series.records import Series

ENOUGH = 3 * ALL_SHOWN  # periods with all figures shown, or twice as many with one hidden
ENOUGH_IF_RELATED = ONE_HIDDEN  # where `linked` or `part_of` names each of the others
NEAREST = 20  # counts that a total is compared with: those related to it, then those listed near it
MOST_PARTS = 6  # of which every selection is tried as the parts of a total


@dataclass(frozen=True, kw_only=True)
class _Row:
    """An indicator's place in the catalogue, and its figures of the year."""

    indicator: Indicator
    series: Series
    place: int
    is_hiding: bool

    @cached_property
    def counts(self) -> Mapping[Month, Span]:
        """Its figures where they are counts."""
        return self._read(lambda each: each.value) if self.is_count else {}

    @cached_property
    def numerators(self) -> Mapping[Month, Span]:
        """The counts that its figures are shares of, where they are given."""
        return self._read(lambda each: each.numerator)

    @cached_property
    def denominators(self) -> Mapping[Month, Span]:
        """What its figures are divided by, where it is given."""
        return self._read(lambda each: each.denominator)

    @property
    def is_count(self) -> bool:
        """Whether other indicators' relations can name it."""
        each = self.indicator
        return each.unit.can_be_count and not each.is_to_date and not each.percentage_of

    @cached_property
    def periods(self) -> tuple[object, ...]:
        """What two indicators whose figures cover the same periods have in common."""
        return self.indicator.frequency, self.indicator.year_covered

    @cached_property
    def named(self) -> frozenset[str]:
        """The numbers of the indicators that its entry names as related."""
        part_of = self.indicator.part_of
        return frozenset((*self.indicator.linked, *((part_of,) if part_of else ())))

    def is_related(self, other: _Row) -> bool:
        """Whether the entry of either names the other."""
        return self.indicator.number in other.named or other.indicator.number in self.named

    def _read(self, choose: Callable[[Observation], Decimal | None]) -> Mapping[Month, Span]:
        figures = self.series.figures.items()
        spans = {month: read_span(self.indicator, each, choose(each)) for month, each in figures}
        return {month: span for month, span in spans.items() if span}


def check_relations(
    catalogue: Catalogue, series: Mapping[str, Series]
) -> Mapping[str, tuple[CatalogueFinding, ...]]:
    """The relations that an indicator's entry may lack, by its number.

    Only those with an indicator that hides small numbers, or is tied to one.
    """
    indicators = [each for each in catalogue.indicators if not each.is_closed]
    hiding = list_suppressed(indicators)
    if not hiding:
        return {}
    rows = [
        _Row(
            indicator=each,
            series=series[each.number],
            place=place,
            is_hiding=each.number in hiding,
        )
        for place, each in enumerate(indicators)
    ]
    counts = [each for each in rows if any(span.most != 0 for span in each.counts.values())]
    return {each.indicator.number: tuple(_check_row(each, counts)) for each in rows}


def _check_row(row: _Row, counts: Sequence[_Row]) -> Iterator[CatalogueFinding]:
    others = [each for each in counts if each is not row]
    others.sort(key=lambda each: (not row.is_related(each), abs(each.place - row.place)))
    yield from _check_sum(row, others)
    yield from _check_running_total(row, others)
    yield from _check_ratio(row, others)


def _check_sum(total: _Row, others: Sequence[_Row]) -> Iterator[CatalogueFinding]:
    """Check for a total that can be the sum of others in all periods; the first one is found."""
    if total.indicator.sum_of or not total.counts:
        return
    parts = [*islice((each for each in others if _can_be_part(each, total)), NEAREST)]
    for group in _list_groups(total, parts):
        if not (total.is_hiding or any(each.is_hiding for each in group)):
            continue
        agreed = list_agreements(list_sums(total.counts, [each.counts for each in group]), 2)
        if _is_enough(agreed, total, group):
            numbers = [each.indicator.number for each in sorted(group, key=lambda one: one.place)]
            listed = ", ".join(f'"{number}"' for number in numbers)
            words = f"it may be the sum of indicators {join_labels(numbers)}"
            yield _compose_finding(
                total, FindingCode.UNDECLARED_SUM, agreed, words, f"sum_of: [{listed}]"
            )
            return


def _can_be_part(part: _Row, total: _Row) -> bool:
    """Whether a count covers the same periods as a total and is never more."""
    if part.indicator.unit.word != total.indicator.unit.word or part.periods != total.periods:
        return False
    most = ((span.least, total.counts.get(month)) for month, span in part.counts.items())
    return all(whole is None or whole.most is None or least <= whole.most for least, whole in most)


def _list_groups(total: _Row, parts: Sequence[_Row]) -> Iterator[tuple[_Row, ...]]:
    """What a total may be the sum of: more than two that are related to it, and all pairs."""
    related = [each for each in parts if total.is_related(each)]
    if len(related) > MOST_PARTS:
        yield tuple(related)
    else:
        for size in range(len(related), 2, -1):
            yield from combinations(related, size)
    yield from _list_pairs(total, parts)


def _list_pairs(total: _Row, parts: Sequence[_Row]) -> Iterator[tuple[_Row, ...]]:
    """The pairs that can add up to a total's largest figure; the others are not looked at."""
    shown = [(span.most, month) for month, span in total.counts.items() if span.most is not None]
    if not shown:
        return
    most, month = max(shown)
    least = total.counts[month].least
    known = []
    for each in parts:
        span = each.counts.get(month) or Span(0, None)
        known.append((each, span.least, most if span.most is None else span.most))
    for (one, one_least, one_most), (two, two_least, two_most) in combinations(known, 2):
        if one_least + two_least <= most and one_most + two_most >= least:
            yield one, two


def _check_running_total(total: _Row, others: Sequence[_Row]) -> Iterator[CatalogueFinding]:
    """Check for running totals whose steps can be the figures of each period of another."""
    indicator = total.indicator
    if indicator.running_total_of or not indicator.year_covered or not total.counts:
        return
    for other in others:
        is_alike = other.indicator.unit.word == indicator.unit.word
        is_hiding = total.is_hiding or other.is_hiding
        if other.indicator.year_covered or not is_alike or not is_hiding:
            continue
        agreed = list_agreements(_list_steps(total, other))
        if _is_enough(agreed, total, (other,)):
            number = other.indicator.number
            words = f"it may be the running total of indicator {number}"
            key = f'running_total_of: "{number}"'
            yield _compose_finding(total, FindingCode.UNDECLARED_RUNNING_TOTAL, agreed, words, key)
            return


def _check_ratio(ratio: _Row, others: Sequence[_Row]) -> Iterator[CatalogueFinding]:
    """Check for a percentage or a rate whose numerator can be another's count in all periods."""
    indicator, unit = ratio.indicator, ratio.indicator.unit
    is_declared = indicator.percentage_of or indicator.rate_of
    if is_declared or unit.can_be_count or unit not in QUOTIENTS or not ratio.numerators:
        return
    alike = [each for each in others if each.periods == ratio.periods]
    for other in alike:
        agreed = list_agreements(list_sums(ratio.numerators, [other.counts]))
        if not _is_enough(agreed, ratio, (other,)):
            continue
        whole = None if unit.is_rate else _choose_denominator(ratio, other, alike)
        if not any(each.is_hiding for each in (ratio, other, whole or other)):
            continue
        number = other.indicator.number
        words, key = f"its numerator may be the count of indicator {number}", f'count: "{number}"'
        if whole:
            words += f", and its denominator that of indicator {whole.indicator.number}"
            key += f', of: "{whole.indicator.number}"'
        key = f"{'rate_of' if unit.is_rate else 'percentage_of'}: {{{key}}}"
        yield _compose_finding(ratio, FindingCode.UNDECLARED_PERCENTAGE, agreed, words, key)
        return


def _choose_denominator(ratio: _Row, count: _Row, others: Sequence[_Row]) -> _Row | None:
    """The indicator whose counts can be a percentage's denominators."""
    for other in others:
        agreed = list_agreements(list_sums(ratio.denominators, [other.counts]))
        if other is not count and _is_enough(agreed, ratio, (other,)):
            return other
    return None


def _compose_finding(
    row: _Row, code: FindingCode, agreed: Sequence[int], words: str, key: str
) -> CatalogueFinding:
    periods = format_count(len(agreed), row.indicator.noun)
    advice = (
        f"if it is, write '{key}', so that no hidden figure can be worked out from the others; if "
        f"not, say why in 'confirmed: {{{code.value}: …}}'"
    )
    finding = f"by the figures shown for {periods}, {words}"
    return CatalogueFinding(key.partition(":")[0], code, finding, advice=advice)


def _is_enough(agreed: Sequence[int], row: _Row, others: Sequence[_Row]) -> bool:
    """Whether the periods that agree say that figures are linked, and not by chance."""
    is_related = all(row.is_related(each) for each in others)
    return sum(agreed) >= (ENOUGH_IF_RELATED if is_related else ENOUGH)


def _list_steps(total: _Row, other: _Row) -> Iterator[Sum]:
    """What a running total grows by, and the other's figures since the total before."""
    year = total.indicator.year_covered
    assert year is not None
    start, last = None, Span(0, 0)
    for month, span in sorted(total.counts.items()):
        begins = month.year_start(year.first_month)
        if start is None or start < begins:
            start, last = begins, Span(0, 0)
        if span.most is None or last.most is None or span.small:
            continue
        months = [start.add_months(index) for index in range(month.months_since(start) + 1)]
        due = [each for each in months if other.indicator.is_period_end(each)]
        figures = [other.counts[each] for each in due if each in other.counts]
        if due and len(figures) == len(due):
            yield Span(span.least - last.most, span.most - last.least), figures
        start, last = month.add_months(1), span
