"""An officer's forecast from the extract to every paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from helpers.councils import make_catalogue, score

from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.extracts.observations import Observation
    from merton_kpi.scorecard.records import Row

    Kpi = Callable[..., Outcome]

HEADER = "indicator,value,forecast,forecast_by\n"
APRIL = Month(2020, 4)
COUNT = "unit: number, frequency: monthly"
TOTAL = f"{COUNT}, accumulates: financial_year"


def compose_row(settings: str, *rows: str) -> Row:
    """The index's row of an indicator, from an extract a month from April on."""
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {settings}}}')
    observations: list[Observation] = []
    for index, row in enumerate(rows):
        known = APRIL.add_months(index)
        extract = read_extract(f"{HEADER}{row}\n".encode(), f"{known}.csv", known)
        assert not extract.issues
        observations += extract.observations
    return score(catalogue, observations, APRIL.add_months(len(rows) - 1)).rows[0]


def test_a_stated_forecast_is_in_every_paper(kpi: Kpi, council: Path) -> None:
    (council / "data/2020-04.csv").write_text(f"{HEADER}1,95,91,Head of Contact\n", "utf-8")
    built = kpi("build", "--month", "2020-04")
    assert built.code == 0, built.err
    out = council / "output"
    report = (out / "exception-report-2020-04.md").read_text(encoding="utf-8")
    table = (out / "performance-index-2020-04.csv").read_text(encoding="utf-8-sig")
    book = openpyxl.load_workbook(out / "performance-index-2020-04.xlsx")
    cells = " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)
    explained = kpi("explain", "1", "--month", "2020-04").out
    words = "orecast of the Head of Contact in Apr 2020: 91% by the year's end, which would be "
    for paper in (report, table, cells, " ".join(explained.split())):
        assert f"{words}Green" in paper
    facts = kpi("explain", "1", "--month", "2020-04", "--format", "json").out
    assert '"by": "Head of Contact"' in facts
    assert '"made": "2020-04"' in facts


@pytest.mark.parametrize(
    ("target", "forecast", "rating"),
    [
        ("at_least: 100, profile: share_of_year", "100", "Green"),
        ("at_least: 100, profile: share_of_year", "99", "Amber"),
        ("at_least: 100, profile: share_of_year", "95", "Amber"),
        ("at_least: 100, profile: share_of_year", "94", "Red"),
        ("at_least: 100, profile: milestones, milestones: {2020-06: 90}", "99", "Amber"),
    ],
)
def test_a_stated_forecast_of_a_running_total_is_rated_against_the_whole_target(
    target: str, forecast: str, rating: str
) -> None:
    """Amber reaches 5% below 100, to 95."""
    row = compose_row(f"{TOTAL}, target: {{{target}}}", f"1,9,{forecast},Head")
    assert row.stated_forecast == (
        f"forecast of the Head in Apr 2020: {forecast} by the year's end, which would be {rating}"
    )


def test_a_stated_forecast_of_another_figure_is_rated_against_the_target_of_the_years_end() -> None:
    settings = f"{COUNT}, target: [{{at_least: 80}}, {{from: 2020-10, at_least: 100}}]"
    row = compose_row(settings, "1,85,94,Head")
    assert row.verdict.label == "Green"
    assert row.stated_forecast.endswith("94 by the year's end, which would be Red")


def test_a_stated_forecast_can_be_of_a_range() -> None:
    row = compose_row(f"{COUNT}, target: {{between: [10, 20]}}", "1,15,20,Head")
    assert row.stated_forecast.endswith("20 by the year's end, which would be Green")


def test_without_a_target_a_stated_forecast_has_no_rating() -> None:
    row = compose_row(f"{COUNT}, target: new", "1,15,20,Head")
    assert row.stated_forecast == "forecast of the Head in Apr 2020: 20 by the year's end"


def test_a_forecast_that_comes_after_march_is_rated_by_its_own_years_target() -> None:
    """By next year's it would be compared with the outturn of the year that is forecast."""
    catalogue = make_catalogue("""
        - {number: "1", title: Any, unit: percent, frequency: quarterly, arrears: 2,
           target: {no_worse_than: last_year}, polarity: higher_is_better,
           outturns: {2019/20: 50}}
    """)
    rows = b"indicator,period,value,forecast,forecast_by\n1,2020-12,48,50,Head\n"
    may = Month(2021, 5)
    extract = read_extract(rows, "2021-05.csv", may)
    row = score(catalogue, extract.observations, may).rows[0]
    assert row.stated_forecast == (
        "forecast of the Head in May 2021: 50% by the year's end, which would be Green"
    )


def test_the_last_forecast_counts_and_stays_without_a_figure() -> None:
    settings = f"{COUNT}, target: {{at_least: 80}}, carry_forward: 0"
    row = compose_row(settings, "1,85,90,Head", "1,86,95,Deputy", "1,N/A,,")
    assert row.verdict.label == "No data"
    assert row.stated_forecast.startswith("forecast of the Deputy in May 2020: 95 by")


def test_a_stated_forecast_ends_with_the_years_last_figure() -> None:
    settings = f"{COUNT}, target: {{at_least: 80}}"
    until_march = ["1,85,,"] * 10 + ["1,86,90,Head"]
    assert "90 by the year's end" in compose_row(settings, *until_march).stated_forecast
    assert "90 by" in compose_row(settings, *until_march, "1,N/A,,").stated_forecast
    assert not compose_row(settings, *until_march, "1,89,,").stated_forecast


def test_a_row_can_have_a_forecast_alone() -> None:
    row = compose_row(f"{COUNT}, target: {{at_least: 80}}", "1,85,,", "1,,95,Head")
    assert row.stated_forecast.startswith("forecast of the Head in May 2020: 95 by")
    assert row.verdict.label == "Green (Apr 2020)"


@pytest.mark.parametrize(("forecast", "is_shown"), [("0", 1), ("1", 0), ("4", 0), ("5", 1)])
def test_a_small_forecast_is_not_shown_where_small_numbers_are_suppressed(
    forecast: str, is_shown: int
) -> None:
    settings = f"{TOTAL}, suppress_small_numbers: true, target: {{at_most: 9, profile: full_year}}"
    row = compose_row(settings, f"1,0,{forecast},Head")
    assert bool(row.stated_forecast) == bool(is_shown)
