"""Other programs read the workbook's values, and a validator of the standard finds no fault.

Slow. A program that is not installed is skipped: the Python libraries are the project's extra
`readers`; the Node libraries are fetched by npm into a cache outside the project.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from helpers.cards import CARDS
from helpers.councils import NOVEMBER, ROOT, read_merton
from helpers.node import list_faults
from helpers.programs import find_program
from helpers.xlsx import Book

from merton_kpi.papers.build import write_index_workbook

if TYPE_CHECKING:
    from pathlib import Path

    Values = dict[str, list[list[str | float]]]

pytestmark = pytest.mark.slow

NODE_SCRIPT = ROOT / "tests" / "helpers" / "read_workbook.cjs"


@pytest.fixture(scope="module", params=list(CARDS))
def content(request: pytest.FixtureRequest) -> bytes:
    return write_index_workbook(CARDS[request.param]())


@pytest.fixture
def path(content: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "index.xlsx"
    path.write_bytes(content)
    return path


@pytest.fixture
def values(content: bytes) -> Values:
    """Every value by sheet, as openpyxl reads them cell by cell."""
    sheets = Book(content).sheets
    return {sheet.name: strip_rows(sheet.cells.iter_rows(values_only=True)) for sheet in sheets}


def strip_rows(rows: Any) -> list[list[str | float]]:
    """Rows as text and numbers, without the blanks at their end; Excel's escapes are undone."""
    stripped = []
    for row in rows:
        read = [
            float(value)
            if isinstance(value, (int, float)) and not isinstance(value, bool)
            else ("" if value is None else str(value)).replace("_x005F_", "_")
            for value in row
        ]
        while read and read[-1] == "":
            read.pop()
        stripped.append(read)
    return stripped


@pytest.mark.parametrize("engine", ["openpyxl", "calamine"])
def test_pandas_reads_every_value(path: Path, values: Values, engine: str) -> None:
    pandas = pytest.importorskip(
        "pandas", reason="pandas is not installed: pip install '.[readers]'"
    )
    if engine == "calamine":
        pytest.importorskip("python_calamine", reason="python-calamine is not installed")
    frames = pandas.read_excel(
        path, sheet_name=None, header=None, engine=engine, dtype=object, na_filter=False
    )
    assert {name: strip_rows(frame.to_numpy()) for name, frame in frames.items()} == values


def test_polars_reads_every_value(path: Path, values: Values) -> None:
    polars = pytest.importorskip(
        "polars", reason="polars is not installed: pip install '.[readers]'"
    )
    pytest.importorskip("fastexcel", reason="fastexcel is not installed")
    frames = polars.read_excel(
        path,
        sheet_id=0,
        has_header=False,
        drop_empty_rows=False,
        drop_empty_cols=False,
        infer_schema_length=None,
    )
    assert list(frames) == list(values)
    for name, frame in frames.items():
        check_texts(strip_rows(frame.rows()), values[name])


def check_texts(read: list[list[str | float]], rows: list[list[str | float]]) -> None:
    """What was read equals the values, where a column of words and numbers came as words."""
    assert len(read) == len(rows)
    for one, other in zip(read, rows, strict=True):
        assert len(one) == len(other)
        for shown, value in zip(one, other, strict=True):
            assert (read_number(str(shown)) if isinstance(value, float) else shown) == value


def read_number(words: str) -> float:
    """A number, or a percentage as LibreOffice writes it."""
    digits = words.removesuffix("%")
    return float(digits if digits == words else Decimal(digits).scaleb(-2))


@pytest.mark.parametrize("library", ["exceljs", "xlsx"])
def test_node_libraries_read_every_value(
    path: Path, values: Values, node_modules: Path, library: str
) -> None:
    command = ["node", str(NODE_SCRIPT), str(node_modules), library, str(path)]
    sheets = json.loads(subprocess.check_output(command, timeout=120, encoding="utf-8"))
    assert {name: strip_rows(sheet["rows"]) for name, sheet in sheets.items()} == values


def test_exceljs_finds_the_tables(content: bytes, path: Path, node_modules: Path) -> None:
    command = ["node", str(NODE_SCRIPT), str(node_modules), "exceljs", str(path)]
    sheets = json.loads(subprocess.check_output(command, timeout=120, encoding="utf-8"))
    for sheet in Book(content).sheets:
        assert sheets[sheet.name]["tables"] == [table.name for table in sheet.tables]


def test_the_validator_finds_nothing_but_the_order_of_a_fonts_elements(
    path: Path, node_modules: Path
) -> None:
    errors = list_faults(path, node_modules)
    others = [each for each in errors if "/x:font[" not in (each.get("xPath") or "")]
    assert others == []


def test_libreoffice_reads_every_value(path: Path, values: Values) -> None:
    find_program("soffice")
    # Commas, quotes round every text, UTF-8, numbers as they are stored, every sheet to a file.
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"
    home = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", options, path.name]
    subprocess.run(command, cwd=path.parent, check=True, capture_output=True, timeout=180)
    for name, rows in values.items():
        with (path.parent / f"index-{name}.csv").open(encoding="utf-8", newline="") as file:
            check_texts(strip_rows(csv.reader(file)), rows)


@pytest.mark.parametrize("lxml", ["True", "False"])
def test_it_reads_the_same_whether_or_not_lxml_writes_it(tmp_path: Path, lxml: str) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed: pip install '.[readers]'")
    line = [sys.executable, "-m", "merton_kpi", "build", "--month", "2020-11"]
    environment = os.environ | {"OPENPYXL_LXML": lxml}
    line += ["--out", str(tmp_path)]
    subprocess.run(line, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=120)
    (workbook,) = tmp_path.glob("*.xlsx")
    one, other = Book(workbook.read_bytes()), Book(write_index_workbook(read_merton(NOVEMBER)))
    for sheet in other.sheets:
        assert list_cells(one[sheet.name].cells) == list_cells(sheet.cells)
    for name in other.parts:
        if name.endswith(".rels") or name.startswith(("xl/drawings/", "xl/styles")):
            assert one.parts[name] == other.parts[name], name


def list_cells(sheet: Any) -> list[tuple[Any, ...]]:
    return [
        (cell.coordinate, cell.value, cell.data_type, cell.style_id, cell.hyperlink is None)
        for row in sheet.iter_rows()
        for cell in row
    ]
