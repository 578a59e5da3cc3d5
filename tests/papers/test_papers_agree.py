"""The workbook, the report and the CSV are read back, and say the same words and figures."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from helpers.councils import NOVEMBER, ROOT, read_merton
from helpers.xlsx import Book
from markdown_it import MarkdownIt

from merton_kpi.core.periods import Month
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.papers.csv_table import write_csv
from merton_kpi.papers.report import format_report
from merton_kpi.storage.files import TEMPLATE, decode_text, read_template

if TYPE_CHECKING:
    from helpers.xlsx import Sheet


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(write_index_workbook(read_merton(NOVEMBER)))


@pytest.fixture(scope="module")
def table() -> list[dict[str, str]]:
    return list(
        csv.DictReader(
            io.StringIO(write_csv(read_merton(NOVEMBER)).decode("utf-8-sig"), newline="")
        )
    )


@pytest.fixture(scope="module")
def report() -> list[list[list[str]]]:
    """The report's tables, each a list of rows of words."""
    content, path = read_template(ROOT / "templates", TEMPLATE)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(
        format_report(read_merton(NOVEMBER), decode_text(content, path), path.name)
    )
    tables: list[list[list[str]]] = []
    for token in tokens:
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type == "inline" and tables and token.level >= 3:
            tables[-1][-1].append("".join(child.content for child in token.children or ()))
    return tables


def list_rows(sheet: Sheet, *headers: str) -> dict[str, list[Any]]:
    """Each indicator's cells under these headers, by its number."""
    places = [sheet.headers.index(header) for header in headers]
    number = sheet.headers.index("No.")
    return {row[number].value: [row[place].value for place in places] for row in sheet.rows}


def test_workbook_and_csv_have_the_same_ratings_and_reasons(
    book: Book, table: list[dict[str, str]]
) -> None:
    """The workbook's rating is that of one of the CSV's periods; `Red (Q1)` is that of Q1."""
    index = list_rows(
        book["Performance index"], "Section", "Indicator", "BRAG rating", "Reason for the rating"
    )
    assert len(index) == 39
    ratings = set()
    for number, (section, title, label, reason) in index.items():
        tidy = [row for row in table if row["indicator"] == number]
        rating, _, period = label.partition(" (")
        ratings.add(rating)
        assert {(row["section"], row["title"]) for row in tidy} <= {(section, title)}
        if rating in ("Not due yet", "No longer reported"):
            assert not tidy
        elif not tidy:
            assert rating == "Not a target measure"  # nothing of it is due yet
        elif rating == "No data":
            assert all(row["rating"] == rating for row in tidy)
        else:
            rated = [row for row in tidy if row["rating"] != "No data"]
            assert (rated[-1]["rating_label"], rated[-1]["rating_reason"]) == (rating, reason)
            assert (rated[-1] is tidy[-1]) == (not period)
    assert len(ratings) == 6


def test_workbook_and_csv_have_the_same_figure_or_symbol_in_every_month(
    book: Book, table: list[dict[str, str]]
) -> None:
    sheet = book["Performance index"]
    headers = [header for header in sheet.headers if re.match(r"[A-Z][a-z]{2} 20\d\d", header)]
    index = list_rows(sheet, *headers)
    months = [Month(2020, 4).add_months(place) for place in range(12)]
    periods = {(row["indicator"], row["period_end"][:7]): row for row in table}
    cells = {
        (number, str(month)): cell
        for number, own in index.items()
        for month, cell in zip(months, own, strict=True)
        if cell is not None
    }
    assert cells.keys() == periods.keys()
    for place, row in periods.items():
        cell = cells[place]
        if isinstance(cell, (int, float)):
            scale = 100 if row["unit"] == "percent" else 1
            assert Decimal(str(cell)) * scale == Decimal(row["value"]), row
        else:
            assert (row["value"], row["symbols"]) == ("", cell), row


def test_workbook_and_report_list_the_same_exceptions(
    book: Book, report: list[list[list[str]]]
) -> None:
    sheet = list_rows(
        book["Exceptions"],
        "No.",
        "Indicator",
        "BRAG rating",
        "Reason for the rating",
        "Service commentary",
    )
    head, *rows = next(each for each in report if "Service commentary" in each[0])
    wanted = ["No.", "Indicator", "Rating", "Reason for the rating", "Service commentary"]
    places = [head.index(header) for header in wanted]
    assert [[row[place] for place in places] for row in rows] == list(sheet.values())
    assert list(sheet) == ["3", "16", "22"]


def test_workbook_and_report_list_the_same_caveats(
    book: Book, report: list[list[list[str]]]
) -> None:
    caveats = next(each for each in report if each[0][-1] == "Caveat")
    sheet = book["Caveats"]
    assert caveats == [sheet.headers, *([cell.value for cell in row] for row in sheet.rows)]


def test_workbook_and_report_count_the_same_ratings(
    book: Book, report: list[list[list[str]]]
) -> None:
    summary = book["Summary"]
    counts = dict(zip(summary.headers, [cell.value for cell in summary.rows[-1]], strict=True))
    head, *rows = report[0]
    assert head == ["Rating", "Indicators"]
    counted = {label: int(count) for label, count in rows}
    assert {label: counts[label] for label in counted} == counted
    assert sum(counted.values()) == counts["All indicators"] == 39


def test_charts_draw_the_index_s_own_figures(book: Book) -> None:
    index = book["Performance index"]
    months = [header for header in index.headers if re.match(r"[A-Z][a-z]{2} 20\d\d", header)]
    figures = list_rows(index, *months)
    lines: dict[str, list[list[object]]] = {}
    for row in book["Trend data"].rows:
        if re.match("Merton($| before| from)", row[2].value):
            lines.setdefault(row[0].value, []).append([cell.value for cell in row[3:]])
    assert len(lines) == 9
    assert [number for number, own in lines.items() if len(own) == 2] == ["2"]  # its break
    for number, own in lines.items():
        drawn = [
            next((one for one in each if one is not None), None) for each in zip(*own, strict=True)
        ]
        shown = figures[number]
        assert drawn == [value if isinstance(value, (int, float)) else None for value in shown]


def test_the_sources_are_the_files_with_their_rows(book: Book) -> None:
    sources = [[cell.value for cell in row] for row in book["Sources"].rows]
    files = [ROOT / "indicators.yaml", *sorted((ROOT / "data").glob("2020-*.csv"))]
    assert [name for name, _ in sources] == [path.name for path in files]
    assert sources[0][1] == 39
    assert [rows for _, rows in sources[1:]] == [
        len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in files[1:]
    ]
    assert any(line.startswith("Made by merton-kpi 0.1.0, as at") for line in book["Sources"].lines)
