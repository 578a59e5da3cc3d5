"""A target that follows another area's figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD
from helpers.messages import list_codes
from helpers.rating import NOVEMBER, rate_one

from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.core.issues import Issue

PERCENT = "unit: percent, decimals: 1, frequency: monthly"
FOLLOWS = "target: {no_worse_than: England}"

TABLE = {
    "lower is better, amber within 2 points of England's 22.4%": (
        f"{PERCENT}, {FOLLOWS}, polarity: lower_is_better, benchmarks: {{England: 22.4}}, "
        "bands: {amber: {percentage_points: 2}}",
        "22.3 Green; 22.4 Green; 22.5 Amber; 24.4 Amber; 24.5 Red",
    ),
    "higher is better, met or not": (
        f"{PERCENT}, {FOLLOWS}, polarity: higher_is_better, benchmarks: {{England: 22.4}}, "
        "bands: {amber: none}",
        "22.5 Green; 22.4 Green; 22.3 Red",
    ),
    "England's figure has more decimals than are printed": (
        f"unit: percent, decimals: 0, frequency: monthly, {FOLLOWS}, polarity: higher_is_better, "
        "benchmarks: {England: 22.4}, bands: {amber: none}",
        "22 Red; 22.4 Red; 22.5 Green; 23 Green",
    ),
    "an average, which can be compared": (
        f"unit: number, frequency: monthly, {FOLLOWS}, polarity: lower_is_better, "
        "benchmarks: {England: {value: 9, comparable: true}}, bands: {amber: none}",
        "8 Green; 9 Green; 10 Red",
    ),
}


@pytest.mark.parametrize(("settings", "row"), TABLE.values(), ids=TABLE)
def test_a_figure_is_rated_against_the_areas(settings: str, row: str) -> None:
    figures = [each.split()[0] for each in row.split("; ")]
    found = [f"{each} {rate_one(settings, (NOVEMBER, each)).label}" for each in figures]
    assert "; ".join(found) == row


def test_the_reason_names_the_area_and_its_figure() -> None:
    settings = (
        f"unit: percent, frequency: monthly, {FOLLOWS}, polarity: lower_is_better, "
        "benchmarks: {England: 22}"
    )
    assert rate_one(settings, (NOVEMBER, "24")).reason == (
        "24% in Nov 2020 is 2 percentage points above the figure of England, 22%"
        "; amber reaches only to 23%."
    )


def check(target: str, more: str) -> list[Issue]:
    entry = (
        f"- {{number: '1', title: Any, owner: A, rationale: B, polarity: lower_is_better, "
        f"{PERCENT}, target: {{no_worse_than: {target}}}, {more}}}"
    )
    text = f"{HEAD}sections:\n- title: Any\n  indicators:\n  {entry}\n"
    return list(read_catalogue(text, "indicators.yaml")[1])


def test_an_area_without_a_comparable_figure_is_an_error(messages: Callable[..., None]) -> None:
    found = [
        *check("England", "linked: []"),
        *check("Englnd", "benchmarks: {England: 22}"),
        *check("last_yaer", "linked: []"),
        *check("England", "benchmarks: {England: {value: 22, unit: number}}"),
        *check("England", "benchmarks: {England: {value: 22, comparable: false}}"),
    ]
    assert [code.split()[0] for code in list_codes(found)] == ["no_benchmark"] * 5
    messages(found)


def test_an_area_whose_figure_is_still_to_come_is_a_warning(
    council: Path, kpi: Callable[..., Outcome], messages: Callable[..., None]
) -> None:
    entry = f"{PERCENT}, {FOLLOWS}, polarity: lower_is_better, "
    entry += "benchmarks: {England: {status: to_come}}"
    (council / "indicators.yaml").write_text(
        f"{HEAD}sections:\n- title: Any\n  indicators:\n"
        f"  - {{number: '1', title: Any, owner: A, rationale: B, {entry}}}\n",
        encoding="utf-8",
    )
    done = kpi("check")
    (line,) = [each for each in done.err.splitlines() if "warning:" in each]
    assert done.code == 0
    messages(line.partition("warning: ")[2])
