"""The ratings, and how a rating differs from an earlier one."""

from __future__ import annotations

from enum import Enum

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
