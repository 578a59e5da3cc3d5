"""The models of the bands around a target: where each rating begins.

The limits for a month's figure are worked out from them in `rating/limits`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Discriminator, Field, Tag, model_validator

from merton_kpi.catalogue.fields import BY_WORD, Entry, EntryError, Figure
from merton_kpi.core.ratings import OUR_WORDS, RatingWords
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Before

TOLERANCES = ("percentage_points", "units", "percent_of_target")
EDGES = (*TOLERANCES, "from", "better_than")
NOT_ONE_EDGE = f"a band needs exactly one of {', '.join(EDGES)}"
ONLY_AMBER = "only amber can be 'better_than'; give a distance or a figure"


class Edge(Entry):
    """Where a band begins, given in one of five ways.

    A number of `percentage_points` or `units` from the target, a percentage of the target
    (`percent_of_target`), or a figure (`from`). A figure at the edge is in the band. An amber
    figure can also be one that misses the target and is `better_than` an earlier figure.
    """

    percentage_points: Figure | None = Field(
        None,
        description="This many percentage points from the target, for percentages and "
        "percentage points.",
    )
    units: Figure | None = Field(
        None, description="This many (children, weeks) from the target, for every other unit."
    )
    percent_of_target: Figure | None = Field(
        None, description="This percentage of the target away from it, for any unit."
    )
    start: Figure | None = Field(None, alias="from", description="At this figure.")
    better_than: Annotated[Before, BY_WORD] | None = Field(
        None, description="For amber: just past this figure, if that is worse than the target."
    )

    def format_distance(self, unit: Unit, whole: str = "the target") -> str:
        """How far from the target the band begins; empty where it begins at a figure of its own.

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
        forms = {name: getattr(self, "start" if name == "from" else name) for name in EDGES}
        given = {name: form for name, form in forms.items() if form is not None}
        if len(given) != 1:
            found = f"{' and '.join(given)} are given" if given else "none is given"
            raise ValueError(f"{NOT_ONE_EDGE}; {found}")
        for name, form in given.items():
            if name in TOLERANCES and form < 0:
                message = f"{name} cannot be negative: write {-form}, not {form}"
                raise EntryError(message, name)
        return self


def choose_variant(value: object) -> str:
    """The tag of the variant that a value is to be checked as."""
    if isinstance(value, tuple):
        return "list"
    return "word" if isinstance(value, str) else "keys"


def _choose_sides(value: object) -> str:
    """The tag of the variant that a band on one or two sides is to be checked as."""
    has_sides = isinstance(value, Sides) or (
        isinstance(value, Mapping) and bool({"below", "above"} & value.keys())
    )
    return "sides" if has_sides else choose_variant(value)


EdgeOrNone = Annotated[
    Annotated[Edge, Tag("keys")] | Annotated[Literal["none"], Tag("word")],
    Discriminator(choose_variant),
]


class Sides(Entry):
    """Where a band begins on each side of a target range."""

    below: EdgeOrNone = Field(description="Below the lower end of the range.")
    above: EdgeOrNone = Field(description="Above the upper end of the range.")


EdgeOrSides = Annotated[
    Annotated[Edge, Tag("keys")]
    | Annotated[Sides, Tag("sides")]
    | Annotated[Literal["none"], Tag("word")],
    Discriminator(_choose_sides),
]
Band = Edge | Sides | None
_Set = TypeVar("_Set", bound=Edge | Sides)


def list_edges(band: Band | str) -> tuple[Edge, ...]:
    """The edges of a band: one, or one for each side of a range."""
    edges = (band.below, band.above) if isinstance(band, Sides) else (band,)
    return tuple(each for each in edges if isinstance(each, Edge))


class Bands(Entry):
    """Where the ratings begin. `none` means no such band; a key left out takes the wider setting.

    The wider settings of a target's bands are its indicator's, its section's, then the
    catalogue's. Amber and green reach past the target on its worse side; blue begins on its better
    side.
    """

    amber: EdgeOrSides | None = Field(
        None, description="How far a figure may miss its target and be amber, not red."
    )
    green: EdgeOrSides | None = Field(
        None, description="How far a figure may miss its target and still be green."
    )
    blue: EdgeOrNone | None = Field(
        None, description="How far a figure must go past its target to be blue."
    )

    @model_validator(mode="after")
    def _check_only_amber(self) -> Self:
        for name, band in (("green", self.green), ("blue", self.blue)):
            if any(edge.better_than for edge in list_edges(band)):
                raise EntryError(ONLY_AMBER, name)
        return self


class BandsByUnit(Entry):
    """A catalogue's or a section's bands: for percentages and points, and for other units."""

    percent: Bands = Field(
        default_factory=Bands, description="The bands for percentages and percentage points."
    )
    other: Bands = Field(default_factory=Bands, description="The bands for every other unit.")

    def bands_for(self, unit: Unit) -> Bands:
        """The bands for indicators in this unit."""
        return self.percent if unit.is_in_points else self.other


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

    amber: Edge | Sides | None = None
    green: Edge | Sides | None = None
    blue: Edge | None = None
    words: RatingWords = OUR_WORDS

    @property
    def is_by_earlier(self) -> bool:
        """Whether amber is where a figure is better than an earlier one."""
        return any(edge.better_than for edge in list_edges(self.amber))

    def replace_bands(self, bands: Bands | None) -> Self:
        """The scale with the bands that a target has of its own."""
        if bands is None:
            return self
        return replace(
            self,
            amber=_choose_setting(self.amber, bands.amber),
            green=_choose_setting(self.green, bands.green),
            blue=_choose_setting(self.blue, bands.blue),
        )


def select_scale(nearest: Bands, *wider: Bands) -> Scale:
    """The scale that applies: each band from the nearest setting that gives it.

    Args:
        nearest: the indicator's own.
        wider: the wider settings, the nearest first.
    """
    scale = Scale()
    for bands in reversed((nearest, *wider)):
        scale = scale.replace_bands(bands)
    return scale


def _choose_setting(wider: _Set | None, nearer: _Set | Literal["none"] | None) -> _Set | None:
    """The nearer setting of a band, where there is one: `none` sets that there is no band."""
    if nearer is None:
        return wider
    return None if nearer == "none" else nearer
