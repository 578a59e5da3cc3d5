"""The charts: which periods and lines each has, and what it says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, make_catalogue, read_merton, score

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Observation
from merton_kpi.scorecard.charts.compose import MAX_CHARTS
from merton_kpi.scorecard.charts.styles import LineStyle
from merton_kpi.series.suppression import suppress_earlier_figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.scorecard.charts.records import Chart
    from merton_kpi.scorecard.records import Scorecard

GAP = None
SEPTEMBER = Month(2020, 9)
MONTHLY = "unit: percent, frequency: monthly"
AT_LEAST_90 = f"{MONTHLY}, target: {{at_least: 90}}"


def observe(number: str, month: Month, figure: str | None) -> Observation:
    return Observation(
        indicator=number,
        month=month,
        known=max(month, SEPTEMBER),
        place=Place(file="any.csv", line=2),
        value=Decimal(figure) if figure else None,
        status=None if figure else Status.NOT_AVAILABLE,
    )


def draw_all(
    indicator: str,
    figures: Mapping[int, str | None],
    *,
    month: Month = SEPTEMBER,
    head: str = HEAD,
) -> tuple[Chart, ...]:
    """The charts of one indicator, with figures for these months of 2020."""
    entry = f'- {{number: "1", title: Calls answered, {indicator}}}\n'
    observations = [observe("1", Month(2020, number), each) for number, each in figures.items()]
    return score(make_catalogue(entry, head), observations, month).charts


def draw(indicator: str, figures: Mapping[int, str | None], *, head: str = HEAD) -> Chart:
    (chart,) = draw_all(indicator, figures, head=head)
    return chart


def list_lines(chart: Chart) -> dict[str, list[str | None]]:
    """Each line's figures as they are printed."""
    return {
        line.name: [
            GAP if figure is None else chart.unit.format_figure(figure) for figure in line.figures
        ]
        for line in chart.lines
    }


# --- periods ---


def test_a_month_that_is_due_without_a_figure_is_a_gap() -> None:
    chart = draw(AT_LEAST_90, {4: "93", 9: "88"})
    assert chart.periods == (
        "Apr 2020",
        "May 2020",
        "Jun 2020",
        "Jul 2020",
        "Aug 2020",
        "Sep 2020",
    )
    assert list_lines(chart)["Anyborough"] == ["93%", GAP, GAP, GAP, GAP, "88%"]


def test_a_quarterly_indicator_has_its_quarters_alone() -> None:
    chart = draw(
        "unit: percent, frequency: quarterly, target: {at_least: 90}", {6: "93", 7: "1", 9: "88"}
    )
    assert chart.periods == ("Jun 2020", "Sep 2020")
    assert list_lines(chart) == {
        "Anyborough": ["93%", "88%"],
        "Target (minimum)": ["90%", "90%"],
        "Amber limit (minimum)": ["89%", "89%"],
    }


def test_an_annual_indicator_has_its_month() -> None:
    annual = "unit: percent, frequency: annual, due_months: [7], target: {at_least: 90}"
    chart = draw(annual, {7: "93"})
    assert chart.periods == ("Jul 2020",)
    assert chart.finding.count("Jul 2020") == 2  # in the reason, and in the line


def test_in_arrears_the_last_period_is_the_last_one_due() -> None:
    settings = f"{AT_LEAST_90}, arrears: 2"
    assert draw(settings, {6: "93"}).periods[-1] == "Jul 2020"


def test_a_figure_that_comes_before_it_is_due_is_drawn() -> None:
    settings = f"{AT_LEAST_90}, arrears: 2"
    assert draw(settings, {4: "93", 9: "95"}).periods[-1] == "Sep 2020"


@pytest.mark.parametrize("target", ["not_a_target_measure", "new"])
def test_an_indicator_that_is_not_rated_has_no_chart(target: str) -> None:
    assert draw_all(f"{MONTHLY}, target: {target}", {9: "88"}) == ()


@pytest.mark.parametrize("figures", [{}, {9: None}], ids=["nothing came", "the reason came"])
def test_an_indicator_without_a_figure_has_no_chart(figures: dict[int, str | None]) -> None:
    assert draw_all(AT_LEAST_90, figures) == ()


# --- lines ---


def test_at_a_break_the_line_ends_and_another_begins() -> None:
    breaks = "breaks: [{from: 2020-06, reason: New}, {from: 2020-08, reason: Newer}]"
    figures = {4: "93", 5: "94", 6: "60", 7: "61", 8: "70", 9: "71"}
    chart = draw(f"{AT_LEAST_90}, {breaks}", figures)
    assert [(line.name, line.style) for line in chart.lines[:3]] == [
        ("Anyborough", LineStyle.FIGURE),
        ("Anyborough, earlier", LineStyle.EARLIER_FIGURE),
        ("Anyborough, earlier (2)", LineStyle.EARLIER_FIGURE),
    ]
    assert [*list_lines(chart).values()][:3] == [
        [GAP, GAP, GAP, GAP, "70%", "71%"],
        [GAP, GAP, "60%", "61%", GAP, GAP],
        ["93%", "94%", GAP, GAP, GAP, GAP],
    ]
    assert chart.finding.endswith(
        "The series has a break before Jun 2020. The series has a break before Aug 2020."
    )
    assert (
        "Anyborough, Apr 2020 to May 2020: Apr 2020 93%, May 2020 94%. Anyborough, Jun 2020 to "
        "Jul 2020: Jun 2020 60%, Jul 2020 61%. Anyborough: Aug 2020 70%, Sep 2020 71%. Target"
    ) in chart.finding


@pytest.mark.parametrize("start", ["2019-09", "2020-04", "2020-10"])
def test_a_break_that_is_not_between_two_periods_drawn_leaves_one_line(start: str) -> None:
    """One in a month after the month reported is not known yet."""
    chart = draw(f"{AT_LEAST_90}, breaks: [{{from: {start}, reason: New}}]", {4: "93", 9: "88"})
    assert list_lines(chart)["Anyborough"] == ["93%", GAP, GAP, GAP, GAP, "88%"]
    assert "a break before" not in chart.finding


def test_a_break_with_no_figure_before_it_has_one_line() -> None:
    settings = f"{AT_LEAST_90}, breaks: [{{from: 2020-06, reason: New}}]"
    chart = draw(settings, {7: "93", 9: "88"})
    assert list_lines(chart)["Anyborough"] == [GAP, GAP, GAP, "93%", GAP, "88%"]
    assert "Anyborough, earlier" not in list_lines(chart)


def test_a_range_and_its_amber_have_a_line_at_each_end() -> None:
    chart = draw(f"{MONTHLY}, target: {{between: [12, 20]}}", {9: "16"})
    assert {line.name: line.style for line in chart.lines[1:]} == {
        "Target (minimum)": LineStyle.TARGET_MINIMUM,
        "Target (maximum)": LineStyle.TARGET_MAXIMUM,
        "Amber limit (minimum)": LineStyle.AMBER_MINIMUM,
        "Amber limit (maximum)": LineStyle.AMBER_MAXIMUM,
    }
    assert [figures[0] for figures in list_lines(chart).values()] == [
        GAP,
        "12%",
        "20%",
        "11%",
        "21%",
    ]


def test_without_amber_there_is_no_line_for_its_limit() -> None:
    settings = f"{MONTHLY}, target: {{at_most: 8}}, bands: {{amber: none}}"
    assert [*list_lines(draw(settings, {9: "12"}))] == ["Anyborough", "Target (maximum)"]


def test_a_target_that_changes_is_drawn_month_by_month() -> None:
    targets = "target: [{at_least: 80}, {at_least: 90, from: 2020-08}]"
    lines = list_lines(draw(f"{MONTHLY}, {targets}", {9: "88"}))
    assert lines["Target (minimum)"] == ["80%"] * 4 + ["90%"] * 2
    assert lines["Amber limit (minimum)"] == ["79%"] * 4 + ["89%"] * 2


def test_a_running_totals_target_grows_from_one_period_to_the_next() -> None:
    quarterly = (
        "unit: number, frequency: quarterly, accumulates: financial_year, "
        "target: {at_least: 20, profile: share_of_year}"
    )
    lines = list_lines(draw(quarterly, {6: "4", 9: "4"}))
    assert lines["Target (minimum)"] == ["5", "10"]
    assert lines["Amber limit (minimum)"] == ["4.75", "9.5"]


def test_a_share_that_does_not_end_is_rounded_as_the_reason_prints_it() -> None:
    monthly = (
        "unit: number, frequency: monthly, accumulates: financial_year, "
        "target: {at_most: 50, profile: share_of_year}"
    )
    lines = list_lines(draw(monthly, {9: "4"}))
    assert lines["Target (maximum)"] == ["4.17", "8.33", "12.5", "16.67", "20.83", "25"]


@pytest.mark.parametrize(
    ("settings", "areas"),
    [
        (MONTHLY, ["England", "London"]),
        ("unit: number, frequency: monthly", []),  # a borough's count beside a nation's
    ],
)
def test_the_benchmarks_that_can_be_compared_are_lines(settings: str, areas: list[str]) -> None:
    benchmarks = "benchmarks: {England: 85, London: 84}"
    chart = draw(f"{settings}, target: {{at_least: 90}}, {benchmarks}", {9: "88"})
    assert [line.name for line in chart.lines[3:]] == areas


def test_a_benchmark_in_another_unit_is_no_line() -> None:
    benchmarks = "benchmarks: {England: 85, London: {value: 4, unit: number}}"
    lines = list_lines(draw(f"{AT_LEAST_90}, {benchmarks}", {9: "88"}))
    assert lines["England"] == ["85%"] * 6
    assert "London" not in lines


def test_the_limit_of_amber_has_the_councils_word() -> None:
    head = f"{HEAD}rating_words: {{amber: At risk}}\n"
    assert "At risk limit (minimum)" in list_lines(draw(AT_LEAST_90, {9: "88"}, head=head))


# --- the axis ---


def test_all_that_is_drawn_decides_where_the_axis_begins() -> None:
    benchmarks = "benchmarks: {England: 40}"
    assert draw(AT_LEAST_90, {9: "88"}).axis.title == "Per cent, axis from 87%"
    assert draw(f"{AT_LEAST_90}, {benchmarks}", {9: "88"}).axis.title == "Per cent"


# --- words ---


def test_the_alternative_text_says_the_finding_first() -> None:
    charts = {chart.number: chart for chart in read_merton(Month(2020, 11)).charts}
    chart = charts["3"]
    assert chart.title == (
        "3. % of Education, Health and Care plans issued within statutory 20 week timescale\n"
        "Red: 32% in Nov 2020; target at least 55%"
    )
    assert chart.finding == (
        "Red: 32% in Nov 2020 is 23 percentage points below the target of at least 55%; "
        "amber reaches only to 54%. Too short to tell: 8 figures; 13 are needed. "
        "Lower than in Oct 2020, 33%. Red for 8 months, all of "
        "the year so far. Worse than England (58%) by 26 percentage points; worse than London "
        "(54.6%) by 22.6 percentage points. Line chart of indicator 3, % of Education, Health and "
        "Care plans issued within statutory 20 week timescale, by month. Merton: Apr 2020 50%, "
        "May 2020 33%, Jun 2020 34%, Jul 2020 34%, Aug 2020 31%, Sep 2020 33%, Oct 2020 33%, "
        "Nov 2020 32%. Target (minimum): 55%. Amber limit (minimum): 54%. England: 58%. "
        "London: 54.6%."
    )
    assert not any(arrow in charts[number].finding for number in charts for arrow in "↑↓→")


def test_the_alternative_text_names_the_gaps() -> None:
    finding = draw(AT_LEAST_90, {4: "93", 7: "92", 8: "92", 9: "88"}).finding
    assert "Anyborough: Apr 2020 93%, Jul 2020 92%, Aug 2020 92%, Sep 2020 88%." in finding
    assert finding.endswith("No figure for May 2020 and Jun 2020.")


def test_a_sum_is_drawn_and_named_as_one() -> None:
    added_up = (
        "unit: number, frequency: monthly, accumulates: financial_year, figures: of_period, "
        "target: {at_least: 20, profile: full_year}"
    )
    chart = draw(added_up, {4: "3", 5: "4", 6: "5", 7: "6", 8: "7", 9: "8"})
    assert chart.title.splitlines()[1].startswith("Green: 33 since April to Sep 2020; target at")
    assert list_lines(chart)["Anyborough"] == ["3", "7", "12", "18", "25", "33"]


# --- small counts ---


def test_a_hidden_count_is_neither_drawn_nor_said() -> None:
    settings = (
        "unit: number, frequency: monthly, target: {at_most: 20}, suppress_small_numbers: true"
    )
    chart = draw(settings, {4: "17", 5: "3", 9: "18"})
    assert list_lines(chart)["Anyborough"] == ["17", GAP, GAP, GAP, GAP, "18"]
    assert "Apr 2020 17, Sep 2020 18." in chart.finding


def test_a_hidden_figure_of_last_year_is_no_limit_of_amber() -> None:
    """Amber is better than last year's figure here, so that its limit is that figure."""
    settings = (
        "unit: number, frequency: monthly, target: {at_most: 2}, suppress_small_numbers: true, "
        "bands: {amber: {better_than: same_period_last_year}}, "
        "earlier_months: {2019-04: 12, 2019-05: 3, 2019-06: 13}"
    )
    written = make_catalogue(f'- {{number: "1", title: Calls answered, {settings}}}\n')
    observations = [observe("1", Month(2020, month), "17") for month in range(4, 10)]
    (chart,) = score(suppress_earlier_figures(written), observations, SEPTEMBER).charts
    assert list_lines(chart)["Amber limit (maximum)"] == ["12", GAP, "13", GAP, GAP, GAP]
    assert "Amber limit (maximum): Apr 2020 12, Jun 2020 13." in chart.finding


# --- how many ---


def score_many(count: int, red: int) -> Scorecard:
    """So many rated indicators, of which the first are red."""
    entries = (
        f'- {{number: "{number}", title: Calls, {AT_LEAST_90}}}\n' for number in range(count)
    )
    observations = [
        observe(str(number), SEPTEMBER, "50" if number < red else "95") for number in range(count)
    ]
    return score(make_catalogue("".join(entries)), observations, SEPTEMBER)


def test_up_to_a_hundred_rated_indicators_have_a_chart_each() -> None:
    assert len(score_many(MAX_CHARTS, red=3).charts) == MAX_CHARTS == 100


def test_of_more_only_those_rated_amber_or_red_have_one() -> None:
    charts = score_many(MAX_CHARTS + 1, red=3).charts
    assert [chart.number for chart in charts] == ["0", "1", "2"]
