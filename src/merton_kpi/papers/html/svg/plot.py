"""Where a chart's figures are drawn, and the sizes of all that is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.scorecard.charts.axis import Axis

WIDTH = 328  # what a page of 360 pixels leaves between its margins: the type is then as large
TYPE_SIZE, LINE_HEIGHT = 13, 17
_PLOT_HEIGHT = 160
GAP = 6  # between words and what they stand beside
_WIDEST_MARKER = 12
_RIGHT_MARGIN = 16  # half of the last period's label may be there


@dataclass(frozen=True, kw_only=True, slots=True)
class Plot:
    """Where the figures are drawn: its edges in the SVG, the axis, and the number of periods."""

    left: Fraction
    top: Fraction
    axis: Axis
    periods: int

    @property
    def right(self) -> Fraction:
        return Fraction(WIDTH - _RIGHT_MARGIN)

    @property
    def bottom(self) -> Fraction:
        return self.top + _PLOT_HEIGHT

    @property
    def band(self) -> Fraction:
        """The width of a period, in whose middle its figures are."""
        return (self.right - self.left) / self.periods

    @property
    def is_crowded(self) -> bool:
        """Whether the markers of neighbouring periods would touch."""
        return self.band < _WIDEST_MARKER

    def measure_across(self, period: int) -> Fraction:
        """How far from the SVG's left edge a period's figures are, the first being 0."""
        return self.left + self.band * (2 * period + 1) / 2

    def measure_down(self, figure: Decimal) -> Fraction:
        """How far from the SVG's top edge a figure is."""
        low, high = Fraction(self.axis.minimum), Fraction(self.axis.maximum)
        return self.bottom - (Fraction(figure) - low) / (high - low) * _PLOT_HEIGHT
