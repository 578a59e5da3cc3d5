"""A chart as every paper draws it, with its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.core.units import Unit
    from merton_kpi.scorecard.charts.axis import Axis
    from merton_kpi.scorecard.charts.styles import LineStyle


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line: its style, its name, and its figure for each of the chart's periods, or None."""

    style: LineStyle
    name: str
    figures: tuple[Decimal | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A line chart of one indicator, its words short enough for one.

    `number` is the indicator's; `short_number` is for a reader. `finding` is the alternative text:
    what the chart shows first, then the figures. `periods` are the labels of those that figures are
    due for, up to the last one due or sent.
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
