"""The closed lists: every word that a catalogue, an extract or a paper may use.

Each list is written here once, and each member carries all that is ever shown of it
(label, symbol, colour), so that no other module chooses a word or a colour again.
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


class _Word(Enum):
    """A word of the catalogue, with the meaning that its reference and an editor show."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> _Word:
        member = object.__new__(cls)
        member._value_ = value
        member.meaning = meaning
        return member


class Frequency(_Word):
    """How often an indicator is reported.

    `months` are the calendar months it is due for.
    """

    MONTHLY = "monthly", "a figure is due for each month"
    QUARTERLY = "quarterly", "a figure is due for each June, September, December and March"
    ANNUAL = "annual", "a figure is due once a year, in the month that `due_months` names"

    @property
    def label(self) -> str:
        """The word in the index's Frequency column."""
        return str(self.value).capitalize()

    @property
    def noun(self) -> str:
        """What it counts in: `month`, `quarter`, `year`."""
        return {"monthly": "month", "quarterly": "quarter", "annual": "year"}[self.value]

    @cached_property
    def months(self) -> tuple[int, ...]:
        """Calendar months due unless the catalogue says otherwise (annual: it must say)."""
        return _MONTHS_DUE.get(self, ())


_MONTHS_DUE = {Frequency.MONTHLY: tuple(range(1, 13)), Frequency.QUARTERLY: (3, 6, 9, 12)}


class Unit(_Word):
    """What a figure counts."""

    PERCENT = "percent", "per cent; 96 is printed as 96%"
    NUMBER = "number", "a count, an average or a ratio; 78150 is printed as 78,150"
    RATE_PER_10000 = "rate_per_10000", "so many in every 10,000 people"
    WEEKS = "weeks", "a time; 41 is printed as 41 weeks"

    @property
    def label(self) -> str:
        """What the figures count, as a chart's axis says it: `Per cent`, `Rate per 10,000`."""
        match self:
            case Unit.PERCENT:
                return "Per cent"
            case Unit.RATE_PER_10000:
                return "Rate per 10,000"
            case Unit.NUMBER | Unit.WEEKS:
                return str(self.value).capitalize()

    def format_figure(self, figure: Decimal) -> str:
        """Write a figure as the papers print it: `96%`, `41 weeks`, `78,150`, `33.9`."""
        match self:
            case Unit.PERCENT:
                return f"{figure:,f}%"
            case Unit.WEEKS:
                return f"{figure:,f} week{'' if figure == 1 else 's'}"
            case Unit.NUMBER | Unit.RATE_PER_10000:
                return f"{figure:,f}"

    def format_difference(self, difference: Decimal) -> str:
        """Write the distance between two figures: `23 percentage points`, `6`, `15 weeks`."""
        if self is Unit.PERCENT:
            return f"{difference:,f} percentage point{'' if difference == 1 else 's'}"
        return self.format_figure(difference)


class Polarity(_Word):
    """Which way is better."""

    HIGHER_IS_BETTER = "higher_is_better", "a figure that rises is improving"
    LOWER_IS_BETTER = "lower_is_better", "a figure that falls is improving"


class Accumulation(_Word):
    """The year that a running total begins with."""

    FINANCIAL_YEAR = "financial_year", "a running total since April"
    ACADEMIC_YEAR = "academic_year", "a running total since September"

    @property
    def first_month(self) -> int:
        """The calendar month that the year begins with."""
        return 4 if self is Accumulation.FINANCIAL_YEAR else 9


class Profile(_Word):
    """A target's path through the year, for an indicator that accumulates."""

    SHARE_OF_YEAR = (
        "share_of_year",
        "the share of the year that has passed is due: 10 of 20 in September",
    )
    MILESTONES = "milestones", "what `milestones` give for a month is due"
    FULL_YEAR = "full_year", "all of it is due in every month"


class Past(_Word):
    """Which of its own outturns an indicator must not fall behind."""

    LAST_YEAR = "last_year", "last year's outturn"
    BEST = "best", "the best outturn of the last so many `years`"
    WORST = "worst", "the worst outturn of the last so many `years`"


class Direction(Enum):
    """A direction of travel in a word; the arrow beside it shows which way the figure moved."""

    IMPROVING = "improving"
    WORSENING = "worsening"
    UP = "up"
    DOWN = "down"
    NO_CHANGE = "no change"


class Rating(Enum):
    """A verdict in a word, with the fill of its cell (`None`: no fill).

    The fills keep black text at a contrast of 13 to 1 or more. `shade` is the fill's like among
    the 256 colours that terminals share; unlike the first sixteen, no theme changes them.
    """

    BLUE = "Blue", "CFE2F3", 153
    GREEN = "Green", "D9EAD3", 194
    AMBER = "Amber", "FFE8B3", 223
    RED = "Red", "F4CCCC", 224
    NOT_A_TARGET_MEASURE = "Not a target measure", None, None
    NEW = "New", None, None
    NO_DATA = "No data", None, None
    CLOSED = "No longer reported", None, None

    fill: str | None
    shade: int | None

    def __new__(cls, label: str, fill: str | None, shade: int | None) -> Rating:
        member = object.__new__(cls)
        member._value_ = label
        member.fill = fill
        member.shade = shade
        return member

    @property
    def label(self) -> str:
        """The word that every paper prints."""
        return str(self.value)

    @property
    def is_brag(self) -> bool:
        """Whether it is a rating proper: blue, red, amber or green."""
        return self.fill is not None

    @property
    def is_exception(self) -> bool:
        """Whether the exception report lists it: amber and red, no others."""
        return self in (Rating.AMBER, Rating.RED)

    def __str__(self) -> str:  # by which earlier versions of typer know a member again
        return self.label

    @classmethod
    def read(cls, word: str) -> Rating | None:
        """The rating of this name, its capitals and hyphens as they come; None for no rating's."""
        plain = word.casefold().replace("-", " ")
        return next((each for each in cls if each.label.casefold() == plain), None)


class RatingChange(Enum):
    """What became of an indicator's rating since the panel last met; worst first."""

    NEW_RED = "Newly red"
    STILL_RED = "Still red"
    NEW_AMBER = "Newly amber"
    EASED = "Red, now amber"
    STILL_AMBER = "Still amber"
    UNRATED = "No longer rated"
    RECOVERED = "Recovered"

    @property
    def label(self) -> str:
        """The words that the papers print."""
        return str(self.value)


class ReturnState(Enum):
    """How it stands with something that is due for the papers, as the chaser's CSV says it."""

    RECEIVED = "received"
    MISSING = "missing"
    OVERDUE = "overdue"
    COMMENTARY = "commentary_missing"

    @property
    def is_missing_figure(self) -> bool:
        """Whether there is a figure to be sent: one due for these papers, or for earlier ones."""
        return self in (ReturnState.MISSING, ReturnState.OVERDUE)


class LineStyle(Enum):
    """A chart's line: its colour, dash and marker, so that colour alone tells nothing."""

    FIGURE = "figure", "1F3864", "solid", "circle"
    TARGET = "target", "000000", "dash", "dash"
    FIRST_BENCHMARK = "first benchmark", "7F3F00", "sysDot", "triangle"
    SECOND_BENCHMARK = "second benchmark", "5B2A86", "lgDashDot", "square"
    THIRD_BENCHMARK = "third benchmark", "005A30", "sysDashDot", "diamond"

    colour: str
    dash: str
    marker: str

    def __new__(cls, value: str, colour: str, dash: str, marker: str) -> LineStyle:
        member = object.__new__(cls)
        member._value_ = value
        member.colour = colour
        member.dash = dash
        member.marker = marker
        return member

    @classmethod
    def of_benchmarks(cls) -> tuple[LineStyle, ...]:
        """The benchmarks' lines, in the order of the areas: there can be no more areas."""
        return (cls.FIRST_BENCHMARK, cls.SECOND_BENCHMARK, cls.THIRD_BENCHMARK)


class Shorthand(Enum):
    """The UK Government Analysis Function's symbols for figures that are not there or doubtful."""

    NOT_AVAILABLE = "[x]", "not available; the notes give the reason where one is known"
    NOT_APPLICABLE = "[z]", "not applicable"
    CONFIDENTIAL = "[c]", "confidential: a small number, suppressed so that it tells of nobody"
    PROVISIONAL = "[p]", "provisional"
    REVISED = "[r]", "revised since the panel first saw it; the notes say from what"
    LOW_RELIABILITY = "[u]", "low reliability"

    meaning: str

    def __new__(cls, symbol: str, meaning: str) -> Shorthand:
        member = object.__new__(cls)
        member._value_ = symbol
        member.meaning = meaning
        return member

    @property
    def symbol(self) -> str:
        """The symbol with its square brackets."""
        return str(self.value)


class Status(Enum):
    """Why a figure is not there, or what is to be known of one that is.

    `printed` is the wording the panel knows, `shorthand` the symbol in the workbook's cell.
    """

    NOT_AVAILABLE = "not_available", "N/A", Shorthand.NOT_AVAILABLE
    COVID = "covid", "N/A - C19", Shorthand.NOT_AVAILABLE
    TO_COME = "to_come", "TBC", Shorthand.NOT_AVAILABLE
    AWAITING_ANNUAL_RATE = (
        "awaiting_annual_rate",
        "Awaiting confirmed annual rate",
        Shorthand.NOT_AVAILABLE,
    )
    CHANGE_IN_RECORDING = "change_in_recording", "Change in recording", Shorthand.NOT_AVAILABLE
    NOT_PUBLISHED = "not_published", "Not published", Shorthand.NOT_AVAILABLE
    NOT_RELEVANT = "not_relevant", "Not relevant", Shorthand.NOT_APPLICABLE
    NO_BENCHMARK = (
        "no_benchmark",
        "No relevant benchmarking available",
        Shorthand.NOT_APPLICABLE,
    )
    ACADEMIC_YEAR_MEASURE = (
        "academic_year_measure",
        "Academic year measure",
        Shorthand.NOT_APPLICABLE,
    )
    NEW = "new", "New", Shorthand.NOT_APPLICABLE
    NOT_APPLICABLE = "not_applicable", "Not applicable", Shorthand.NOT_APPLICABLE
    SUPPRESSED = "suppressed", "<5", Shorthand.CONFIDENTIAL
    SUPPRESSED_WITH_ANOTHER = "suppressed_with_another", "Suppressed", Shorthand.CONFIDENTIAL
    PROVISIONAL = "provisional", "Provisional", Shorthand.PROVISIONAL
    LOW_RELIABILITY = "low_reliability", "Low reliability", Shorthand.LOW_RELIABILITY

    printed: str
    shorthand: Shorthand

    def __new__(cls, value: str, printed: str, shorthand: Shorthand) -> Status:
        member = object.__new__(cls)
        member._value_ = value
        member.printed = printed
        member.shorthand = shorthand
        return member

    @property
    def meaning(self) -> str:
        """What it makes of a figure: where it stands, and what is printed."""
        stands = "beside a figure" if self.qualifies_a_figure else "in place of a figure"
        return f"{stands}; printed as {self.printed}"

    @property
    def qualifies_a_figure(self) -> bool:
        """Whether it stands beside a figure; all others stand in place of one."""
        return self in (Status.PROVISIONAL, Status.LOW_RELIABILITY)

    @property
    def is_still_to_come(self) -> bool:
        """Whether there is no figure yet: someone owes it, and it takes the word's place."""
        return self in (Status.TO_COME, Status.AWAITING_ANNUAL_RATE)

    @property
    def is_suppressed(self) -> bool:
        """Whether there is a figure that must not be shown."""
        return self.shorthand is Shorthand.CONFIDENTIAL
