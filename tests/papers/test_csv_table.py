"""The tidy CSV: one row an indicator and month."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.text import quote_formula, unquote_formula
from merton_kpi.papers.csv_table import COLUMNS, write_csv

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard


def test_each_indicator_has_a_row_for_each_month(november: Scorecard) -> None:
    rows = list(csv.DictReader(io.StringIO(write_csv(november).decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 39 * 12
    (care,) = [r for r in rows if (r["indicator"], r["month"]) == ("16", "2020-06")]
    assert (care["value"], care["unit"], care["rating_label"]) == ("41", "weeks", "Red (Q1)")
    assert care["rating_reason"].startswith("41 weeks in Q1 is 15 weeks above")
    (none,) = [r for r in rows if (r["indicator"], r["month"]) == ("26", "2020-06")]
    assert (none["value"], none["shorthand"], none["words"]) == ("", "[x]", "N/A - C19")


@pytest.mark.parametrize("words", ["=1+1", "+44 20", "-5 to 5", "@SUM(A1)", "\tx", "\nx"])
def test_words_that_a_spreadsheet_would_run_get_an_apostrophe(words: str) -> None:
    assert quote_formula(words) == f"'{words}"
    assert unquote_formula(quote_formula(words)) == words


@pytest.mark.parametrize("words", ["", "a=b", "5 - 6", "N/A", "'quoted"])
def test_other_words_are_not_changed(words: str) -> None:
    assert quote_formula(words) == words
    assert unquote_formula(words) == words
