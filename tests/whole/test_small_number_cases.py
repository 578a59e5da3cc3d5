"""What people of other councils met with small numbers, run by `kpi build` as they would run it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]

HEAD = """\
authority: Anyborough Council
short_name: Anyborough
panel: Scrutiny Panel
financial_year: 2024/25
lead_officer: Director
lead_member: Cabinet Member
contact_officer: Head of Performance
bands:
  percent: {amber: {percentage_points: 2}}
  other: {amber: {percent_of_target: 10}}
sections:
  - title: Section
    indicators:
"""
REFUSED = "the text of this row has a number that a reader could take for a suppressed figure"
OWN = "the text of this row repeats its own suppressed figure"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def entry(number: str, unit: str, settings: str) -> str:
    return (
        f'      - {{number: "{number}", title: Indicator {number}, unit: {unit}, '
        f"frequency: monthly, owner: Head of Service, {settings}}}\n"
    )


SMALL = "suppress_small_numbers: true"
EXCLUSIONS = entry("1", "number", f"target: {{at_most: 2}}, {SMALL}")


def build(kpi: Kpi, entries: str, extracts: Mapping[str, str], *options: str) -> Outcome:
    Path("indicators.yaml").write_text(HEAD + entries, encoding="utf-8")
    Path("data").mkdir()
    for month, rows in extracts.items():
        Path("data", f"{month}.csv").write_text(rows, encoding="utf-8")
    return kpi("build", "--month", "2024-06", *options)


def read_june(kpi: Kpi, entries: str, june: str) -> dict[str, str]:
    """What the CSV prints for June, by indicator: the value, or its shorthand, and the parts."""
    done = build(kpi, entries, {"2024-06": june})
    assert done.code == 0, done.err
    text = Path("output/performance-index-2024-06.csv").read_text(encoding="utf-8-sig")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["period_end"] == "2024-06-30"]
    return {row["indicator"]: row["value"] or row["symbols"] for row in rows}


def test_a_percentage_of_which_few_are_the_rest_is_hidden(kpi: Kpi) -> None:
    """98 of 100 are in suitable accommodation, so 2 are not."""
    entries = entry("1", "percent", f"target: {{at_least: 95}}, {SMALL}")
    june = "indicator,value,numerator,denominator\n1,98,98,100\n"
    assert read_june(kpi, entries, june) == {"1": "[c]"}
    for path in Path("output").glob("*.md"):
        assert "98" not in path.read_text(encoding="utf-8")


def test_a_second_part_of_a_sum_is_hidden_with_a_small_one(kpi: Kpi) -> None:
    """3 is 11 less 8."""
    entries = (
        entry("1", "number", f'target: {{at_most: 12}}, sum_of: ["2", "3"], {SMALL}')
        + entry("2", "number", f"target: {{at_most: 2}}, {SMALL}")
        + entry("3", "number", f"target: {{at_most: 10}}, {SMALL}")
    )
    june = "indicator,value\n1,11\n2,3\n3,8\n"
    assert read_june(kpi, entries, june) == {"1": "11", "2": "[c]", "3": "[c]"}


@pytest.mark.parametrize("options", [(), ("--final",)])
def test_a_commentary_that_has_an_earlier_months_hidden_figure_is_refused(
    kpi: Kpi, options: tuple[str, ...]
) -> None:
    extracts = {
        "2024-05": "indicator,value\n1,3\n",
        "2024-06": "indicator,value,commentary\n1,7,Up from 3 in May.\n",
    }
    done = build(kpi, EXCLUSIONS, extracts, *options)
    assert done.code == 1
    assert f"data/2024-06.csv:2: error: indicator 1: {REFUSED}" in done.err
    assert not Path("output").exists()


def test_a_number_that_is_confirmed_to_be_about_something_else_passes(kpi: Kpi) -> None:
    extracts = {
        "2024-05": "indicator,value\n1,3\n",
        "2024-06": "indicator,value,commentary,confirmed\n"
        "1,7,Up from 3 in May.,The number is of another row\n",
    }
    assert build(kpi, EXCLUSIONS, extracts).code == 0
    paper = Path("output/exception-report-2024-06.md").read_text(encoding="utf-8")
    assert "Up from 3 in May." in paper


@pytest.mark.parametrize("confirmed", ["", "The number is of another row"])
@pytest.mark.parametrize("options", [(), ("--final",)])
def test_a_rows_own_hidden_figure_is_refused_in_words_and_however_confirmed(
    kpi: Kpi, options: tuple[str, ...], confirmed: str
) -> None:
    extracts = {
        "2024-05": "indicator,value\n1,7\n",
        "2024-06": "indicator,value,commentary,confirmed\n"
        f"1,3,Three pupils were excluded.,{confirmed}\n",
    }
    done = build(kpi, EXCLUSIONS, extracts, *options)
    assert done.code == 1
    sentence = OWN if confirmed else REFUSED
    assert f"data/2024-06.csv:2: error: indicator 1: {sentence}" in done.err
    assert not Path("output").exists()


@pytest.mark.parametrize(
    ("suppress", "figure", "printed"),
    [
        ("{below: 5}", 5, "5"),
        ("{below: 6}", 5, "[c]"),
        ("{below: 6}", 6, "6"),
        ("{below: 10}", 5, "[c]"),
        ("{below: 10}", 9, "[c]"),
        ("{below: 10}", 10, "10"),
        ("{below: 10}", 0, "0"),
        ("{below: 5, round_to: 5}", 4, "[c]"),
        ("{below: 5, round_to: 5}", 5, "5"),
        ("{below: 5, round_to: 5}", 12, "10"),
        ("{below: 5, round_to: 5}", 13, "15"),
    ],
)
def test_figures_below_the_threshold_are_hidden_and_others_rounded(
    kpi: Kpi, suppress: str, figure: int, printed: str
) -> None:
    entries = entry("1", "number", f"target: not_a_target_measure, suppress: {suppress}")
    assert read_june(kpi, entries, f"indicator,value\n1,{figure}\n") == {"1": printed}


def test_a_percentage_of_another_rows_hidden_count_is_hidden(kpi: Kpi) -> None:
    entries = entry("1", "number", f"target: not_a_target_measure, {SMALL}") + entry(
        "2", "percent", 'target: {at_most: 5}, percentage_of: {count: "1"}'
    )
    june = "indicator,value,numerator,denominator\n1,3,,\n2,10,3,30\n"
    assert read_june(kpi, entries, june) == {"1": "[c]", "2": "[c]"}
