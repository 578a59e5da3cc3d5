"""The models of targets.

The limits for a month's figure are worked out from them in `rating/limits`.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from merton_kpi.catalogue.bands import choose_variant
from merton_kpi.catalogue.fields import BY_WORD, Entry, EntryError, Figure, MonthText
from merton_kpi.core.vocabulary import Past, Polarity, Profile

FORMS = ("at_least", "at_most", "above", "below", "between", "no_worse_than")
# The models and the schema both print them.
NOT_ONE_FORM = f"a target needs exactly one of {', '.join(FORMS)}"
NO_PROFILE = "only a target that is one figure can have a 'profile'"
MILESTONES_UNPAIRED = "'profile: milestones' and 'milestones' need each other: give both or neither"
YEARS_UNPAIRED = (
    "'no_worse_than: best' or 'worst' needs 'years', like 3; no other target has 'years'"
)
ONE_WAY = "the targets of a year must agree on which way is better"


class Target(Entry):
    """What a figure must meet, in one of six forms.

    A figure equal to `at_least`, `at_most` or an end of `between` meets the target; `above` and
    `below` need a better one. `no_worse_than` compares with the indicator's own outturns: last
    year's, or the best or worst of so many `years`. In a list of targets, each after the first
    holds from its own month (`from`).
    """

    start: MonthText | None = Field(
        None,
        alias="from",
        description="In a list of targets: the first month that it holds for, like `2020-10`. The "
        "first target has none.",
    )
    at_least: Figure | None = Field(None, description="This figure or more.")
    at_most: Figure | None = Field(None, description="This figure or less.")
    above: Figure | None = Field(None, description="More than this figure.")
    below: Figure | None = Field(None, description="Less than this figure.")
    between: tuple[Figure, Figure] | None = Field(
        None, description="From the first figure to the second, both included, like `[12, 20]`."
    )
    no_worse_than: Annotated[Past, BY_WORD] | None = Field(
        None,
        description="Which of the indicator's own `outturns`. The indicator then needs a "
        "`polarity`.",
    )
    years: Annotated[int, Field(ge=2, le=10)] | None = Field(
        None, description="From how many earlier years `no_worse_than` takes the best or worst."
    )
    profile: Annotated[Profile, BY_WORD] | None = Field(
        None,
        description="How much of the year's target is due by each month. It is given together "
        "with the indicator's `accumulates`.",
    )
    milestones: Mapping[MonthText, Figure] = Field(
        {}, description="What is due by each month, like `{2020-09: 120, 2021-03: 400}`."
    )

    @property
    def figure(self) -> Decimal | None:
        """The figure, where the target is one figure; None for `between` and `no_worse_than`."""
        given = (self.at_least, self.at_most, self.above, self.below)
        return next((figure for figure in given if figure is not None), None)

    @property
    def polarity(self) -> Polarity | None:
        """Which way is better; None where the target's form does not say so."""
        if self.at_least is not None or self.above is not None:
            return Polarity.HIGHER_IS_BETTER
        if self.at_most is not None or self.below is not None:
            return Polarity.LOWER_IS_BETTER
        return None

    @property
    def is_strict(self) -> bool:
        """Whether a figure equal to the target misses it."""
        return self.above is not None or self.below is not None

    @model_validator(mode="after")
    def _check_keys(self) -> Self:
        given = [form for form in FORMS if getattr(self, form) is not None]
        if len(given) != 1:
            found = f"{' and '.join(given)} are given" if given else "none is given"
            raise ValueError(f"{NOT_ONE_FORM}; {found}")
        if self.between and self.between[0] >= self.between[1]:
            low, high = sorted(self.between)
            both = f"[{low}, {high}]" if low < high else "[12, 20]"
            raise EntryError(f"write the lower end of 'between' first: {both}", "between")
        if self.profile and self.figure is None:
            raise EntryError(NO_PROFILE, "profile")
        if bool(self.milestones) != (self.profile is Profile.MILESTONES):
            raise EntryError(MILESTONES_UNPAIRED, "milestones" if self.milestones else "profile")
        self._check_milestones()
        if bool(self.years) != (self.no_worse_than in (Past.BEST, Past.WORST)):
            raise EntryError(YEARS_UNPAIRED, "years" if self.years else "no_worse_than")
        return self

    def _check_milestones(self) -> None:
        figures = [self.milestones[month] for month in sorted(self.milestones)]
        if figures != sorted(figures):
            raise EntryError(
                "'milestones' are a running total, so none can be lower than the one before",
                "milestones",
            )
        if figures and self.figure is not None and figures[-1] > self.figure:
            raise EntryError("the last milestone must not be higher than the target", "milestones")


def _check_order(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """Refuse a list in which a target does not begin in a later month than the one before."""
    starts = [target.start for target in targets[1:] if target.start]
    if len(targets) < 2 or targets[0].start or len(starts) < len(targets) - 1:
        raise ValueError("a list of targets needs two or more, each except the first with a 'from'")
    if len({target.polarity for target in targets}) > 1:
        raise ValueError(ONE_WAY)
    if sorted(set(starts)) != starts:
        raise ValueError("put the targets of a year in the order of their 'from'")
    return targets


TargetOrWord = Annotated[
    Annotated[Target, Tag("keys")]
    | Annotated[tuple[Target, ...], AfterValidator(_check_order), Tag("list")]
    | Annotated[Literal["not_a_target_measure", "new", "judged"], Tag("word")],
    Discriminator(choose_variant),
]
