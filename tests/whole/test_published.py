"""November 2020's index against what the council published, cell by cell."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT, read_merton

from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import Rating
from merton_kpi.core.units import Unit

if TYPE_CHECKING:
    from merton_kpi.scorecard.cells import Cell
    from merton_kpi.scorecard.records import Row, Scorecard

INDEX = ROOT / "tests/whole/published/index-2020-21.csv"
with INDEX.open(encoding="utf-8-sig", newline="") as _file:
    PUBLISHED = {row["number"].strip("*"): row for row in csv.DictReader(_file)}

# Cells that are blank in the published index although a figure was due: missing data.
DUE_AND_BLANK = {
    ("18", "2020-04"),
    *((number, month) for number in ("27", "28") for month in ("2020-09", "2020-10", "2020-11")),
}
# (number, column): why ours differs from what was printed.
DIFFERENCES = {
    ("23a", "merton_2017_18"): "printed as 0% in a row of counts; kept as the percentage it says",
}
# Months that are printed as N/A, although the report says that the figures will come.
TO_COME = {(number, month) for number in ("23", "23a") for month in ("2020-10", "2020-11")}
BLANK_RATINGS = {Rating.NO_DATA, Rating.CLOSED}  # a blank rating gets its reason instead


def select_row(card: Scorecard, number: str) -> Row:
    return next(row for row in card.rows if row.number == number)


def agrees(printed: str, cell: Cell) -> bool:
    """Whether our cell says what was printed: the same figure and unit, or the same words."""
    found = re.match(r"\(?(?:DfE Census Sept 20\d\d(?:\*\*)? )?([0-9][0-9.,]*)(%?)", printed)
    if found and not printed.startswith("NEW"):
        figure = Decimal(found[1].replace(",", ""))
        return cell.value == figure and (not found[2] or cell.unit is Unit.PERCENT)
    words = re.sub(r"\s*\(.*", "", printed).casefold()
    return cell.value is None and cell.words.casefold() == words


def test_the_rows_and_their_order_are_the_published_ones(november: Scorecard) -> None:
    assert [(row.section, row.number) for row in november.rows] == [
        (row["section"], number) for number, row in PUBLISHED.items()
    ]


@pytest.mark.parametrize("number", PUBLISHED)
def test_titles_and_frequencies_are_the_published_ones(november: Scorecard, number: str) -> None:
    printed, row = PUBLISHED[number], select_row(november, number)
    title = re.sub(r"\*+", "", printed["indicator"]).casefold()
    assert (row.title.casefold(), row.frequency) == (title, printed["frequency"])


@pytest.mark.parametrize("number", PUBLISHED)
def test_every_month_is_the_published_one(november: Scorecard, number: str) -> None:
    row = select_row(november, number)
    for month, cell in zip(november.year.months, row.months, strict=True):
        printed = PUBLISHED[number].get(str(month), "")
        if (number, str(month)) in TO_COME:
            assert (printed, cell.words) == ("N/A", "TBC")
        elif printed:
            assert agrees(printed, cell), (month, printed, cell)
        elif (number, str(month)) in DUE_AND_BLANK:
            assert cell.words == "Due, not received"
        else:
            assert (cell.value, cell.shorthand) == (None, None), month


@pytest.mark.parametrize("number", PUBLISHED)
def test_every_outturn_is_the_published_one(november: Scorecard, number: str) -> None:
    row = select_row(november, number)
    for column, cell in zip(
        ("merton_2019_20", "merton_2018_19", "merton_2017_18"), row.outturns, strict=True
    ):
        printed = PUBLISHED[number][column]
        if printed:
            assert agrees(printed, cell), (column, printed, cell)
        else:
            assert (cell.value, cell.words) == (None, ""), column
            assert cell.shorthand is not None
        if (number, column) in DIFFERENCES:
            assert cell.unit is not row.unit


@pytest.mark.parametrize("number", PUBLISHED)
def test_every_benchmark_is_the_published_one(november: Scorecard, number: str) -> None:
    row = select_row(november, number)
    for column, cell in zip(("england", "london"), row.benchmarks, strict=True):
        printed = PUBLISHED[number][column]
        if re.match(r"No .*benchmark", printed):
            assert cell.words == "No relevant benchmarking available"
        elif printed:
            assert agrees(printed, cell), (column, printed, cell)


@pytest.mark.parametrize("number", PUBLISHED)
def test_every_rating_is_the_published_one(november: Scorecard, number: str) -> None:
    printed, verdict = PUBLISHED[number]["published_rating"], select_row(november, number).verdict
    if printed:
        assert verdict.label == printed
    else:
        assert verdict.rating in BLANK_RATINGS
    assert verdict.reason.endswith(".")


def test_every_printed_remark_beside_a_figure_is_kept(november: Scorecard) -> None:
    """A source, period or remark printed with a figure is in that figure's details."""
    columns = ("merton_2019_20", "merton_2018_19", "merton_2017_18", "england", "london")
    for number, printed in PUBLISHED.items():
        row = select_row(november, number)
        for column, cell in zip(columns, row.outturns + row.benchmarks, strict=True):
            for found in re.findall(r"\((.*)\)", printed[column]):
                figures = set(re.findall(r"\d+(?:\.\d+)?%?", found)) - {"31", "08"}
                said = cell.details + cell.printed
                missing = {f for f in figures if f not in said and f.lstrip("0") not in said}
                assert not missing - {"10", "000"}, (number, column, found, said)


def test_exceptions_of_note_and_caveats_are_the_reports(november: Scorecard) -> None:
    exceptions = [(row.number, row.verdict.label) for row, _ in november.exceptions]
    assert exceptions == [("3", "Red"), ("16", "Red (Q1)"), ("22", "Red")]
    assert all("No commentary" not in words for _, words in november.exceptions)
    assert [each.number for each in november.of_note] == ["40"]
    breaks = [each for each in november.caveats if each.words.startswith("Break in the series")]
    others = [each for each in november.caveats if each not in breaks]
    assert [each.number for each in others] == ["8", "10", "23", "23a"]
    # Not in the report's own list: the departmental update and the report's remarks have them.
    assert [(each.number, each.about) for each in breaks] == [
        ("2", "from Sep 2020"),
        ("40", "from Sep 2020"),
    ]
    assert november.meeting == "13 January 2021"


@pytest.mark.parametrize(
    ("number", "not_due"),
    [
        (4, ["16", "21", "22", "26", "30", "31", "38"]),
        (5, ["16", "21", "22", "26", "38"]),
        (6, []),
    ],
)
def test_what_no_figure_is_due_for_yet_is_told_from_what_is_missing(
    number: int, not_due: list[str]
) -> None:
    """The quarterly indicators until June, and 30 and 31, whose figures come in May."""
    rows = read_merton(Month(2020, number)).rows
    assert [row.number for row in rows if row.verdict.rating is Rating.NOT_DUE] == not_due


@pytest.mark.parametrize("number", range(4, 11))
def test_each_earlier_month_is_built_from_what_was_known_then(number: int) -> None:
    month = Month(2020, number)
    card = read_merton(month)
    assert len(card.rows) == 39
    assert not any(
        cell.value is not None
        for row in card.rows
        for later, cell in zip(card.year.months, row.months, strict=True)
        if later > month
    )
