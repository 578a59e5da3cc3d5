"""The names of cells, how counts are published, and the reasons why a figure is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.extracts.observations import Observation


@dataclass(frozen=True, kw_only=True, slots=True)
class RowKey:
    """The cell of an extract's row."""

    number: str
    month: Month
    known: Month
    is_year: bool

    @classmethod
    def of(cls, each: Observation) -> RowKey:
        """The cell of a row."""
        is_year = each.year is not None
        return cls(number=each.indicator, month=each.month, known=each.known, is_year=is_year)


@dataclass(frozen=True, kw_only=True, slots=True)
class TotalKey:
    """The cell of a total that kpi adds up, as first printed in the paper of the month `known`."""

    number: str
    month: Month
    known: Month


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierKey:
    """The cell of an outturn, or of a month of last year."""

    number: str
    period: FinancialYear | Month


CellKey: TypeAlias = RowKey | TotalKey | EarlierKey


@dataclass(frozen=True, kw_only=True, slots=True)
class SuppressionLevel:
    """How an indicator's counts are published: none of 1 to `below` - 1 is shown.

    `below` is None where small counts may be shown. `round_to` is what others are rounded to.
    `stands_alone` is true where no figure is tied to others, so that a small count can be printed
    as such: `<5`.
    """

    below: int | None = None
    round_to: int | None = None
    stands_alone: bool = False

    def is_small(self, amount: Decimal | Fraction | int) -> bool:
        """Whether a count must not be shown."""
        return self.below is not None and amount != 0 and -self.below < amount < self.below


class Reason(Enum):
    """Why a figure is not shown; no paper says which it is."""

    GIVEN = "its service sent it as suppressed"
    SMALL = "small itself"
    COUNT_HIDDEN = "the count behind it is hidden"
    COUNT_UNKNOWN = "the count behind it is not known and may be small"
    YEAR = "a period of the year is hidden"
    PROTECTS = "another would be known with it"
