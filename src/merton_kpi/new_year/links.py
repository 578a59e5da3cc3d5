"""What an indicator's entry says of other indicators, with those that continue in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from merton_kpi.catalogue.relations.misfits import list_misfits
from merton_kpi.catalogue.relations.own_keys import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.entries import PercentageOf, RateOf
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import FinancialYear

    Relation = RateOf | PercentageOf | tuple[str, ...] | str | None

LINKS = ("linked", "part_of", *RELATIONS)
_NAMES = {
    "rate_of": "the rate of",
    "sum_of": "the sum of",
    "running_total_of": "the running total of",
    "percentage_of": "a percentage of",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Successors:
    """Which indicators continue after a year, for one that names others."""

    indicator: Indicator
    indicators: Mapping[str, Indicator]
    closing: FinancialYear

    def next_of(self, number: str | None) -> str | None:
        """The number of the indicator that continues under this number or replaces that one.

        None where it, or the last one that replaced it, was removed, and where the indicator would
        name itself.
        """
        number = self._select_successor(number) if number else None
        return None if number == self.indicator.number else number

    def is_circle(self, relation: Relation) -> bool:
        """Whether a relation of the new year, and those of the others, lead back to itself."""
        seen: set[str] = set()
        ahead = [*_list_numbers(relation)]
        while ahead:
            number = ahead.pop()
            if number not in seen:
                seen.add(number)
                relations = (getattr(self.indicators[number], key) for key in RELATIONS)
                named = (
                    self._select_successor(each) for one in relations for each in _list_numbers(one)
                )
                ahead += [each for each in named if each]
        return self.indicator.number in seen

    def _select_successor(self, number: str) -> str | None:
        each, start = self.indicators[number], self.closing.add_years(1).months[0]
        # The catalogue's checks exclude a circle.
        while each.replaced_by and each.is_closed_in(start):
            each = self.indicators[each.replaced_by.indicator]
        return None if each.is_closed_in(start) else each.number


def plan_links(
    indicator: Indicator, indicators: Mapping[str, Indicator], closing: FinancialYear
) -> dict[str, Any]:
    """The values of `LINKS` in the year after the closing one.

    A relation is left out where it names an indicator that is dropped, where the replacement is of
    a kind that does not fit, and where it would lead in a circle.
    """
    after = _Successors(indicator=indicator, indicators=indicators, closing=closing)
    linked = dict.fromkeys(map(after.next_of, indicator.linked))
    links: dict[str, Any] = {
        "linked": tuple(each for each in linked if each),
        "part_of": after.next_of(indicator.part_of),
        "rate_of": _plan_rate_of(indicator.rate_of, after),
        "sum_of": _plan_sum_of(indicator.sum_of, after),
        "running_total_of": after.next_of(indicator.running_total_of),
        "percentage_of": _plan_percentage_of(indicator.percentage_of, after),
    }
    new = indicator.model_copy(update=links)
    misfits = {str(path[0]) for path, _ in list_misfits(new, indicators)}
    circles = {key for key in RELATIONS if after.is_circle(links[key])}
    return links | {key: () if key == "sum_of" else None for key in misfits | circles}


def _plan_rate_of(rate: RateOf | None, after: _Successors) -> RateOf | None:
    count = after.next_of(rate.count) if rate else None
    return rate.model_copy(update={"count": count}) if rate and count else None


def _plan_sum_of(numbers: tuple[str, ...], after: _Successors) -> tuple[str, ...]:
    """The parts of the sum; none where one is dropped or stands for two of them."""
    parts = tuple(each for each in map(after.next_of, numbers) if each)
    return parts if len(set(parts)) == len(numbers) else ()


def _plan_percentage_of(percentage: PercentageOf | None, after: _Successors) -> PercentageOf | None:
    """The counts of the percentage; without the denominator's where that is dropped."""
    count = after.next_of(percentage.count) if percentage else None
    if not percentage or not count:
        return None
    of = after.next_of(percentage.of)
    return percentage.model_copy(update={"count": count, "of": of if of != count else None})


def list_lost_relations(old: Indicator, new: Indicator) -> Iterator[str]:
    """List what to review about the relations that the new year's entry has no more."""
    for key in RELATIONS:
        if getattr(old, key) and not getattr(new, key):
            numbers = _format_numbers(getattr(old, key))
            yield f"review '{key}' ({numbers}), which no longer fits and was left out"


def format_links(old: Indicator, new: Indicator) -> Iterator[str]:
    """Format each link that differs in the new year, as `kpi new-year` prints it."""
    number = new.number
    if new.part_of != old.part_of:
        yield f"{number} is a part of {new.part_of or 'no other indicator'} (was {old.part_of})"
    if new.linked != old.linked:
        before, after = (", ".join(each.linked) or "none" for each in (old, new))
        yield f"Links of {number}: {after} (was {before})"
    for key in RELATIONS:
        before, after = (_format_numbers(getattr(each, key)) for each in (old, new))
        if before != after:
            yield f"{number} is {_NAMES[key]} {after or 'no other indicator'} (was {before})"


def _list_numbers(relation: Relation) -> tuple[str, ...]:
    """The numbers of the indicators that a relation names."""
    if relation is None or isinstance(relation, str):
        return (relation,) if relation else ()
    if isinstance(relation, tuple):
        return relation
    of = getattr(relation, "of", None)
    return (relation.count, of) if of else (relation.count,)


def _format_numbers(relation: Relation) -> str:
    """The numbers that a relation names: `2, 3`; `1 of 3` for a percentage."""
    return (", " if isinstance(relation, tuple) else " of ").join(_list_numbers(relation))
