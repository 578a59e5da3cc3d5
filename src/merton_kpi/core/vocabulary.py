"""The closed lists: every word that a catalogue, an extract or a paper may use.

Each list is written here once. Each member carries everything that is shown of it (label, symbol,
colour), so that no other module chooses a word or a colour.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from decimal import Decimal


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


class Rating(Word):
    """A rating, with the fill colour of its cell in the workbook (None: no fill).

    Black text on each fill has a contrast of 13 to 1 or more. `shade` is the nearest of the 256
    terminal colours; it is above 15, since a terminal's theme can change the first sixteen.
    """

    BLUE = "Blue", "CFE2F3", 153
    GREEN = "Green", "D9EAD3", 194
    AMBER = "Amber", "FFE8B3", 223
    RED = "Red", "F4CCCC", 224
    NOT_A_TARGET_MEASURE = "Not a target measure", None, None
    NEW = "New", None, None
    NO_DATA = "No data", None, None
    CLOSED = "No longer reported", None, None

    def __init__(self, _word: str, fill: str | None, shade: int | None) -> None:
        self.fill = fill
        self.shade = shade

    @property
    def label(self) -> str:
        """The words that every paper prints."""
        return str(self.value)

    @property
    def is_brag(self) -> bool:
        """Whether it is blue, red, amber or green."""
        return self.fill is not None

    @property
    def is_exception(self) -> bool:
        """Whether the exception report lists it: amber and red only."""
        return self in (Rating.AMBER, Rating.RED)

    def __str__(self) -> str:
        # typer 0.15 looks an option's parsed value up again, by its text among the values.
        return self.label

    @classmethod
    def read(cls, word: str) -> Rating | None:
        """The rating of this name, or None; capitals do not matter, and `no-data` is `No data`."""
        plain = word.casefold().replace("-", " ")
        return next((each for each in cls if each.label.casefold() == plain), None)


class RatingChange(Enum):
    """How an indicator's rating differs from the one the panel last saw; worst first."""

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

    def __init__(self, _word: str, colour: str, dash: str, marker: str) -> None:
        self.colour = colour
        self.dash = dash
        self.marker = marker

    @classmethod
    def list_benchmark_styles(cls) -> tuple[LineStyle, ...]:
        """The benchmarks' lines, in the order of the areas. A catalogue has at most three areas."""
        return (cls.FIRST_BENCHMARK, cls.SECOND_BENCHMARK, cls.THIRD_BENCHMARK)


class Shorthand(Word):
    """Symbols of the UK Government Analysis Function for missing and uncertain figures."""

    NOT_AVAILABLE = "[x]", "not available; the notes give the reason where one is known"
    NOT_APPLICABLE = "[z]", "not applicable"
    CONFIDENTIAL = "[c]", "confidential: a small number, suppressed so that nobody is identified"
    PROVISIONAL = "[p]", "provisional"
    REVISED = "[r]", "revised since the panel first saw it; the notes say from what"
    LOW_RELIABILITY = "[u]", "low reliability"

    def __init__(self, _word: str, meaning: str) -> None:
        self.meaning = meaning

    @property
    def symbol(self) -> str:
        """The symbol with its square brackets."""
        return str(self.value)

    @classmethod
    def read(cls, words: str) -> Shorthand | None:
        """The symbol that words stand for; None for words that say something.

        A symbol typed as words stands for itself. Nothing at all, a dash, dots and `n/a` stand for
        "not applicable".
        """
        plain = words.strip().casefold()
        if plain in _WORDS_FOR_NOTHING:
            return cls.NOT_APPLICABLE
        return next((each for each in cls if each.symbol == plain), None)


_WORDS_FOR_NOTHING = (
    "",
    "-",
    "\N{EN DASH}",
    "\N{EM DASH}",
    "..",
    "...",
    "\N{HORIZONTAL ELLIPSIS}",
    "n/a",
)


class Status(Word):
    """Why there is no figure, or how reliable it is.

    `printed` is the wording that the panel knows, `shorthand` the symbol in the workbook's cell.
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
    NO_BENCHMARK = ("no_benchmark", "No relevant benchmarking available", Shorthand.NOT_APPLICABLE)
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

    def __init__(self, _word: str, printed: str, shorthand: Shorthand) -> None:
        self.printed = printed
        self.shorthand = shorthand

    @property
    def meaning(self) -> str:
        """Whether it is used with a figure or without one, and what is printed."""
        use = "beside a figure" if self.qualifies_a_figure else "in place of a figure"
        return f"{use}; printed as {self.printed}"

    @property
    def qualifies_a_figure(self) -> bool:
        """Whether it is used with a figure; every other status takes the place of one."""
        return self in (Status.PROVISIONAL, Status.LOW_RELIABILITY)

    @property
    def is_still_to_come(self) -> bool:
        """Whether a figure is still to be sent; it will then replace the status."""
        return self in (Status.TO_COME, Status.AWAITING_ANNUAL_RATE)

    @property
    def is_suppressed(self) -> bool:
        """Whether there is a figure that must not be shown."""
        return self.shorthand is Shorthand.CONFIDENTIAL
