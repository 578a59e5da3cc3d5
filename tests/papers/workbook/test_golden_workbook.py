"""November 2020's workbook in a text that reads like the paper: what a councillor would see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.councils import NOVEMBER, read_merton
from helpers.show_workbook import show_sheet
from helpers.xlsx import Book

from merton_kpi.papers.build import write_index_workbook

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_workbook_reads_as_it_did(golden: Callable[[str, str], None]) -> None:
    book = Book(write_index_workbook(read_merton(NOVEMBER)))
    lines = [line for sheet in book.sheets for line in show_sheet(book, sheet)]
    golden("performance-index-2020-11.txt", "\n".join(lines) + "\n")
