"""A rating in words of an older paper, in place of an outturn's or a benchmark's figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import list_issues
from helpers.councils import HEAD, make_catalogue, score
from helpers.rating import NOVEMBER, observe
from helpers.xlsx import Book

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Shorthand
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.scorecard.changes.compare_catalogues import compare_catalogues

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.scorecard.records import Scorecard

ENTRY = """\
- number: "1"
  title: Calls
  unit: percent
  frequency: monthly
  target: {at_least: 90}
  outturns:
    2019/20: {rating: amber, source: Panel paper of June 2020}
    2018/19: 80
    2017/18: {rating: green, status: provisional}
  benchmarks: {England: {rating: red}}
"""
WORDS = "rating_words: {amber: Near target}\n"


def make_card(head: str = HEAD) -> Scorecard:
    return score(make_catalogue(ENTRY, head), [observe(NOVEMBER, "95")], NOVEMBER)


def test_the_word_is_in_the_cell_with_its_colour() -> None:
    """What else is known of it is in its note, as for a figure."""
    (row,) = make_card().rows
    assert [cell.printed for cell in row.outturns] == ["Amber", "80%", "Green"]
    assert row.outturns[0].details == "Panel paper of June 2020"
    assert [cell.symbols for cell in row.outturns] == [(), (), (Shorthand.PROVISIONAL,)]
    assert row.benchmarks[0].printed == "Red"
    sheet = Book(write_index_workbook(make_card()))["Performance index"]
    cell = next(cell for cell in sheet.rows[0] if cell.value == "Amber")
    assert cell.style == "Rating Amber"


def test_the_councils_word_is_printed() -> None:
    (row,) = make_card(HEAD + WORDS).rows
    assert [cell.printed for cell in row.outturns] == ["Near target", "80%", "Green"]


def test_it_is_compared_with_nothing() -> None:
    (row,) = make_card().rows
    assert row.comparison == ""
    past = ENTRY.replace("{at_least: 90}", "{no_worse_than: last_year}").replace(
        "unit:", "polarity: higher_is_better\n  unit:"
    )
    (row,) = score(make_catalogue(past), [observe(NOVEMBER, "95")], NOVEMBER).rows
    assert row.verdict.reason == "There is no outturn to compare with last year's outturn."


def test_a_corrected_word_is_a_changed_definition() -> None:
    before = make_catalogue(ENTRY.replace("{rating: red}", "58"), HEAD + WORDS)
    now = make_catalogue(ENTRY.replace("rating: red", "rating: amber"), HEAD + WORDS)
    (change,) = compare_catalogues(before, Month(2020, 6), now, NOVEMBER)
    assert change.words == ("England: 58% -> Near target",)


@pytest.mark.parametrize(
    "value",
    ["{rating: amber, value: 5}", "{rating: amber, status: covid}", "{rating: ambre}", "{}"],
)
def test_a_past_figure_has_one_of_value_rating_and_reason(
    value: str, messages: Callable[..., None]
) -> None:
    entry = ENTRY.replace("{rating: red}", value).replace("\n", "\n  ").rstrip()
    issues = list_issues(f"{HEAD}sections:\n- title: S\n  indicators:\n  {entry}\n")
    assert len(issues) == 1
    messages(issues)
