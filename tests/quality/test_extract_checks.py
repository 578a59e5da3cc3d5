"""Extracts that repeat the last ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from helpers.quality import APRIL, NUMBER, list_places

from merton_kpi.core.findings import FindingCode
from merton_kpi.extracts.reader import read_extract
from merton_kpi.quality.extract_checks import is_likely_copy
from merton_kpi.quality.warnings import check_data
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from merton_kpi.extracts.observations import Observation
    from merton_kpi.quality.warnings import DataWarning

CATALOGUE = "\n".join(f'- {{number: "{number}", title: Any, {NUMBER}}}' for number in range(1, 7))
WORDS = "Two officers left in March and their posts are not filled."


def check_files(*files: Sequence[str]) -> list[DataWarning]:
    """The warnings of extracts of April, May and so on, each by the rows' cells in order."""
    catalogue = make_catalogue(CATALOGUE)
    rows: list[Observation] = []
    for index, cells in enumerate(files):
        known = APRIL.add_months(index)
        lines = "".join(f"{number},{row}\n" for number, row in enumerate(cells, start=1))
        text = f"indicator,value,commentary,confirmed\n{lines}"
        rows += read_extract(text.encode(), f"{known}.csv", known).observations
    series, _ = match_observations(catalogue, rows, APRIL.add_months(len(files) - 1))
    found = check_data(catalogue, series, list_places(catalogue))
    return [each for each in found if each.code is not FindingCode.MISSING]


def list_open(*files: Sequence[str]) -> list[str]:
    return [f"{each.code.value} {each.place}" for each in check_files(*files) if not each.answer]


GOOD = ("20", "31", "42", "53", "64", "75")
NEXT = ("21", "30", "42", "55", "66", "71")


def test_last_months_file_again_is_one_warning(messages: Callable[..., None]) -> None:
    (warning,) = check_files(GOOD, GOOD)
    assert (warning.code, str(warning.place)) == (FindingCode.REPEATED_EXTRACT, "2020-05.csv:2")
    messages(warning.issue)


def test_most_figures_are_enough_and_the_first_of_them_is_the_place() -> None:
    assert list_open(GOOD, ("22", *GOOD[1:])) == ["repeated_extract 2020-05.csv:3"]
    assert list_open(GOOD, NEXT) == []


def test_the_first_repeated_row_answers_it() -> None:
    assert list_open(GOOD, ("20,,Nothing has changed.", *GOOD[1:])) == []


@pytest.mark.parametrize(
    ("repeated", "compared", "is_copy"),
    [(3, 3, False), (4, 4, True), (4, 5, False), (5, 6, True), (10, 17, True), (9, 17, False)],
)
def test_so_many_are_the_same_rarely_by_chance(
    repeated: int, compared: int, *, is_copy: bool
) -> None:
    assert is_likely_copy(repeated, compared) is is_copy


def test_commentary_word_for_word_is_a_warning(messages: Callable[..., None]) -> None:
    (warning,) = check_files((f"20,{WORDS}",), (f"21,{WORDS}",))
    assert (warning.code, str(warning.place)) == (FindingCode.REPEATED_WORDS, "2020-05.csv:2")
    messages(warning.issue)
    assert list_open((f"20,{WORDS}",), (f"21,{WORDS} One has been since.",)) == []
    assert list_open(("20,As before.",), ("21,As before.",)) == []


def test_a_file_that_is_doubted_whole_is_not_doubted_for_its_words() -> None:
    again = (f"20,{WORDS}", *GOOD[1:])
    assert list_open(again, again) == ["repeated_extract 2020-05.csv:2"]
