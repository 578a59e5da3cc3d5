"""The models of the bands around a target: where each rating begins.

The limits for a month's figure are worked out from them in `rating/limits`.
"""

from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from merton_kpi.catalogue.fields import Entry, EntryError, Figure
from merton_kpi.core.units import Unit

TOLERANCES = ("percentage_points", "units", "percent_of_target")
NOT_ONE_EDGE = f"a band needs exactly one of {', '.join((*TOLERANCES, 'from'))}"


class Edge(Entry):
    """Where a band begins, given in one of four ways.

    A number of `percentage_points` or `units` from the target, a percentage of the target
    (`percent_of_target`), or a figure (`from`). A figure at the edge is in the band.
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


def select_bands(nearest: Bands, *wider: Bands) -> Bands:
    """The bands that apply: each from the nearest setting that gives it.

    Args:
        nearest: the indicator's own.
        wider: the wider settings, the nearest first.
    """
    settings = (nearest, *wider)
    return Bands(
        amber=next((each.amber for each in settings if each.amber), None),
        green=next((each.green for each in settings if each.green), None),
        blue=next((each.blue for each in settings if each.blue), None),
    )
