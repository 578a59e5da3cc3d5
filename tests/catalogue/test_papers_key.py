"""The key `papers`: which papers the catalogue asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, make_catalogue

from merton_kpi.catalogue.fields import EntryError
from merton_kpi.catalogue.models import check_needed_papers
from merton_kpi.core.vocabulary import Edition
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    Messages = Callable[..., None]

INDICATOR = """
- number: "1"
  title: Calls
  unit: number
  frequency: monthly
  target: not_a_target_measure
"""


def test_all_papers_are_asked_for_where_the_key_is_missing() -> None:
    assert make_catalogue(INDICATOR).papers == tuple(Edition)


@pytest.mark.parametrize("word", [each.value for each in Edition if not each.needs])
def test_each_word_stands_for_its_paper(word: str) -> None:
    catalogue = make_catalogue(INDICATOR, f"papers: [{word}]\n{HEAD}")
    assert [each.value for each in catalogue.papers] == [word]


@pytest.mark.parametrize(
    ("papers", "code", "column"),
    [
        ("[]", "unfit_value", 9),
        ("", "wrong_kind", 8),
        ("csv", "wrong_kind", 9),
        ("[workbook, pdf]", "unknown_word", 20),
        ("[workbok]", "unknown_word", 10),
        ("[csv, report, csv]", "unfit_value", 23),
        ("[CSV]", "unknown_word", 10),
        ("[5]", "unknown_word", 10),
        ("{csv: true}", "wrong_kind", 9),
    ],
)
def test_a_fault_of_the_list_is_an_error_at_its_place(
    papers: str, code: str, column: int, messages: Messages
) -> None:
    catalogue, issues = read_catalogue(f"papers: {papers}\n{HEAD}", "indicators.yaml")
    issues = tuple(issue for issue in issues if issue.code != "missing_key")
    assert catalogue is None
    assert [(each.code, each.place.line) for each in issues] == [(code, 1)]
    assert issues[0].place.column == column
    messages(issues)


def test_an_edition_that_is_about_another_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Edition.REPORT, "needs", "csv")
    assert check_needed_papers((Edition.REPORT, Edition.CSV))
    with pytest.raises(EntryError, match="'report' describes the 'csv'; add 'csv', or") as fault:
        check_needed_papers((Edition.WORKBOOK, Edition.REPORT))
    assert fault.value.path == (1,)
