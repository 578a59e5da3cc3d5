"""The page about real changes names every word of the closed lists, and every kind simulated."""

from __future__ import annotations

import re

import pytest
from helpers.councils import ROOT
from signals.simulate import KINDS

from merton_kpi.signals.reasons import FEWEST_FIGURES, FEWEST_VALUES
from merton_kpi.signals.rules import RUN
from merton_kpi.signals.words import Assurance, NoSignalReason, SignalFinding, SignalRule

PAGE = (ROOT / "docs/explanation/real-change.md").read_text(encoding="utf-8")
# One row of the table is about both.
UP_AND_DOWN = (SignalFinding.HIGH, SignalFinding.LOW)
LISTS = (SignalRule, SignalFinding, Assurance, NoSignalReason)


def list_words(heading: str) -> list[str]:
    """The words in the first column of a table, by the heading of that column."""
    table = PAGE.split(f"\n| {heading} |")[1].split("\n\n")[0]
    first = re.findall(r"^\|([^|]+)\|", table, re.M)
    return [word for cell in first for word in re.findall("`(\\w+)`", cell)]


@pytest.mark.parametrize("words", LISTS, ids=lambda each: each.__name__)
def test_each_list_is_a_table_in_its_order(words: type[SignalRule]) -> None:
    headings = dict(zip(LISTS, ("rule", "finding", "assurance", "reason"), strict=True))
    assert list_words(headings[words]) == [each.value for each in words]


def test_each_kind_that_is_simulated_has_its_figures() -> None:
    table = PAGE.split("\n| 24 months |")[1].split("\n\n")[0]
    assert re.findall(r"^\| ([^|]+?) \|", table, re.M)[1:] == [*KINDS]


ALONE = [word for words in LISTS for word in words if word not in UP_AND_DOWN]


@pytest.mark.parametrize("word", ALONE, ids=lambda word: word.value)
def test_the_page_gives_the_meaning_of_each_word(word: SignalRule) -> None:
    without_links = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", PAGE)
    assert f"| `{word.value}` | {word.meaning} |" in without_links


def test_the_numbers_of_the_rules_are_those_of_the_page() -> None:
    assert f"fewer than {FEWEST_FIGURES} figures" in PAGE
    assert f"fewer than {FEWEST_VALUES} different figures" in PAGE
    assert f"| {RUN} figures in a row on one side of the mean |" in PAGE
