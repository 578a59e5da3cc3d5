"""The four rules: which figures of a stretch show more than chance, and which way."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from merton_kpi.signals.records import Flag
from merton_kpi.signals.words import SignalRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from merton_kpi.signals.records import SignalLimits

RUN = 7  # figures of a trend or a shift
WINDOW, NEAR_IN_WINDOW = 3, 2  # two of three


def list_flags(
    values: Sequence[Fraction],
    limits: Sequence[SignalLimits],
    unrounded: Sequence[Fraction],
) -> list[tuple[Flag, ...]]:
    """List for each figure the rules that it is part of, in the rules' order.

    Args:
        values: The figures as printed. Whether one is outside, or rises, can be seen on the page.
        limits: The limits of each.
        unrounded: What their parts give, where these are known; else the same figures. The side of
            the mean that a figure is on, and whether it is near a limit, go by it: rounded figures
            pile up on one side.
    """
    offsets = [value - each.mean for value, each in zip(values, limits, strict=True)]
    is_outside = [abs(offset) > each.distance for offset, each in zip(offsets, limits, strict=True)]
    exact = [value - each.mean for value, each in zip(unrounded, limits, strict=True)]
    is_near = [abs(offset) > each.near_distance for offset, each in zip(exact, limits, strict=True)]
    sides = [_work_out_sign(each) for each in exact]
    steps = [_work_out_sign(later - earlier) for earlier, later in pairwise(values)]
    flagged = {
        SignalRule.OUTSIDE: (
            (index, _work_out_sign(offsets[index]))
            for index, outside in enumerate(is_outside)
            if outside
        ),
        SignalRule.TREND: _list_trends(steps),
        SignalRule.TWO_OF_THREE: _list_two_of_three(sides, is_near),
        SignalRule.SHIFT: _list_shifts(sides),
    }
    flags: list[dict[Flag, None]] = [{} for _ in values]
    for rule in SignalRule:
        for index, side in flagged[rule]:
            flags[index][Flag(rule, is_high=side > 0)] = None
    return [tuple(each) for each in flags]


def _work_out_sign(number: Fraction) -> int:
    """1 above zero, -1 below it, else 0."""
    return (number > 0) - (number < 0)


def _list_trends(steps: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The figures of each 6 rises or 6 falls in a row, by index, with the direction."""
    for start in _list_same(steps, RUN - 1):
        yield from ((index, steps[start]) for index in range(start, start + RUN))


def _list_shifts(sides: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The figures of each 7 in a row on one side of the mean, by index, with the side."""
    for start in _list_same(sides, RUN):
        yield from ((index, sides[start]) for index in range(start, start + RUN))


def _list_two_of_three(sides: Sequence[int], is_near: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Of 3 in a row on one side, those near a limit or beyond it, if there are at least 2."""
    for start in _list_same(sides, WINDOW):
        near = [index for index in range(start, start + WINDOW) if is_near[index]]
        if len(near) >= NEAR_IN_WINDOW:
            yield from ((index, sides[start]) for index in near)


def _list_same(signs: Sequence[int], length: int) -> Iterable[int]:
    """Where so many signs in a row begin that are the same and not 0."""
    for start in range(len(signs) - length + 1):
        if signs[start] and len(set(signs[start : start + length])) == 1:
            yield start
