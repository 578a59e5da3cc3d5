"""The units that figures are in, and how a figure is printed in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import CatalogueWord

if TYPE_CHECKING:
    from decimal import Decimal


class Unit(CatalogueWord):
    """What a figure counts."""

    PERCENT = "percent", "per cent; 96 is printed as 96%"
    NUMBER = "number", "a count, an average or a ratio; 78150 is printed as 78,150"
    RATE_PER_10000 = "rate_per_10000", "a rate for every 10,000 people"
    WEEKS = "weeks", "a time in weeks; 41 is printed as 41 weeks"

    @property
    def label(self) -> str:
        """What the figures count, as on a chart's axis: `Per cent`, `Rate per 10,000`."""
        match self:
            case Unit.PERCENT:
                return "Per cent"
            case Unit.RATE_PER_10000:
                return "Rate per 10,000"
            case Unit.NUMBER | Unit.WEEKS:
                return str(self.value).capitalize()

    @property
    def per(self) -> int:
        """How many a figure of numerator and denominator is for: 100 for per cent."""
        match self:
            case Unit.PERCENT:
                return 100
            case Unit.RATE_PER_10000:
                return 10_000
            case Unit.NUMBER | Unit.WEEKS:
                return 1

    def format_figure(self, figure: Decimal) -> str:
        """A figure as the papers print it: `96%`, `41 weeks`, `78,150`, `33.9`."""
        match self:
            case Unit.PERCENT:
                return f"{figure:,f}%"
            case Unit.WEEKS:
                return f"{figure:,f} week{'' if figure == 1 else 's'}"
            case Unit.NUMBER | Unit.RATE_PER_10000:
                return f"{figure:,f}"

    def format_difference(self, difference: Decimal) -> str:
        """The distance between two figures as printed: `23 percentage points`, `6`, `15 weeks`."""
        if self is Unit.PERCENT:
            return f"{difference:,f} percentage point{'' if difference == 1 else 's'}"
        return self.format_figure(difference)
