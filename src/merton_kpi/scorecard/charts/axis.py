"""The axis of figures: round numbers at its ends, and few marks between them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from merton_kpi.scorecard.charts.short_words import LONGEST_LABEL, shorten_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.core.units import Unit

AXIS_RULE = (
    "The axis of figures includes 0, unless the lowest figure drawn is more than half of the "
    "highest: it then begins at a round number below the lowest, and its title says where."
)
_MAX_STEPS = 6  # between the lowest and the highest figure that is drawn


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """The axis of figures: its title, its two ends, and the step between its marks."""

    title: str
    minimum: Decimal
    maximum: Decimal
    step: Decimal

    def list_marks(self) -> tuple[Decimal, ...]:
        """The figures that it has marks at, from its minimum up."""
        step = Fraction(self.step)
        first, last = Fraction(self.minimum) / step, Fraction(self.maximum) / step
        return tuple(
            _multiply_step(count, self.step) for count in range(ceil(first), floor(last) + 1)
        )


def compose_axis(unit: Unit, figures: Iterable[Decimal]) -> Axis:
    """The axis for these figures by AXIS_RULE; of figures below 0, it ends above the highest.

    Its ends and marks are multiples of 1, 2 or 5 times a power of ten; whole figures have whole
    marks. It goes past the lowest and the highest figure, so that no marker is cut, but not past
    what the unit can be: a percentage ends at 100, also where that is only one mark further.
    """
    # Fractions, since a Decimal's arithmetic rounds to 28 digits and figures may have more.
    drawn = [Fraction(figure) for figure in figures]
    lowest, highest = min(drawn), max(drawn)
    is_cut = 2 * lowest > highest or lowest > 2 * highest
    zero = Fraction(0)
    first, last = (lowest, highest) if is_cut else (min(lowest, zero), max(highest, zero))
    step = _choose_step(last - first or _MAX_STEPS * abs(last) / 10)
    if all(figure.denominator == 1 for figure in drawn):
        step = max(step, Decimal(1))
    low = ceil(first / Fraction(step)) - 1 if first else 0
    high = floor(last / Fraction(step)) + 1 if last else 0
    minimum, maximum = _multiply_step(low, step), _multiply_step(max(high, low + 1), step)
    if unit.least is not None and lowest >= unit.least:
        minimum = max(minimum, Decimal(unit.least))
    if unit.most is not None and highest <= unit.most <= _multiply_step(high + 1, step):
        maximum = Decimal(unit.most)
    title = _format_axis_title(unit, minimum, maximum)
    return Axis(title=title, minimum=minimum, maximum=maximum, step=step)


def _choose_step(span: Fraction) -> Decimal:
    """The least of 1, 2 or 5 times a power of ten that divides a span into few steps."""
    if not span:
        return Decimal(1)
    power = len(str(floor(span))) - 1 if span >= 1 else -len(str(floor(1 / span)))
    steps = (Decimal((0, (digit,), each)) for each in (power - 1, power) for digit in (1, 2, 5))
    return next(step for step in steps if _MAX_STEPS * Fraction(step) >= span)


def _multiply_step(count: int, step: Decimal) -> Decimal:
    """So many steps, exactly."""
    context = Context(prec=len(str(count)) + 1)  # digits: the step itself has one
    return context.multiply(Decimal(count), step)


def _format_axis_title(unit: Unit, minimum: Decimal, maximum: Decimal) -> str:
    """The unit, with where the axis begins or ends if that is not 0: `Per cent, axis from 80%`."""
    label = shorten_words(unit.label, LONGEST_LABEL)
    if minimum > 0:
        return f"{label}, axis from {_format_end(unit, minimum)}"
    if maximum < 0:
        return f"{label}, axis ends at {_format_end(unit, maximum)}"
    return label


def _format_end(unit: Unit, end: Decimal) -> str:
    """An end of an axis, without decimals where it is a whole number."""
    whole = Decimal(int(end))
    return unit.format_in_table(whole if whole == end else end)
