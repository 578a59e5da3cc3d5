"""A housing panel's month: the workbooks of five services, each in a form of its own.

None of them was made for kpi. They have titles above the table, headings and numbers of their own,
figures as text, numbers with formats, dates, notes behind figures, headings between the rows,
totals and sources below them, and other sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl

from helpers.councils import ROOT
from helpers.return_books import save

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGUE = ROOT / "tests/whole/five-services/indicators.yaml"
APRIL = date(2025, 4, 1)
# By indicator, the figures that the workbooks hold; the last one of indicator 3.
FIGURES = {
    "1": "96.4",
    "2": "1234",
    "3": "1825600",
    "4": "98.73",
    "5": "1.2",
    "6": "26.5",
    "7": "17",
    "8": "1187",
    "9": "23",
    "10": "99.96",
    "11": "95.7",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows, and the formats of its cells by their addresses."""

    name: str
    rows: tuple[tuple[Any, ...], ...]
    formats: Mapping[str, str]


REPAIRS = (
    Sheet(
        "KPIs",
        (
            ("Repairs service: monthly figures",),
            ("Sent on 9 May 2025",),
            (),
            ("Ref", "Measure", "Month", "Result", "Comment"),
            ("REP1", "Repairs done on time", APRIL, "96.4%", "Two plumbers left in April."),
            ("REP2", "Repairs reported", APRIL, 1234, None),
        ),
        {"C5": "mmm yyyy", "C6": "mmm yyyy", "D6": "#,##0"},
    ),
    Sheet("Definitions", (("REP1", "Done within the time that was agreed"),), {}),
)
LETTINGS = (
    Sheet(
        "April",
        (
            ("Lettings figures",),
            ("Indicator", "Title", "Value"),
            (6, "Days to let a home", 26.5),
            (7, "Homes let", "17 (+2 sept panel)"),
        ),
        {"C3": "0"},
    ),
)
HOMELESSNESS = (
    Sheet(
        "Return",
        (
            ("Homelessness",),
            ("Code", "Outturn", "Remarks"),
            ("H1", 1187, None),
            ("H2", "23% (1,063 of 4,718)", "First count"),
        ),
        {"B3": "#,##0"},
    ),
    Sheet("Workings", (("Week", "Households"), (1, 300), (2, 310)), {}),
)


def list_rents(arrears: int) -> tuple[Sheet, ...]:
    """The workbook of the rents service, which sends it again with other arrears."""
    rows = (
        ("Rents, April 2025",),
        ("KPI", "Measure", "Period", "Actual", "Target", "RAG"),
        ("Current tenants",),
        ("RENT-01", "Arrears", "Apr 2025", arrears, 1900000, "G"),
        ("RENT-02", "Collection", "Apr 2025", 0.9873, 0.985, "G"),
        ("Former tenants",),
        ("RENT-03", "Arrears", "Apr 2025", "£1.2m", None, None),
        ("All", "Arrears", "Apr 2025", arrears + 1_200_000, None, None),
        (),
        ("Source: rent accounts, 3 May 2025",),
    )
    return (Sheet("Sheet1", rows, {"D4": '"£"#,##0', "D5": "0.0%", "E5": "0.0%"}),)


def list_compliance(*, has_formulas: bool) -> tuple[Sheet, ...]:
    """The workbook of the compliance service; formulas need a program that works them out."""
    shares = ("=C4/D4", "=C5/D5") if has_formulas else (0.9996, 0.957)
    rows = (
        ("Compliance dashboard",),
        ("As at 30/04/2025",),
        ("No.", "%", "Compliant", "Homes", "Check"),
        (10, shares[0], 9996, 10000, "OK"),
        (11, shares[1], 957, 1000, "OK", "two blocks to come"),
    )
    return (Sheet("Apr", rows, {"B4": "0.0%", "B5": "0.0%", "D4": "#,##0"}),)


def make_workbook(sheets: tuple[Sheet, ...]) -> bytes:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for each in sheets:
        page: Any = book.create_sheet(each.name)
        for row in each.rows:
            page.append(row)
        for address, number_format in each.formats.items():
            page[address].number_format = number_format
    return save(book)
