"""Entries as other councils have them: the rating they expect, and what is said to the old form."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import list_issues
from helpers.councils import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

BANDS = "  percent: {amber: {percentage_points: 2}}\n  other: {amber: {percent_of_target: 10}}\n"
START = f"{HEAD[: HEAD.index('bands:')]}bands:\n{BANDS}"
KEPT = "owner: Head of Service, rationale: It matters"
MONTHLY = 'number: "1", title: One, unit: percent, frequency: monthly'
COUNT = MONTHLY.replace("percent", "number")
QUARTERLY = MONTHLY.replace("monthly", "quarterly")


@dataclass(frozen=True)
class Folder:
    """A council's working folder, with one indicator and its extracts."""

    path: Path
    kpi: Kpi

    def write(self, settings: str, extracts: dict[str, str]) -> None:
        (self.path / "indicators.yaml").write_text(compose(settings), encoding="utf-8")
        (self.path / "data").mkdir(exist_ok=True)
        for month, rows in extracts.items():
            text = rows if rows.startswith("indicator") else f"indicator,value\n{rows}"
            (self.path / f"data/{month}.csv").write_text(f"{text}\n", encoding="utf-8")

    def build(self, month: str) -> dict[str, str]:
        """The month's row of the CSV, from a build without an error."""
        built = self.kpi("build", "--month", month)
        assert built.code == 0, built.err
        name = f"output/performance-index-{month}.csv"
        text = (self.path / name).read_text(encoding="utf-8-sig")
        rows = csv.DictReader(io.StringIO(text))
        return next(row for row in rows if row["period_end"].startswith(month))

    def check(self) -> str:
        """What is found, without the warnings about figures that are missing."""
        found = self.kpi("check", "--data", "data").err.splitlines()
        return "\n".join(line for line in found if "has not come" not in line)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kpi: Kpi) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path, kpi)


def compose(settings: str) -> str:
    """A catalogue of one entry."""
    return f"{START}sections:\n- title: One\n  indicators:\n  - {{{settings}, {KEPT}}}\n"


def test_a_rate_above_100_by_nature_is_answered_once(folder: Folder) -> None:
    settings = f"{QUARTERLY}, decimals: 2, target: {{at_least: 100}}"
    rows = {"2020-06": "1,102.44", "2020-09": "1,101.15"}
    folder.write(settings, rows)
    assert folder.check().count("is outside 0% to 100%") == 2
    folder.write(f"{settings}, confirmed: Arrears that are paid off count.", rows)
    assert folder.check() == ""
    assert folder.build("2020-09")["rating_label"] == "Green"
    report = (folder.path / "output/exception-report-2020-09.md").read_text(encoding="utf-8")
    assert report.count("Arrears that are paid off count.") == 1


@pytest.mark.parametrize("status", ["not_applicable", "no_cases", ""])
def test_a_month_without_cases_is_neither_missing_nor_rated(folder: Folder, status: str) -> None:
    header = "indicator,value,numerator,denominator,status"
    months = {
        "2020-04": f"{header}\n1,97,97,100,",
        "2020-05": f"{header}\n1,,0,0,{status}",
    }
    folder.write(f"{MONTHLY}, carry_forward: 0, target: {{at_least: 95}}", months)
    assert folder.check() == ""
    may = folder.build("2020-05")
    assert (may["value"], may["symbols"], may["note"]) == ("", "[z]", "no cases")
    assert may["rating_label"] == "No data"
    assert "Due and missing: 0" in folder.kpi("build", "--month", "2020-05").out


def test_monthly_counts_are_added_up_for_a_years_target(folder: Folder) -> None:
    settings = f"{COUNT}, accumulates: financial_year, "
    settings += "target: {at_least: 1200, profile: share_of_year}"
    rows = {"2020-04": "1,110", "2020-05": "1,120", "2020-06": "1,130"}
    folder.write(settings, rows)
    assert folder.build("2020-06")["rating_label"] == "Red"  # 130 of the 300 due, as a total
    folder.write(f"{settings}, figures: of_period", rows)
    june = folder.build("2020-06")
    assert (june["rating_label"], june["value"], june["total"]) == ("Green", "130", "360")
    assert june["rating_reason"].startswith("360 since April (130 in Jun 2020)")


def test_monthly_counts_that_fall_name_the_form_for_counts(
    folder: Folder, messages: Messages
) -> None:
    settings = f"{COUNT}, accumulates: financial_year, target: {{at_least: 1200, "
    folder.write(f"{settings}profile: share_of_year}}", {"2020-04": "1,130", "2020-05": "1,120"})
    assert "write 'figures: of_period'" in folder.check()
    messages(folder.check())


def test_the_first_quarter_is_compared_with_last_years_last(folder: Folder) -> None:
    settings = f"{QUARTERLY}, decimals: 2, target: {{at_least: 65}}, earlier_months: "
    folder.write(f"{settings}{{2020-03: 60.5, 2019-06: 70.1}}", {"2020-06": "1,67.23"})
    june = folder.build("2020-06")
    assert june["period_on_period"] == "↑ higher than in Q4, 60.50%"
    assert june["year_on_year"] == "↓ lower than in Jun 2019, 70.10%"


def test_nothing_is_compared_across_a_change_in_counting(folder: Folder) -> None:
    settings = f"{MONTHLY}, target: {{at_least: 90}}"
    rows = {"2020-04": "1,40", "2020-05": "1,41", "2020-06": "1,70"}
    folder.write(settings, rows)
    before = folder.build("2020-06")
    assert before["period_on_period"] == "↑ higher than in May 2020, 41%"
    assert before["streak"] == "Red for 3 months, all of the year so far"
    folder.write(f"{settings}, breaks: [{{from: 2020-06, reason: A new standard}}]", rows)
    june = folder.build("2020-06")
    assert june["period_on_period"] == "not compared with May 2020, before a break in the series"
    assert june["streak"] == "Red for 1 month"
    assert folder.check() == ""


UNITS = {
    "pounds": "£12.50",
    "days": "12.50 days",
    "minutes": "12.50 minutes",
    "rate_per_1000": "12.50",
    "rate_per_100000": "12.50",
    "{label: tonnes}": "12.50 tonnes",
}


@pytest.mark.parametrize(("unit", "printed"), UNITS.items())
def test_a_figure_is_printed_in_the_councils_unit(folder: Folder, unit: str, printed: str) -> None:
    settings = MONTHLY.replace("percent", unit)
    folder.write(f"{settings}, target: {{at_most: 20}}", {"2020-04": "1,12.50"})
    assert folder.build("2020-04")["rating_reason"] == (
        f"{printed} in Apr 2020 meets the target of at most {printed.replace('12.50', '20')}."
    )


def test_a_unit_without_a_word_is_answered_with_one(messages: Messages) -> None:
    for unit, advice in (("currency", "'pounds'"), ("tonnes", "{label: tonnes}")):
        settings = f"{MONTHLY.replace('percent', unit)}, target: not_a_target_measure"
        (issue,) = list_issues(compose(settings))
        assert advice in issue.message
        messages(issue)


@pytest.mark.parametrize(("figure", "label"), [("84.9", "Red"), ("85", "Amber"), ("90", "Green")])
def test_the_floor_moves_with_the_target(folder: Folder, figure: str, label: str) -> None:
    target = "[{at_least: 80, bands: {amber: {from: 70}}}, "
    target += "{from: 2020-06, at_least: 90, bands: {amber: {from: 85}}}]"
    rows = {"2020-05": "1,75", "2020-06": f"1,{figure}"}
    folder.write(f"{MONTHLY}, target: {target}", rows)
    assert folder.build("2020-05")["rating_label"] == "Amber"
    assert folder.build("2020-06")["rating_label"] == label


@pytest.mark.parametrize(
    ("figure", "label"),
    [
        *(("109", "Red"), ("110", "Amber"), ("119", "Amber"), ("120", "Green"), ("200", "Green")),
        *(("201", "Amber"), ("225", "Amber"), ("240", "Amber"), ("241", "Red")),
    ],
)
def test_the_tolerance_above_a_range_is_wider_than_below(
    folder: Folder, figure: str, label: str
) -> None:
    settings = f"{COUNT}, target: {{between: [120, 200]}}, bands: "
    settings += "{amber: {below: {from: 110}, above: {from: 240}}}"
    folder.write(settings, {"2020-06": f"1,{figure}"})
    assert folder.build("2020-06")["rating_label"] == label


def test_one_edge_for_a_range_is_answered_with_both_sides(messages: Messages) -> None:
    settings = f"{COUNT}, target: {{between: [120, 200]}}, bands: {{amber: {{from: 110}}}}"
    (issue,) = list_issues(compose(settings))
    assert "write amber: {below: {from: 110}, above: {from: " in issue.message
    messages(issue)


def test_an_officers_rating_without_a_figure_needs_a_target_of_judged(
    folder: Folder, messages: Messages
) -> None:
    header = "indicator,value,judgement,judgement_reason,judgement_by"
    rows = {"2020-06": f"{header}\n1,,amber,The plan is late,Head of Service"}
    folder.write(f"{COUNT}, target: not_a_target_measure", rows)
    assert "write 'target: judged' in the catalogue" in folder.check()
    messages(folder.check())
    folder.write(f"{COUNT}, target: judged", rows)
    assert folder.check() == ""
    assert folder.build("2020-06")["rating_label"] == "Amber (judgement)"


def test_what_was_reported_before_an_indicator_was_removed_stays(
    folder: Folder, messages: Messages
) -> None:
    settings = f"{MONTHLY}, target: {{at_least: 90}}, removed: "
    rows = {"2020-04": "1,91", "2020-05": "1,89", "2020-06": "indicator,value"}
    folder.write(f"{settings}It is no longer collected.", rows)
    assert "removed: {from: 2020-06, reason: …}" in folder.check()
    messages(folder.check())
    folder.write(f"{settings}{{from: 2020-06, reason: It is no longer collected.}}", rows)
    assert folder.check() == ""
    assert folder.build("2020-05")["rating_label"] == "Amber"
    assert "No longer reported" in folder.kpi("build", "--month", "2020-06").out
    text = (folder.path / "output/performance-index-2020-06.csv").read_text(encoding="utf-8")
    read = {row["period_end"]: row["value"] for row in csv.DictReader(io.StringIO(text))}
    assert read == {"2020-04-30": "91", "2020-05-31": "89"}


@pytest.mark.parametrize(
    ("figure", "label"), [("22", "Green"), ("24", "Amber"), ("24.1", "Red"), ("21.9", "Green")]
)
def test_the_target_is_what_england_reaches(folder: Folder, figure: str, label: str) -> None:
    settings = f"{MONTHLY}, target: {{no_worse_than: England}}, polarity: lower_is_better"
    folder.write(f"{settings}, benchmarks: {{England: 22}}", {"2020-06": f"1,{figure}"})
    assert folder.build("2020-06")["rating_label"] == label
