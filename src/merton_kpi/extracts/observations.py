"""What an extract's rows mean: frozen observations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.core.issues import Place
    from merton_kpi.core.periods import Month
    from merton_kpi.core.vocabulary import Rating, Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A rating that an officer sets aside the figures for: the reason, and the job title."""

    rating: Rating
    reason: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One row of an extract: an indicator's figure for a month, or words about it, or both.

    `known` is the extract's month, `month` the one that the figure is for. `value` is in the
    indicator's unit: 96 for 96 per cent.
    """

    indicator: str
    month: Month
    known: Month
    place: Place
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: Status | None = None
    note: str = ""
    commentary: str = ""
    caveat: str = ""
    of_note: str = ""
    judgement: Judgement | None = None
    confirmed: str = ""

    @property
    def has_figure_or_reason(self) -> bool:
        """Whether it gives a figure, or the reason why there is none; else it is words alone."""
        return self.value is not None or self.status is not None

    @property
    def words(self) -> str:
        """All its words in one, the figure's note and a judgement's reason too."""
        reason = self.judgement.reason if self.judgement else ""
        said = (self.note, self.commentary, self.caveat, self.of_note, self.confirmed, reason)
        return " ".join(filter(None, said))

    @property
    def has_words(self) -> bool:
        """Whether it has words for the report, beside any figure and its note."""
        words = self.commentary or self.of_note or self.caveat or self.confirmed
        return bool(words or self.judgement)
