"""The equations among some bounds, eliminated exactly, and the bounds in terms of what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import TYPE_CHECKING

from disclosure.simulation.reader.facts import Bound, bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure.simulation.reader.facts import Unknown
    from disclosure.simulation.reader.solve import Ranges


@dataclass(slots=True)
class Line:
    """A sum of unknowns and a number."""

    terms: dict[Unknown, Fraction] = field(default_factory=dict)
    number: Fraction = Fraction(0)

    def subtract(self, other: Line, times: Fraction | None) -> None:
        """Take away another line so many times."""
        if not times:
            return
        self.number -= times * other.number
        for unknown, value in other.terms.items():
            left = self.terms.get(unknown, Fraction(0)) - times * value
            if left:
                self.terms[unknown] = left
            else:
                self.terms.pop(unknown, None)

    def divide(self, divisor: Fraction) -> Line:
        terms = {unknown: value / divisor for unknown, value in self.terms.items()}
        return Line(terms, self.number / divisor)


class Equations:
    """Lines that are 0, each with an unknown, its pivot, that no other line has."""

    def __init__(self, bounds: Iterable[Bound], ranges: Ranges) -> None:
        self.ranges = ranges
        self.pivots: dict[Unknown, Line] = {}
        for each in bounds:
            if each.low is not None and each.low == each.high:
                self._add(each)

    def determine(self, terms: Iterable[tuple[Unknown, int]]) -> bool:
        """Whether a sum has one possible value by the equations."""
        return not self._reduce(terms).terms

    def rewrite(self, bounds: Iterable[Bound]) -> list[Bound]:
        """Bounds that say the same as these, without known numbers and without pivots.

        Each equation stays as one that has its pivot, so that this is known to be a whole number.
        """
        found = dict.fromkeys(_make_bound(line, 0, 0) for line in self.pivots.values())
        for each in bounds:
            if each.not_below:
                found[each] = None
                continue
            line = self._reduce(each.terms)
            if line.terms and (each.low is None or each.low != each.high):
                found[_make_bound(line, each.low, each.high)] = None
        return list(found)

    def _add(self, each: Bound) -> None:
        assert each.low is not None
        line = self._reduce(each.terms)
        line.number -= each.low
        if not line.terms:
            return
        pivot = next(iter(line.terms))
        line = line.divide(line.terms[pivot])
        for other in self.pivots.values():
            other.subtract(line, other.terms.get(pivot))
        self.pivots[pivot] = line

    def _reduce(self, terms: Iterable[tuple[Unknown, int]]) -> Line:
        line = Line()
        for unknown, times in terms:
            low, high = self.ranges[unknown]
            if low == high:
                line.number += times * low
            else:
                line.terms[unknown] = Fraction(times)
        for unknown in list(line.terms):
            if unknown in self.pivots:
                line.subtract(self.pivots[unknown], line.terms.get(unknown))
        return line


def _make_bound(line: Line, low: int | None, high: int | None) -> Bound:
    """A line that lies between two numbers, in whole numbers as small as can be."""
    scale = lcm(*(value.denominator for value in line.terms.values()))
    terms = {unknown: int(value * scale) for unknown, value in line.terms.items()}
    common = gcd(*terms.values())
    ends: Iterator[Fraction | None] = (
        None if end is None else (end - line.number) * scale / common for end in (low, high)
    )
    least, most = ends
    return bound(
        {unknown: times // common for unknown, times in terms.items()},
        None if least is None else ceil(least),
        None if most is None else floor(most),
    )
