"""A return that comes back says the same as a CSV file, digit for digit, in every unit."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from helpers.councils import make_catalogue
from helpers.libreoffice import type_in_libreoffice
from helpers.return_books import fill_in
from helpers.xlsx import Book

from merton_kpi.core.issues import Place, require
from merton_kpi.core.periods import Month
from merton_kpi.core.units import Unit
from merton_kpi.extracts.quoting import Quotable
from merton_kpi.extracts.reader import read_extract
from merton_kpi.loading.inputs import Inputs
from merton_kpi.returns.due import compose_due_list
from merton_kpi.returns.return_facts import compose_return_facts
from merton_kpi.returns.return_workbook import list_return_items, write_return_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from merton_kpi.extracts.observations import Observation

APRIL = Month(2020, 4)
UNITS = [*(f"{unit}" for unit in Unit.NAMED), "{label: tonnes, singular: tonne}"]
CATALOGUE = make_catalogue(
    "".join(
        f'- {{number: "{number}", title: In {unit.strip("{}").split(",")[0].replace(":", "")}, '
        f"unit: {unit}, frequency: monthly, target: new}}\n"
        for number, unit in enumerate(UNITS, 1)
    )
)
FIGURES = ["96", "33.9", "0.1", "99.99", "1852600.25", "0", "1.005", "78150", "0.333", "12.0625"]
FILLS: list[dict[str, str]] = [
    {"Value": FIGURES[number % len(FIGURES)], "Note": "+2 in September", "Status": "provisional"}
    for number in range(len(UNITS) - 3)
]
FILLS += [
    {"Status": "not_available"},
    {"Numerator": "18", "Denominator": "20"},
    {"Value": "-0.7", "Note": "Déjà vu — £5"},
]
READ_ALL = Quotable(is_all=True)


def write_return() -> bytes:
    inputs = Inputs(file="indicators.yaml", catalogue=CATALOGUE, month=APRIL)
    dues = require(compose_due_list(inputs))
    assert len(list_return_items(dues)) == len(UNITS)
    return write_return_workbook(dues, require(compose_return_facts(inputs)))


def read(content: bytes, name: str) -> list[Observation]:
    extract = read_extract(content, name, APRIL, READ_ALL)
    assert extract.issues == ()
    # How a cell shows a figure is not compared: the figures are, digit for digit.
    return [replace(each, place=Place(file=""), written=None) for each in extract.observations]


def read_csv() -> list[Observation]:
    buffer = io.StringIO()
    columns = ("indicator", "title", "value", "numerator", "denominator", "status", "note")
    writer = csv.DictWriter(buffer, columns)
    writer.writeheader()
    for indicator, fill in zip(CATALOGUE.indicators, FILLS, strict=True):
        writer.writerow(
            {"indicator": indicator.number, "title": indicator.title}
            | {name.lower(): cell for name, cell in fill.items()}
        )
    return read(buffer.getvalue().encode(), "2020-04.csv")


def convert(text: str) -> Any:
    """A cell as a person types it: a number where it is one."""
    try:
        return float(Decimal(text))
    except ArithmeticError:
        return text


def test_a_return_filled_in_by_openpyxl_says_what_a_csv_file_says() -> None:
    typed = [{name: convert(cell) for name, cell in fill.items()} for fill in FILLS]
    assert read(fill_in(write_return(), typed), "2020-04.xlsx") == read_csv()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_return_filled_in_by_libreoffice_says_what_a_csv_file_says(tmp_path: Path) -> None:
    """A percentage typed with its sign becomes a format; a closed cell stays as it is."""
    content = write_return()
    blank, filled = tmp_path / "blank.xlsx", tmp_path / "filled.xlsx"
    blank.write_bytes(content)
    sheet = Book(content)["Return"]
    cells = {}
    for row, (unit, fill) in enumerate(zip(UNITS, FILLS, strict=True)):
        for name, text in fill.items():
            cell = sheet.column(name)[row]
            is_share = unit == "percent" and name == "Value"
            cells[cell.coordinate] = f"{text}%" if is_share else text
        cells[sheet.column("Title")[row].coordinate] = "typed over"
    type_in_libreoffice(blank, "Return", cells, filled)
    assert read(filled.read_bytes(), "2020-04.xlsx") == read_csv()
