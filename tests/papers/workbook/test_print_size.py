"""On A3 the index is printed in 8 points or more, by the file's widths and by a PDF of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from helpers.councils import NOVEMBER, read_merton
from helpers.workbook_rules import list_pages, measure_print, t6_headers_break_between_words_only
from helpers.xlsx import Book

from merton_kpi.papers.build import write_index_workbook

if TYPE_CHECKING:
    from pathlib import Path

AREAS = (
    "England",
    "London",
    "Outer London",
    "Hammersmith and Fulham",
    "Kensington and Chelsea",
    "Statistical neighbours",
)
DIGIT = 0.556  # of the size of Arial's type, which each of its digits is wide


def write_index(indicators: int, areas: int) -> bytes:
    """Merton's index of November with so many indicators, its own repeated, and so many areas."""
    card = read_merton(NOVEMBER)
    rows = [
        replace(
            row,
            number=f"{row.number}-{again}" if again else row.number,
            benchmarks=(row.benchmarks * 3)[:areas],
        )
        for again in range(-(-indicators // len(card.rows)))
        for row in card.rows
    ]
    return write_index_workbook(replace(card, areas=AREAS[:areas], rows=tuple(rows[:indicators])))


SIZES = [(39, 2, 8.8), (39, 6, 8), (300, 2, 8.8), (300, 6, 8)]
CASES = [pytest.param(*size, marks=pytest.mark.slow if size[0] > 100 else ()) for size in SIZES]
NAMES = [f"{indicators} indicators, {areas} areas" for indicators, areas, _ in SIZES]


@pytest.mark.parametrize(("indicators", "areas", "points"), CASES, ids=NAMES)
def test_the_index_takes_two_pages_across_in_type_of_this_size(
    indicators: int, areas: int, points: float
) -> None:
    book = Book(write_index(indicators, areas))
    t6_headers_break_between_words_only(book)
    index = book["Performance index"]
    assert points <= measure_print(index) < points + 0.5
    assert len(list_pages(index)) == 2
    assert index.cells.print_title_cols == "$A:$B"
    assert index.cells.print_title_rows == f"${index.top}:${index.top}"


@pytest.mark.slow
@pytest.mark.parametrize(("indicators", "areas", "points"), SIZES, ids=NAMES)
def test_libreoffice_prints_the_index_in_type_of_this_size(
    indicators: int, areas: int, points: float, tmp_path: Path
) -> None:
    """The width of indicator 1's number, a digit, gives the size of the type."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        pytest.skip("LibreOffice or Poppler is not installed")
    (tmp_path / "index.xlsx").write_bytes(write_index(indicators, areas))
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "index.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    command = ["pdftotext", "-bbox", "index.pdf", "-"]
    printed = subprocess.check_output(command, cwd=tmp_path, encoding="utf-8", timeout=60)
    pages = [page for page in printed.split("<page ") if ">(CASAs)<" in page and ">BRAG<" in page]
    (left, right) = re.findall(r'xMin="([\d.]+)"[^>]+xMax="([\d.]+)"[^>]+>1<', pages[0])[0]
    assert (float(right) - float(left)) / DIGIT >= points - 0.05
