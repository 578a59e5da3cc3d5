"""A council's own words for the ratings, in every sentence and paper that has one."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import list_issues
from helpers.councils import HEAD, make_catalogue, score
from helpers.rating import NOVEMBER, rate_one
from helpers.xlsx import Book

from merton_kpi.core.ratings import OUR_WORDS, Rating, RatingChange
from merton_kpi.extracts.reader import read_extract

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.core.issues import Issue

    Kpi = Callable[..., Outcome]

WORDS = "rating_words: {blue: Ahead, green: On target, amber: Near target, red: Off target}\n"
INFORMATION = "rating_words: {blue: {label: For information, means: information}}\n"
MEETINGS = """\
meetings:
  - {date: 2020-05-20, data_to: 2020-04}
  - {date: 2020-06-20, data_to: 2020-05}
"""
CALLS = """\
- {number: "1", title: Calls, unit: percent, frequency: monthly, target: {at_least: 90},
   bands: {blue: {percentage_points: 5}}}
- {number: "2", title: Staff, unit: number, frequency: monthly, target: not_a_target_measure}
"""


@pytest.mark.parametrize(
    ("figure", "label", "end"),
    [
        ("95", "Ahead", "'Ahead' begins at 95%."),
        ("94", "On target", "meets the target of at least 90%."),
        ("89", "Near target", "'Near target' reaches to 89%."),
        ("88", "Off target", "'Near target' reaches only to 89%."),
    ],
)
def test_a_rating_and_its_reason_have_the_councils_words(figure: str, label: str, end: str) -> None:
    settings = "unit: percent, frequency: monthly, target: {at_least: 90}"
    bands = "bands: {blue: {percentage_points: 5}}"
    verdict = rate_one(f"{settings}, {bands}", (NOVEMBER, figure), head=HEAD + WORDS)
    assert verdict.label == label
    assert verdict.reason.endswith(end)


def test_a_word_that_is_not_given_is_ours() -> None:
    """Within a sentence our words are in lower case, the council's own as it writes them."""
    words = make_catalogue(CALLS, HEAD + "rating_words: {red: Off target}\n").words
    assert words.exceptions == "amber or 'Off target'"
    assert [each.label for each in words.ratings[:4]] == ["Blue", "Green", "Amber", "Off target"]
    assert make_catalogue(CALLS).words == OUR_WORDS
    changes = [each.format_label(words) for each in RatingChange]
    assert changes[:4] == [
        "Newly 'Off target'",
        "Still 'Off target'",
        "Newly amber",
        "Off target, now amber",
    ]


def test_warnings_that_the_papers_print_have_the_councils_words() -> None:
    """They are printed as caveats once they are answered."""
    settings = "unit: percent, decimals: 0, target: {at_least: 90}"
    catalogue = make_catalogue(
        f"""
        - {{number: "1", title: Calls, {settings}, frequency: monthly}}
        - {{number: "2", title: Mail, {settings}, frequency: monthly,
           bands: {{blue: {{percentage_points: 15}}}}}}
        - {{number: "3", title: Staff, {settings}, frequency: monthly, rating_withheld: "No."}}
        """,
        HEAD + WORDS.replace("blue: Ahead", "blue: Ahead of target"),
    )
    extract = read_extract(b"indicator,value\n1,89.9\n2,96\n3,96\n", "2020-11.csv", NOVEMBER)
    found = [
        each.message
        for each in score(catalogue, extract.observations, NOVEMBER).warnings
        if each.code in ("rounded", "blue_unreached", "target_unused")
    ]
    assert "89.9% would be Near target; it is rounded to 90%, which is On target" in found[0]
    assert "'Ahead of target' would begin at 105%" in found[1]
    assert "the indicator is 'Not a target measure'" in found[2]


def test_a_withheld_rating_is_for_information_where_blue_means_that() -> None:
    catalogue = make_catalogue(
        """
        - {number: "1", title: Calls, unit: percent, frequency: monthly, target: {at_least: 90},
           rating_withheld: "No."}
        """,
        HEAD + INFORMATION,
    )
    found = [each.message for each in score(catalogue, (), NOVEMBER).warnings]
    assert any("since the indicator is 'For information'" in each for each in found)


def test_a_rating_is_known_by_the_councils_word_and_by_ours() -> None:
    words = make_catalogue(CALLS, HEAD + WORDS).words
    assert words.read("on TARGET") is words.read("green") is Rating.GREEN
    assert words.read("No-data") is Rating.NO_DATA
    assert words.read("on course") is None


@pytest.fixture
def written(council: Path) -> Path:
    """A council with its own words, whose indicator 1 was red in April and is amber in May."""
    text = HEAD + WORDS + MEETINGS + "sections:\n- title: Services\n  indicators:\n"
    text += "".join(f"  {line}\n" for line in CALLS.splitlines())
    (council / "indicators.yaml").write_text(text, encoding="utf-8")
    for month, figure in (("2020-04", "80"), ("2020-05", "89")):
        rows = f"indicator,value,commentary\n1,{figure},Two lines were down\n2,5,\n"
        (council / f"data/{month}.csv").write_text(rows, encoding="utf-8")
    return council


def test_every_paper_and_command_prints_the_councils_words(kpi: Kpi, written: Path) -> None:
    """The CSV also has our word for the rating, so that a program can read any council's."""
    built = kpi("build", "--month", "2020-05")
    assert built.code == 0, built.err
    assert "Near target: Calls" in built.out
    out = written / "output"
    report = (out / "exception-report-2020-05.md").read_text(encoding="utf-8")
    assert "| Near target | 1 |" in report
    assert "2.1. 1 indicator is rated 'Near target' or 'Off target'." in report
    table = (out / "performance-index-2020-05.csv").read_text(encoding="utf-8-sig")
    april, may, *_ = csv.DictReader(io.StringIO(table))
    assert (april["rating"], april["rating_label"]) == ("Red", "Off target")
    assert (may["rating"], may["rating_label"]) == ("Amber", "Near target")
    assert may["streak"] == "Near target for 1 month"
    book = Book((out / "performance-index-2020-05.xlsx").read_bytes())
    (change,) = book["Changes"].rows
    assert [change[index].value for index in (0, 3, 4)] == [
        "Off target, now 'Near target'",
        "Off target",
        "Near target",
    ]
    assert change[4].style == "Rating Amber"
    summary = book["Summary"].cells["B5"]
    assert (summary.value, summary.style) == ("Near target", "Amber header")
    assert book["Cover"].cells["A5"].value == "Near target, indicator 1: Calls"
    some = kpi("show", "--month", "2020-05", "--rating", "near target").out
    assert some.endswith("1 of 2 indicators: 1 Near target\n")
    assert "Off target -> Near target" in kpi("changes", "--month", "2020-05").out
    explained = kpi("explain", "1", "--month", "2020-05").out
    assert "  Near target: 89% or more, but less than 90%" in explained
    assert "  On target:   90% or more, but less than 95%" in explained
    facts = json.loads(kpi("explain", "1", "--month", "2020-05", "--format", "json").out)
    assert (facts["rating"], facts["label"]) == ("Amber", "Near target")


def test_an_unknown_rating_is_wrong_usage(kpi: Kpi, written: Path) -> None:
    outcome = kpi("show", "--month", "2020-05", "--rating", "near targt")
    assert outcome.code == 2
    assert "did you mean 'near target'?" in outcome.err


def test_blue_can_mean_for_information(kpi: Kpi, written: Path) -> None:
    """What is not a target measure is then printed in blue; it is no rating, and counts as none."""
    text = (written / "indicators.yaml").read_text(encoding="utf-8")
    text = text.replace(WORDS, INFORMATION).replace(
        "{blue: {percentage_points: 5}}", "{blue: none}"
    )
    (written / "indicators.yaml").write_text(text, encoding="utf-8")
    built = kpi("build", "--month", "2020-05")
    assert built.code == 0, built.err
    book = Book((written / "output/performance-index-2020-05.xlsx").read_bytes())
    cell = book["Performance index"].column("BRAG rating")[1]
    assert (cell.value, cell.style) == ("For information", "Rating Blue")
    assert book["Summary"].headers[1:3] == ["Amber", "For information"]
    assert book["Summary"].cells["C5"].style == "Blue header"
    table = (written / "output/performance-index-2020-05.csv").read_text(encoding="utf-8-sig")
    *_, last = csv.DictReader(io.StringIO(table))
    assert (last["rating"], last["rating_label"]) == ("Not a target measure", "For information")
    assert last["streak"] == ""
    some = kpi("show", "--month", "2020-05", "--rating", "for information").out
    assert "Staff" in some
    assert "Calls" not in some


def list_faults(words: str, bands: str = "") -> tuple[Issue, ...]:
    entry = '- {number: "1", title: A, unit: percent, frequency: monthly, target: {at_least: 90}'
    text = f"{HEAD}{words}sections:\n- title: S\n  indicators:\n  {entry}{bands}}}\n"
    return list_issues(text)


def test_words_that_do_not_fit_are_errors(messages: Callable[..., None]) -> None:
    """Two ratings have two words; where blue is for information, no figure is rated blue."""
    issues = (
        *list_faults("rating_words: {red: Amber}\n"),
        *list_faults("rating_words: {blue: {label: New, means: information}}\n"),
        *list_faults("rating_words: {blue: {label: X, means: inform}}\n"),
        *list_faults("rating_words: {purple: X}\n"),
        *list_faults("rating_words: {amber: [A]}\n"),
        *list_faults(INFORMATION, ", bands: {blue: {percentage_points: 5}}"),
        *list_faults(f"wrong: key\n{INFORMATION}", ", bands: {blue: {percentage_points: 5}}"),
    )
    assert [each.code for each in issues] == [
        "unfit_value",
        "unfit_value",
        "unknown_word",
        "unknown_key",
        "wrong_kind",
        "bands",
        "unknown_key",
        "bands",
    ]
    messages(issues)


def test_no_officer_can_rate_blue_where_it_is_for_information(
    kpi: Kpi, written: Path, messages: Callable[..., None]
) -> None:
    text = (written / "indicators.yaml").read_text(encoding="utf-8")
    text = text.replace(WORDS, INFORMATION).replace(
        "{blue: {percentage_points: 5}}", "{blue: none}"
    )
    (written / "indicators.yaml").write_text(text, encoding="utf-8")
    row = "indicator,value,judgement,judgement_reason,judgement_by\n1,99,blue,All well,Head\n"
    (written / "data/2020-05.csv").write_text(row, encoding="utf-8")
    outcome = kpi("check", "--data", "data")
    assert outcome.code == 1
    messages(outcome.err.splitlines()[0])
