"""The charts of indicators with a history: 36 months, the usual range, and what is outside it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from helpers.history import score_with_history

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from merton_kpi.scorecard.charts.records import Chart

NOVEMBER = Month(2020, 11)
MONTHLY = "unit: percent, frequency: monthly, target: {at_least: 50}"
ADDED_UP = "unit: number, frequency: monthly, accumulates: financial_year, target: "
ADDED_UP += "{at_least: 50, profile: full_year}, figures: "
STEADY = ("50", "52", "51", "49", "53")


def draw(settings: str, figures: Mapping[Month, str | None]) -> Chart:
    """The chart of an indicator with these figures up to November 2020; None is not available."""
    catalogue = make_catalogue(f'- {{number: "1", title: Calls answered, {settings}}}\n')
    observations = [
        Observation(
            indicator="1",
            month=month,
            known=max(month, Month(2020, 4)),
            place=Place(file="any.csv", line=2),
            value=Decimal(figure) if figure else None,
            status=None if figure else Status.NOT_AVAILABLE,
        )
        for month, figure in figures.items()
    ]
    (chart,) = score_with_history(catalogue, observations, NOVEMBER).charts
    return chart


def list_months(figures: Sequence[str | None], step: int = 1) -> dict[Month, str | None]:
    """The figures of so many periods up to November 2020, or the quarter before it."""
    last = NOVEMBER if step == 1 else Month(2020, 9)
    return {
        last.add_months(step * (place + 1 - len(figures))): figure
        for place, figure in enumerate(figures)
    }


def repeat(figures: Sequence[str], count: int) -> list[str]:
    return [figures[place % len(figures)] for place in range(count)]


def list_figures(chart: Chart, name: str) -> list[str]:
    """The figures of a line, each with its period."""
    line = next(each for each in chart.lines if each.name == name)
    return [
        f"{period} {figure}"
        for period, figure in zip(chart.periods, line.figures, strict=True)
        if figure is not None
    ]


def list_names(chart: Chart) -> list[str]:
    return [line.name for line in chart.lines]


# --- periods ---


@pytest.mark.parametrize(("count", "first"), [(9, "Mar 2020"), (36, "Dec 2017"), (50, "Dec 2017")])
def test_a_chart_has_at_most_36_months_those_of_earlier_years_first(count: int, first: str) -> None:
    chart = draw(MONTHLY, list_months(repeat(STEADY, count)))
    assert (chart.periods[0], chart.periods[-1]) == (first, "Nov 2020")
    assert len(chart.periods) == min(count, 36)
    assert chart.earlier == len(chart.periods) - 8


def test_a_quarterly_indicator_has_twelve_quarters() -> None:
    settings = MONTHLY.replace("monthly", "quarterly")
    chart = draw(settings, list_months(repeat(STEADY, 20), step=3))
    assert len(chart.periods) == 12
    assert (chart.periods[0], chart.periods[-1]) == ("Dec 2017", "Sep 2020")


def test_a_month_between_that_did_not_come_is_a_gap_and_one_with_a_reason_too() -> None:
    figures = list_months(repeat(STEADY, 20))
    figures[Month(2019, 8)] = None
    del figures[Month(2019, 10)]
    chart = draw(MONTHLY, figures)
    assert len(chart.periods) == 20
    assert len(list_figures(chart, "Anyborough")) == 18
    assert chart.finding.endswith("No figure for 2 earlier months.")


def test_earlier_years_begin_with_the_first_figure_that_is_shown() -> None:
    figures = list_months([None, None, *repeat(STEADY, 10)])
    assert draw(MONTHLY, figures).periods[0] == "Feb 2020"


def test_without_a_figure_of_earlier_years_the_chart_has_this_year_alone() -> None:
    assert draw(MONTHLY, list_months([None, *repeat(STEADY, 8)])).earlier == 0


def test_earlier_figures_are_rounded_as_todays_are() -> None:
    chart = draw(f"{MONTHLY}, decimals: 0", list_months(["50.5", *repeat(STEADY, 8)]))
    assert list_figures(chart, "Anyborough")[0] == "Mar 2020 51"


def test_targets_are_drawn_for_this_years_months_alone_and_benchmarks_for_all() -> None:
    settings = f"{MONTHLY}, benchmarks: {{England: 48}}"
    chart = draw(settings, list_months(repeat(STEADY, 20)))
    assert len(list_figures(chart, "Target (minimum)")) == 8
    assert len(list_figures(chart, "England")) == 20
    assert "Target (minimum): 50% from Apr 2020. Amber limit (minimum): 49% from Apr 2020. " in (
        chart.finding
    )
    assert "England: 48%." in chart.finding


# --- running totals ---


def test_each_year_of_a_running_total_has_a_line_of_its_own() -> None:
    figures = {Month(2019, 4).add_months(each): str(3 * (each % 12) + 3) for each in range(20)}
    chart = draw(f"{ADDED_UP}running_total", figures)
    assert list_names(chart)[:2] == ["Anyborough", "Anyborough, earlier"]
    assert list_figures(chart, "Anyborough, earlier")[-1] == "Mar 2020 36"
    assert list_figures(chart, "Anyborough")[0] == "Apr 2020 3"


def test_a_part_of_a_running_total_is_named_by_its_own_months() -> None:
    """A year with a break has two parts; the legend's one name for all of them has no months."""
    figures = {Month(2018, 4).add_months(each): str(3 * (each % 12) + 3) for each in range(32)}
    chart = draw(f"{ADDED_UP}running_total, breaks: [{{from: 2019-09, reason: New}}]", figures)
    assert list_names(chart)[:4] == [
        *("Anyborough", "Anyborough, earlier", "Anyborough, earlier (2)"),
        "Anyborough, earlier (3)",
    ]
    assert [line.name for line in chart.legend][:2] == ["Anyborough", "Anyborough, earlier"]
    places = [
        chart.finding.index(f"Anyborough{months}: ")
        for months in (
            *(", Apr 2018 to Mar 2019", ", Apr 2019 to Aug 2019", ", Sep 2019 to Mar 2020"),
            "",
        )
    ]
    assert places == sorted(places)


def test_earlier_figures_that_are_added_up_are_drawn_as_sums() -> None:
    figures = {Month(2019, 4).add_months(each): "3" for each in range(20)}
    chart = draw(f"{ADDED_UP}of_period", figures)
    assert list_figures(chart, "Anyborough, earlier")[-1] == "Mar 2020 36"


def test_no_sum_is_drawn_from_a_month_on_that_did_not_come() -> None:
    figures = {Month(2019, 4).add_months(each): "30" for each in range(20)}
    del figures[Month(2019, 6)]
    chart = draw(f"{ADDED_UP}of_period", figures)
    assert list_figures(chart, "Anyborough, earlier") == ["Apr 2019 30", "May 2019 60"]


@pytest.mark.parametrize("kind", ["running_total", "of_period"])
def test_a_running_total_has_no_usual_range(kind: str) -> None:
    """The range is that of what each month added, which the chart does not draw."""
    steps = repeat(["3", "4", "5", "6", "7"], 32)
    months = [Month(2018, 4).add_months(each) for each in range(32)]
    totals = [
        str(sum(map(int, steps[place - place % 12 : place + 1]))) for place in range(len(steps))
    ]
    figures = dict(zip(months, totals if kind == "running_total" else steps, strict=True))
    chart = draw(ADDED_UP + kind, figures)
    assert not chart.has_usual_range
    assert "Usual range" not in chart.finding


# --- the usual range ---


def test_with_thirteen_figures_a_chart_has_its_average_and_its_usual_range() -> None:
    """The mean of the 12 moving ranges is 27 / 12, and 2.66 times that is 5.985."""
    chart = draw(MONTHLY, list_months(repeat(STEADY, 13)))
    assert list_names(chart)[1:4] == ["Average", "Usual range (upper)", "Usual range (lower)"]
    assert list_figures(chart, "Average") == [f"{each} 51.00" for each in chart.periods]
    assert set(list_figures(chart, "Usual range (upper)")) == {
        f"{each} 56.99" for each in chart.periods
    }
    assert (
        "No real change: 51% in Nov 2020 is within the usual range, 46% to 56%. Part of that range "
        "meets the target: some months will meet it and some will miss it, by chance. The average "
        "is 51.00%."
    ) in chart.finding


def test_with_twelve_it_has_none() -> None:
    chart = draw(MONTHLY, list_months(repeat(STEADY, 12)))
    assert not chart.has_usual_range
    assert "Too short to tell: 12 figures; 13 are needed." in chart.finding


def test_the_usual_range_goes_on_where_a_figure_is_missing() -> None:
    figures = list_months(repeat(STEADY, 20))
    del figures[Month(2020, 2)]
    chart = draw(MONTHLY, figures)
    assert len(list_figures(chart, "Average")) == 20


def test_figures_outside_their_usual_pattern_are_marked_and_named() -> None:
    figures = list_months([*repeat(STEADY, 24), "80", *repeat(STEADY, 11)])
    chart = draw(MONTHLY, figures)
    assert list_figures(chart, "Outside its usual pattern") == ["Dec 2019 80"]
    assert "Outside its usual pattern: Dec 2019." in chart.finding


def test_a_run_of_figures_is_named_by_its_ends() -> None:
    figures = list_months([*repeat(STEADY, 20), *repeat(("42", "43", "41"), 16)])
    finding = draw(MONTHLY, figures).finding
    assert "A real change for the worse: " in finding
    assert "Outside its usual pattern: Dec 2017 to Nov 2020." in finding
    assert finding.index("A real change") < finding.index("Line chart")


def test_each_stretch_between_breaks_has_its_own_usual_range() -> None:
    broken = f"{MONTHLY}, breaks: [{{from: 2019-06, reason: New}}]"
    figures = list_months([*repeat(STEADY, 18), *repeat(("70", "72", "71", "73", "69"), 18)])
    chart = draw(broken, figures)
    assert chart.periods[chart.breaks[0]] == "Jun 2019"
    assert list_figures(chart, "Average")[0].startswith("Jun 2019 71.0")
    before = list_figures(chart, "Average, before a break")
    assert (before[0][:8], before[-1][:8]) == ("Dec 2017", "May 2019")
    assert [line.name for line in chart.legend if line.name.startswith("Average")] == ["Average"]
    assert "Before the break in Jun 2019, the usual range was 45% to 57%, and" in chart.finding


def test_the_legend_names_the_range_before_a_break_where_there_is_none_after_it() -> None:
    broken = f"{MONTHLY}, breaks: [{{from: 2020-06, reason: New}}]"
    chart = draw(broken, list_months(repeat(STEADY, 30)))
    names = [line.name for line in chart.legend]
    assert [name for name in names if name.startswith("Average")] == ["Average, before a break"]


def test_a_limit_from_each_months_parts_is_different_from_month_to_month() -> None:
    catalogue = make_catalogue(
        f'- {{number: "1", title: Reviews, {MONTHLY}, decimals: 0}}\n',
    )
    parts = [(90, 180), (112, 200), (81, 150), (104, 210), (120, 230)]
    observations = [
        Observation(
            indicator="1",
            month=NOVEMBER.add_months(place - 19),
            known=max(NOVEMBER.add_months(place - 19), Month(2020, 4)),
            place=Place(file="any.csv", line=2),
            value=Decimal(100 * parts[place % 5][0]) / parts[place % 5][1],
            numerator=Decimal(parts[place % 5][0]),
            denominator=Decimal(parts[place % 5][1]),
        )
        for place in range(20)
    ]
    (chart,) = score_with_history(catalogue, observations, NOVEMBER).charts
    assert len(set(list_figures(chart, "Usual range (upper)"))) == 20
    assert len({each[9:] for each in list_figures(chart, "Usual range (upper)")}) == 5
    assert len({each[9:] for each in list_figures(chart, "Average")}) == 1


# --- words ---


def test_the_alternative_text_has_a_years_figures_and_of_those_before_the_ends() -> None:
    finding = draw(MONTHLY, list_months(repeat(STEADY, 36))).finding
    assert "by month, Dec 2017 to Nov 2020. Anyborough: between 49% and 53% from Dec 2017 to " in (
        finding
    )
    assert "to Nov 2019; Dec 2019 53%, Jan 2020 50%, " in finding
    assert finding.count("%") < 40


@pytest.mark.parametrize(
    ("earlier", "words"),
    [(["50"], "Nov 2019 50%; Dec"), (["50", "50"], "50% from Oct 2019 to Nov 2019; Dec")],
)
def test_earlier_figures_that_are_equal_are_said_once(earlier: Iterable[str], words: str) -> None:
    figures = list_months([*earlier, *repeat(STEADY, 12)])
    assert f"Anyborough: {words}" in draw(MONTHLY, figures).finding
