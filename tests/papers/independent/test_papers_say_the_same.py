"""All papers of each of Merton's months have the same figures, ratings and words.

Slow: the papers are built by the command, as a council builds them.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from papers.independent.readers import (
    Cell,
    Record,
    read_document_lines,
    read_exceptions,
    read_page,
    read_report,
    read_report_lines,
    read_table,
    read_workbook,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
NOT_APPLICABLE = "[z]"
YEAR = "2020/21"
EXCEPTIONS = ("Red", "Amber")
NO_DATA = "No data"
CARRIED = " has no figure to rate, so the rating of "
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MONTH = re.compile(f"({'|'.join(MONTHS)}) 20[0-9]{{2}}")
# The CSV says in plain words what the workbook prints as the council does.
PRINTED = {
    "TBC": "still to come",
    "N/A - C19": "not collected because of COVID-19",
}
SAID_BY_THE_SYMBOL = "not available"


@dataclass(frozen=True, kw_only=True)
class Papers:
    """A month's papers as they were read: the tables, and the lines of the report and the page.

    `index` has a record for each indicator, by its number; `periods` the CSV's records for each
    month that a period ends with, by the indicator's number and the month's heading.
    """

    sheets: dict[str, list[Record]]
    index: dict[str, Record]
    periods: dict[tuple[str, str], dict[str, str]]
    report: list[list[dict[str, str]]]
    lines: list[str]
    document: list[str]
    page_tables: dict[str, list[dict[str, str]]]
    page_lines: list[str]


def read_papers(folder: Path, month: str) -> Papers:
    sheets = read_workbook(folder / f"performance-index-{month}.xlsx")
    index = {str(each["No."]): each for each in sheets["Performance index"]}
    assert len(index) == len(sheets["Performance index"])
    records = read_table(folder / f"performance-index-{month}.csv")
    periods = {(each["indicator"], format_month(each["period_end"])): each for each in records}
    assert len(periods) == len(records)
    page_tables, page_lines = read_page(folder / f"performance-index-{month}.html")
    report = read_report(folder / f"exception-report-{month}.md")
    return Papers(
        sheets=sheets,
        index=index,
        periods=periods,
        report=report,
        lines=read_report_lines(folder / f"exception-report-{month}.md"),
        document=read_document_lines(folder / f"exception-report-{month}.docx"),
        page_tables=page_tables,
        page_lines=page_lines,
    )


def format_month(day: str) -> str:
    """The heading of the month that a day is in: `Nov 2020`."""
    read = date.fromisoformat(day)
    return f"{MONTHS[read.month - 1]} {read.year}"


@pytest.fixture(scope="module", params=range(4, 12), ids=lambda month: f"2020-{month:02}")
def papers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Papers:
    month, folder = f"2020-{request.param:02}", tmp_path_factory.mktemp("papers")
    command = [sys.executable, "-m", "merton_kpi", "build", "--quiet", "--month", month]
    subprocess.run([*command, "--out", folder], check=True, cwd=ROOT, capture_output=True)
    return read_papers(folder, month)


def is_same_figure(cell: Cell, period: dict[str, str], column: str = "value") -> bool:
    """Whether a cell of the workbook has the figure of a record of the CSV, or its symbol."""
    if isinstance(cell, Decimal):
        return bool(period[column]) and Decimal(period[column]) == cell
    return not period[column] and cell in period["symbols"].split()


def test_each_month_of_the_index_has_the_figure_or_symbol_of_the_csv(papers: Papers) -> None:
    """A blank cell is a month that the CSV has no record for."""
    compared = Counter[str]()
    for number, row in papers.index.items():
        for heading, cell in row.items():
            if not MONTH.fullmatch(heading):
                continue
            period = papers.periods.get((number, heading))
            if cell == "":
                assert period is None, (number, heading)
            else:
                assert period, (number, heading)
                assert is_same_figure(cell, period), (number, heading, cell, period)
                compared[type(cell).__name__] += 1
    assert compared.total() == len(papers.periods)
    assert compared["Decimal"] > 5


def test_the_latest_figure_has_the_rating_and_the_reason_of_its_period(papers: Papers) -> None:
    """The index names the period where it is not the latest one that is due: `Red (Q1)`.

    It leaves out a reason that its rating says already, and where the year has no figure, its
    reason is about the year and the CSV's about the period.
    """
    compared = 0
    for number, row in papers.index.items():
        latest = str(row["Latest month"])
        if latest == NOT_APPLICABLE:
            assert not any(number == each for each, _ in papers.periods)
            continue
        period = papers.periods[number, latest]
        column = "total" if period.get("total") else "value"
        assert is_same_figure(row["Latest figure"], period, column), number
        assert re.sub(r" \(.*\)$", "", str(row["BRAG rating"])) == period["rating_label"], number
        if row["Reason for the rating"] == NOT_APPLICABLE:
            assert period["rating_label"] not in (*EXCEPTIONS, "Green", "Blue"), number
        elif period["rating_label"] == NO_DATA:
            for reason in (str(row["Reason for the rating"]), period["rating_reason"]):
                assert reason.startswith("There is no figure "), number
        else:
            reason, _, carried = str(row["Reason for the rating"]).partition(CARRIED)
            own = f"{reason.rpartition('. ')[0]}." if carried else reason
            assert own == period["rating_reason"], number
        compared += 1
    assert compared > 5


def split_travel(row: Mapping[str, object]) -> tuple[str, str]:
    """The finding and the comparison of `Too short to tell (↓ lower than in Oct 2020, 33%)`."""
    change, _, before = str(row["Direction of travel"]).partition(" (")
    return change, before.removesuffix(")")


def test_the_latest_figure_has_the_comparisons_of_its_period(papers: Papers) -> None:
    """Where a later period has no figure, the index compares with the one before in no words."""
    columns = ("streak", "year_on_year", "comparison", "forecast", "stated_forecast")
    compared = 0
    for number, row in papers.index.items():
        due = [month for each, month in papers.periods if each == number]
        if row["Latest month"] == NOT_APPLICABLE:
            continue
        period = papers.periods[number, str(row["Latest month"])]
        change, before = split_travel(row)
        assert change == "Too short to tell", number
        assert period["finding_reason"] == ("too_short" if period["finding"] else ""), number
        if row["Latest month"] != due[-1]:
            assert not before, number
            continue
        assert before == period["period_on_period"], number
        context = str(row["In context"]).casefold()
        for column in columns:
            assert period.get(column, "").casefold() in context, (number, column)
        compared += 1
    assert compared > 5


def test_names_benchmarks_and_frequencies_are_the_same(papers: Papers) -> None:
    names = {"title": "Indicator", "section": "Section", "frequency": "Frequency"}
    for (number, _), period in papers.periods.items():
        row = papers.index[number]
        for column, heading in names.items():
            assert period[column] == row[heading], (number, heading)
        for area in ("England", "London"):
            printed, cell = period[f"benchmark_{area.lower()}"], row[area]
            is_left_out = f"{area}: in another unit" in period["benchmark_note"]
            if printed:
                assert Decimal(printed) == cell, (number, area)
            else:
                assert isinstance(cell, str) or is_left_out, (number, area)


def read_notes(papers: Papers) -> dict[str, str]:
    """The notes by their markers."""
    notes: dict[str, str] = {}
    for row in papers.sheets["Notes"]:
        marker, words = str(row["Note or symbol"]), str(row["Meaning"])
        if marker.startswith("[note "):
            marker = marker.removesuffix(" (continued)")
            notes[marker] = f"{notes[marker]} {words}" if marker in notes else words
    return notes


def split_note(words: str) -> set[str]:
    """The parts of what is said of a figure, without its symbols."""
    parts = re.split("[;,] ", re.sub(r"\[[a-z]+\] ", "", words))
    return {PRINTED.get(part, part) for part in parts} - {SAID_BY_THE_SYMBOL}


def test_each_period_has_the_words_of_the_index_s_note(papers: Papers) -> None:
    """A note has a line for each figure that it is about: `Jun 2020 and Sep 2020: N/A - C19`."""
    notes, used = read_notes(papers), set()
    for number, row in papers.index.items():
        marker = str(row["Notes"])
        said: dict[str, set[str]] = {}
        if marker.startswith("[note "):
            used.add(marker)
            for line in notes[marker].splitlines():
                places, _, words = line.partition(": ")
                for month in MONTH.finditer(places):
                    said[month[0]] = split_note(words)
        periods = {
            month: split_note(period["note"])
            for (each, month), period in papers.periods.items()
            if each == number and period["note"]
        }
        assert said == {month: words for month, words in periods.items() if words}, number
    assert used == set(notes)


def test_both_editions_of_the_report_list_the_index_s_red_and_amber_indicators(
    papers: Papers,
) -> None:
    rated = {
        number
        for number, row in papers.index.items()
        if str(row["BRAG rating"]).startswith(EXCEPTIONS)
    }
    rows = papers.sheets.get("Exceptions", [])
    commentaries = {str(each["No."]): each["Service commentary"] for each in rows}
    assert set(commentaries) == rated
    for lines in (papers.lines, papers.document):
        listed = read_exceptions(lines)
        assert set(listed) == rated
        for number, each in listed.items():
            row = papers.index[number]
            title = row["Indicator"]
            assert each["Heading"] == f"{row['BRAG rating']}: indicator {number}, {title}"
            assert each["Reason for the rating"] == row["Reason for the rating"]
            change, before = split_travel(row)
            assert each["Compared with the period before"].replace("not known", "") == before
            assert each["Is it a real change?"].startswith(f"{change}: ")
            assert each.get("In context", NOT_APPLICABLE) == row["In context"]
            assert each["Commentary from the service"] == commentaries[number]


def test_the_report_counts_the_index_s_ratings(papers: Papers) -> None:
    (table,) = [each for each in papers.report if list(each[0]) == ["Rating", "Indicators"]]
    labels = (re.sub(r" \(.*\)$", "", str(row["BRAG rating"])) for row in papers.index.values())
    assert {each["Rating"]: int(each["Indicators"]) for each in table} == Counter(labels)


def test_the_report_has_the_workbook_s_caveats(papers: Papers) -> None:
    tables = [each for each in papers.report if "Caveat" in each[0]]
    listed = [each for table in tables for each in table]
    assert listed == papers.sheets.get("Caveats", [])


def test_the_page_s_table_has_the_index_s_words(papers: Papers) -> None:
    (table,) = [rows for name, rows in papers.page_tables.items() if name.startswith("Every ")]
    assert len(table) == len(papers.index)
    for each, (number, row) in zip(table, papers.index.items(), strict=True):
        assert each["Indicator"] == f"{number}. {row['Indicator']}"
        assert each["Rating"] == row["BRAG rating"]
        (target,) = [words for name, words in row.items() if name.startswith("Target ")]
        assert each[f"Target {YEAR}"].replace("none", NOT_APPLICABLE) == target
        travel = each["Direction of travel"].replace("not known", NOT_APPLICABLE)
        assert travel == row["Direction of travel"]


def test_the_page_has_each_period_s_figure_and_rating_of_the_csv(papers: Papers) -> None:
    others = dict(papers.periods)
    for caption, rows in papers.page_tables.items():
        if not caption.startswith("Figures of indicator "):
            continue
        number = caption.removeprefix("Figures of indicator ").partition(",")[0]
        for each in rows:
            period = others.pop((number, each["Period"]))
            words, *symbols = each["Figure"].split(" [")
            figure = re.sub(r"[^0-9.-]|(?<=[0-9]) .*", "", words) if period["value"] else ""
            assert (Decimal(figure) if figure else "") == (
                Decimal(period["value"]) if period["value"] else ""
            ), (number, each)
            assert {f"[{symbol}" for symbol in symbols} == set(period["symbols"].split())
            if "Rating" in each:
                assert each["Rating"] == period["rating"], (number, each)
    assert not others


def test_the_page_gives_each_exception_s_reason_and_commentary(papers: Papers) -> None:
    for each in papers.sheets.get("Exceptions", []):
        heading = f"### {each['BRAG rating']} {each['No.']}. {each['Indicator']}"
        place = papers.page_lines.index(heading)
        assert papers.page_lines[place + 1] == each["Reason for the rating"]
        said = papers.page_lines[papers.page_lines.index("Commentary from the service", place) :]
        first, *_ = str(each["Service commentary"]).splitlines()
        assert said[1] == " ".join(first.split())


def test_the_readers_share_no_code_with_the_writers() -> None:
    text = (Path(__file__).parent / "readers.py").read_text(encoding="utf-8")
    imported = re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE)
    assert set(imported) <= sys.stdlib_module_names
