"""What holds for every series, whatever its figures are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from signals.making import FIRST, assess, list_flagged, make_percentages, make_points

from merton_kpi.core.vocabulary import Polarity
from merton_kpi.signals.assess import assess_signal
from merton_kpi.signals.records import Flag, Point, PointSeries, Signal, TargetRange
from merton_kpi.signals.words import SignalFinding, SignalRule

# A series takes a few milliseconds, but a busy machine can stop a test for longer.
UNTIMED = settings(deadline=None)
SMALL = st.integers(-60, 60)
FIGURES = st.lists(SMALL, min_size=13, max_size=36) | st.builds(
    # A step, so that the rules have something to flag.
    lambda before, after, step: [*before, *(each + step for each in after)],
    st.lists(st.integers(-9, 9), min_size=10, max_size=20),
    st.lists(st.integers(-9, 9), min_size=3, max_size=12),
    SMALL,
)
BETTER = st.sampled_from([None, *Polarity])
MIRRORED_POLARITY = {
    None: None,
    Polarity.HIGHER_IS_BETTER: Polarity.LOWER_IS_BETTER,
    Polarity.LOWER_IS_BETTER: Polarity.HIGHER_IS_BETTER,
}
MIRRORED_FINDING = {SignalFinding.HIGH: SignalFinding.LOW, SignalFinding.LOW: SignalFinding.HIGH}


def mirror_flag(flag: Flag | None) -> Flag | None:
    return flag and Flag(flag.rule, is_high=not flag.is_high)


def assert_mirrored(signal: Signal, mirrored: Signal) -> None:
    assert mirrored.finding is MIRRORED_FINDING.get(signal.finding, signal.finding)
    assert mirrored.flag == mirror_flag(signal.flag)
    assert (mirrored.reason, mirrored.assurance) == (signal.reason, signal.assurance)
    assert mirrored.flagged_months == signal.flagged_months


@UNTIMED
@given(figures=FIGURES, better=BETTER, target=SMALL, is_strict=st.booleans())
def test_a_mirrored_series_with_mirrored_polarity_has_the_same_verdict(
    *, figures: list[int], better: Polarity | None, target: int, is_strict: bool
) -> None:
    low, high = (
        TargetRange(low=Decimal(target), is_strict=is_strict),
        TargetRange(high=Decimal(-target), is_strict=is_strict),
    )
    points = [replace(each, target=low) for each in make_points(figures)]
    others = [replace(each, target=high) for each in make_points([-each for each in figures])]
    signal = assess_signal(PointSeries(points=tuple(points), better=better))
    mirrored = assess_signal(PointSeries(points=tuple(others), better=MIRRORED_POLARITY[better]))
    assert_mirrored(signal, mirrored)


@UNTIMED
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 40)), min_size=13, max_size=30), BETTER
)
def test_the_cases_that_are_left_mirror_a_percentage(
    counts: list[tuple[int, int]], better: Polarity | None
) -> None:
    parts = [(min(numerator, of), of) for numerator, of in counts]
    rest = [(of - numerator, of) for numerator, of in parts]
    signal = assess_signal(
        PointSeries(points=make_percentages(parts), is_percentage=True, better=better)
    )
    mirrored = assess_signal(
        PointSeries(
            points=make_percentages(rest), is_percentage=True, better=MIRRORED_POLARITY[better]
        )
    )
    assert_mirrored(signal, mirrored)


@UNTIMED
@given(
    FIGURES,
    BETTER,
    st.decimals("0.001", 5000, places=3),
    st.decimals(-5000, 5000, places=3),
    st.none() | st.integers(12, 20),
)
def test_scaling_and_shifting_change_nothing(
    figures: list[int],
    better: Polarity | None,
    factor: Decimal,
    shift: Decimal,
    baseline: int | None,
) -> None:
    signal = assess(figures, better=better, baseline=baseline)
    moved = assess([each * factor + shift for each in figures], better=better, baseline=baseline)
    assert (moved.finding, moved.flag, moved.reason) == (signal.finding, signal.flag, signal.reason)
    assert list_flagged(moved) == list_flagged(signal)


@UNTIMED
@given(before=FIGURES, after=FIGURES, further=SMALL, is_break=st.booleans())
def test_a_further_figure_never_changes_what_is_before_the_last_break(
    *, before: list[int], after: list[int], further: int, is_break: bool
) -> None:
    figures = [*before, *after]
    starts = [FIRST.add_months(len(before))]
    signal = assess(figures, breaks=tuple(starts))
    if is_break:
        starts.append(FIRST.add_months(len(figures)))
    longer = assess([*figures, further], breaks=tuple(starts))
    unchanged = len(starts)
    assert longer.stretches[:unchanged] == signal.stretches[:unchanged]


PARTS = st.lists(
    st.integers(1, 2000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    min_size=13,
    max_size=30,
)


@UNTIMED
@given(FIGURES.map(make_points) | PARTS.map(make_percentages), st.none() | st.just(12))
def test_a_figure_is_outside_the_printed_range_where_it_is_flagged(
    points: tuple[Point, ...], baseline: int | None
) -> None:
    """The figure is the one that is printed, and the range is that of its own month."""
    percentages = all(each.parts for each in points)
    series = PointSeries(
        points=points,
        is_percentage=percentages,
        baseline=baseline,
        least=0 if percentages else None,
        most=100 if percentages else None,
    )
    for each in assess_signal(series).stretches[-1].points:
        if each.limits:
            lower, upper = each.limits.usual_range
            is_outside = any(flag.rule is SignalRule.OUTSIDE for flag in each.flags)
            assert is_outside is not (lower <= each.value <= upper)


@UNTIMED
@given(FIGURES, BETTER)
def test_a_finding_has_its_evidence(figures: list[int], better: Polarity | None) -> None:
    signal = assess(figures, better=better)
    assert (signal.reason is None) is (signal.limits is not None)
    if signal.flag:
        assert signal.last
        assert signal.last.month in signal.flagged_months
    else:
        assert signal.finding in (SignalFinding.COMMON_CAUSE, SignalFinding.NOT_JUDGED)
