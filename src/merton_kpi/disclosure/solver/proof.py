"""Whether a count follows from equations alone, so that it is surely known to a reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.disclosure.solver.model import Form


@dataclass(slots=True)
class Equations:
    """Forms whose amounts are known, each reduced to those that follow from no other."""

    _reduced: dict[int, dict[int, Fraction]] = field(default_factory=dict)  # by its own count

    def add(self, form: Form) -> None:
        """Add a form whose amount is known."""
        rest = self._remove_known(form)
        if rest:
            pivot = min(rest)
            scale = rest[pivot]
            rest = {count: part / scale for count, part in rest.items()}
            for other in self._reduced.values():
                factor = other.get(pivot, Fraction(0))
                if factor:
                    _subtract(other, factor, rest)
            self._reduced[pivot] = rest

    def is_worked_out(self, form: Form) -> bool:
        """Whether a form is a sum of the others, each times a factor.

        Where the amounts of the others are known, so is that of the form.
        """
        return not self._remove_known(form)

    def _remove_known(self, form: Form) -> dict[int, Fraction]:
        """What is left of a form once the equations are subtracted that have its counts."""
        rest = {count: Fraction(part) for count, part in form}
        for pivot in [count for count in rest if count in self._reduced]:
            factor = rest.get(pivot, Fraction(0))
            if factor:
                _subtract(rest, factor, self._reduced[pivot])
        return rest


def is_worked_out(form: Form, equations: Iterable[Form]) -> bool:
    """Whether a form is a sum of others, each times a factor."""
    known = Equations()
    for equation in equations:
        known.add(equation)
    return known.is_worked_out(form)


def _subtract(rest: dict[int, Fraction], factor: Fraction, equation: dict[int, Fraction]) -> None:
    """Subtract an equation, times a factor, from what is left of another one."""
    for count, part in equation.items():
        left = rest.get(count, Fraction(0)) - factor * part
        if left:
            rest[count] = left
        else:
            rest.pop(count, None)
