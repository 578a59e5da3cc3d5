"""A chart as every paper draws it, with its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.scorecard.charts.styles import USUAL_STYLES

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.core.units import Unit
    from merton_kpi.scorecard.charts.axis import Axis
    from merton_kpi.scorecard.charts.styles import LineStyle


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line: its style, its name, and its figure for each of the chart's periods, or None.

    A legend has the `name`, and so has the table of all charts' figures. An earlier part of the
    council's figures is named by its own months too, for the alternative text.
    """

    style: LineStyle
    name: str
    figures: tuple[Decimal | None, ...]
    name_with_months: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A line chart of one indicator, its words short enough for one.

    `number` is the indicator's; `short_number` is for a reader. `finding` is the alternative text:
    what the chart shows first, then the figures. `periods` are the labels of those that figures are
    due for, up to the last one due or sent, those of earlier years first; `earlier` is how many are
    of these. `breaks` has the place of the first period after each break in the series, counted
    from 0.
    """

    number: str
    short_number: str
    indicator: str
    title: str
    finding: str
    unit: Unit
    unit_label: str
    axis: Axis
    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    breaks: tuple[int, ...] = ()
    earlier: int = 0

    @property
    def legend(self) -> tuple[Line, ...]:
        """The lines that a legend names: the first of each style, since the others look like it."""
        first = {line.style: line for line in reversed(self.lines)}
        return tuple(line for line in self.lines if line is first[line.style])

    @property
    def has_usual_range(self) -> bool:
        """Whether it has the range that figures usually lie in."""
        return any(line.style in USUAL_STYLES for line in self.lines)
