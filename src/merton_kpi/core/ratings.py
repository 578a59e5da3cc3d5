"""The ratings, a council's words for them, and how a rating differs from an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from merton_kpi.core.vocabulary import Word


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
    NOT_DUE = "Not due yet", None, None
    NO_DATA = "No data", None, None
    CLOSED = "No longer reported", None, None

    def __init__(self, _word: str, fill: str | None, shade: int | None) -> None:
        self.fill = fill
        self.shade = shade

    @property
    def label(self) -> str:
        """Its own words, which the papers print unless the council has others."""
        return str(self.value)

    @property
    def is_brag(self) -> bool:
        """Whether it is blue, red, amber or green."""
        return self.fill is not None

    @property
    def is_exception(self) -> bool:
        """Whether the exception report lists it: amber and red only."""
        return self in (Rating.AMBER, Rating.RED)

    @classmethod
    def read(cls, word: str) -> Rating | None:
        """The rating of this name, or None; capitals do not matter, and `no-data` is `No data`."""
        plain = word.casefold().replace("-", " ")
        return next((each for each in cls if each.label.casefold() == plain), None)


BEST_TO_WORST = (Rating.BLUE, Rating.GREEN, Rating.AMBER, Rating.RED)


@dataclass(frozen=True, slots=True)
class PrintedRating:
    """A rating with the words that the papers print for it."""

    rating: Rating
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingWords:
    """The words that a council prints for the four ratings; every other rating has its own.

    With `is_blue_information`, no figure is rated blue: the indicators that are not a target
    measure are printed with blue's word and colour.
    """

    blue: str = Rating.BLUE.label
    green: str = Rating.GREEN.label
    amber: str = Rating.AMBER.label
    red: str = Rating.RED.label
    is_blue_information: bool = False

    @property
    def ratings(self) -> tuple[PrintedRating, ...]:
        """The ratings that an indicator can have, in the order of the papers."""
        unused = (Rating.BLUE,) if self.is_blue_information else ()
        return tuple(
            PrintedRating(rating, self.format_word(rating))
            for rating in Rating
            if rating not in unused
        )

    @property
    def exceptions(self) -> str:
        """The ratings of exceptions, within a sentence: `amber or red`."""
        return f"{self.format_within(Rating.AMBER)} or {self.format_within(Rating.RED)}"

    @property
    def worst(self) -> str:
        """The worst rating, within a sentence: `red`."""
        return self.format_within(Rating.RED)

    def select_shown(self, rating: Rating) -> Rating:
        """The rating whose word and colour are printed for a rating."""
        is_information = self.is_blue_information and rating is Rating.NOT_A_TARGET_MEASURE
        return Rating.BLUE if is_information else rating

    def format_word(self, rating: Rating) -> str:
        """The words that are printed for a rating: `Red`, or the council's own."""
        match self.select_shown(rating):
            case Rating.BLUE:
                return self.blue
            case Rating.GREEN:
                return self.green
            case Rating.AMBER:
                return self.amber
            case Rating.RED:
                return self.red
            case (
                Rating.NOT_A_TARGET_MEASURE
                | Rating.NEW
                | Rating.NOT_DUE
                | Rating.NO_DATA
                | Rating.CLOSED as other
            ):
                return other.label
            case unknown:
                assert_never(unknown)

    def format_within(self, rating: Rating) -> str:
        """A rating within a sentence: `red`; a council's own word in quotes, as it writes it."""
        word = self.format_word(rating)
        return word.lower() if word == rating.label else f"'{word}'"

    def read(self, word: str) -> Rating | None:
        """The rating of this word, the council's or our own; None for any other."""
        plain = word.casefold()
        own = (each.rating for each in self.ratings if each.label.casefold() == plain)
        return next(own, None) or Rating.read(word)


OUR_WORDS = RatingWords()


class RatingChange(Enum):
    """How an indicator's rating differs from the one the panel last saw; worst first."""

    NEW_RED = "Newly {red}"
    STILL_RED = "Still {red}"
    NEW_AMBER = "Newly {amber}"
    EASED = "{Red}, now {amber}"
    STILL_AMBER = "Still {amber}"
    UNRATED = "No longer rated"
    RECOVERED = "Recovered"

    def format_label(self, words: RatingWords) -> str:
        """The words that are printed, with the council's own for the ratings."""
        return str(self.value).format(
            Red=words.format_word(Rating.RED),
            red=words.format_within(Rating.RED),
            amber=words.format_within(Rating.AMBER),
        )


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """A change of a rating with the words that the papers print for it."""

    change: RatingChange
    label: str
