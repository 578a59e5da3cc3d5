"""Whether a reader can work out a small count: the values that agree with all that was printed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from disclosure.simulation.reader.equations import Equations
from disclosure.simulation.reader.facts import Bound
from disclosure.simulation.reader.solve import (
    ContradictionError,
    Problem,
    TooLongError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure.simulation.reader.facts import Reader, Unknown
    from disclosure.simulation.reader.protected import SmallCount
    from disclosure.simulation.reader.solve import Ranges

REPAIRS = 1_000  # sets of changes that are tried
LIMIT = 200  # branches of one search


class Outcome(Enum):
    """What was proven of a small count."""

    SAFE = "at least two small values are possible"
    LEAKED = "only one value is possible"
    NARROWED = "only one small value is possible, but it can be 0 or large too"
    UNDECIDED = "the search was too long"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome, with other numbers that agree where there are some."""

    small: SmallCount
    outcome: Outcome
    witnesses: tuple[Mapping[Unknown, int], ...] = ()


class BrokenFactError(AssertionError):
    """A bound read from the papers contradicts the true counts: the reading is wrong."""


@dataclass(slots=True)
class Audit:
    """All that a reader knows of one council, narrowed once."""

    reader: Reader
    bounds: list[Bound]
    ranges: Ranges = field(default_factory=dict)
    truth: dict[Unknown, int] = field(default_factory=dict)
    equations: Equations = field(init=False)
    uses: dict[Unknown, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, reader: Reader, bounds: Iterable[Bound], smalls: Iterable[SmallCount]) -> Audit:
        """Narrow each unknown's range by all bounds.

        Raises BrokenFactError where a bound does not hold for the true counts.
        """
        audit = cls(reader, list(bounds))
        terms = [each.terms for each in audit.bounds] + [each.terms for each in smalls]
        for unknown in dict.fromkeys(unknown for each in terms for unknown, _ in each):
            audit.ranges[unknown] = (0, None)
            audit.truth[unknown] = reader.find_truth(unknown)
        for each in audit.bounds:
            total = reader.evaluate(each.terms)
            if each.list_repairs(total):
                raise BrokenFactError(f"{each} but it is {total}")
        audit.narrow()
        audit.equations = Equations(audit.bounds, audit.ranges)
        audit.bounds = audit.equations.rewrite(audit.bounds)
        audit.narrow()
        return audit

    def narrow(self) -> None:
        """Narrow the ranges; where that takes long, not all the way."""
        problem = Problem(self.bounds, self.truth)
        with suppress(TooLongError):
            problem.narrow(self.ranges, range(len(self.bounds)))
        self.uses = problem.uses

    def check(self, small: SmallCount, wanted: int = 1) -> Verdict:
        """Look for other values of a small count, up to so many."""
        if self.equations.determine(small.terms):
            return Verdict(small, Outcome.LEAKED)
        linked, unknowns = self._select_linked(small)
        ranges = {each: self.ranges[each] for each in unknowns}
        witnesses: list[Mapping[Unknown, int]] = []
        is_complete = True
        for value in self._list_others(small):
            try:
                found = self._find_witness(linked, ranges, Bound(small.terms, value, value))
            except TooLongError:
                is_complete = False
                continue
            if found is not None:
                witnesses.append(found)
            if len(witnesses) >= wanted:
                break
        if witnesses:
            return Verdict(small, Outcome.SAFE, tuple(witnesses))
        if not is_complete:
            return Verdict(small, Outcome.UNDECIDED)
        can_be_other = self._can_be_other(linked, ranges, small)
        return Verdict(small, Outcome.NARROWED if can_be_other else Outcome.LEAKED)

    def _can_be_other(self, linked: list[Bound], ranges: Ranges, small: SmallCount) -> bool:
        """Whether a count can be 0, or not small; also where the search for that is too long."""
        for wanted in (Bound(small.terms, 0, 0), Bound(small.terms, small.below, None)):
            try:
                if self._find_witness(linked, ranges, wanted):
                    return True
            except TooLongError:
                return True
        return False

    def _list_others(self, small: SmallCount) -> Iterator[int]:
        """The other values below the threshold, the nearest first."""
        others = (value for value in range(1, small.below) if value != small.truth)
        yield from sorted(others, key=lambda value: abs(value - small.truth))

    def _find_witness(
        self, linked: list[Bound], ranges: Ranges, wanted: Bound
    ) -> dict[Unknown, int] | None:
        problem = Problem([*linked, wanted], self.truth)
        start = dict(ranges)
        for unknown, _ in wanted.terms:
            start.setdefault(unknown, self.ranges[unknown])
        try:
            problem.narrow(start, [len(linked)])
            return problem.repair(start, REPAIRS) or problem.search(start, LIMIT)
        except ContradictionError:
            return None

    def _select_linked(self, small: SmallCount) -> tuple[list[Bound], list[Unknown]]:
        """The bounds that are linked to a count by unknowns that are not known yet."""
        found: dict[int, None] = {}
        seen: dict[Unknown, None] = {}
        queue = [unknown for unknown, _ in small.terms]
        while queue:
            unknown = queue.pop()
            low, high = self.ranges[unknown]
            if unknown in seen or low == high:
                seen[unknown] = None
                continue
            seen[unknown] = None
            for index in self.uses.get(unknown, ()):
                if index not in found:
                    found[index] = None
                    queue += [each for each, _ in self.bounds[index].terms]
        return [self.bounds[index] for index in found], list(seen)
