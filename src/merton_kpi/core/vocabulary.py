"""The closed lists: every word that a catalogue, an extract or a paper may use.

Each list is written here once. Each member carries everything that is shown of it (label, symbol,
colour), so that no other module chooses a word or a colour.
"""

from __future__ import annotations

from enum import Enum
from typing import Self


class Word(Enum):
    """A closed list whose members carry more than their word, which is their `value`.

    A member is written as its word and what it carries; its list's `__init__` keeps the latter.
    """

    def __new__(cls, word: str, *_carried: object) -> Self:
        self = object.__new__(cls)
        self._value_ = word  # how the documentation of `enum` sets a member's value
        return self


class CatalogueWord(Word):
    """A word of the catalogue, with its meaning for the reference page and for an editor's help."""

    def __init__(self, _word: str, meaning: str) -> None:
        self.meaning = meaning


class Frequency(CatalogueWord):
    """How often a figure of an indicator is due.

    `noun` names one period. `months` are the calendar months in which a figure is due unless the
    catalogue gives others; an annual indicator has none, so its catalogue entry must.
    """

    MONTHLY = "monthly", "a figure is due for each month", "month", tuple(range(1, 13))
    QUARTERLY = (
        "quarterly",
        "a figure is due for each June, September, December and March",
        "quarter",
        (3, 6, 9, 12),
    )
    ANNUAL = (
        "annual",
        "a figure is due once a year, in the month that `due_months` names",
        "year",
        (),
    )

    def __init__(self, word: str, meaning: str, noun: str, months: tuple[int, ...]) -> None:
        super().__init__(word, meaning)
        self.noun = noun
        self.months = months

    @property
    def label(self) -> str:
        """The word in the index's Frequency column."""
        return str(self.value).capitalize()


class Polarity(CatalogueWord):
    """Which way is better."""

    HIGHER_IS_BETTER = "higher_is_better", "a figure that rises is improving"
    LOWER_IS_BETTER = "lower_is_better", "a figure that falls is improving"


class Accumulation(CatalogueWord):
    """The year that a running total adds up over.

    `first_month` is the calendar month that it begins with.
    """

    FINANCIAL_YEAR = "financial_year", "a running total since April", 4
    ACADEMIC_YEAR = "academic_year", "a running total since September", 9

    def __init__(self, word: str, meaning: str, first_month: int) -> None:
        super().__init__(word, meaning)
        self.first_month = first_month


class Profile(CatalogueWord):
    """A target's path through the year, for an indicator that accumulates."""

    SHARE_OF_YEAR = "share_of_year", "an equal share is due each month: 10 of 20 by September"
    MILESTONES = "milestones", "the figure that `milestones` give for the month is due"
    FULL_YEAR = "full_year", "the whole target is due in every month"


class Past(CatalogueWord):
    """Which of its own outturns an indicator must be no worse than."""

    LAST_YEAR = "last_year", "last year's outturn"
    BEST = "best", "the best outturn of as many years as `years` says"
    WORST = "worst", "the worst outturn of as many years as `years` says"


class Direction(Enum):
    """A direction of travel. The papers print an arrow with it, for a figure that rose or fell."""

    IMPROVING = "improving"
    WORSENING = "worsening"
    UP = "up"
    DOWN = "down"
    NO_CHANGE = "no change"


class ReturnState(Enum):
    """The state of something that is due for the papers, as the reminder's CSV prints it."""

    RECEIVED = "received"
    MISSING = "missing"
    OVERDUE = "overdue"
    COMMENTARY = "commentary_missing"

    @property
    def is_missing_figure(self) -> bool:
        """Whether a figure is still to be sent: one due for these papers, or for earlier ones."""
        return self in (ReturnState.MISSING, ReturnState.OVERDUE)


class LineStyle(Word):
    """A chart's line; any two differ in colour, dash and marker, not in colour alone."""

    FIGURE = "figure", "1F3864", "solid", "circle"
    TARGET = "target", "000000", "dash", "dash"
    FIRST_BENCHMARK = "first benchmark", "7F3F00", "sysDot", "triangle"
    SECOND_BENCHMARK = "second benchmark", "5B2A86", "lgDashDot", "square"
    THIRD_BENCHMARK = "third benchmark", "005A30", "sysDashDot", "diamond"
    FOURTH_BENCHMARK = "fourth benchmark", "A01058", "sysDash", "x"
    FIFTH_BENCHMARK = "fifth benchmark", "00607A", "lgDashDotDot", "star"
    SIXTH_BENCHMARK = "sixth benchmark", "5F5F00", "lgDash", "plus"

    def __init__(self, _word: str, colour: str, dash: str, marker: str) -> None:
        self.colour = colour
        self.dash = dash
        self.marker = marker

    @classmethod
    def list_benchmark_styles(cls) -> tuple[LineStyle, ...]:
        """The benchmarks' lines, in the order of the areas. A catalogue has at most six areas."""
        return tuple(each for each in cls if each not in (cls.FIGURE, cls.TARGET))
