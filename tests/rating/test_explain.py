"""The answer to a councillor's "why is this red?", in words and for a program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT, Outcome
from helpers.rating import NOVEMBER, judge, make_one

from merton_kpi.rating.band_words import format_bands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Kpi = Callable[..., Outcome]


@pytest.mark.parametrize("number", ["3", "11", "16", "18", "22", "24", "26", "35"])
def test_an_explanation_reads_as_an_answer(
    number: str, kpi: Kpi, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(ROOT)
    outcome = kpi("explain", number, "--month", "2020-11")
    assert (outcome.code, outcome.err) == (0, "")
    golden(f"explain-{number}-2020-11.txt", outcome.out)


def test_the_json_says_the_same_with_every_figure_as_text(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(ROOT)
    outcome = kpi("explain", "22", "--month", "2020-11", "--format", "json")
    golden("explain-22-2020-11.json", outcome.out)
    facts = json.loads(outcome.out, parse_float=pytest.fail)
    assert facts["figure"] == {
        "received": "4",
        "rated": "4",
        "month": "2020-09",
        "file": "data/2020-09.csv",
        "line": 20,
    }
    assert facts["reason"] in kpi("explain", "22", "--month", "2020-11").out


def test_rounding_is_told(kpi: Kpi, council: Path) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value,note\n1,89.5,half a call\n")
    out = kpi("explain", "1", "--month", "2020-04").out
    assert "  89.5% for Apr 2020, from data/2020-04.csv, line 2.\n" in out
    assert "  It is rounded half up to 90%, in whole numbers, and then rated.\n" in out
    assert "  The extract notes: half a call.\n" in out


def test_a_missing_figure_names_its_owner(kpi: Kpi, council: Path) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value\n2,1\n")
    out = kpi("explain", "1", "--month", "2020-04").out
    assert "The figure for Apr 2020 is due and has not come from the Head of Contact." in out


def test_an_unknown_number_is_answered_with_the_nearest(kpi: Kpi, council: Path) -> None:
    outcome = kpi("explain", "22", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.endswith(
        "Error: Invalid value for 'NUMBER': there is no indicator '22'; did you mean '2'?\n"
    )


@pytest.mark.parametrize(
    ("settings", "bands"),
    [
        (
            "target: {at_least: 90}, bands: {blue: {from: 97}}",
            "Blue: 97% or more; Green: 90% or more, but less than 97%; "
            "Amber: 89% or more, but less than 90%; Red: less than 89%",
        ),
        (
            "target: {at_most: 10}, bands: {blue: {from: 5}}",
            "Blue: 5% or less; Green: more than 5%, up to 10%; "
            "Amber: more than 10%, up to 11%; Red: more than 11%",
        ),
        (
            "target: {above: 90}",
            "Green: more than 90%; Amber: 89% to 90%; Red: less than 89%",
        ),
        (
            "target: {below: 5}, bands: {amber: none}",
            "Green: less than 5%; Red: 5% or more",
        ),
        (
            "target: {between: [12, 20]}",
            "Green: 12% to 20%; Amber: 11% or more, but less than 12%, or more than 20%, up to "
            "21%; Red: less than 11%, or more than 21%",
        ),
        (
            "target: {between: [12, 20]}, bands: {green: {percentage_points: 1}, amber: none}",
            "Green: 11% to 21%; Red: less than 11%, or more than 21%",
        ),
    ],
)
def test_each_band_is_told_with_its_figures(settings: str, bands: str) -> None:
    settings = f"unit: percent, frequency: monthly, {settings}"
    verdict = judge(settings, (NOVEMBER, "50"))
    assert verdict.limits is not None
    described = format_bands(verdict.limits, make_one(settings).indicators[0])
    assert "; ".join(f"{rating.label}: {words}" for rating, words in described) == bands


def test_the_targets_words_say_how_a_running_total_is_judged() -> None:
    """The index prints them, so that a reader sees which way was used."""
    from merton_kpi.rating.target_words import format_target

    words = {
        "{at_least: 20, profile: share_of_year}": "at least 20 for the year, in equal shares",
        "{at_most: 20, profile: full_year}": "at most 20 for the year, as a whole",
        "{below: 20, profile: milestones, milestones: {2020-09: 9}}": (
            "below 20 for the year, by milestones"
        ),
    }
    for target, expected in words.items():
        settings = (
            f"unit: number, frequency: monthly, accumulates: financial_year, target: {target}"
        )
        assert format_target(make_one(settings).indicators[0]) == expected
