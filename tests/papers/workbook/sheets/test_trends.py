"""The charts' lines: which figures each has, month by month."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, make_catalogue, score
from helpers.xlsx import CHART, Book

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.extracts.observations import Observation
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.papers.workbook.sheets.trends import list_trends
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard

GAP = None


def draw_lines(indicator: str, figures: dict[int, str]) -> dict[str, list[str | None]]:
    """Each line's first six months, as printed, for an indicator with these figures."""
    catalogue = make_catalogue(f'- {{number: "1", title: Calls answered, {indicator}}}\n')
    observations = [
        Observation(
            indicator="1",
            month=Month(2020, month),
            known=Month(2020, 9),
            place=Place(file="any.csv", line=2),
            value=Decimal(figure),
        )
        for month, figure in figures.items()
    ]
    charts, data = list_trends(score(catalogue, observations, Month(2020, 9)))
    rows = data.table.rows if data.table else ()
    assert len(charts.charts) == (1 if rows else 0)
    return {
        str(row[2]): [cell.printed or GAP for cell in row[3:9] if isinstance(cell, Cell)]
        for row in rows
    }


MONTHLY = "unit: percent, frequency: monthly"


def test_a_month_without_a_figure_is_a_gap() -> None:
    lines = draw_lines(f"{MONTHLY}, target: {{at_least: 90}}", {4: "93", 9: "88"})
    assert lines["Anyborough"] == ["93%", GAP, GAP, GAP, GAP, "88%"]
    assert lines["Target: at least 90%"] == ["90%"] * 6


def test_a_line_ends_at_a_break_in_the_series_and_another_begins() -> None:
    breaks = "breaks: [{from: 2020-06, reason: New}, {from: 2020-08, reason: Newer}]"
    figures = {4: "93", 5: "94", 6: "60", 7: "61", 8: "70", 9: "71"}
    lines = draw_lines(f"{MONTHLY}, target: {{at_least: 90}}, {breaks}", figures)
    assert lines == {
        "Anyborough before Jun 2020": ["93%", "94%", GAP, GAP, GAP, GAP],
        "Anyborough from Jun 2020": [GAP, GAP, "60%", "61%", GAP, GAP],
        "Anyborough from Aug 2020": [GAP, GAP, GAP, GAP, "70%", "71%"],
        "Target: at least 90%": ["90%"] * 6,
    }


@pytest.mark.parametrize("start", ["2019-09", "2020-04", "2020-10"])
def test_a_break_that_is_not_between_two_months_shown_leaves_one_line(start: str) -> None:
    """One in a month after the month reported is not known yet."""
    settings = f"{MONTHLY}, target: {{at_least: 90}}, breaks: [{{from: {start}, reason: New}}]"
    lines = draw_lines(settings, {4: "93", 9: "88"})
    assert lines["Anyborough"] == ["93%", GAP, GAP, GAP, GAP, "88%"]


def test_a_break_with_no_figure_before_it_has_one_line() -> None:
    settings = f"{MONTHLY}, target: {{at_least: 90}}, breaks: [{{from: 2020-06, reason: New}}]"
    lines = draw_lines(settings, {7: "93", 9: "88"})
    assert lines["Anyborough from Jun 2020"] == [GAP, GAP, GAP, "93%", GAP, "88%"]
    assert len(lines) == 2


def test_a_range_has_two_lines() -> None:
    lines = draw_lines(f"{MONTHLY}, target: {{between: [12, 20]}}", {9: "16"})
    assert lines["Target, lower end"] == ["12%"] * 6
    assert lines["Target, upper end"] == ["20%"] * 6


def test_a_running_totals_target_grows_from_one_due_month_to_the_next() -> None:
    quarterly = (
        "unit: number, frequency: quarterly, accumulates: financial_year, "
        "target: {at_least: 20, profile: share_of_year}"
    )
    lines = draw_lines(quarterly, {6: "4", 9: "4"})
    assert list(lines.values())[1] == [GAP, GAP, "5", GAP, GAP, "10"]


def test_a_share_that_does_not_end_is_rounded_as_the_reason_prints_it() -> None:
    monthly = (
        "unit: number, frequency: monthly, accumulates: financial_year, "
        "target: {at_most: 50, profile: share_of_year}"
    )
    lines = draw_lines(monthly, {9: "4"})
    assert list(lines.values())[1] == ["4.17", "8.33", "12.5", "16.67", "20.83", "25"]


def test_benchmarks_in_the_same_unit_are_lines_and_others_are_not() -> None:
    benchmarks = "benchmarks: {England: 85, London: {value: 4, unit: number}}"
    lines = draw_lines(f"{MONTHLY}, target: {{at_least: 90}}, {benchmarks}", {9: "88"})
    assert lines["England"] == ["85%"] * 6
    assert "London" not in lines


@pytest.mark.parametrize("target", ["not_a_target_measure", "new"])
def test_an_indicator_that_is_not_rated_has_no_chart(target: str) -> None:
    assert draw_lines(f"{MONTHLY}, target: {target}", {9: "88"}) == {}


def test_an_indicator_without_a_figure_has_no_chart() -> None:
    assert draw_lines(f"{MONTHLY}, target: {{at_least: 90}}", {}) == {}


def score_many(count: int, red: int) -> Scorecard:
    """So many rated indicators, of which the first are red."""
    catalogue = make_catalogue(
        "".join(
            f'- {{number: "{number}", title: Calls, {MONTHLY}, target: {{at_least: 90}}}}\n'
            for number in range(count)
        )
    )
    observations = [
        Observation(
            indicator=str(number),
            month=Month(2020, 9),
            known=Month(2020, 9),
            place=Place(file="any.csv", line=2),
            value=Decimal(50 if number < red else 95),
        )
        for number in range(count)
    ]
    return score(catalogue, observations, Month(2020, 9))


def test_up_to_a_hundred_rated_indicators_have_a_chart_each() -> None:
    charts, _ = list_trends(score_many(100, red=3))
    assert len(charts.charts) == 100
    assert charts.notices[0].startswith("This sheet has 100 charts, one for each rated indicator;")
    assert len(charts.notices) == 2


def test_of_more_only_those_rated_amber_or_red_have_one_and_the_sheet_says_so() -> None:
    charts, data = list_trends(score_many(101, red=3))
    assert [chart.title.split(".")[0] for chart in charts.charts] == ["0", "1", "2"]
    assert charts.notices[0].startswith("This sheet has 3 charts, one for each indicator rated")
    assert charts.notices[1] == (
        "101 indicators are rated. Where more than 100 are, only those rated amber or red have a "
        "chart."
    )
    assert charts.about.startswith("A chart of each indicator rated amber or red")
    assert data.table is not None
    assert {row[0] for row in data.table.rows} == {"0", "1", "2"}


def test_of_more_without_an_amber_or_red_one_there_is_no_chart() -> None:
    charts, data = list_trends(score_many(101, red=0))
    assert charts.charts == ()
    assert charts.notices == (
        "101 indicators are rated. Where more than 100 are, only those rated amber or red have a "
        "chart. There are none, so there is no chart.",
    )
    assert data.left_out == "There is no chart, so there are no figures to draw."


def test_a_charts_figures_are_written_digit_for_digit_and_count_its_months() -> None:
    """As floats, 7% would be 0.07000000000000001."""
    catalogue = make_catalogue(
        f'- {{number: "1", title: Calls, {MONTHLY}, target: {{at_least: 7}}}}\n'
    )
    observation = Observation(
        indicator="1",
        month=Month(2020, 9),
        known=Month(2020, 9),
        place=Place(file="any.csv", line=2),
        value=Decimal(29),
    )
    book = Book(write_index_workbook(score(catalogue, [observation], Month(2020, 9))))
    (chart,) = book.find_charts()
    caches = list(chart.iter(f"{CHART}numCache"))
    written = [
        [point.findtext(f"{CHART}v") for point in cache.iter(f"{CHART}pt")] for cache in caches
    ]
    assert written == [["0.29"], ["0.07"] * 12]
    assert [cache.findtext(f"{CHART}formatCode") for cache in caches] == ["#,##0%", "#,##0%"]
    for cache in (*caches, *chart.iter(f"{CHART}cat")):
        assert next(cache.iter(f"{CHART}ptCount")).get("val") == "12"


LONG_WORDS = {
    "line breaks": "line\n\n" * 30 + "end",
    "spaces": "a" + " " * 3000 + "b",
    "wide letters": "@ @@ " * 60,
    "a long word": "W" * 3000,
}


@pytest.mark.parametrize("words", LONG_WORDS.values(), ids=LONG_WORDS)
def test_a_chart_draws_the_cells_of_its_own_indicator_however_long_its_words(words: str) -> None:
    title, name = json.dumps(words), json.dumps(words[:240])  # which are YAML too
    limits = f"{MONTHLY}, target: {{at_least: 90}}, benchmarks: {{{name}: 85}}"
    catalogue = make_catalogue(
        f'- {{number: "1", title: {title}, {limits}}}\n- {{number: "2", title: Two, {limits}}}\n',
        HEAD.replace("[England, London]", f"[{name}]").replace("Anyborough\n", f"{name}\n"),
    )
    observations = [
        Observation(
            indicator=number,
            month=Month(2020, 9),
            known=Month(2020, 9),
            place=Place(file="any.csv", line=2),
            value=Decimal(figure),
        )
        for number, figure in (("1", "50"), ("2", "95"))
    ]
    book = Book(write_index_workbook(score(catalogue, observations, Month(2020, 9))))
    drawn = []
    for chart in book.find_charts():
        for series in chart.iter(f"{CHART}ser"):
            label, months, figures = (each.text for each in series.iter(f"{CHART}f"))
            drawn.append((read_cells(book, label)[0], read_cells(book, figures)[5]))
            assert drawn[-1][0] == series.findtext(f"{CHART}tx//{CHART}v")  # what is shown at first
            assert read_cells(book, months)[5] == "Sep 2020"
    council, area = drawn[0][0], drawn[2][0]
    target = "Target: at least 90%"
    others = [(target, 0.9), (area, 0.85)]
    assert drawn == [(council, 0.5), *others, (council, 0.95), *others]


def read_cells(book: Book, address: str | None) -> list[object]:
    """The values of the cells at an address on the sheet of figures."""
    sheet, _, places = (address or "").replace("$", "").partition("!")
    assert sheet == "'Trend data'"
    cells = book["Trend data"].cells[places]
    return [cell.value for cell in cells[0]] if isinstance(cells, tuple) else [cells.value]
