"""Whether a small count follows from equations alone, so that it is surely known to a reader."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.disclosure.solver.model import Form


def is_worked_out(form: Form, equations: Iterable[Form]) -> bool:
    """Whether a form is a sum of others, each times a factor.

    Where the amounts of the others are known, so is that of the form.
    """
    reduced: dict[int, dict[int, Fraction]] = {}  # each by the count that only it has left
    for equation in equations:
        rest = _remove_known(equation, reduced)
        if rest:
            pivot = min(rest)
            scale = rest[pivot]
            rest = {count: part / scale for count, part in rest.items()}
            for other in reduced.values():
                factor = other.get(pivot, Fraction(0))
                if factor:
                    _subtract(other, factor, rest)
            reduced[pivot] = rest
    return not _remove_known(form, reduced)


def _remove_known(form: Form, reduced: dict[int, dict[int, Fraction]]) -> dict[int, Fraction]:
    """What is left of a form once the equations are subtracted that have its counts."""
    rest = {count: Fraction(part) for count, part in form}
    for pivot, equation in reduced.items():
        factor = rest.get(pivot, Fraction(0))
        if factor:
            _subtract(rest, factor, equation)
    return rest


def _subtract(rest: dict[int, Fraction], factor: Fraction, equation: dict[int, Fraction]) -> None:
    """Subtract an equation, times a factor, from what is left of another one."""
    for count, part in equation.items():
        left = rest.get(count, Fraction(0)) - factor * part
        if left:
            rest[count] = left
        else:
            rest.pop(count, None)
