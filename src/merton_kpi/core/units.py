"""The units that figures are in, and how a figure is printed in each.

The units that many councils use have names. A catalogue gives any other by its label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from merton_kpi.core.issues import nearest_word, suggest_word

if TYPE_CHECKING:
    from decimal import Decimal

HUNDRED = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """What a figure counts. Two units are the same if all of this is.

    Attributes:
        word: its word in the catalogue; for a unit of the council's own, its label.
        name: what the figures count, within a sentence: `per cent`, `rate per 10,000`.
        meaning: the same for the reference page and for an editor's help; empty for an own unit.
        prefix: printed before a figure: `£`.
        sign: printed after a figure wherever it is: `%`, ` million`.
        nouns: for one and for any other figure, printed after it but not in a table, which has a
            column for the unit: `week` and `weeks`. Empty where a bare figure is usual.
        per: how many a figure of numerator and denominator is for: 100 for per cent, 1,000 for a
            rate per 1,000, 1 for an average.
        least, most: the lowest and the highest that a figure can be; None for no limit.
        others: other words that people write for it; a message then names its word.
    """

    word: str
    name: str
    meaning: str = ""
    prefix: str = ""
    sign: str = ""
    nouns: tuple[str, str] = ("", "")
    per: int = 1
    least: int | None = None
    most: int | None = None
    others: tuple[str, ...] = ()

    PERCENT: ClassVar[Unit]
    NUMBER: ClassVar[Unit]
    POUNDS: ClassVar[Unit]
    THOUSAND_POUNDS: ClassVar[Unit]
    MILLION_POUNDS: ClassVar[Unit]
    MINUTES: ClassVar[Unit]
    HOURS: ClassVar[Unit]
    DAYS: ClassVar[Unit]
    WEEKS: ClassVar[Unit]
    RATE_PER_1000: ClassVar[Unit]
    RATE_PER_10000: ClassVar[Unit]
    RATE_PER_100000: ClassVar[Unit]
    RATIO: ClassVar[Unit]
    SCORE: ClassVar[Unit]
    PERCENTAGE_POINTS: ClassVar[Unit]
    NAMED: ClassVar[tuple[Unit, ...]]

    @classmethod
    def of(cls, label: str, singular: str = "") -> Unit:
        """The unit of a council's own with this label: `tonnes`, for one figure `tonne`."""
        return cls(word=label, name=label, nouns=(singular or label, label))

    def __str__(self) -> str:
        return self.word

    @property
    def is_named(self) -> bool:
        """Whether it is one of those that the catalogue names by a word."""
        return bool(self.meaning)

    @property
    def label(self) -> str:
        """What the figures count, by itself: `Per cent`, `Rate per 10,000`, `tonnes`."""
        return self.name[0].upper() + self.name[1:] if self.is_named else self.name

    @property
    def is_rate(self) -> bool:
        """Whether it is a rate for so many people."""
        return self.per > HUNDRED

    @property
    def is_in_points(self) -> bool:
        """Whether figures differ by percentage points."""
        return self in (Unit.PERCENT, Unit.PERCENTAGE_POINTS)

    @property
    def can_be_count(self) -> bool:
        """Whether a figure may itself be a number of people or cases."""
        return self == Unit.NUMBER or not self.is_named

    @property
    def can_be_total(self) -> bool:
        """Whether a figure may be a total, which grows with the size of an area."""
        return self.can_be_count or bool(self.prefix)

    @property
    def is_printed(self) -> bool:
        """Whether a figure is printed with it: `96%`, `41 weeks`."""
        return bool(self.prefix or self.sign or any(self.nouns))

    def is_possible(self, figure: Decimal) -> bool:
        """Whether a figure is neither lower nor higher than one in this unit can be."""
        is_too_low = self.least is not None and figure < self.least
        return not is_too_low and (self.most is None or figure <= self.most)

    def format_figure(self, figure: Decimal) -> str:
        """A figure in a sentence: `96%`, `41 weeks`, `78,150`, `33.9`, `-£1,200`."""
        noun = self.nouns[figure.copy_abs() != 1]
        return f"{self.format_in_table(figure)} {noun}".rstrip()

    def format_in_table(self, figure: Decimal) -> str:
        """A figure in a table with a column for the unit: `96%`, `41`, `£1.2 million`."""
        minus = "-" if figure.is_signed() else ""
        return f"{minus}{self.prefix}{figure.copy_abs():,f}{self.sign}"

    def format_difference(self, difference: Decimal) -> str:
        """The distance between two figures as printed: `23 percentage points`, `6`, `15 weeks`."""
        unit = Unit.PERCENTAGE_POINTS if self.is_in_points else self
        return unit.format_figure(difference)


def match_unit(word: str) -> Unit | None:
    """The named unit that a word, or another word for it, stands for; None where there is none.

    Capitals, spaces and underscores make no difference.
    """
    return _list_words().get(_strip_differences(word))


def suggest_unit(word: str) -> str:
    """The end of a sentence about an unknown unit: what to write for it."""
    same, known = match_unit(word), _list_words()
    if same:
        return f"did you mean '{same}'?"
    words = suggest_word("", (unit.word for unit in Unit.NAMED))
    if not word.strip():
        return f"{words}, or a label of your own, like {{label: tonnes}}"
    own = f"write {{label: {word.strip()}}}"
    near = known.get(nearest_word(_strip_differences(word), known))
    if near:
        return f"did you mean '{near}'? If not, {own}"
    return f"{own}, or {words}"


def _list_words() -> dict[str, Unit]:
    """Every word for a named unit, with the unit."""
    return {
        _strip_differences(word): unit
        for unit in Unit.NAMED
        for word in (unit.word, unit.name, *unit.others)
    }


def _strip_differences(word: str) -> str:
    return word.casefold().replace(" ", "_")


Unit.PERCENT = Unit(
    word="percent",
    name="per cent",
    meaning="per cent; 96 is printed as 96%",
    sign="%",
    per=HUNDRED,
    least=0,
    most=100,
    others=("%", "per cent", "percentage", "pct", "proportion"),
)
Unit.NUMBER = Unit(
    word="number",
    name="number",
    meaning="a count or an average; 78150 is printed as 78,150",
    least=0,
    others=("count", "integer", "decimal", "average", "total"),
)
Unit.POUNDS = Unit(
    word="pounds",
    name="£",
    meaning="an amount of money; 1234.50 is printed as £1,234.50",
    prefix="£",
    others=("currency", "money", "gbp", "sterling", "cost", "pound"),
)
Unit.THOUSAND_POUNDS = Unit(
    word="thousand_pounds",
    name="£ thousand",
    meaning="an amount in thousands of pounds; 350 is printed as £350 thousand",
    prefix="£",
    sign=" thousand",
    others=("£k", "£000", "£000s", "£'000", "thousands_of_pounds"),
)
Unit.MILLION_POUNDS = Unit(
    word="million_pounds",
    name="£ million",
    meaning="an amount in millions of pounds; 1.2 is printed as £1.2 million",
    prefix="£",
    sign=" million",
    others=("£m", "£mn", "millions_of_pounds"),
)
Unit.MINUTES = Unit(
    word="minutes",
    name="minutes",
    meaning="a time in minutes; 12 is printed as 12 minutes",
    nouns=("minute", "minutes"),
    least=0,
    others=("mins", "minute"),
)
Unit.HOURS = Unit(
    word="hours",
    name="hours",
    meaning="a time in hours; 4.5 is printed as 4.5 hours",
    nouns=("hour", "hours"),
    least=0,
    others=("hrs", "hour"),
)
Unit.DAYS = Unit(
    word="days",
    name="days",
    meaning="a time in days; 28 is printed as 28 days",
    nouns=("day", "days"),
    least=0,
    others=("day",),
)
Unit.WEEKS = Unit(
    word="weeks",
    name="weeks",
    meaning="a time in weeks; 41 is printed as 41 weeks",
    nouns=("week", "weeks"),
    least=0,
    others=("week",),
)
Unit.RATE_PER_1000 = Unit(
    word="rate_per_1000",
    name="rate per 1,000",
    meaning="a rate for every 1,000 people",
    per=1_000,
    least=0,
    others=("per_1000", "per_1,000", "per_thousand"),
)
Unit.RATE_PER_10000 = Unit(
    word="rate_per_10000",
    name="rate per 10,000",
    meaning="a rate for every 10,000 people",
    per=10_000,
    least=0,
    others=("per_10000", "per_10,000", "per_ten_thousand"),
)
Unit.RATE_PER_100000 = Unit(
    word="rate_per_100000",
    name="rate per 100,000",
    meaning="a rate for every 100,000 people",
    per=100_000,
    least=0,
    others=("per_100000", "per_100,000", "per_hundred_thousand"),
)
Unit.RATIO = Unit(
    word="ratio",
    name="ratio",
    meaning="one number divided by another; 1.25 is printed as 1.25",
    least=0,
)
Unit.SCORE = Unit(
    word="score",
    name="score",
    meaning="points on a scale, as of a survey or a test; it may be below zero",
)
Unit.PERCENTAGE_POINTS = Unit(
    word="percentage_points",
    name="percentage points",
    meaning="a gap between two percentages; 5 is printed as 5 percentage points, and a figure may "
    "be below zero",
    nouns=("percentage point", "percentage points"),
    others=("pp", "ppt", "ppts", "percentage_point"),
)
Unit.NAMED = (
    Unit.PERCENT,
    Unit.NUMBER,
    Unit.POUNDS,
    Unit.THOUSAND_POUNDS,
    Unit.MILLION_POUNDS,
    Unit.MINUTES,
    Unit.HOURS,
    Unit.DAYS,
    Unit.WEEKS,
    Unit.RATE_PER_1000,
    Unit.RATE_PER_10000,
    Unit.RATE_PER_100000,
    Unit.RATIO,
    Unit.SCORE,
    Unit.PERCENTAGE_POINTS,
)
