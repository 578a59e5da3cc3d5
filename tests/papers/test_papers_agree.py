"""The workbook, the report and the CSV are read back, and say the same words and figures."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from helpers.councils import NOVEMBER, ROOT, read_merton
from helpers.table import write_table
from helpers.xlsx import Book
from markdown_it import MarkdownIt

from merton_kpi.core.periods import Month
from merton_kpi.core.vocabulary import Edition
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.papers.templated.report import format_report
from merton_kpi.storage.files import decode_text
from merton_kpi.storage.templates import REPORT_TEMPLATE, read_templates

if TYPE_CHECKING:
    from helpers.xlsx import Sheet


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(write_index_workbook(read_merton(NOVEMBER)))


@pytest.fixture(scope="module")
def table() -> list[dict[str, str]]:
    return list(
        csv.DictReader(
            io.StringIO(write_table(read_merton(NOVEMBER)).decode("utf-8-sig"), newline="")
        )
    )


def read_report() -> str:
    template = read_templates(ROOT / "templates", [Edition.REPORT]).report
    assert template
    text = decode_text(template.content, template.path)
    return format_report(read_merton(NOVEMBER), text, REPORT_TEMPLATE)


@pytest.fixture(scope="module")
def report() -> list[list[list[str]]]:
    """The report's tables, each a list of rows of words."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(read_report())
    tables: list[list[list[str]]] = []
    is_cell = False
    for token in tokens:
        if token.type in ("th_open", "td_open", "th_close", "td_close"):
            is_cell = token.type.endswith("open")
        elif token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type == "inline" and is_cell:
            tables[-1][-1].append("".join(child.content for child in token.children or ()))
    return tables


@pytest.fixture(scope="module")
def exceptions() -> dict[str, list[str]]:
    """For each exception of the report, by its number: its heading, its facts, the commentary."""
    tokens = MarkdownIt().parse(read_report())
    found: dict[str, list[str]] = {}
    open_heading, section = "", ""
    number = ""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            open_heading = token.tag if token.type == "heading_open" else ""
        elif token.type == "inline":
            words = "".join(child.content for child in token.children or ())
            if open_heading in ("h2", "h3"):
                section, number = words, ""
            elif section == "Exception report" and open_heading == "h4":
                number = words.partition("indicator ")[2].partition(",")[0]
                found[number] = [words]
            elif number:
                found[number].append(words)
    return found


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
            assert rated[-1]["rating_label"] == rating
            carried = reason.endswith(" is carried forward.")
            assert carried == bool(period)
            own = reason.rpartition(". ")[0] + "." if carried else reason
            assert own in ("[z]", rated[-1]["rating_reason"])  # where the rating says it all
            assert (rated[-1] is tidy[-1]) == (not period)
    assert len(ratings) == 6


def test_workbook_and_csv_have_the_same_figure_or_symbol_in_every_month(
    book: Book, table: list[dict[str, str]]
) -> None:
    sheet = book["Performance index"]
    headers = [header for header in sheet.headers if re.match(r"[A-Z][a-z]{2} 20\d\d", header)]
    index = list_rows(sheet, *headers)
    months = [Month(2020, 4).add_months(place) for place in range(len(headers))]
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
    book: Book, exceptions: dict[str, list[str]]
) -> None:
    sheet = list_rows(
        book["Exceptions"],
        "BRAG rating",
        "Indicator",
        "Reason for the rating",
        "Direction of travel",
        "Is it a real change?",
        "Service commentary",
    )
    assert list(sheet) == list(exceptions) == ["3", "16", "22"]
    for number, (rating, title, reason, travel, change, commentary) in sheet.items():
        head, *facts, words = exceptions[number]
        assert head == f"{rating}: indicator {number}, {title}"
        assert f"Reason for the rating: {reason}" in facts
        compared = travel.partition(" (")[2].removesuffix(")")
        assert f"Compared with the period before: {compared or 'not known'}" in facts
        assert f"Is it a real change? {change}" in facts
        assert words == f"Commentary from the service: {commentary}"


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
    drawn: dict[str, dict[str, object]] = {}
    broken = set()
    data = book["Trend data"]
    places = [data.headers.index(name) for name in ("Merton", "Merton, earlier")]
    for row in data.rows:
        now, before = (row[place].value for place in places)
        assert now is None or before is None
        broken |= {row[0].value} if before is not None else set()
        drawn.setdefault(row[0].value, {})[row[1].value] = before if now is None else now
    assert len(drawn) == 9
    assert broken == {"2"}
    for number, by_period in drawn.items():
        shown = {
            header[:8]: value if isinstance(value, (int, float)) else None
            for header, value in zip(months, figures[number], strict=True)
        }
        assert by_period == {period: shown[period] for period in by_period}
        assert {value for value in shown.values() if value is not None} <= {*by_period.values()}


def test_the_sources_are_the_files_with_their_rows(book: Book) -> None:
    sources = [[cell.value for cell in row] for row in book["Sources"].rows]
    files = [ROOT / "indicators.yaml", *sorted((ROOT / "data").glob("2020-*.csv"))]
    assert [name for name, _ in sources] == [path.name for path in files]
    assert sources[0][1] == 39
    assert [rows for _, rows in sources[1:]] == [
        len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in files[1:]
    ]
    assert any(line.startswith("Made by merton-kpi 0.1.0, as at") for line in book["Sources"].lines)
