"""Indicators as other public bodies publish theirs, with what their papers say of each."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Rows = dict[str, dict[str, str]]
    Build = Callable[..., Rows]

WITHIN_10_PERCENT = "  percent: {amber: {percent_of_target: 10}}\n"
OTHER = "  other: {amber: {percent_of_target: 10}}\n"
START = HEAD[: HEAD.index("bands:")]


@pytest.fixture
def build(kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Build a month's papers of some entries: the month's rows of the CSV by number."""

    def run(month: str, entries: tuple[str, ...], extracts: dict[str, str], head: str = "") -> Rows:
        monkeypatch.chdir(tmp_path)
        start = head or START
        year = int(month[:4]) - (int(month[5:]) < 4)
        start = start.replace("2020/21", f"{year}/{(year + 1) % 100:02}")
        kept = "owner: Head of Service, rationale: It matters"
        listed = "".join(f"  - {{{entry}, {kept}}}\n" for entry in entries)
        text = f"{start}bands:\n{WITHIN_10_PERCENT}{OTHER}sections:\n- title: One\n  indicators:\n"
        (tmp_path / "indicators.yaml").write_text(text + listed, encoding="utf-8")
        (tmp_path / "data").mkdir()
        for known, rows in extracts.items():
            content = rows if rows.startswith("indicator") else f"indicator,value\n{rows}"
            (tmp_path / f"data/{known}.csv").write_text(f"{content}\n", encoding="utf-8")
        built = kpi("build", "--month", month)
        assert built.code == 0, built.err
        table = (tmp_path / f"output/performance-index-{month}.csv").read_text("utf-8-sig")
        read = csv.DictReader(io.StringIO(table))
        return {row["indicator"]: row for row in read if row["period_end"].startswith(month)}

    return run


def test_a_fire_services_counts_of_quarters_are_printed_beside_their_total(build: Build) -> None:
    total = "frequency: quarterly, unit: number, accumulates: financial_year, figures: of_period"
    rows = build(
        "2019-09",
        (
            f"number: '1', title: Contacts, {total}, "
            "target: {at_least: 40000, profile: share_of_year}",
            f"number: '2', title: Deaths, {total}, target: {{at_most: 0, profile: full_year}}, "
            "bands: {amber: none}",
            "number: '3', title: Availability, unit: percent, frequency: quarterly, "
            "target: {at_least: 90}",
        ),
        {"2019-06": "1,9400\n2,0\n3,86.1", "2019-09": "1,9983\n2,0\n3,85.89"},
    )
    contacts = rows["1"]
    assert (contacts["value"], contacts["total"]) == ("9983", "19383")
    assert contacts["rating_label"] == "Amber"  # 19,383 of the 20,000 due; amber to 18,000
    assert rows["2"]["rating_label"] == "Green"
    assert rows["3"]["rating_label"] == "Amber"  # 10% of 90 is 9: amber to 81


def test_housing_figures_of_the_first_quarter_are_compared_with_the_fourth(build: Build) -> None:
    percent = "unit: percent, frequency: quarterly, decimals: 2"
    rows = build(
        "2023-06",
        (
            f"number: '1', title: Prevented, {percent}, target: {{at_least: 65}}, "
            "earlier_months: {2023-03: 60.5}",
            f"number: '2', title: Relieved, {percent}, target: {{at_least: 40}}",
            "number: '3', title: Homes improved, unit: number, frequency: quarterly, "
            "target: {at_least: 45}, earlier_months: {2023-03: 41}",
        ),
        {"2023-06": "1,67.23\n2,38.98\n3,39"},
    )
    assert [rows[number]["rating_label"] for number in "123"] == ["Green", "Amber", "Red"]
    assert [rows[number]["period_on_period"] for number in "123"] == [
        "↑ higher than in Q4, 60.50%",
        "",
        "↓ lower than in Q4, 41",
    ]


def test_a_landlords_year_is_in_pounds_and_days_and_compared_with_the_last(
    build: Build, kpi: Kpi
) -> None:
    annual = "frequency: annual, due_months: [3], target: new, outturns"
    build(
        "2024-03",
        (
            f"number: '1', title: Rent collected, unit: pounds, {annual}: {{2022/23: 25400569}}",
            f"number: '2', title: Days to re-let, unit: days, {annual}: {{2022/23: 28}}",
            f"number: '3', title: Rent lost, unit: percent, {annual}: {{2022/23: 1.42}}",
        ),
        {"2024-03": "1,27593451\n2,34\n3,1.44"},
    )
    shown = " ".join(kpi("show", "--month", "2024-03").out.split())
    assert "£27,593,451" in shown
    assert "higher than in 2022/23, £25,400,569" in shown
    assert "34 days" in shown
    assert "higher than in 2022/23, 28 days" in shown
    assert "higher than in 2022/23, 1.42%" in shown


def test_percentages_are_worked_out_from_their_parts(build: Build) -> None:
    header = "indicator,value,numerator,denominator"
    rows = build(
        "2019-09",
        (
            "number: '1', title: Crisis grants, unit: percent, decimals: 2, "
            "frequency: quarterly, target: {at_least: 95}",
            "number: '2', title: Care grants, unit: percent, decimals: 2, "
            "frequency: quarterly, target: {at_least: 85}",
        ),
        {"2019-09": f"{header}\n1,,710,750\n2,,240,245"},
    )
    assert [rows[number]["value"] for number in "12"] == ["94.67", "97.96"]
    assert [rows[number]["rating_label"] for number in "12"] == ["Amber", "Green"]


def test_a_fraction_is_questioned_with_the_percentage_that_its_parts_give(
    build: Build, kpi: Kpi, messages: Callable[..., None]
) -> None:
    entry = "number: '1', title: Crisis grants, unit: percent, decimals: 2, "
    entry += "frequency: quarterly, target: {at_least: 95}"
    rows = {"2019-09": "indicator,value,numerator,denominator\n1,0.95,710,750"}
    build("2019-09", (entry,), rows)
    found = [line for line in kpi("check", "--data", "data").err.splitlines() if "710" in line]
    assert "it may be meant as 95%" in found[0]
    messages(found)


def test_a_waste_services_annual_figures_are_not_due_yet(build: Build, kpi: Kpi) -> None:
    rows = build(
        "2018-06",
        (
            "number: '1', title: Recycled, unit: percent, frequency: annual, due_months: [3], "
            "target: {at_least: 22.3}",
            "number: '2', title: Missed, unit: percent, frequency: quarterly, "
            "target: {at_most: 0.03}, confirmed: Few of those due are missed.",
            "number: '3', title: Response, unit: days, frequency: quarterly, target: {at_most: 2}",
        ),
        {"2018-06": "2,0.03\n3,2"},
    )
    assert "1" not in rows
    explained = " ".join(kpi("explain", "1", "--month", "2018-06").out.split())
    assert "No figure is due yet: the next one is for March 2019." in explained
    assert rows["2"]["rating_reason"] == "0.03% in Q1 meets the target of at most 0.03%."
    assert rows["3"]["rating_reason"] == "2 days in Q1 meets the target of at most 2 days."


@pytest.mark.parametrize(("year", "rating"), [("2023", None), ("2024", "Amber")])
def test_a_survey_of_every_second_year_is_due_only_then(
    build: Build, year: str, rating: str | None
) -> None:
    rows = build(
        f"{year}-03",
        (
            "number: '1', title: Carers' quality of life, unit: score, "
            "frequency: every_second_year, first_due: 2024-03, polarity: higher_is_better, "
            "target: {no_worse_than: best, years: 3}, outturns: {2020/21: 7, 2021/22: 6.6}",
            "number: '2', title: Quality of life, unit: score, frequency: annual, "
            "due_months: [3], polarity: higher_is_better, target: {no_worse_than: Neighbours}, "
            "benchmarks: {Neighbours: {value: 0.41, comparable: true}}",
            "number: '3', title: Requests, unit: rate_per_100000, frequency: annual, "
            "due_months: [3], target: not_a_target_measure",
        ),
        {f"{year}-03": ("1,6.4\n" if year == "2024" else "") + "2,0.376\n3,593.9935374"},
        START.replace("[England, London]", "[England, Neighbours]"),
    )
    assert rows.get("1", {}).get("rating_label") == rating
    assert rows["2"]["rating_label"] == "Amber"  # within 10% of 0.41: to 0.369
    assert (rows["3"]["value"], rows["3"]["unit"]) == ("593.9935374", "rate_per_100000")


def test_childrens_services_are_compared_with_several_areas_and_last_year(
    build: Build, kpi: Kpi
) -> None:
    areas = ["England", "North East", "Neighbours", "Scotland", "Wales", "Best quarter"]
    figures = ", ".join(f"{area}: {10 + place}" for place, area in enumerate(areas))
    rows = build(
        "2020-12",
        (
            "number: '4', title: Three or more placements, unit: percent, frequency: quarterly, "
            "decimals: 1, target: {at_most: 10}, earlier_months: {2019-12: 10.7}, "
            f"benchmarks: {{{figures}}}",
        ),
        {"2020-12": "4,6.7"},
        START.replace("[England, London]", f"[{', '.join(areas)}]"),
    )
    assert rows["4"]["rating_label"] == "Green"
    assert rows["4"]["year_on_year"] == "↓ lower than in Dec 2019, 10.7%"
    explained = " ".join(kpi("explain", "4", "--month", "2020-12").out.split())
    for place, area in enumerate(areas):
        assert f"{area} ({10 + place}%)" in explained
