"""Exceptions by signal, where the catalogue asks for them: c40, a month outside its usual range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.core.vocabulary import ReturnState
from merton_kpi.loading.inputs import read_inputs
from merton_kpi.papers.templated.report import format_report
from merton_kpi.papers.workbook.sheets.contents import list_sheets
from merton_kpi.returns.due import compose_due_list
from merton_kpi.scorecard.compose import compose_scorecard
from merton_kpi.scorecard.sign_off import sign_off

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from merton_kpi.loading.inputs import Inputs
    from merton_kpi.scorecard.records import Scorecard

NOVEMBER = Month(2018, 11)
# The case's figures: 1,927 incidents, where a month usually has about 1,400.
CASE = (1380, 1420, 1395, 1405, 1410, 1390, 1400, 1927)
YEAR_BEFORE = (1400, 1385, 1415, 1390, 1405, 1420, 1380, 1400, 1410, 1395, 1390, 1405)
# Amber, at 86% to 89% of a target of 90%, as in any month.
AMBER = (87, 89, 88, 86, 89, 87, 88, 86)
AMBER_BEFORE = (88, 86, 89, 87, 88, 89, 86, 88, 87, 89, 86, 88)
WORSENING, USUAL = "worsening_is_an_exception", "usual_amber_needs_no_commentary"
CATALOGUE = """\
authority: Anyborough Council
short_name: Anyborough
panel: Scrutiny Panel
financial_year: 2018/19
lead_officer: Director
lead_member: Cabinet Member
contact_officer: Head of Performance
bands: {{percent: {{amber: {{percentage_points: 5}}}}, other: {{amber: {{percent_of_target: 10}}}}}}
{settings}
sections:
- title: Section
  indicators:
  - {{number: "1", title: Incidents attended, unit: number, frequency: monthly, owner: Head of Fire,
     target: not_a_target_measure, polarity: lower_is_better, rationale: R.}}
  - {{number: "2", title: Calls answered in time, unit: percent, frequency: monthly,
     target: {{at_least: 90}}, rationale: R., owner: Head of Calls}}
"""


def read_case(folder: Path, *settings: str, with_history: bool = True) -> Inputs:
    lines = "\n".join(f"{each}: true" for each in settings)
    catalogue = folder / "indicators.yaml"
    catalogue.write_text(CATALOGUE.format(settings=lines), encoding="utf-8")
    (folder / "data").mkdir()
    first = Month(2017, 4) if with_history else Month(2018, 4)
    ones = (*YEAR_BEFORE, *CASE) if with_history else CASE
    twos = (*AMBER_BEFORE, *AMBER) if with_history else AMBER
    for place, (one, two) in enumerate(zip(ones, twos, strict=True)):
        extract = folder / "data" / f"{first.add_months(place)}.csv"
        extract.write_text(f"indicator,value\n1,{one}\n2,{two}\n", encoding="utf-8")
    return require(read_inputs(catalogue, folder / "data", NOVEMBER))


def score_case(folder: Path, *settings: str, with_history: bool = True) -> Scorecard:
    return require(compose_scorecard(read_case(folder, *settings, with_history=with_history)))


def format_case(card: Scorecard) -> str:
    template = ROOT / "templates/exception-report.md.j2"
    return format_report(card, template.read_text(encoding="utf-8"), template.name)


def list_exceptions(card: Scorecard) -> list[tuple[str, str]]:
    return [(row.number, row.verdict.label) for row, _ in card.exceptions]


def test_a_month_outside_its_usual_range_is_an_exception(tmp_path: Path) -> None:
    card = score_case(tmp_path, WORSENING)
    assert list_exceptions(card) == [("2", "Amber"), ("1", "Not a target measure")]
    (row,) = card.worsening_exceptions
    assert row.change_words == (
        "A real change for the worse: 1,927 in Nov 2018 is above the usual range, 1,376 to 1,476."
    )
    assert [each.number for each in card.uncommented] == ["2", "1"]


def test_it_is_none_unless_the_catalogue_asks_for_it(tmp_path: Path) -> None:
    card = score_case(tmp_path)
    assert card.rows[0].change == "worsening"
    assert list_exceptions(card) == [("2", "Amber")]


def test_a_change_in_a_figure_that_is_too_old_is_no_exception(tmp_path: Path) -> None:
    """The last figure is June's, and a rating may be carried forward for 1 month."""
    read_case(tmp_path, WORSENING)
    june = tmp_path / "data" / "2018-06.csv"
    june.write_text("indicator,value\n1,1927\n2,88\n", encoding="utf-8")
    for month in range(7, 12):
        extract = tmp_path / "data" / f"2018-{month:02}.csv"
        extract.write_text("indicator,value\n2,88\n", encoding="utf-8")
    inputs = require(read_inputs(tmp_path / "indicators.yaml", tmp_path / "data", NOVEMBER))
    card = require(compose_scorecard(inputs))
    assert card.rows[0].change_words == (
        "Not judged: its last figure is older than may be carried forward."
    )
    assert "1" not in [row.number for row, _ in card.exceptions]


def test_eight_months_are_too_short_to_tell(tmp_path: Path) -> None:
    card = score_case(tmp_path, WORSENING, with_history=False)
    assert card.rows[0].change_words == "Too short to tell: 8 figures; 13 are needed."
    assert list_exceptions(card) == [("2", "Amber")]


def test_the_report_lists_it_with_the_reason_and_its_own_rating(tmp_path: Path) -> None:
    report = format_case(score_case(tmp_path, WORSENING))
    assert (
        "2.1. 1 indicator is rated amber or red. 1 is listed after it for a real change for the "
        "worse, whatever the rating.\n\n#### Amber: indicator 2"
    ) in report
    section = report.partition("#### Not a target measure: indicator 1")[2].partition("###")[0]
    assert "- **Listed because of:** a real change for the worse\n" in section
    assert "- **Is it a real change?** A real change for the worse: 1,927 in Nov" in section
    others = report.partition("#### Amber: indicator 2")[2].partition("####")[0]
    assert "Listed because of" not in others


def test_the_report_lists_it_where_none_is_rated_amber_or_red(tmp_path: Path) -> None:
    read_case(tmp_path, WORSENING)
    last = tmp_path / "data" / "2018-11.csv"
    last.write_text("indicator,value\n1,1927\n2,95\n", encoding="utf-8")
    inputs = require(read_inputs(tmp_path / "indicators.yaml", tmp_path / "data", NOVEMBER))
    assert (
        "2.1. No indicator is rated amber or red. 1 indicator is listed here for a real change for "
        "the worse, whatever the rating.\n\n#### Not a target measure: indicator 1"
    ) in format_case(require(compose_scorecard(inputs)))


def test_the_workbook_lists_it_on_the_cover_and_as_an_exception(tmp_path: Path) -> None:
    sheets = {each.name: each for each in list_sheets(score_case(tmp_path, WORSENING))}
    words = [getattr(each, "words", each) for each in sheets["Cover"].opening]
    place = words.index("A real change for the worse, whatever the rating: 1 of 2 indicators")
    assert words[place + 1] == "Not a target measure, indicator 1: Incidents attended"
    exceptions = sheets["Exceptions"]
    assert "indicators rated amber or red, or worsening" in exceptions.title
    assert exceptions.table
    assert [row[0] for row in exceptions.table.rows] == ["2", "1"]


def test_its_commentary_is_due_before_the_papers_can_be_final(
    tmp_path: Path, messages: Callable[..., None]
) -> None:
    inputs = read_case(tmp_path, WORSENING)
    card = require(compose_scorecard(inputs))
    _, issues = sign_off(card, ())
    (issue,) = [
        each for each in issues if (each.code, each.subject) == ("no_commentary", "indicator 1")
    ]
    messages(issue)
    owed = [
        each
        for each in require(compose_due_list(inputs)).items
        if each.indicator == "1" and each.state is ReturnState.COMMENTARY
    ]
    assert [(each.state, each.words) for each in owed] == [
        (ReturnState.COMMENTARY, "Not a target measure, worsening")
    ]


@pytest.mark.parametrize("settings", [(), (WORSENING,)])
def test_an_amber_without_commentary_owes_some(tmp_path: Path, settings: tuple[str, ...]) -> None:
    card = score_case(tmp_path, *settings)
    assert "2" in [row.number for row in card.uncommented]
    assert "**Commentary from the service:** No commentary has been received." in format_case(card)


def test_an_amber_within_its_usual_range_needs_no_new_commentary(tmp_path: Path) -> None:
    card = score_case(tmp_path, USUAL)
    assert list_exceptions(card) == [("2", "Amber")]
    assert card.rows[1].change == "no real change"
    assert card.uncommented == ()
    words = "The figure shows no real change, so no new commentary is needed."
    assert f"**Commentary from the service:** {words}" in format_case(card)


def test_an_amber_that_is_too_short_to_tell_needs_commentary(tmp_path: Path) -> None:
    card = score_case(tmp_path, USUAL, with_history=False)
    assert [row.number for row in card.uncommented] == ["2"]
