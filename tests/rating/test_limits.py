"""Where each rating begins, and the bands that are refused."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.rating import NOVEMBER, make_one

from merton_kpi.catalogue.bands import BandError, Bands, Edge, Scale, select_scale
from merton_kpi.catalogue.indicator import Indicator
from merton_kpi.core.periods import FinancialYear
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Frequency, Polarity
from merton_kpi.rating.band_limits import Bound, DueTarget
from merton_kpi.rating.limits import (
    work_out_limits,
    work_out_limits_by_month,
    work_out_year_end_limits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

YEAR = FinancialYear(2020).months


def make_indicator(target: object, unit: Unit = Unit.PERCENT, **settings: object) -> Indicator:
    return Indicator.model_validate(
        {
            "number": "1",
            "title": "Any",
            "unit": unit,
            "frequency": Frequency.MONTHLY,
            "target": target,
            **settings,
        }
    )


def points(figure: int) -> dict[str, int]:
    return {"percentage_points": figure}


CONTRADICTIONS: Mapping[str, tuple[object, Mapping[str, object], tuple[str, ...]]] = {
    "amber-from-one-figure-for-a-range": (
        {"between": (5, 9)},
        {"amber": {"from": 4}},
        ("amber",),
    ),
    "green-from-one-figure-for-a-range": (
        {"between": (5, 9)},
        {"green": {"from": 4}},
        ("green",),
    ),
    "amber-in-units-for-a-percentage": (
        {"at_least": 90},
        {"amber": {"units": 1}},
        ("amber",),
    ),
    "green-in-units-for-a-percentage": (
        {"at_least": 90},
        {"green": {"units": 1}},
        ("green",),
    ),
    "blue-in-units-for-a-percentage": (
        {"at_least": 90},
        {"blue": {"units": 1}},
        ("blue",),
    ),
    "green-past-the-target": (
        {"at_least": 90},
        {"green": {"from": 91}},
        ("green",),
    ),
    "amber-in-green": (
        {"at_least": 90},
        {"amber": {"from": 91}},
        ("amber", "green"),
    ),
    "amber-where-green-begins": (
        {"at_most": 90},
        {"amber": {"from": 90}},
        ("amber", "green"),
    ),
    "blue-at-the-target": (
        {"at_most": 90},
        {"blue": {"from": 90}},
        ("blue",),
    ),
}


def read_error(indicator: Indicator, bands: Mapping[str, object]) -> ValueError:
    """The error of bands that contradict an indicator's target."""
    with pytest.raises(ValueError, match=r"\w") as error:
        work_out_limits(indicator, select_scale(Bands.model_validate(bands)), NOVEMBER)
    return error.value


@pytest.mark.parametrize(
    ("target", "bands", "names"), CONTRADICTIONS.values(), ids=list(CONTRADICTIONS)
)
def test_bands_that_contradict_the_target_are_refused_by_name(
    target: object, bands: Mapping[str, object], names: tuple[str, ...]
) -> None:
    error = read_error(make_indicator(target), bands)
    assert isinstance(error, BandError)
    assert error.bands == names


GROWING = {"at_least": 90, "profile": "share_of_year"}


def test_a_band_from_one_figure_is_refused_where_the_target_grows() -> None:
    indicator = make_indicator(GROWING, accumulates="financial_year")
    for name in ("amber", "green", "blue"):
        error = read_error(indicator, {name: {"from": 80}})
        assert isinstance(error, BandError)
        assert error.bands == (name,)


FIVE_PERCENT = {"amber": {"percent_of_target": 5}}


@pytest.mark.parametrize(
    ("unit", "setting"), [(Unit.PERCENT, "percentage_points"), (Unit.NUMBER, "units")]
)
def test_a_percentage_of_a_target_of_0_is_refused(unit: Unit, setting: str) -> None:
    """With the setting that the unit allows instead. No band is named: the target is at fault."""
    error = read_error(make_indicator({"at_most": 0}, unit), FIVE_PERCENT)
    assert not isinstance(error, BandError)
    assert f"'{setting}'" in str(error)


def test_bands_that_contradict_the_target_are_errors(messages: Callable[..., None]) -> None:
    errors = [
        *(
            read_error(make_indicator(target), bands)
            for target, bands, _ in CONTRADICTIONS.values()
        ),
        read_error(make_indicator(GROWING, accumulates="financial_year"), {"blue": {"from": 80}}),
        read_error(make_indicator({"at_most": 0}), FIVE_PERCENT),
        read_error(make_indicator({"at_most": 0}, Unit.NUMBER), FIVE_PERCENT),
    ]
    messages(map(str, errors))


def test_an_amber_band_may_begin_at_the_target_where_green_is_strict() -> None:
    scale = Scale(amber=Edge.model_validate({"from": 90}))
    (bound,) = work_out_limits(make_indicator({"above": 90}), scale, NOVEMBER).bounds
    assert bound.amber == bound.green == 90
    assert bound.is_strict


@pytest.mark.parametrize(
    ("target", "limits"),
    [
        ({"at_least": 90}, [(95, 90, 88, 85)]),
        ({"at_most": 90}, [(85, 90, 92, 95)]),
        ({"between": (40, 60)}, [(None, 40, 38, 35), (None, 60, 62, 65)]),
    ],
)
def test_each_limit_lies_on_its_own_side_of_the_target(
    target: object, limits: list[tuple[int | None, ...]]
) -> None:
    """Blue on the better side, green and amber on the worse; a range has no blue."""
    bands = Bands.model_validate({"blue": points(5), "green": points(2), "amber": points(5)})
    found = work_out_limits(make_indicator(target), select_scale(bands), NOVEMBER)
    for bound, expected in zip(found.bounds, limits, strict=True):
        for limit, figure in zip(
            (bound.blue, bound.target, bound.green, bound.amber), expected, strict=True
        ):
            assert limit == figure
        assert bound.is_strict is False


@pytest.mark.parametrize(
    ("polarity", "margin"), [(Polarity.HIGHER_IS_BETTER, 2), (Polarity.LOWER_IS_BETTER, -2)]
)
def test_a_margin_is_negative_where_the_figure_is_worse(polarity: Polarity, margin: int) -> None:
    bound = Bound(polarity=polarity, target=Decimal(5), green=Decimal(5))
    assert bound.work_out_margin(Decimal(7), Decimal(5)) == margin


def test_what_is_due_is_a_share_of_the_total() -> None:
    due = DueTarget(total=Decimal(-50), passed=8, periods=12)
    assert due.add_percent(Decimal(5)) == Decimal(-95) / 3
    assert DueTarget(total=Decimal(9)).figure == 9


@pytest.mark.parametrize(
    ("target", "settings", "due"),
    [
        pytest.param({"at_least": 6}, {}, ["6", "6", "6"], id="the-same-all-year"),
        pytest.param(
            ({"at_least": 6}, {"from": "2020-05", "at_least": 7}),
            {},
            ["6", "7", "7"],
            id="one-of-several-targets",
        ),
        pytest.param(
            {"at_least": 6, "profile": "share_of_year"},
            {"accumulates": "financial_year"},
            ["0.5", "1", "1.5"],
            id="a-share-of-the-year",
        ),
        pytest.param(
            {"at_least": 6, "profile": "milestones", "milestones": {"2020-05": 4}},
            {"accumulates": "financial_year"},
            [None, "4", "4"],
            id="a-milestone",
        ),
        pytest.param(
            {"no_worse_than": "last_year"},
            {
                "accumulates": "academic_year",
                "polarity": "higher_is_better",
                "outturns": {"2018/19": 3, "2019/20": 4},
            },
            ["3", "3", "3"],
            id="the-outturn-of-the-year-before",
        ),
    ],
)
def test_the_limits_of_each_month(
    target: object, settings: Mapping[str, object], due: list[str | None]
) -> None:
    indicator = make_indicator(target, Unit.NUMBER, **settings)
    by_month = work_out_limits_by_month(indicator, Scale(), YEAR[:3])
    assert list(by_month) == list(YEAR[:3])
    targets = [limits.bounds[0].target if limits.bounds else None for limits in by_month.values()]
    assert targets == [figure and Decimal(figure) for figure in due]
    assert work_out_limits_by_month(indicator, Scale(), ()) == {}


@pytest.mark.parametrize(
    ("target", "settings", "reason"),
    [
        ({"from": "2020-12", "at_least": 6}, {}, "Its target holds from December 2020."),
        (
            {"at_least": 6, "profile": "milestones", "milestones": {"2020-12": 4}},
            {"accumulates": "financial_year"},
            "No milestone of its target has been reached yet.",
        ),
        (
            {"no_worse_than": "last_year"},
            {"polarity": "higher_is_better"},
            "There is no outturn to compare with last year's outturn.",
        ),
    ],
)
def test_limits_that_are_none_have_a_reason(
    target: object, settings: Mapping[str, object], reason: str
) -> None:
    limits = work_out_limits(make_indicator(target, Unit.NUMBER, **settings), Scale(), NOVEMBER)
    assert (limits.bounds, limits.name, limits.reason_none) == ((), "", reason)


def test_the_years_last_limits_are_printed_with_the_decimals_of_the_target() -> None:
    settings = "unit: number, frequency: monthly, accumulates: financial_year"
    catalogue = make_one(f"{settings}, target: {{at_least: 50.5, profile: share_of_year}}")
    (indicator,) = catalogue.indicators
    limits = work_out_year_end_limits(
        indicator, catalogue.scale_for(catalogue.sections[0], indicator)
    )
    assert limits is not None
    assert limits.decimals == 3
