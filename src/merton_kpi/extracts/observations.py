"""An observation: what a row of an extract says about an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.core.issues import Place
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.core.ratings import Rating
    from merton_kpi.core.statuses import Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A rating that an officer sets in place of the figures' own, with the reason and job title."""

    rating: Rating
    reason: str
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """How a cell gives a figure that is not in plain digits alone: `£1.2m`, `17 (+2 more boys)`.

    `text` is the whole cell. `zeros` are those that a word for a size stands for, 6 in `£1.2m`.
    `decimals` says to which place the figure is written: 1 for `98.4%`, -5 for `£1.2m`. It
    `is_grouped` where its thousands are separated, and `is_comma_alone` in `1,234`, where the comma
    could be a decimal one. It `is_formatted` where the cell has a number, 0.984, and its format
    shows a percentage.
    """

    text: str
    is_percent: bool = False
    is_formatted: bool = False
    is_pounds: bool = False
    zeros: int = 0
    decimals: int = 0
    is_grouped: bool = False
    is_comma_alone: bool = False

    @property
    def is_as_shown(self) -> bool:
        """Whether it looks as a spreadsheet shows a number, which it may have rounded for that."""
        return self.is_percent or self.is_pounds or bool(self.zeros) or self.is_grouped


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedForecast:
    """The figure that an officer expects at the year's end, with the officer's job title.

    `written` is as in Observation.
    """

    figure: Decimal
    by: str
    written: Written | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """One row of an extract: an indicator's figure for a month, or words about it, or both.

    `month` is the one that the figure is for, and `known` is the extract's, in which the figure
    became known; it is never earlier. `year` is set for the year's own figure, whose month is the
    year's last. `value` is in the indicator's unit: 96 for 96 per cent. A value that
    `is_worked_out` was not given: it follows from its numerator and denominator. `title` is the
    indicator's, as the row gives it. A row that `is_unended` is its file's last and has no line
    end; one that `is_own` is in a file of kpi's own, as in FileLayout. `written` says how the cell
    gives a value that is not in plain digits; None elsewhere.
    """

    indicator: str
    month: Month
    known: Month
    place: Place
    year: FinancialYear | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: Status | None = None
    note: str = ""
    commentary: str = ""
    caveat: str = ""
    of_note: str = ""
    judgement: Judgement | None = None
    forecast: StatedForecast | None = None
    confirmed: str = ""
    is_worked_out: bool = False
    title: str = ""
    is_unended: bool = False
    is_own: bool = False
    written: Written | None = None

    @property
    def parts(self) -> tuple[Decimal, Decimal] | None:
        """Its numerator and denominator, where a figure can be worked out from them."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator, self.denominator

    @property
    def period(self) -> str:
        """The name of what the figure is for: `November 2020`, or `2020/21`."""
        return str(self.year) if self.year else self.month.name

    @property
    def has_figure_or_reason(self) -> bool:
        """Whether it gives a figure, or the reason why there is none; otherwise only words."""
        return self.value is not None or self.status is not None

    @property
    def words(self) -> str:
        """All its words in one text, with the figure's note and a judgement's reason."""
        reason = self.judgement.reason if self.judgement else ""
        texts = (self.note, self.commentary, self.caveat, self.of_note, self.confirmed, reason)
        return " ".join(filter(None, texts))

    @property
    def has_words(self) -> bool:
        """Whether it has something for the papers beside its figure and the figure's note."""
        words = self.commentary or self.of_note or self.caveat or self.confirmed
        return bool(words or self.judgement or self.forecast)
