"""The models of the bands around a target: where each rating begins.

The limits for a month's figure are worked out from them in `rating/limits`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from merton_kpi.catalogue.fields import Entry, EntryError, Figure, Text
from merton_kpi.core.ratings import BEST_TO_WORST, OUR_WORDS, Rating, RatingWords
from merton_kpi.core.units import Unit

TOLERANCES = ("percentage_points", "units", "percent_of_target")
NOT_ONE_EDGE = f"a band needs exactly one of {', '.join((*TOLERANCES, 'from'))}"


class Edge(Entry):
    """Where a band begins, given in one of four ways.

    A number of `percentage_points` or `units` from the target, a percentage of the target
    (`percent_of_target`), or a figure (`from`). A figure at the edge is in the band.
    """

    percentage_points: Figure | None = Field(
        None, description="This many percentage points from the target, for percentages."
    )
    units: Figure | None = Field(
        None, description="This many (children, weeks) from the target, for every other unit."
    )
    percent_of_target: Figure | None = Field(
        None, description="This percentage of the target away from it, for any unit."
    )
    start: Figure | None = Field(None, alias="from", description="At this figure.")

    def format_distance(self, unit: Unit, whole: str = "the target") -> str:
        """How far from the target the band begins; empty where it begins at a figure.

        Args:
            unit: the indicator's.
            whole: what a percentage is a part of, as in `5% of the target`.
        """
        if self.percent_of_target is not None:
            return f"{self.percent_of_target}% of {whole}"
        distance = self.units if self.percentage_points is None else self.percentage_points
        return "" if distance is None else unit.format_difference(distance)

    @model_validator(mode="after")
    def _check_form(self) -> Self:
        forms = {name: getattr(self, name) for name in TOLERANCES} | {"from": self.start}
        given = {name: form for name, form in forms.items() if form is not None}
        if len(given) != 1:
            found = f"{' and '.join(given)} are given" if given else "none is given"
            raise ValueError(f"{NOT_ONE_EDGE}; {found}")
        for name, form in given.items():
            if name != "from" and form < 0:
                message = f"{name} cannot be negative: write {-form}, not {form}"
                raise EntryError(message, name)
        return self


def choose_variant(value: object) -> str:
    """The tag of the variant that a value is to be checked as."""
    if isinstance(value, tuple):
        return "list"
    return "word" if isinstance(value, str) else "keys"


EdgeOrNone = Annotated[
    Annotated[Edge, Tag("keys")] | Annotated[Literal["none"], Tag("word")],
    Discriminator(choose_variant),
]


class Bands(Entry):
    """Where the ratings begin. `none` means no such band; a key left out takes the wider setting.

    The wider settings of an indicator's bands are its section's, then the catalogue's. Amber and
    green reach past the target on its worse side; blue begins on its better side.
    """

    amber: EdgeOrNone | None = Field(
        None, description="How far a figure may miss its target and be amber, not red."
    )
    green: EdgeOrNone | None = Field(
        None, description="How far a figure may miss its target and still be green."
    )
    blue: EdgeOrNone | None = Field(
        None, description="How far a figure must go past its target to be blue."
    )


class BandsByUnit(Entry):
    """A catalogue's or a section's bands: for percentages, and for every other unit."""

    percent: Bands = Field(default_factory=Bands, description="The bands for percentages.")
    other: Bands = Field(default_factory=Bands, description="The bands for every other unit.")

    def bands_for(self, unit: Unit) -> Bands:
        """The bands for indicators in this unit."""
        return self.percent if unit is Unit.PERCENT else self.other


class BlueWord(Entry):
    """A word for blue where it is no rating, but marks what is only for information."""

    label: Text = Field(description="The word.")
    means: Literal["information"] = Field(
        description="`information`: no figure is rated blue, and the indicators that are not a "
        "target measure are printed in blue with this word."
    )


BlueWordOrText = Annotated[
    Annotated[BlueWord, Tag("keys")] | Annotated[Text, Tag("word")],
    Discriminator(choose_variant),
]


class OwnWords(Entry):
    """The words that the council prints for the four ratings; a key left out keeps our word."""

    blue: BlueWordOrText | None = Field(
        None,
        description="For blue, better than green. With "
        "`{label: For information, means: information}`, blue is no rating, but marks the "
        "indicators that are not a target measure.",
    )
    green: Text | None = Field(None, description="For green, like `On target`.")
    amber: Text | None = Field(None, description="For amber, like `Near target`.")
    red: Text | None = Field(None, description="For red, like `Off target`.")

    def compose_words(self) -> RatingWords:
        """All four words, with our own where the council has none."""
        is_information = isinstance(self.blue, BlueWord)
        blue = self.blue.label if isinstance(self.blue, BlueWord) else self.blue
        own = {"blue": blue, "green": self.green, "amber": self.amber, "red": self.red}
        given = {name: word for name, word in own.items() if word is not None}
        return RatingWords(**given, is_blue_information=is_information)

    @model_validator(mode="after")
    def _check_words(self) -> Self:
        """Refuse one word for two ratings."""
        words = self.compose_words()
        used = {each.label.casefold() for each in Rating if not each.is_brag}
        for rating in BEST_TO_WORST:
            key, word = rating.label.lower(), words.format_word(rating)
            if word.casefold() in used:
                message = f"{key}: '{word}' is the word of another rating; write another word"
                raise EntryError(message, key)
            used.add(word.casefold())
        return self


class BandError(ValueError):
    """A fault in one of these bands, or between two of them, at whatever level they are set."""

    def __init__(self, message: str, *bands: str) -> None:
        super().__init__(message)
        self.bands = bands


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """How an indicator's figures are rated: where amber, green and blue begin.

    None means that there is no such band; green then begins at the target. `words` are those that
    the council prints for the ratings.
    """

    amber: Edge | None = None
    green: Edge | None = None
    blue: Edge | None = None
    words: RatingWords = OUR_WORDS


def select_scale(nearest: Bands, *wider: Bands) -> Scale:
    """The scale that applies: each band from the nearest setting that gives it.

    Args:
        nearest: the indicator's own.
        wider: the wider settings, the nearest first.
    """
    settings = (nearest, *wider)
    return Scale(
        amber=_select_edge(each.amber for each in settings),
        green=_select_edge(each.green for each in settings),
        blue=_select_edge(each.blue for each in settings),
    )


def _select_edge(settings: Iterable[Edge | Literal["none"] | None]) -> Edge | None:
    given = next((each for each in settings if each is not None), None)
    return given if isinstance(given, Edge) else None
