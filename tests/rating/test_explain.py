"""The answer to a councillor's "why is this red?", in words and for a program."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT, Outcome
from helpers.rating import (
    JUNE,
    NOVEMBER,
    SEPTEMBER,
    add_totals,
    list_sentences,
    make_one,
    make_series,
    observe,
    rate_one,
    select_only,
)

from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Judgement, Written
from merton_kpi.rating.context import Assessment, compose_context
from merton_kpi.rating.rate import rate
from merton_kpi.rating.wording.band_words import format_bands
from merton_kpi.rating.wording.explain import explain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from merton_kpi.extracts.observations import Observation
    from merton_kpi.rating.wording.explain import Explanation

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
        "written": None,
        "is_worked_out": False,
        "covers": "running_total",
        "rated": "4",
        "month": "2020-09",
        "file": "data/2020-09.csv",
        "line": 20,
    }
    assert facts["reason"] in kpi("explain", "22", "--month", "2020-11").out


def test_rounding_is_explained(kpi: Kpi, council: Path) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value,note\n1,89.5,half a call\n")
    out = kpi("explain", "1", "--month", "2020-04").out
    assert "  89.5% for Apr 2020, from data/2020-04.csv, line 2.\n" in out
    assert "  It is rated as it is written, not rounded.\n" in out
    assert "  The extract notes: half a call.\n" in out


def test_a_missing_figure_names_its_owner(kpi: Kpi, council: Path) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value\n2,1\n")
    out = kpi("explain", "1", "--month", "2020-04").out
    assert "The figure for Apr 2020 is due and has not come from the Head of Contact." in out


def test_an_unknown_number_is_answered_with_the_known_ones(kpi: Kpi, council: Path) -> None:
    outcome = kpi("explain", "22", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.endswith(
        "Error: Invalid value for 'NUMBER': there is no indicator '22'; use one of 1, 2\n"
    )


def explain_one(
    settings: str,
    *figures: tuple[Month, str | Status],
    said: tuple[Observation, ...] = (),
    due: tuple[Month, ...] = (),
    written: Written | None = None,
) -> Explanation:
    """The explanation of one indicator with these settings, as at the last figure's month.

    All its figures are `written` so.
    """
    catalogue = make_one(f"frequency: monthly, {settings}")
    indicator, scale = select_only(catalogue)
    series = make_series(*figures, said=said)
    rows = {month: replace(each, written=written) for month, each in series.figures.items()}
    series = replace(series, figures=rows)
    series = add_totals(indicator, replace(series, due=due or series.due))
    verdict = rate(indicator, scale, series)
    context = compose_context(indicator, scale, series, verdict)
    return explain(indicator, series, Assessment(scale=scale, verdict=verdict, context=context))


@pytest.mark.parametrize(
    ("decimals", "figure", "sentence"),
    [
        ("null", "89.450", "It is rated as it is written, not rounded."),
        (0, "89", "It needs no rounding: this indicator is printed in whole numbers."),
        (1, "89.5", "It needs no rounding: this indicator is printed in 1 decimal."),
        (1, "89.45", "It is rounded half up to 89.5%, in 1 decimal, and then rated."),
        (2, "89.445", "It is rounded half up to 89.45%, in 2 decimals, and then rated."),
    ],
)
def test_the_rounding_names_the_decimals(decimals: int | str, figure: str, sentence: str) -> None:
    settings = f"unit: percent, decimals: {decimals}, target: {{at_least: 90}}"
    explanation = explain_one(settings, (NOVEMBER, figure))
    assert list_sentences(explanation, "The figure")[1] == sentence


@pytest.mark.parametrize(
    ("unit", "row", "sentence"),
    [
        ("percent", "1,,18,20", "18 x 100 / 20 = 90"),
        ("percent", "1,,1750,2000", "1,750 x 100 / 2,000 = 88, rounded half up"),
        ("weeks", "1,,420,10", "420 / 10 = 42"),
    ],
)
def test_a_worked_out_figure_shows_its_sum(
    unit: str, row: str, sentence: str, kpi: Kpi, council: Path
) -> None:
    catalogue = council / "indicators.yaml"
    catalogue.write_text(catalogue.read_text().replace("unit: percent", f"unit: {unit}", 1))
    (council / "data/2020-04.csv").write_text(f"indicator,value,numerator,denominator\n{row}\n")
    out = kpi("explain", "1", "--month", "2020-04").out
    assert f"  It is worked out from its numerator and denominator: {sentence}.\n" in out
    assert "rated as it is written" not in out
    (facts,) = [json.loads(kpi("explain", "1", "--month", "2020-04", "--format", "json").out)]
    assert facts["figure"]["is_worked_out"] is True


def test_months_without_a_figure_have_their_reasons() -> None:
    """A total of the academic year before is a figure, but none that is rated in this one."""
    settings = "unit: number, accumulates: academic_year, target: {at_least: 9, profile: full_year}"
    explanation = explain_one(settings, (JUNE, "5"), (SEPTEMBER, Status.NOT_AVAILABLE))
    assert list_sentences(explanation, "The figure") == (
        "There is no figure to rate.",
        "5 for Jun 2020, from f.csv, line 2.",
        "It is the total of an earlier year, so it is not rated.",
        "There is no figure for Sep 2020: N/A (f.csv, line 2).",
    )


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.SUPPRESSED, "The figure for Apr 2020 is suppressed (f.csv, line 2)."),
        (Status.NOT_AVAILABLE, "There is no figure for Apr 2020: N/A (f.csv, line 2)."),
    ],
)
def test_a_figure_after_a_period_without_one_has_no_total_to_rate(
    status: Status, reason: str
) -> None:
    settings = "unit: number, accumulates: financial_year, figures: of_period"
    settings += ", target: {at_least: 9, profile: full_year}"
    explanation = explain_one(settings, (Month(2020, 4), status), (Month(2020, 5), "5"))
    assert list_sentences(explanation, "The figure") == (
        "There is no figure to rate.",
        "5 for May 2020, from f.csv, line 2.",
        "The total since April is not known, so it is not rated.",
        reason,
        "Without a figure for Apr 2020 there is no total since April.",
    )


def test_a_count_of_the_academic_year_before_is_no_total() -> None:
    settings = "unit: number, accumulates: academic_year, figures: of_period"
    settings += ", target: {at_least: 9, profile: full_year}"
    explanation = explain_one(settings, (JUNE, "5"), (SEPTEMBER, Status.NOT_AVAILABLE))
    assert list_sentences(explanation, "The figure")[1:3] == (
        "5 for Jun 2020, from f.csv, line 2.",
        "It is a figure of an earlier year, so it is not rated.",
    )


def test_the_words_for_the_papers_name_no_file_and_no_owner() -> None:
    settings = "unit: number, owner: Head of Parks, target: {at_least: 9}"
    explanation = explain_one(settings, (JUNE, "5"), due=(JUNE, SEPTEMBER))
    assert [each.words for each in dict(explanation.sections)["The figure"]] == [
        "5 for Jun 2020.",
        "It is rated as it is written, not rounded.",
        "The figure for Sep 2020 is due and has not come.",
        "So the rating of Jun 2020 is carried forward, for 1 month at most.",
    ]


def test_a_missing_figure_without_an_owner_is_its_owners() -> None:
    catalogue = make_one("unit: number, frequency: monthly, target: {at_least: 9}")
    (indicator,) = catalogue.indicators
    series = replace(make_series(), due=(JUNE,))
    scale = catalogue.scale_for(catalogue.sections[0], indicator)
    verdict = rate(indicator, scale, series)
    context = compose_context(indicator, scale, series, verdict)
    explanation = explain(
        indicator, series, Assessment(scale=scale, verdict=verdict, context=context)
    )
    assert list_sentences(explanation, "The figure") == (
        "There is no figure to rate.",
        "The figure for Jun 2020 is due and has not come from its owner.",
    )


@pytest.mark.parametrize(
    ("target", "sentences"),
    [
        ("target: {at_least: 90}", ("At least 90%; higher is better.",)),
        ("target: {between: [5, 9]}", ("5% to 9%; inside the range is good, both ends included.",)),
        (
            "target: {from: 2020-10, at_most: 90}",
            (
                "At most 90% from Oct 2020; lower is better.",
                "The figure is compared with the target of at most 90%.",
            ),
        ),
        (
            "target: [{at_least: 80}, {from: 2020-10, at_least: 90}]",
            (
                "At least 80%; at least 90% from Oct 2020; higher is better.",
                "The figure is compared with the target of at least 90%.",
            ),
        ),
        (
            "polarity: higher_is_better, target: {no_worse_than: last_year}, "
            "outturns: {2019/20: 81}",
            (
                "No worse than last year's outturn; higher is better.",
                "The figure is compared with last year's outturn, 81% in 2019/20.",
            ),
        ),
        (
            "accumulates: financial_year, target: {at_least: 90, profile: full_year}",
            ("At least 90% for the year, as a whole; higher is better.",),
        ),
        (
            "accumulates: financial_year, target: {at_least: 90, profile: share_of_year}",
            (
                "At least 90% for the year, in equal shares; higher is better.",
                "The figure is compared with the 60% due by then "
                "(8 of 12 months of at least 90% for the year).",
                "90 x 8 / 12 = 60%.",
            ),
        ),
        ("target: new", ("New.",)),
    ],
)
def test_the_target_is_followed_by_what_is_due_of_it(
    target: str, sentences: tuple[str, ...]
) -> None:
    """What a figure is compared with has its own sentence, unless it is the whole target."""
    explanation = explain_one(f"unit: percent, {target}", (NOVEMBER, "50"))
    assert list_sentences(explanation, "The target") == sentences


@pytest.mark.parametrize(
    ("settings", "bands"),
    [
        (
            "unit: percent, target: {at_least: 90}, bands: {blue: {from: 97}}",
            (
                "Blue:  97% or more",
                "Green: 90% or more, but less than 97%",
                "Amber: 89% or more, but less than 90% (1 percentage point from the target)",
                "Red:   less than 89%",
            ),
        ),
        (
            "unit: number, target: {at_least: 90}, bands: {amber: none, blue: {units: 5}}",
            (
                "Blue:  95 or more (5 from the target)",
                "Green: 90 or more, but less than 95",
                "Red:   less than 90",
            ),
        ),
        (
            "unit: number, target: {at_most: 40}",
            (
                "Green: 40 or less",
                "Amber: more than 40, up to 42 (5% of the target)",
                "Red:   more than 42",
            ),
        ),
        (
            "unit: number, accumulates: financial_year, "
            "target: {at_most: 60, profile: share_of_year}",
            (
                "Green: 40 or less",
                "Amber: more than 40, up to 42 (5% of what is due by then)",
                "Red:   more than 42",
            ),
        ),
    ],
)
def test_each_band_names_the_setting_it_comes_from(settings: str, bands: tuple[str, ...]) -> None:
    explanation = explain_one(settings, (NOVEMBER, "50"))
    assert list_sentences(explanation, "The bands") == bands


def test_the_facts_give_every_limit() -> None:
    settings = "unit: percent, target: {above: 90}, bands: {green: {percentage_points: 1}, "
    settings += "amber: {percentage_points: 2}, blue: {from: 97}}"
    facts = explain_one(settings, (NOVEMBER, "50")).facts
    assert facts["compared_with"] == "the target (above 90%)"
    assert facts["limits"] == [
        {
            "target": "90",
            "blue": "97",
            "green": "89",
            "amber": "88",
            "higher_is_better": True,
            "green_is_strict": True,
            "amber_is_strict": False,
        }
    ]


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
            "target: {above: 90}, bands: {blue: {from: 97}}",
            "Blue: 97% or more; Green: more than 90%, but less than 97%; Amber: 89% to 90%; "
            "Red: less than 89%",
        ),
        (
            "target: {above: -5}",
            "Green: more than -5%; Amber: -6% to -5%; Red: less than -6%",
        ),
        (
            "target: {below: 5}",
            "Green: less than 5%; Amber: 5% or more, up to 6%; Red: more than 6%",
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
def test_each_band_has_its_figures_in_words(settings: str, bands: str) -> None:
    settings = f"unit: percent, frequency: monthly, {settings}"
    verdict = rate_one(settings, (NOVEMBER, "50"))
    assert verdict.limits is not None
    described = format_bands(verdict.limits, make_one(settings).indicators[0])
    assert "; ".join(f"{rating.label}: {words}" for rating, words in described) == bands


def test_the_targets_words_say_how_a_running_total_is_rated() -> None:
    """The index prints them, so that a reader sees which way was used."""
    from merton_kpi.rating.wording.target_words import format_target

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


def test_a_figure_is_compared_with_the_year_before() -> None:
    settings = "unit: percent, target: {at_least: 90}, earlier_months: {2019-11: 95}"
    explanation = explain_one(settings, (NOVEMBER, "93"))
    assert list_sentences(explanation, "Compared with earlier") == (
        "↓ lower than in Nov 2019, 95%.",
    )


def test_the_facts_give_the_judgement_with_both_ratings() -> None:
    judgement = Judgement(rating=Rating.GREEN, reason="Two were drills", by="Head of Any")
    said = (replace(observe(NOVEMBER, "80"), judgement=judgement),)
    settings = "unit: percent, target: {at_least: 90}"
    facts = explain_one(settings, (NOVEMBER, "80"), said=said).facts
    assert facts["rating"] == "Green"
    assert facts["judgement"] == {
        "by": "Head of Any",
        "reason": "Two were drills",
        "by_figures": "Red",
    }


def test_the_facts_give_a_figure_that_is_not_rated() -> None:
    settings = "unit: percent, target: {from: 2020-12, at_least: 90}"
    facts = explain_one(settings, (NOVEMBER, "80.0")).facts
    assert (facts["figure"]["received"], facts["figure"]["rated"]) == ("80.0", None)


@pytest.mark.parametrize(
    ("text", "figure", "written"),
    [("£1.2m", "1200000", "£1.2m"), ("£80 (net)", "80", "£80 (net)"), ("£80", "80", "")],
)
def test_an_explanation_quotes_a_cell_that_is_written_in_another_way(
    text: str, figure: str, written: str
) -> None:
    settings = "unit: pounds, target: {at_least: 90}"
    found = explain_one(settings, (NOVEMBER, figure), written=Written(text=text))
    assert found.facts["figure"]["written"] == text
    ending = f", where it is written '{written}'." if written else "."
    source = list_sentences(found, "The figure")[0]
    assert source.endswith(f"for Nov 2020, from f.csv, line 2{ending}")


def test_the_facts_give_the_missing_months_and_the_benchmarks() -> None:
    settings = "unit: percent, target: {at_least: 90}, benchmarks: {England: {value: 85}}"
    explanation = explain_one(settings, (NOVEMBER, "80"), due=(SEPTEMBER, NOVEMBER))
    assert explanation.facts["missing"] == ["2020-09"]
    assert explanation.facts["benchmarks"] == [
        {"place": "England", "benchmark": "85", "difference": "-5", "word": "worse than"}
    ]


@pytest.mark.parametrize(
    ("settings", "month", "words"),
    [
        (
            "unit: number, accumulates: academic_year, target: not_a_target_measure",
            Month(2020, 7),
            "It is the total of an earlier year, so it is not rated.",
        ),
        (
            "unit: number, due_months: [9], target: {at_least: 2}",
            Month(2020, 8),
            "None is due for that month, so it is not rated.",
        ),
    ],
    ids=["another academic year", "a month that none is due for"],
)
def test_a_figure_that_is_not_rated_is_shown_all_the_same(
    settings: str, month: Month, words: str
) -> None:
    figures = (month, "3"), (SEPTEMBER, Status.TO_COME)
    found = explain_one(settings, *figures, due=(SEPTEMBER,))
    lines = list_sentences(found, "The figure")
    source = f"3 for {month.label}, from f.csv, line 2."
    assert lines[:3] == ("There is no figure to rate.", source, words)
    assert len(lines) == 4
    assert "There is no figure for" in lines[3]
    assert found.facts["figure"] == {
        "received": "3",
        "written": None,
        "is_worked_out": False,
        "covers": "running_total" if "accumulates" in settings else "of_period",
        "rated": None,
        "month": str(month),
        "file": "f.csv",
        "line": 2,
    }
