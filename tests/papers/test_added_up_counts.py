"""Counts of months against a year's target: each paper has the month's count and the total."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from helpers.councils import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]

VISITS = """\
sections:
- title: Safety
  indicators:
  - number: "1"
    title: Home fire safety visits
    unit: number
    frequency: monthly
    accumulates: financial_year
    figures: of_period
    target: {at_least: 1200, profile: share_of_year}
"""
REASON = (
    "360 since April (130 in Jun 2020) meets the 300 due by then "
    "(3 of 12 months of at least 1,200 for the year)."
)


@pytest.fixture
def fire_service(council: Path) -> Path:
    """A working folder with three months' counts of visits."""
    (council / "indicators.yaml").write_text(HEAD + VISITS, encoding="utf-8")
    for month, count in (("2020-04", 110), ("2020-05", 120), ("2020-06", 130)):
        text = f"indicator,value\n1,{count}\n"
        (council / f"data/{month}.csv").write_text(text, encoding="utf-8")
    return council


def test_the_csv_has_each_months_count_and_total(kpi: Kpi, fire_service: Path) -> None:
    assert kpi("build", "--month", "2020-06").code == 0
    text = (fire_service / "output/performance-index-2020-06.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["period_end"][:7], row["value"], row["total"]) for row in rows] == [
        ("2020-04", "110", "110"),
        ("2020-05", "120", "230"),
        ("2020-06", "130", "360"),
    ]
    assert (rows[-1]["rating"], rows[-1]["rating_reason"]) == ("Green", REASON)


def test_the_workbook_has_the_counts_the_total_and_a_chart_of_the_totals(
    kpi: Kpi, fire_service: Path
) -> None:
    assert kpi("build", "--month", "2020-06").code == 0
    book = openpyxl.load_workbook(fire_service / "output/performance-index-2020-06.xlsx")
    cells = [cell.value for row in book["Performance index"].iter_rows() for cell in row]
    assert {110, 120, 130, REASON} <= set(cells)
    drawn = [cell.value for row in book["Trend data"].iter_rows() for cell in row]
    assert {110, 230, 360} <= set(drawn)
    assert 130 not in drawn


def test_the_commands_print_both(kpi: Kpi, fire_service: Path) -> None:
    shown = " ".join(kpi("show", "--month", "2020-06").out.split())
    assert "130 (Jun 2020), 360 since April" in shown
    explained = kpi("explain", "1", "--month", "2020-06").out
    assert "130 for Jun 2020, from data/2020-06.csv, line 2." in explained
    assert "Added up since April: 110 + 120 + 130 = 360." in explained
    assert "as it is written" not in explained
    facts = kpi("explain", "1", "--month", "2020-06", "--format", "json").out
    for fact in ('"received": "130"', '"rated": "360"', '"covers": "of_period"'):
        assert fact in facts


def test_a_month_without_a_count_is_due_and_the_explanation_says_so(
    kpi: Kpi, fire_service: Path
) -> None:
    (fire_service / "data/2020-05.csv").unlink()
    assert "Home fire safety visits" in kpi("due", "--month", "2020-06").out
    explained = kpi("explain", "1", "--month", "2020-06").out
    assert "Without a figure for May 2020 there is no total since April." in explained
    assert "Indicator 1, June 2020: No data" in explained
