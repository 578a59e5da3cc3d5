"""Each row of an extract becomes an observation or an issue."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.messages import list_codes
from helpers.return_books import make_book

from merton_kpi.core.issues import Severity
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.csv_reader import MOST_FAULTS
from merton_kpi.extracts.quoting import Quotable
from merton_kpi.extracts.reader import Extract, read_extract

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Messages = Callable[..., None]

NOVEMBER = Month(2020, 11)


def read(text: str, file: str = "f.csv") -> Extract:
    return read_extract(text.encode(), file, NOVEMBER, Quotable(is_all=True))


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


def test_an_apostrophe_against_formulas_is_removed_from_an_indicators_number() -> None:
    (observation,) = read("indicator,value\n'-1,5\n").observations
    assert observation.indicator == "-1"


FAULTS = [
    ("", ["empty_file"]),
    ("\nnote\n", ["header 2", "header 2"]),
    ("indicator,value,notes\n", ["header 1"]),
    ("indicator,value,value\n", ["header 1"]),
    ("indicator,value\n2,96+\n", ["not_a_number 2"]),
    ("indicator,value\n2,1,234\n", ["extra_cell 2"]),
    (
        "indicator,value\n2,NaN\n3,1e4\n4,Infinity\n5,９６\n",
        ["not_a_number 2", "not_a_number 3", "not_a_number 4", "not_a_number 5"],
    ),
    ("indicator,value\n,5\n", ["no_indicator 2"]),
    ("indicator,value\n2,\n", ["empty_row 2"]),
    ("indicator,value,status\n2,,covd\n", ["status 2"]),
    ("indicator,value,status\n2,5,covid\n", ["value_and_status 2"]),
    ("indicator,value,status\n2,,provisional\n", ["status_without_value 2"]),
    ("indicator,value,period\n2,5,Oct\n", ["period 2"]),
    ("indicator,value,period\n2,5,2020-12\n", ["future_period 2"]),
    ('indicator,value\n2,"5\n', ["csv 2"]),
    ("indicator,value,judgement\n2,5,grren\n", ["judgement 2", "judgement 2", "judgement 2"]),
    ("indicator,value,forecast,forecast_by\n2,5,90+,Head\n", ["not_a_number 2"]),
    ("indicator,value,forecast,forecast_by\n2,5,90,\n", ["forecast 2"]),
    ("indicator,value,forecast,forecast_by\n2,5,,Head\n", ["forecast 2"]),
]


@pytest.mark.parametrize(
    ("period", "advice"),
    [
        ("Q4", "a quarter: write its last month, 2020-03 for Q4 of 2019/20"),
        ("Q2 2020/21", "a quarter: write its last month, 2020-09 for Q2 of 2020/21"),
        ("Q4 2019", "a quarter: write its last month, 2020-03 for Q4 of 2019/20"),
        ("H1", "a half-year: write its last month, 2020-09 for H1 of 2020/21"),
        ("half 2", "a half-year: write its last month, 2020-03 for H2 of 2019/20"),
        ("Autumn term", "a term: write its last month, 2019-12 for Autumn term of 2019/20"),
        ("Autumn 2019", "a term: write its last month, 2019-12 for Autumn term of 2019/20"),
        ("spring term 2020", "a term: write its last month, 2020-03 for Spring term of 2019/20"),
        ("Spring 2019/20", "a term: write its last month, 2020-03 for Spring term of 2019/20"),
    ],
)
def test_a_period_that_has_a_name_is_answered_with_its_last_month(period: str, advice: str) -> None:
    (issue,) = read(f"indicator,value,period\n2,5,{period}\n").issues
    assert issue.message == f"period: '{period}' is {advice}"


@pytest.mark.parametrize(
    ("period", "month"), [("Oct", "2020-10"), ("December", "2019-12"), ("sept", "2020-09")]
)
def test_a_months_name_alone_is_answered_with_the_last_such_month(period: str, month: str) -> None:
    """An example would name the extract's own month, which is another."""
    (issue,) = read(f"indicator,value,period\n2,5,{period}\n").issues
    assert issue.message.startswith(f"period: '{period}' has no year: ")
    assert issue.message.endswith(f", like {month}")


@pytest.mark.parametrize(("text", "codes"), FAULTS)
def test_a_row_with_a_fault_gives_an_issue_and_no_observation(text: str, codes: list[str]) -> None:
    extract = read(text)
    assert not extract.observations
    assert list_codes(extract.issues) == codes


def test_each_fault_of_a_row_or_header_is_explained(messages: Callable[..., None]) -> None:
    for text, _ in FAULTS:
        messages(read(text).issues)


@pytest.mark.parametrize("column", ["note", "commentary", "caveat", "title"])
def test_a_sign_that_cannot_be_seen_is_shown_in_words_with_a_warning(column: str) -> None:
    extract = read(f"indicator,value,{column}\n2,5,see \u202etxt\n")
    assert list_codes(extract.issues) == ["unseen_sign 2"]
    assert extract.issues[0].severity is Severity.WARNING
    (observation,) = extract.observations
    assert column == "title" or getattr(observation, column) == "see <U+202E>txt"


@pytest.mark.parametrize("number", ["1\u200b", "1\u200d", "\u2060\u0031", "\ufeff1", "1\xad"])
def test_a_sign_that_cannot_be_seen_is_an_error_in_an_indicators_number(number: str) -> None:
    """It looks like the number of another indicator."""
    extract = read(f"indicator,value\n{number},5\n")
    assert list_codes(extract.issues) == ["unseen_sign 2"]
    assert not extract.observations


def test_a_sign_that_cannot_be_seen_is_named(messages: Messages) -> None:
    messages(read("indicator,value,note\n2,5,a\u202eb\n2\u200b,5,\n").issues)


def test_reading_stops_at_the_limit_of_faulty_rows(messages: Callable[..., None]) -> None:
    extract = read("indicator,value\n" + "1,x\n" * (MOST_FAULTS + 5))
    assert extract.rows == MOST_FAULTS
    assert list_codes(extract.issues[-1:]) == [f"too_many_faults {MOST_FAULTS + 1}"]
    messages(extract.issues[-1])


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


@pytest.mark.parametrize("has_workbook", [False, True])
def test_openpyxl_is_imported_only_where_a_workbook_is_read(
    *, has_workbook: bool, council: Path
) -> None:
    """`kpi check` of CSV files does not wait for it."""
    if has_workbook:
        book = make_book([("Indicator", "Value"), ("1", 92)])
        (council / "data" / "2020-05.xlsx").write_bytes(book)
    code = (
        "import sys\nfrom merton_kpi.cli.app import main\n"
        "try: main(['check', '--data', 'data'])\n"
        "except SystemExit as stop: assert not stop.code\n"
        "print('openpyxl' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=council, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == str(has_workbook)
