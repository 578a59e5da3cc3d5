"""Each finding in words: what changed since when, the usual range, and whether targets are met."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.rating import make_one, observe, select_only

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.scorecard.signals.points import compose_point_series
from merton_kpi.scorecard.signals.sentences import (
    PHRASES,
    REASONS,
    explain_change,
    format_change,
)
from merton_kpi.series.records import Series
from merton_kpi.signals.assess import assess_signal
from merton_kpi.signals.words import NoSignalReason, SignalFinding

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST = Month(2019, 4)
PERCENTAGE = "unit: percent, decimals: 0, frequency: monthly, "
COUNT = "unit: number, decimals: 0, frequency: monthly, "
AT_LEAST = PERCENTAGE + "target: {at_least: 55}"
# The mean is 40, and the differences of neighbours are 4 or 2: the usual range is about 32 to 48.
STEADY = (42, 38, 41, 39, 42, 38, 41, 39, 42, 38, 41, 39, 42, 38, 41, 39)

Figure = int | str | Status | None


def say(
    settings: str, figures: Iterable[Figure], step: int = 1, first: Month = FIRST
) -> tuple[str, str]:
    """The phrase and the paragraph about the last figure; None for a month without one."""
    indicator, scale = select_only(make_one(settings))
    months = [first.add_months(step * place) for place, _ in enumerate(figures)]
    rows = {
        month: observe(month, each if isinstance(each, Status) else str(each))
        for month, each in zip(months, figures, strict=True)
        if each is not None
    }
    series = Series(as_at=months[-1], figures=rows, due=tuple(months))
    signal = assess_signal(compose_point_series(indicator, scale, series))
    change = format_change(indicator, signal, series.as_at)
    return change, " ".join(explain_change(indicator, signal, series.as_at))


NOT_MET = (
    "No figure in that range meets the target, so it will not be met unless something changes."
)


@pytest.mark.parametrize(
    ("last", "change", "words"),
    [
        ((40,), "no real change", "No real change: 40% in Aug 2020 is within the usual range, "),
        (
            (28,),
            "worsening",
            "A real change for the worse: 28% in Aug 2020 is below the usual range, 30% to 48%. "
            f"{NOT_MET}",
        ),
        (
            (28, 27),
            "worsening",
            "A real change for the worse: 27% in Sep 2020 is below the usual range, 31% to 46%, "
            f"like every month since Aug 2020. {NOT_MET}",
        ),
        (
            (28, None, 27),
            "worsening",
            "A real change for the worse: 27% in Oct 2020 is below the usual range, 31% to 46%, "
            f"like every figure since Aug 2020. {NOT_MET}",
        ),
        (
            (34, 36, 35, 37, 36, 34, 35),
            "worsening",
            "A real change for the worse: 7 months in a row, since Aug 2020, below the average of "
            f"39%. The usual range is 32% to 45%. {NOT_MET}",
        ),
        (
            (34, 36, None, 35, 37, 36, 34, 35),
            "worsening",
            "A real change for the worse: 7 figures in a row, since Aug 2020, below the average of "
            f"39%. The usual range is 32% to 45%. {NOT_MET}",
        ),
        (
            (43, 42, 41, 40, 39, 38, 37),
            "worsening",
            "A real change for the worse: it has fallen every month since Aug 2020, 7 figures in a "
            f"row. The usual range is 34% to 46%. {NOT_MET}",
        ),
        (
            (37, 38, 39, 40, 41, 42, 43, 37, 38, 39, 40, 41, 42, 43),
            "improving",
            "A real change for the better: it has risen every month since Mar 2021, 7 figures in a "
            "row. The usual range is 35% to 45%. No figure in that range meets the target: it will "
            "be met only if this goes on.",
        ),
    ],
)
def test_what_changed_since_when(last: tuple[Figure, ...], change: str, words: str) -> None:
    said = say(AT_LEAST, (*STEADY, *last))
    assert said[0] == change
    assert said[1].startswith(words)


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ((41, 46, 46), "2 of the last 3 figures, those of Jan 2022 and Feb 2022, are"),
        ((46, 43, 46), "2 of the last 3 figures, those of Dec 2021 and Feb 2022, are"),
        ((46, 46, 46), "better: the last 3 figures, those of Dec 2021, Jan 2022 and Feb 2022, are"),
    ],
)
def test_which_of_the_last_three_are_near_a_limit(last: tuple[int, ...], words: str) -> None:
    change, paragraph = say(AT_LEAST, (*STEADY, *STEADY, *last))
    assert change == "improving"
    assert words in paragraph
    assert "close to the upper end of the usual range" in paragraph


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ((36, 37, 36, 36, 37, 28, 28), "All 7 months since Apr 2022 are below the average of "),
        ((36, 37, 41, 36, 37, 28, 28), ""),
    ],
)
def test_a_change_that_began_before_a_figure_was_beyond_the_range_says_when(
    last: tuple[int, ...], words: str
) -> None:
    """Otherwise the reader would ask what happened in the last two months."""
    paragraph = say(AT_LEAST, (*STEADY, *STEADY, 40, 41, 40, 42, *last))[1]
    assert "below the usual range" in paragraph
    assert ("All " in paragraph) is bool(words)
    assert words in paragraph


@pytest.mark.parametrize(
    ("target", "last", "words"),
    [
        ("at_least: 20", 40, "Every figure in that range meets the target, so it will be met"),
        ("at_least: 20", 52, "Every figure in that range meets the target, so it will be met"),
        ("at_least: 20", 28, "meets the target, which is at risk if this goes on."),
        ("at_least: 60", 28, "No figure in that range meets the target, so it will not be met"),
        ("at_least: 60", 52, "meets the target: it will be met only if this goes on."),
        ("at_least: 40", 40, "Part of that range meets the target: some months will meet it and"),
        ("at_least: 40", 28, "Part of that range meets the target, which is at risk if this goes"),
        ("at_least: 40", 52, "Part of that range meets the target, which is within reach if this"),
        ("between: [38, 42]", 40, "Part of that range meets the target: some months will meet it"),
    ],
)
def test_whether_the_target_is_within_reach(target: str, last: int, words: str) -> None:
    assert words in say(PERCENTAGE + f"target: {{{target}}}", (*STEADY, last))[1]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((140, 146, 141, 150, 144), "the usual range, 128% to 160%. No figure in that range"),
        ((112, 96, 103, 110, 94, 101, 108, 92), "the usual range, 72% to 132%. Part of that range"),
    ],
)
def test_percentages_above_100_have_a_range_above_100(figures: tuple[int, ...], words: str) -> None:
    assert words in say(PERCENTAGE + "target: {at_most: 100}", figures * 3)[1]


def test_without_a_target_nothing_is_said_of_it() -> None:
    assert say(PERCENTAGE + "target: new", (*STEADY, 40)) == (
        "no real change",
        "No real change: 40% in Aug 2020 is within the usual range, 33% to 47%.",
    )


@pytest.mark.parametrize(
    ("last", "change", "words"),
    [
        ((28,), "lower than usual", "A real change downwards: 28% in Aug 2020 is below the usual"),
        ((52,), "higher than usual", "A real change upwards: 52% in Aug 2020 is above the usual"),
        ((37, 38, 39, 40, 41, 42, 43), "rising", "A real change upwards: it has risen every month"),
        ((43, 42, 41, 40, 39, 38, 37), "falling", "A real change downwards: it has fallen every"),
    ],
)
def test_where_neither_way_is_better(last: tuple[int, ...], change: str, words: str) -> None:
    said = say(PERCENTAGE + "target: not_a_target_measure", (*STEADY, *last))
    assert said[0] == change
    assert said[1].startswith(words)


@pytest.mark.parametrize(
    ("settings", "figures", "words"),
    [
        (AT_LEAST, STEADY[:12], "Too short to tell: 12 figures; 13 are needed."),
        (AT_LEAST, STEADY[:1], "Too short to tell: 1 figure; 13 are needed."),
        (AT_LEAST, (None,), "Too short to tell: no figures; 13 are needed."),
        (
            AT_LEAST + ", breaks: [{from: 2020-04, reason: Two more teams are counted}]",
            STEADY,
            "Too short to tell: 4 figures since the break in Apr 2020; 13 are needed.",
        ),
        (AT_LEAST, (40,) * 13, "Not judged: its figures hardly vary."),
        (AT_LEAST, (40, 41) * 7, "Not judged: it has fewer than 4 different figures."),
        (
            COUNT + "target: new",
            (*STEADY, Status.SUPPRESSED),
            "Not judged: one or more of its figures are hidden.",
        ),
        (
            AT_LEAST,
            (*STEADY, 28, None, None),
            "Not judged: its last figure is older than may be carried forward.",
        ),
        (
            PERCENTAGE + "figures: to_date, target: {at_least: 5}",
            STEADY,
            "Not judged: each figure covers the year so far, so it repeats those before it.",
        ),
    ],
)
def test_why_nothing_is_said(settings: str, figures: tuple[Figure, ...], words: str) -> None:
    change, paragraph = say(settings, figures)
    assert paragraph == words
    assert paragraph.lower().startswith(change)


def test_nothing_is_said_where_an_officer_rates_without_figures() -> None:
    assert say("target: judged, frequency: monthly", (None,)) == ("", "")


def test_nothing_is_said_of_an_indicator_that_has_ended() -> None:
    ended = AT_LEAST + ", removed: {from: 2020-06, reason: The panel agreed}"
    assert say(ended, (*STEADY, None)) == ("", "")


def test_a_figure_that_may_be_carried_forward_is_judged() -> None:
    change, paragraph = say(AT_LEAST, (*STEADY, 28, None))
    assert change == "worsening"
    assert paragraph.startswith("A real change for the worse: 28% in Aug 2020 is below the usual")


def test_what_is_added_to_a_running_total_is_judged() -> None:
    year = (5, 9, 15, 20, 24, 31, 35, 40, 46, 50, 55, 61)
    words = say(COUNT + "accumulates: financial_year, target: new", (*year, *year[:8]))[1]
    assert words == "No real change: 5 added in Nov 2020 is within the usual range, 1 to 9 a month."


@pytest.mark.parametrize(("last", "average"), [(39, "40%"), (40, "40.4%")])
def test_the_average_is_printed_so_that_each_figure_is_on_its_side_of_it(
    last: int, average: str
) -> None:
    """Printed as 40%, an average of 40.4% would be no higher than a figure of 40%."""
    steady = (42, 41, 39, 42, 41, 39, 42, 38) * 3 if last == 40 else (*STEADY, *STEADY)
    words = say(PERCENTAGE + "target: new", (*steady, *[last] * 7))[1]
    assert f"below the average of {average}." in words


def test_a_range_that_depends_on_the_months_cases_is_that_of_a_month() -> None:
    """Each month's number of cases gives a percentage its own range."""
    indicator, scale = select_only(make_one(PERCENTAGE + "target: new"))
    rows = {}
    for place, value in enumerate((*STEADY, *(36, 35, 37, 36, 34, 35, 36))):
        of = 400 if place % 2 else 100
        row = observe(FIRST.add_months(place), str(value))
        numerator, denominator = Decimal(value * of // 100), Decimal(of)
        rows[row.month] = replace(row, numerator=numerator, denominator=denominator)
    series = Series(as_at=max(rows), figures=rows, due=tuple(rows))
    signal = assess_signal(compose_point_series(indicator, scale, series))
    words = explain_change(indicator, signal, series.as_at)
    assert words[0].startswith("A real change downwards: 7 months in a row, since Aug 2020, below")
    assert words[1].startswith("The usual range for Feb 2021 is ")


def test_months_beyond_ranges_of_their_own_are_not_compared_with_the_last_ones() -> None:
    """A month of few cases has a wide range: 30% can be within what another's 33% is below."""
    indicator, scale = select_only(make_one(PERCENTAGE + "target: new"))
    rows = {}
    for place, value in enumerate((*STEADY, *STEADY, 28, 26)):
        of = 900 if place % 2 else 400
        row = observe(FIRST.add_months(place), str(value))
        numerator, denominator = Decimal(value * of // 100), Decimal(of)
        rows[row.month] = replace(row, numerator=numerator, denominator=denominator)
    series = Series(as_at=max(rows), figures=rows, due=tuple(rows))
    signal = assess_signal(compose_point_series(indicator, scale, series))
    words = explain_change(indicator, signal, series.as_at)[0]
    assert words.endswith("; every month since Dec 2021 was below its own month's range.")


def test_the_last_figure_has_the_decimals_that_the_index_prints() -> None:
    """The range has those of the figure with the most."""
    settings = "unit: percent, frequency: monthly, target: new"
    words = say(settings, (*STEADY, "40.5", 40))[1]
    assert words == "No real change: 40% in Sep 2020 is within the usual range, 32.7% to 47.3%."


def test_what_is_added_to_a_running_total_has_the_decimals_of_its_range() -> None:
    year = ("5.5", 9, 15, 20, 24, 31, 35, 40, 46, 50, 55, 61)
    settings = "unit: number, frequency: monthly, accumulates: financial_year, target: new"
    words = say(settings, (*year, *year[:8]))[1]
    assert words.startswith("No real change: 5.0 added in Nov 2020 is within the usual range, 0.")


def test_quarters_are_called_by_their_names() -> None:
    settings = "unit: percent, frequency: quarterly, decimals: 1, target: {at_least: 40}"
    words = say(settings, (*STEADY, "40.1"), step=3, first=Month(2019, 6))[1]
    assert words == (
        "No real change: 40.1% in Q1 is within the usual range, 32.4% to 47.6%. Part of that range "
        "meets the target: some quarters will meet it and some will miss it, by chance."
    )


def test_a_range_of_a_noun_has_the_noun_once() -> None:
    words = say("unit: weeks, frequency: monthly, target: {at_most: 60}", (*STEADY, 40))[1]
    assert words.startswith("No real change: 40 weeks in Aug 2020 is within the usual range, 33 to")
    assert "33 to 47 weeks" in words


def test_only_a_finding_says_that_a_figure_improves_or_worsens() -> None:
    assert list(PHRASES) == list(SignalFinding)
    assert {*REASONS} == {*NoSignalReason} - {NoSignalReason.TOO_SHORT}
