"""The tidy CSV: one row an indicator and period, each true by itself."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, make_catalogue, read_merton, score
from helpers.table import list_card_fields, make_card, read_table

from merton_kpi.core.periods import FinancialYear, Month
from merton_kpi.core.text import quote_formula, unquote_formula
from merton_kpi.extracts.reader import read_extract
from merton_kpi.papers.csv_fields import FIELDS

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard

VISITS = '- {number: "1", title: Visits on time, unit: percent, frequency: monthly'
COUNT = VISITS.replace("percent", "number")


def list_cells(card: Scorecard, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in read_table(card)]


def test_a_row_is_of_its_own_month_and_months_to_come_have_none() -> None:
    """April's row is Green although June's is Red, and nothing of June is in it."""
    target = f"{VISITS}, target: {{at_least: 95}}, bands: {{amber: {{percentage_points: 2}}}}}}"
    card = make_card(target, {"2020-04": "1,,99", "2020-05": "1,,99", "2020-06": "1,,50"})
    april, may, june = read_table(card)
    assert [row["period_end"] for row in (april, may, june)] == [
        "2020-04-30",
        "2020-05-31",
        "2020-06-30",
    ]
    assert [row["rating"] for row in (april, may, june)] == ["Green", "Green", "Red"]
    assert april["rating_reason"] == "99% in Apr 2020 meets the target of at least 95%."
    assert (april["period_on_period"], april["streak"]) == ("", "Green for 1 month")
    assert may["streak"] == "Green for 2 months, all of the year so far"
    assert june["period_on_period"] == "↓ lower than in May 2020, 99%"


def test_every_row_says_something_in_the_same_columns(november: Scorecard) -> None:
    rows = read_table(november)
    assert len(rows) == 186
    for row in rows:
        assert row["value"] or (row["symbols"] and row["note"]), row
        assert row["as_at"] == "2020-11-30"
        assert "2020-04-01" <= row["period_end"] <= "2020-11-30"
    places = {(row["indicator"], row["period_end"]) for row in rows}
    assert len(places) == len(rows)
    assert "15" not in {row["indicator"] for row in rows}  # replaced before the year began
    assert tuple(rows[0]) == tuple(each.name for each in list_card_fields(november))


def test_no_words_stand_in_a_column_of_numbers_or_days(november: Scorecard) -> None:
    for each in list_card_fields(november):
        for row in read_table(november):
            cell = row[each.name]
            if each.type == "number" and cell:
                assert Decimal(cell).is_finite()
            if each.type == "date":
                assert Month.read(cell[:7])
            assert cell not in ("N/A", "TBC", "N/A - C19")


def test_a_period_without_a_figure_is_not_rated_and_carries_nothing_forward() -> None:
    """The workbook still says `Red (Q1)`."""
    card = make_card(
        f"{VISITS.replace('monthly', 'quarterly')}, target: {{at_least: 95}}}}",
        {"2020-06": "1,,50", "2020-09": "1,,,,,covid"},
    )
    assert card.rows[0].verdict.label == "Red (Q1)"
    _, second = read_table(card)
    assert (second["value"], second["symbols"], second["rating"]) == ("", "[x]", "No data")
    assert (
        second["rating_reason"] == "There is no figure for Q2: not collected because of COVID-19."
    )
    assert second["note"] == "not collected because of COVID-19"
    empty = ("period_on_period", "year_on_year", "streak", "comparison", "forecast")
    assert not any(second[column] for column in empty)
    assert (second["target_lower"], second["amber_lower"]) == ("95", "94")


def test_a_figure_that_has_not_come_has_a_row_that_says_so() -> None:
    card = make_card(f"{VISITS}, target: new}}", {"2020-04": "1,,50", "2020-05": ""})
    columns = ("value", "symbols", "note", "rating", "target")
    assert list_cells(card, *columns)[1] == ("", "[x]", "due, not received", "New", "New")
    rated = make_card(f"{VISITS}, target: {{at_least: 9}}}}", {"2020-04": "1,,50", "2020-05": ""})
    assert list_cells(rated, "rating", "rating_reason")[1] == (
        "No data",
        "The figure for May 2020 is due and has not come.",
    )


def test_a_late_figure_is_rated_by_its_own_month_and_not_by_a_later_one() -> None:
    """A figure in arrears can come early, before the one of the month before is the latest due."""
    card = make_card(
        f"{VISITS}, arrears: 1, target: {{at_least: 95}}}}",
        {"2020-05": "1,2020-04,99", "2020-06": "1,2020-05,50; 1,2020-06,99"},
    )
    assert list_cells(card, "period_end", "rating") == [
        ("2020-04-30", "Green"),
        ("2020-05-31", "Red"),
        ("2020-06-30", "Green"),
    ]


def test_a_correction_changes_the_rating_of_its_own_period() -> None:
    card = make_card(
        f"{VISITS}, target: {{at_least: 95}}}}",
        {"2020-04": "1,,50", "2020-05": "1,,99; 1,2020-04,98"},
    )
    assert list_cells(card, "value", "rating", "symbols", "note") == [
        ("98", "Green", "[r]", "[r] revised in May 2020 from 50%"),
        ("99", "Green", "", ""),
    ]


def test_the_target_is_the_one_that_holds_in_the_period() -> None:
    targets = "[{at_least: 80}, {from: 2020-05, at_least: 90}]"
    card = make_card(f"{VISITS}, target: {targets}}}", {"2020-04": "1,,85", "2020-05": "1,,85"})
    assert list_cells(card, "target", "target_lower", "target_upper", "amber_lower", "rating") == [
        ("at least 80%", "80", "", "79", "Green"),
        ("at least 90%", "90", "", "89", "Red"),
    ]


def test_a_years_target_is_the_part_that_is_due_by_then() -> None:
    target = "accumulates: financial_year, target: {at_most: 60, profile: share_of_year}"
    card = make_card(f"{COUNT}, {target}}}", {"2020-04": "1,,5", "2020-05": "1,,11"})
    assert list_cells(card, "period_start", "value", "target_upper", "amber_upper", "rating") == [
        ("2020-04-01", "5", "5", "5.25", "Green"),
        ("2020-04-01", "11", "10", "10.5", "Red"),
    ]
    assert "total" not in read_table(card)[0]


def test_the_total_is_rated_where_figures_are_added_up() -> None:
    target = "accumulates: financial_year, figures: of_period, "
    target += "target: {at_most: 60, profile: share_of_year}"
    card = make_card(f"{COUNT}, {target}}}", {"2020-04": "1,,5", "2020-05": "1,,6"})
    assert list_cells(card, "period_start", "value", "total", "target_upper", "rating") == [
        ("2020-04-01", "5", "5", "5", "Green"),
        ("2020-05-01", "6", "11", "10", "Red"),
    ]


@pytest.mark.parametrize(
    ("settings", "month", "first"),
    [
        ("frequency: monthly", "2020-06", "2020-06-01"),
        ("frequency: quarterly", "2020-06", "2020-04-01"),
        ("frequency: half_yearly", "2020-09", "2020-04-01"),
        ("frequency: annual, due_months: [5]", "2020-05", "2019-06-01"),
        ("frequency: every_second_year, first_due: 2020-10", "2020-10", "2018-11-01"),
        ("frequency: monthly, accumulates: academic_year", "2020-06", "2019-09-01"),
        ("frequency: quarterly, figures: to_date", "2020-09", "2020-04-01"),
    ],
)
def test_a_period_begins_after_the_one_before_or_with_its_year(
    settings: str, month: str, first: str
) -> None:
    entry = f'- {{number: "1", title: Any, unit: number, target: new, {settings}}}'
    row = read_table(make_card(entry, {month: "1,,50"}))[-1]
    assert (row["period_start"], row["period_end"][:7]) == (first, month)


def test_parts_are_numbers_and_a_hidden_figure_has_none() -> None:
    entry = f"{VISITS}, target: new, suppress_small_numbers: true}}"
    card = make_card(entry, {"2020-04": "1,,,40,80", "2020-05": "1,,,2,80"})
    columns = ("value", "numerator", "denominator", "symbols", "note")
    worked_out = "worked out from the numerator and the denominator"
    assert list_cells(card, *columns) == [
        ("50", "40", "80", "", worked_out),
        ("", "", "", "[c]", "suppressed"),
    ]


def test_a_benchmark_is_a_number_only_in_the_indicators_unit() -> None:
    benchmarks = "benchmarks: {England: {value: 80.5, period: 2018/19}, London: {value: 3, "
    benchmarks += "unit: weeks}}"
    card = make_card(f"{VISITS}, target: new, {benchmarks}}}", {"2020-04": "1,,50"})
    assert list_cells(card, "benchmark_england", "benchmark_london", "benchmark_note") == [
        ("80.5", "", "England: 2018/19; London: in another unit (weeks), 3 weeks")
    ]


def test_each_area_has_a_column_of_its_own_name() -> None:
    areas = ["North East 2", "North East", "north-east", "Île-de-France", "山", "Note"]
    head = HEAD.replace("[England, London]", json.dumps(areas, ensure_ascii=False))
    card = make_card(f"{VISITS}, target: new}}", {"2020-04": "1,,50"}, head)
    names = [each.name for each in list_card_fields(card) if each.name.startswith("benchmark_")]
    assert names == [
        "benchmark_north_east_2",
        "benchmark_north_east",
        "benchmark_north_east_3",
        "benchmark_ile_de_france",
        "benchmark_5",
        "benchmark_note_2",
        "benchmark_note",
    ]


def test_an_officers_judgement_is_of_the_period_it_was_given_for() -> None:
    header = "indicator,period,value,judgement,judgement_reason,judgement_by"
    june, october = Month(2020, 6), Month(2020, 10)
    catalogue = make_catalogue(
        f"{VISITS.replace('monthly', 'quarterly')}, target: {{at_least: 95}}}}"
    )
    extracts = (
        (june, "1,,50,,,"),
        (Month(2020, 9), "1,,60,,,"),
        (october, "1,,,amber,The plan works,Director"),
    )
    rows = [
        each
        for known, text in extracts
        for each in read_extract(f"{header}\n{text}\n".encode(), f"{known}.csv", known).observations
    ]
    table = read_table(score(catalogue, rows, october))
    assert [row["rating_label"] for row in table] == ["Red", "Amber (judgement)"]


def test_the_ends_of_a_range_and_of_its_amber_are_four_numbers(november: Scorecard) -> None:
    row = next(row for row in read_table(november) if row["indicator"] == "11")
    columns = ("amber_lower", "target_lower", "target_upper", "amber_upper")
    assert [row[column] for column in columns] == ["11", "12", "20", "21"]


def rate_by_columns(row: dict[str, str]) -> str:
    """The rating that follows from a row's numbers alone."""

    def reaches(band: str) -> bool:
        ends = {end: row.get(f"{band}_{end}", "") for end in ("lower", "upper")}
        figure = Decimal(row.get("total") or row["value"])
        is_low = bool(ends["lower"]) and figure < Decimal(ends["lower"])
        is_high = bool(ends["upper"]) and figure > Decimal(ends["upper"])
        return any(ends.values()) and not is_low and not is_high

    if reaches("blue"):
        return "Blue"
    if reaches("green" if "green_lower" in row else "target"):
        return "Green"
    return "Amber" if reaches("amber") else "Red"


def test_each_rating_follows_from_the_numbers_of_its_row(november: Scorecard) -> None:
    rated = [row for row in read_table(november) if row["rating"] in ("Green", "Amber", "Red")]
    assert len(rated) == 47
    for row in rated:
        assert rate_by_columns(row) == row["rating"], row


@pytest.mark.parametrize("target", ["at_least: 50", "at_most: 50"])
def test_with_green_and_blue_of_their_own_each_rating_follows_from_its_row(target: str) -> None:
    bands = "bands: {blue: {units: 10}, green: {units: 2}, amber: {units: 5}}"
    figures = ("39", "40", "44", "45", "47", "48", "50", "52", "53", "55", "60", "61")
    months = [str(each) for each in FinancialYear(2020).months]
    extracts = {month: f"1,,{figure}" for month, figure in zip(months, figures, strict=True)}
    card = make_card(f"{COUNT}, target: {{{target}}}, {bands}}}", extracts)
    rows = read_table(card)
    assert {row["rating"] for row in rows} == {"Blue", "Green", "Amber", "Red"}
    assert [rate_by_columns(row) for row in rows] == [row["rating"] for row in rows]


def test_the_years_months_are_rated_as_their_own_papers_rated_them(november: Scorecard) -> None:
    """Where nothing was corrected since, and the figure was the latest."""
    now = {(row["indicator"], row["period_end"][:7]): row for row in read_table(november)}
    for month in FinancialYear(2020).months[:8]:
        then = read_merton(month)
        for row in then.rows:
            mine = now.get((row.number, str(month)))
            if mine and row.verdict.rating.is_brag and not row.verdict.period:
                assert mine["rating"] == row.verdict.rating.label, (row.number, month)


def test_no_column_is_described_twice_and_each_in_plain_words() -> None:
    names = [each.name for each in FIELDS]
    assert len(set(names)) == len(names)
    assert all(each.description and not each.description.endswith(".") for each in FIELDS)


@pytest.mark.parametrize("words", ["=1+1", "+44 20", "-5 to 5", "@SUM(A1)", "\tx", "\nx"])
def test_words_that_a_spreadsheet_would_run_get_an_apostrophe(words: str) -> None:
    assert quote_formula(words) == f"'{words}"
    assert unquote_formula(quote_formula(words)) == words


@pytest.mark.parametrize("words", ["", "a=b", "5 - 6", "N/A", "'quoted"])
def test_other_words_are_not_changed(words: str) -> None:
    assert quote_formula(words) == words
    assert unquote_formula(words) == words


def test_a_limit_is_rounded_so_that_the_rating_follows_from_it() -> None:
    """Amber reaches to 11.004166…, which is more than 11: 11.00 would call it amber."""
    (row,) = read_table(
        make_card(
            VISITS.replace("percent", "number")
            + ", accumulates: financial_year, target: {at_least: 139, profile: share_of_year}, "
            "bands: {amber: {percent_of_target: 5}}}",
            {"2020-04": "1,,11"},
        )
    )
    assert (row["value"], row["amber_lower"], row["rating"]) == ("11", "11.01", "Red")
