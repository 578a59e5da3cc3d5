"""Whole numbers that agree with bounds on their sums: an exact search, led by known ones.

The search begins with the true numbers and repairs a bound that they break, so that it finds other
numbers fast where there are some. Where it ends without any, there are none: each branch covers all
of an unknown's range.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure.simulation.reader.facts import Bound, Unknown

    Range = tuple[int, int | None]  # None: there is no upper end
    Ranges = dict[Unknown, Range]

MOST_STEPS = 20_000
NEAR = 6  # so many values next to the nearest are tried one by one, the others as ranges


class ContradictionError(Exception):
    """No numbers agree."""


class TooLongError(Exception):
    """The search has used up its steps."""


@dataclass(slots=True)
class Problem:
    """Bounds on sums of unknowns, and one set of numbers that agrees with them."""

    bounds: list[Bound]
    truth: Mapping[Unknown, int]
    steps: int = 0
    uses: dict[Unknown, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for index, each in enumerate(self.bounds):
            for unknown, _ in each.terms:
                self.uses.setdefault(unknown, []).append(index)

    def narrow(self, ranges: Ranges, changed: Iterable[int]) -> None:
        """Narrow the ranges by the bounds with these places, and by those that follow.

        Raises ContradictionError where a range is empty.
        """
        queue = dict.fromkeys(changed)
        while queue:
            index = next(iter(queue))
            del queue[index]
            for unknown in _narrow_one(self.bounds[index], ranges):
                self.steps += 1
                queue.update(dict.fromkeys(self.uses[unknown]))
            if self.steps > MOST_STEPS:
                raise TooLongError

    def search(self, ranges: Ranges, limit: int) -> dict[Unknown, int] | None:
        """Numbers within the ranges that agree, or None where there are none.

        Raises TooLongError after so many branches.
        """
        stack = [ranges]
        tried = 0
        while stack:
            here = stack.pop()
            tried += 1
            if tried > limit:
                raise TooLongError
            guess = {each: _clamp(self.truth[each], here[each]) for each in here}
            broken = self._find_broken(guess)
            if broken is None:
                return guess
            unknown = self._choose_unknown(broken, here)
            stack += reversed([*self._branch(here, unknown, guess[unknown])])
        return None

    def repair(self, ranges: Ranges, limit: int) -> dict[Unknown, int] | None:
        """Numbers that agree and differ from the true ones in a few places, if some are found.

        Each broken bound is repaired by a change of one more unknown, the fewest changes first.
        """
        queue: deque[dict[Unknown, int]] = deque([{}])
        tried = 0
        while queue and tried < limit:
            changes = queue.popleft()
            tried += 1
            broken = self._find_first_broken(changes)
            if broken is None:
                return {each: changes.get(each, self.truth[each]) for each in ranges}
            each, total = broken
            for unknown, times in each.terms:
                if unknown in changes:
                    continue
                low, high = ranges[unknown]
                for wanted in each.list_repairs(total):
                    value = self.truth[unknown] + _count_missing(wanted - total, times)
                    if low <= value and (high is None or value <= high):
                        queue.append(changes | {unknown: value})
        return None

    def _find_first_broken(self, changes: Mapping[Unknown, int]) -> tuple[Bound, int] | None:
        """A bound that does not hold with some changes, and what its sum then is."""
        places = {index for unknown in changes for index in self.uses[unknown]}
        for index in [*sorted(places), len(self.bounds) - 1]:
            each = self.bounds[index]
            total = sum(
                times * changes.get(unknown, self.truth[unknown]) for unknown, times in each.terms
            )
            if each.list_repairs(total):
                return each, total
        return None

    def _find_broken(self, guess: Mapping[Unknown, int]) -> Bound | None:
        for each in self.bounds:
            total = sum(times * guess[unknown] for unknown, times in each.terms)
            if each.list_repairs(total):
                return each
        return None

    def _choose_unknown(self, broken: Bound, ranges: Ranges) -> Unknown:
        """The unknown of a broken bound with the smallest range that is not one number."""

        def measure(unknown: Unknown) -> int:
            low, high = ranges[unknown]
            return 10**9 if high is None else high - low

        return min((each for each, _ in broken.terms if measure(each)), key=measure)

    def _branch(self, ranges: Ranges, unknown: Unknown, guess: int) -> Iterator[Ranges]:
        """The ranges with the unknown split, the values next to the guess first."""
        low, high = ranges[unknown]
        first = max(low, guess - NEAR)
        last = guess + NEAR if high is None else min(high, guess + NEAR)
        near = sorted(range(first, last + 1), key=lambda value: abs(value - guess))
        parts: list[Range] = [(value, value) for value in near]
        if first > low:
            parts.append((low, first - 1))
        if high is None or last < high:
            parts.append((last + 1, high))
        for part in parts:
            narrowed = ranges | {unknown: part}
            try:
                self.narrow(narrowed, self.uses[unknown])
            except ContradictionError:
                continue
            yield narrowed


def _count_missing(missing: int, times: int) -> int:
    """The change of one unknown that adds to a sum what is missing, or a little more."""
    size = abs(times)
    change = -(-missing // size) if missing > 0 else missing // size
    return change if times > 0 else -change


def _clamp(value: int, ends: Range) -> int:
    low, high = ends
    return max(low, value if high is None else min(value, high))


def _narrow_one(each: Bound, ranges: Ranges) -> Iterator[Unknown]:
    """Narrow the ranges of a bound's unknowns; those that are narrower now."""
    least, most = _Ends(), _Ends()
    for unknown, times in each.terms:
        start, end = _order(ranges[unknown], times)
        least.add(start, times)
        most.add(end, times)
    low, high = each.limit(least.known, most.known)
    if (high is not None and not least.open and least.total > high) or (
        low is not None and not most.open and most.total < low
    ):
        raise ContradictionError
    for unknown, times in each.terms:
        start, end = _order(ranges[unknown], times)
        ceiling = None if high is None else least.leave(high, start, times)
        floor = None if low is None else most.leave(low, end, times)
        narrowed = _narrow_range(ranges[unknown], ceiling, floor, times)
        if narrowed != ranges[unknown]:
            ranges[unknown] = narrowed
            yield unknown


@dataclass(slots=True)
class _Ends:
    """The sum of the lower, or of the upper, ends of a bound's terms; `open` terms have none."""

    total: int = 0
    open: int = 0

    def add(self, end: int | None, times: int) -> None:
        if end is None:
            self.open += 1
        else:
            self.total += times * end

    @property
    def known(self) -> int | None:
        return None if self.open else self.total

    def leave(self, limit: int, end: int | None, times: int) -> int | None:
        """What a limit on the sum leaves to one term; None where another term has no end."""
        if self.open != (end is None):
            return None
        return limit - self.total + (0 if end is None else times * end)


def _order(ends: Range, times: int) -> tuple[int | None, int | None]:
    """The ends of a range in the order in which the term grows."""
    low, high = ends
    return (low, high) if times > 0 else (high, low)


def _narrow_range(ends: Range, ceiling: int | None, floor: int | None, times: int) -> Range:
    """The range of an unknown whose term lies between a floor and a ceiling."""
    low, high = ends
    if times < 0:
        ceiling, floor = (
            None if floor is None else -floor,
            None if ceiling is None else -ceiling,
        )
    size = abs(times)
    if ceiling is not None:
        high = _least(high, ceiling // size)
    if floor is not None:
        low = max(low, -(-floor // size))
    if high is not None and low > high:
        raise ContradictionError
    return low, high


def _least(one: int | None, other: int) -> int:
    return other if one is None else min(one, other)
