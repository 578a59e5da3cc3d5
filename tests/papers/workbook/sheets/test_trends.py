"""The sheets of charts and of their figures: each chart draws its own rows of one table."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, make_catalogue, score
from helpers.history import score_with_history
from helpers.xlsx import CHART, Book

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.extracts.observations import Observation
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.papers.workbook.sheets.trends import list_trends
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree import ElementTree

    from merton_kpi.papers.workbook.sheet import Content
    from merton_kpi.scorecard.records import Scorecard

SEPTEMBER = Month(2020, 9)
MONTHLY = "unit: percent, frequency: monthly"
QUARTERLY = "unit: weeks, frequency: quarterly"


def observe(number: str, month: int, figure: str) -> Observation:
    return Observation(
        indicator=number,
        month=Month(2020, month),
        known=SEPTEMBER,
        place=Place(file="any.csv", line=2),
        value=Decimal(figure),
    )


def score_all(
    indicators: Mapping[str, str], figures: Mapping[tuple[str, int], str], head: str = HEAD
) -> Scorecard:
    """Indicators by number, each with its settings; figures by number and month of 2020."""
    entries = (
        f'- {{number: "{number}", title: Title {number}, {settings}}}\n'
        for number, settings in indicators.items()
    )
    observations = [observe(*key, figure) for key, figure in figures.items()]
    return score(make_catalogue("".join(entries), head), observations, SEPTEMBER)


def show_table(card: Scorecard) -> list[list[str]]:
    """The headers and the rows of the table of figures, as printed."""
    _, data = list_trends(card)
    assert data.table is not None
    rows = [[show_content(content) for content in row] for row in data.table.rows]
    return [[column.header for column in data.table.columns], *rows]


def show_content(content: Content) -> str:
    return content.printed if isinstance(content, Cell) else str(content)


def test_the_table_has_a_row_for_each_indicator_and_period() -> None:
    card = score_all(
        {
            "1": f"{QUARTERLY}, target: {{at_most: 20}}, benchmarks: {{London: 21}}",
            "2": f"{QUARTERLY}, target: {{between: [10, 20]}}, bands: {{amber: none}}",
        },
        {("1", 6): "18", ("1", 9): "19", ("2", 9): "12"},
    )
    assert show_table(card) == [
        [
            *("No.", "Period", "Indicator", "Unit", "Anyborough"),
            *("Target (minimum)", "Target (maximum)", "Amber limit (maximum)", "London"),
        ],
        ["1", "Jun 2020", "Title 1", "Weeks", "18 weeks", "", "20 weeks", "21 weeks", "21 weeks"],
        ["1", "Sep 2020", "Title 1", "Weeks", "19 weeks", "", "20 weeks", "21 weeks", "21 weeks"],
        ["2", "Jun 2020", "Title 2", "Weeks", "", "10 weeks", "20 weeks", "", ""],
        ["2", "Sep 2020", "Title 2", "Weeks", "12 weeks", "10 weeks", "20 weeks", "", ""],
    ]


def test_the_figures_before_a_break_have_a_column_of_their_own() -> None:
    broken = "breaks: [{from: 2020-08, reason: New}]"
    card = score_all(
        {
            "1": f"{QUARTERLY}, target: {{at_most: 20}}, bands: {{amber: none}}",
            "2": f"{QUARTERLY}, target: {{at_most: 20}}, bands: {{amber: none}}, {broken}",
        },
        {("1", 6): "18", ("1", 9): "19", ("2", 6): "11", ("2", 9): "12"},
    )
    assert [row[4:6] for row in show_table(card)] == [
        ["Anyborough", "Anyborough, earlier"],
        ["18 weeks", ""],
        ["19 weeks", ""],
        ["", "11 weeks"],
        ["12 weeks", ""],
    ]


def test_equal_headers_are_told_apart() -> None:
    """Excel offers a repair of a table with two equal headers; capitals make no difference."""
    card = score_all(
        {
            "1": f"{MONTHLY}, target: {{at_least: 9}}, "
            "benchmarks: {Period: 1, ANYBOROUGH: 2, amber limit (MINIMUM): 3}"
        },
        {("1", 9): "10"},
        HEAD.replace("[England, London]", "[Period, ANYBOROUGH, amber limit (MINIMUM)]"),
    )
    assert show_table(card)[0] == [
        *("No.", "Period", "Indicator", "Unit"),
        *("Anyborough", "Target (minimum)", "Amber limit (minimum)"),
        *("Period (2)", "ANYBOROUGH (2)", "amber limit (MINIMUM) (2)"),
    ]


def test_without_a_rated_indicator_both_sheets_are_left_out() -> None:
    charts, data = list_trends(score_all({"1": f"{MONTHLY}, target: new"}, {("1", 9): "10"}))
    assert charts.left_out == "No indicator has a figure that is rated, so there is no chart."
    assert data.left_out == "No indicator is rated, so there are no figures to draw."


def test_the_sheet_says_how_its_axes_and_lines_are_read() -> None:
    card = score_all(
        {"1": f"{MONTHLY}, target: {{at_least: 9}}"},
        {("1", 9): "10"},
        f"{HEAD}rating_words: {{amber: At risk, red: Off target}}\n",
    )
    charts, _ = list_trends(card)
    assert charts.notices[0].startswith("This sheet has 1 chart, one for each rated indicator;")
    assert charts.notices[2].endswith("a figure beyond the 'At risk' limit is 'Off target'.")
    assert charts.notices[3].startswith("The axis of figures includes 0, unless")


def score_many(count: int, red: int) -> Scorecard:
    """So many rated indicators, of which the first are red."""
    numbers = [str(number) for number in range(count)]
    return score_all(
        dict.fromkeys(numbers, f"{MONTHLY}, target: {{at_least: 90}}"),
        {(number, 9): "50" if int(number) < red else "95" for number in numbers},
    )


def test_of_more_than_a_hundred_only_those_rated_amber_or_red_have_one_and_the_sheet_says_so() -> (
    None
):
    charts, data = list_trends(score_many(101, red=3))
    assert [placed.chart.number for placed in charts.charts] == ["0", "1", "2"]
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
    assert charts.left_out == (
        "101 indicators are rated. Where more than 100 are, only those rated amber or red have a "
        "chart. There are none, so there is no chart."
    )
    assert data.left_out == "There is no chart, so there are no figures to draw."


def read_points(part: ElementTree.Element | None) -> list[tuple[str | None, str | None]]:
    """The points that a part of a chart remembers, each with its place."""
    assert part is not None
    return [(each.get("idx"), each.findtext(f"{CHART}v")) for each in part.iter(f"{CHART}pt")]


def test_a_charts_figures_are_written_digit_for_digit_and_count_its_periods() -> None:
    """As floats, 7% would be 0.07000000000000001."""
    card = score_all(
        {"1": f"{MONTHLY}, target: {{at_least: 7}}, bands: {{amber: none}}"}, {("1", 9): "29"}
    )
    (chart,) = Book(write_index_workbook(card)).find_charts()
    own, target = chart.iter(f"{CHART}ser")
    assert read_points(own.find(f"{CHART}val")) == [("5", "0.29")]
    assert read_points(target.find(f"{CHART}val")) == [(str(place), "0.07") for place in range(6)]
    for series in (own, target):
        assert series.findtext(f".//{CHART}formatCode") == "#,##0%"
        for part in ("val", "cat"):
            count = series.find(f"{CHART}{part}//{CHART}ptCount")
            assert count is not None
            assert count.get("val") == "6"


@pytest.mark.parametrize(
    ("settings", "figure", "axis"),
    [
        ("percent", "97", ("0.88", "1", "0.02", "#,##0%")),
        ("percent", "91.5", ("0.895", "0.92", "0.005", "#,##0.0%")),
        ("pounds", "91", ("89", "92", "1", '"£"#,##0')),
    ],
)
def test_the_axis_is_the_scorecards(settings: str, figure: str, axis: tuple[str, ...]) -> None:
    target = "target: {at_least: 90}, bands: {amber: none}"
    indicator = f"unit: {settings}, frequency: monthly, {target}"
    (chart,) = Book(
        write_index_workbook(score_all({"1": indicator}, {("1", 9): figure}))
    ).find_charts()
    value_axis = chart.find(f".//{CHART}valAx")
    assert value_axis is not None
    places = (f"{CHART}scaling/{CHART}min", f"{CHART}scaling/{CHART}max", f"{CHART}majorUnit")
    written = [each.get("val") for place in places for each in value_axis.iterfind(place)]
    number_format = value_axis.find(f"{CHART}numFmt")
    assert number_format is not None
    assert (*written, number_format.get("formatCode")) == axis


def test_all_of_a_charts_text_is_12_point() -> None:
    card = score_all({"1": f"{MONTHLY}, target: {{at_least: 7}}"}, {("1", 9): "29"})
    (chart,) = Book(write_index_workbook(card)).find_charts()
    sizes = [each.get("sz") for each in chart.iter() if each.get("sz")]
    assert len(sizes) >= 5  # the two titles, the two axes, the legend
    assert set(sizes) == {"1200"}


def score_history(settings: str, figures: Mapping[int, str]) -> Scorecard:
    """A monthly indicator with figures of so many months before September."""
    observations = [
        replace(observe("1", 9, figure), month=SEPTEMBER.add_months(-back))
        for back, figure in figures.items()
    ]
    catalogue = make_catalogue(f'- {{number: "1", title: One, {MONTHLY}, {settings}}}\n')
    return score_with_history(catalogue, observations, SEPTEMBER)


def list_series(card: Scorecard) -> list[ElementTree.Element]:
    """The lines of the one chart."""
    (chart,) = Book(write_index_workbook(card)).find_charts()
    return list(chart.iter(f"{CHART}ser"))


def read_value(part: ElementTree.Element, path: str) -> str | None:
    found = part.find(path)
    return found.get("val") if found is not None else None


STEADY = {back: str(50 + back * 3 % 5) for back in range(30)}


def test_the_usual_range_is_lines_and_a_figure_outside_it_a_marker() -> None:
    card = score_history("target: {at_least: 40}", STEADY | {3: "80"})
    own, flagged, average, *_ = list_series(card)
    drawn = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    assert read_value(own, f".//{CHART}symbol") == "circle"
    assert read_value(flagged, f".//{CHART}symbol") == "diamond"
    assert flagged.find(f"{CHART}spPr//{drawn}noFill") is not None
    assert [place for place, _ in read_points(flagged.find(f"{CHART}val"))] == ["26"]
    assert read_value(average, f".//{CHART}symbol") == "none"
    assert len(read_points(average.find(f"{CHART}val"))) == 30


def test_a_break_has_its_label_above_the_highest_line_after_it() -> None:
    settings = "target: {at_least: 60}, breaks: [{from: 2020-07, reason: New}]"
    labels = {
        series.findtext(f"{CHART}tx//{CHART}v"): (
            read_value(label, f"{CHART}idx"),
            "".join(label.itertext()),
        )
        for series in list_series(score_history(settings, dict.fromkeys(range(6), "50")))
        for label in series.iter(f"{CHART}dLbl")
    }
    assert labels == {"Target (minimum)": ("3", "Break")}


def test_the_legend_leaves_out_the_range_before_a_break() -> None:
    settings = "target: {at_least: 60}, breaks: [{from: 2019-07, reason: New}]"
    card = score_history(settings, STEADY)
    (chart,) = Book(write_index_workbook(card)).find_charts()
    left_out = [read_value(each, f"{CHART}idx") for each in chart.iter(f"{CHART}legendEntry")]
    names = [each.findtext(f"{CHART}tx//{CHART}v") for each in chart.iter(f"{CHART}ser")]
    assert [names[int(place or "")] for place in left_out] == [
        "Average, before a break",
        "Usual range (upper), before a break",
        "Usual range (lower), before a break",
    ]


def test_the_sheet_says_what_the_usual_range_is_where_a_chart_has_one() -> None:
    charts, data = list_trends(score_history("target: {at_least: 9}", STEADY))
    assert any(str(each).startswith("Nearly all figures lie in") for each in charts.notices)
    assert "with those of earlier years 36 months at most" in str(charts.notices[1])
    assert "usual range" in charts.about
    assert data.table is not None
    assert len(data.table.rows) == 30
    assert "for 2020/21, and earlier years' targets are not drawn" in data.table.blank


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
    observations = [observe("1", 9, "50"), observe("2", 9, "95")]
    book = Book(write_index_workbook(score(catalogue, observations, SEPTEMBER)))
    drawn = []
    for chart in book.find_charts():
        for series in chart.iter(f"{CHART}ser"):
            label, months, figures = (each.text for each in series.iter(f"{CHART}f"))
            drawn.append((read_cells(book, label)[0], read_cells(book, figures)[5]))
            assert drawn[-1][0] == series.findtext(f"{CHART}tx//{CHART}v")  # what is shown at first
            assert read_cells(book, months)[5] == "Sep 2020"
    council, area = drawn[0][0], drawn[3][0]
    others = [("Target (minimum)", 0.9), ("Amber limit (minimum)", 0.89), (area, 0.85)]
    assert drawn == [(council, 0.5), *others, (council, 0.95), *others]


def read_cells(book: Book, address: str | None) -> list[object]:
    """The values of the cells at an address on the sheet of figures."""
    sheet, _, places = (address or "").replace("$", "").partition("!")
    assert sheet == "'Trend data'"
    cells = book["Trend data"].cells[places]
    return [cell.value for (cell,) in cells] if isinstance(cells, tuple) else [cells.value]
