"""Each row of an extract becomes an observation or an issue."""

from __future__ import annotations

from decimal import Decimal

import pytest

from merton_kpi.core.periods import Month
from merton_kpi.core.vocabulary import Status
from merton_kpi.extracts.reader import Extract, read_extract

NOVEMBER = Month(2020, 11)


def read(text: str, file: str = "f.csv") -> Extract:
    return read_extract(text.encode(), file, NOVEMBER)


def test_a_row_is_read_by_its_columns_names_in_any_order() -> None:
    text = 'value,note,indicator\n33.90,"5, of 6",23a\n'
    extract = read(text, "2020-11.csv")
    (observation,) = extract.observations
    assert not extract.issues
    assert (observation.indicator, observation.month, observation.known) == (
        "23a",
        NOVEMBER,
        NOVEMBER,
    )
    assert str(observation.value) == "33.90"
    assert (observation.note, str(observation.place)) == ("5, of 6", "2020-11.csv:2")


def test_a_period_says_that_the_figure_is_for_an_earlier_month() -> None:
    text = "indicator,value,period,status,numerator,denominator\n33,1.8,2020-10,provisional,18,1000"
    (observation,) = read(text).observations
    assert observation.month == Month(2020, 10)
    assert observation.status is Status.PROVISIONAL
    assert (observation.numerator, observation.denominator) == (Decimal(18), Decimal(1000))


def test_an_indicator_s_number_is_read_as_it_was_before_it_was_kept_from_being_a_formula() -> None:
    (observation,) = read("indicator,value\n'-1,5\n").observations
    assert observation.indicator == "-1"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ["f.csv: error: the file is empty; begin with the columns' names"]),
        ("\nnote\n", ["f.csv:2: error: the column 'indicator' is missing", "'value' is missing"]),
        ("indicator,value,notes\n", ["'notes' is not known; did you mean 'note'?"]),
        ("indicator,value,value\n", ["the column 'value' stands twice"]),
        (
            "indicator,value\n2,96%\n",
            ["f.csv:2: error: indicator 2: value: '96%' is not a plain number"],
        ),
        (
            "indicator,value\n2,1,234\n",
            ["f.csv:2: error: indicator 2: there is a cell too many in '2,1,234'"],
        ),
        ("indicator,value\n2,NaN\n3,1e4\n4,Infinity\n5,９６\n", ["NaN", "1e4", "Inf", "９６"]),
        ("indicator,value\n,5\n", ["the indicator's number is missing"]),
        ("indicator,value\n2,\n", ["f.csv:2: warning: indicator 2: nothing is filled in: give"]),
        ("indicator,value,status\n2,,covd\n", ["'covd' is not known; did you mean 'covid'?"]),
        ("indicator,value,status\n2,5,covid\n", ["'covid' says that there is no figure, but"]),
        ("indicator,value,status\n2,,provisional\n", ["'provisional' speaks of a figure"]),
        ("indicator,value,period\n2,5,Oct\n", ["period: 'Oct' is not a month"]),
        ("indicator,value,period\n2,5,2020-12\n", ["December 2020 is later than the extract's"]),
        ('indicator,value\n2,"5\n', ["a quote opens here and never closes"]),
    ],
)
def test_a_fault_is_a_sentence_and_its_row_gives_no_observation(
    text: str, sentences: list[str]
) -> None:
    extract = read(text)
    assert not extract.observations
    for issue, sentence in zip(extract.issues, sentences, strict=True):
        assert sentence in str(issue)


def test_one_bad_row_hides_no_other() -> None:
    text = "indicator,value\n1,5\n2,x\n\n4,7\n5,y\n"
    extract = read(text)
    assert [each.indicator for each in extract.observations] == ["1", "4"]
    assert [issue.place.line for issue in extract.issues] == [3, 6]
    assert extract.rows == 4


def test_a_quoted_newline_moves_the_lines_that_follow() -> None:
    text = 'indicator,value,commentary\n1,5,"two\nlines"\n2,x,\n'
    (issue,) = read(text).issues
    assert issue.place.line == 4
