"""The models of targets.

The limits for a month's figure are worked out from them in `rating/limits`.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from merton_kpi.catalogue.bands import Bands, choose_variant
from merton_kpi.catalogue.fields import BY_WORD, Entry, EntryError, Figure, MonthText, Text
from merton_kpi.core.periods import Month
from merton_kpi.core.vocabulary import Past, Polarity, Profile

FORMS = ("at_least", "at_most", "above", "below", "between", "no_worse_than", "withdrawn")
# The models and the schema both print them.
NOT_ONE_FORM = f"a target needs exactly one of {', '.join(FORMS)}"
NO_PROFILE = "only a target that is one figure can have a 'profile'"
MILESTONES_UNPAIRED = "'profile: milestones' and 'milestones' need each other: give both or neither"
YEARS_UNPAIRED = (
    "'no_worse_than: best' or 'worst' needs 'years', like 3; no other target has 'years'"
)
LIST_WITHOUT_FROM = "a list of targets needs two or more, each except the first with a 'from'"
FIRST_WITHDRAWN = (
    "the first target cannot be 'withdrawn'; write not_a_target_measure if there is none all year"
)
NO_FROM = "leave out 'from': the target's figures already say from which month each holds"
NO_STEPS_IN_LIST = "in a list of targets, give each figure with its own 'from'"
ONE_WAY = "the targets of a year must agree on which way is better"


def _choose_past(value: object) -> str:
    """The tag of the variant that a `no_worse_than` is to be checked as."""
    is_past = isinstance(value, Past) or value in [each.value for each in Past]
    return "past" if is_past else "area"


_PastOrArea = Annotated[
    Annotated[Past, BY_WORD, Tag("past")] | Annotated[Text, Tag("area")],
    Discriminator(_choose_past),
]


def _choose_steps(value: object) -> str:
    """The tag of the variant that a figure, or figures by month, are to be checked as."""
    return "months" if isinstance(value, Mapping) else "figure"


def _check_months(figures: Mapping[Month, Decimal]) -> Mapping[Month, Decimal]:
    """Refuse figures by month without a month."""
    if not figures:
        raise ValueError("write a figure for each month that it changes in, like {2020-04: 80}")
    return figures


_FigureOrSteps = Annotated[
    Annotated[Figure, Tag("figure")]
    | Annotated[Mapping[MonthText, Figure], AfterValidator(_check_months), Tag("months")],
    Discriminator(_choose_steps),
]


class Target(Entry):
    """What a figure must meet, in one of six forms, or that the target is withdrawn.

    A figure equal to `at_least`, `at_most` or an end of `between` meets the target; `above` and
    `below` need a better one. `no_worse_than` compares with the indicator's own outturns: last
    year's, or the best or worst of so many `years`; or with another area's figure. In a list of
    targets, each after the first holds from its own month (`from`). Before the month of the first
    one, if it has one, the indicator is new. `at_least`, `at_most`, `above` and `below` can have a
    figure for each month that the target changes in.
    """

    start: MonthText | None = Field(
        None,
        alias="from",
        description="The first month that it holds for, like `2020-10`. In a list of targets, "
        "each after the first needs it. Before the first target's month the indicator is new.",
    )
    at_least: _FigureOrSteps | None = Field(
        None,
        description="This figure or more. By month, like `{2020-04: 80, 2020-07: 85}`: from "
        "each month on, for a figure that is not a running total.",
    )
    at_most: _FigureOrSteps | None = Field(None, description="This figure or less.")
    above: _FigureOrSteps | None = Field(None, description="More than this figure.")
    below: _FigureOrSteps | None = Field(None, description="Less than this figure.")
    between: tuple[Figure, Figure] | None = Field(
        None, description="From the first figure to the second, both included, like `[12, 20]`."
    )
    no_worse_than: _PastOrArea | None = Field(
        None,
        description="Which of the indicator's own `outturns`, or the area whose figure in "
        "`benchmarks` it follows, like `England`. The indicator then needs a `polarity`.",
    )
    years: Annotated[int, Field(ge=2, le=10)] | None = Field(
        None, description="From how many earlier years `no_worse_than` takes the best or worst."
    )
    withdrawn: Text | None = Field(
        None,
        description="In a list of targets: the reason why there is none from this month on.",
    )
    bands: Bands | None = Field(
        None, description="Where the ratings begin while it holds, if not as in the indicator."
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
    def area(self) -> str | None:
        """The area whose benchmark the figures must be no worse than, where the target is one."""
        return self.no_worse_than if isinstance(self.no_worse_than, str) else None

    @property
    def figure(self) -> Decimal | None:
        """The figure, where the target is one figure; None for every other form."""
        given = (self.at_least, self.at_most, self.above, self.below)
        return next((each for each in given if isinstance(each, Decimal)), None)

    @property
    def form(self) -> str:
        """The key of its form, like `at_least`."""
        return next(form for form in FORMS if getattr(self, form) is not None)

    @property
    def steps(self) -> tuple[Self, ...]:
        """A target for each figure, from its month on; itself, where it has one figure at most."""
        figures = getattr(self, self.form)
        if not isinstance(figures, Mapping):
            return (self,)
        return tuple(
            self.model_copy(update={self.form: figures[month], "start": month})
            for month in sorted(figures)
        )

    @property
    def has_steps(self) -> bool:
        """Whether its figure is given by month."""
        return isinstance(getattr(self, self.form), Mapping)

    @property
    def figures(self) -> tuple[Decimal, ...]:
        """Every figure that the target names: itself, the ends of `between`, the milestones."""
        itself = () if self.figure is None else (self.figure,)
        return (*itself, *(self.between or ()), *self.milestones.values())

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
        if self.start and self.has_steps:
            raise EntryError(NO_FROM, "from")
        if self.profile and self.figure is None:
            raise EntryError(NO_PROFILE, "profile")
        if bool(self.milestones) != (self.profile is Profile.MILESTONES):
            raise EntryError(MILESTONES_UNPAIRED, "milestones" if self.milestones else "profile")
        if self.withdrawn and self.bands:
            raise EntryError("a withdrawn target has no ratings; leave out its 'bands'", "bands")
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
    if len(targets) < 2 or len(starts) < len(targets) - 1:
        raise ValueError(LIST_WITHOUT_FROM)
    if any(target.has_steps for target in targets):
        raise ValueError(NO_STEPS_IN_LIST)
    if len({target.polarity for target in targets if target.polarity}) > 1:
        raise ValueError(ONE_WAY)
    starts = [target.start for target in targets if target.start]
    if sorted(set(starts)) != starts:
        raise ValueError("put the targets of a year in the order of their 'from'")
    return targets


TargetOrWord = Annotated[
    Annotated[Target, Tag("keys")]
    | Annotated[tuple[Target, ...], AfterValidator(_check_order), Tag("list")]
    | Annotated[Literal["not_a_target_measure", "new", "judged"], Tag("word")],
    Discriminator(choose_variant),
]
