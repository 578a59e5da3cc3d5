"""The xlsx file as a package: sound for any program, safe whatever it holds, the same each time."""

from __future__ import annotations

import csv
import io
import json
import os
import posixpath
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from helpers.councils import HEAD, NOVEMBER, ROOT, make_catalogue, read_merton, score
from helpers.messages import list_codes
from helpers.xlsx import CHART, MAIN, Book, show_number
from openpyxl import Workbook

from merton_kpi.core.issues import BuildStoppedError, Place
from merton_kpi.core.periods import Month
from merton_kpi.extracts.observations import Observation
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.papers.workbook.sheet import Column, Sheet, Table, compose_sheet
from merton_kpi.papers.workbook.styles import BODY, StyledCells, add_styles
from merton_kpi.papers.workbook.writer import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from openpyxl.cell import Cell as XlsxCell

    from merton_kpi.scorecard.records import Scorecard

    Messages = Callable[..., None]

RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


@pytest.fixture(scope="module")
def content() -> bytes:
    return write_index_workbook(read_merton(NOVEMBER))


@pytest.fixture(scope="module")
def book(content: bytes) -> Book:
    return Book(content)


def test_every_part_is_well_formed(book: Book) -> None:
    for name, part in book.parts.items():
        assert ElementTree.fromstring(part) is not None, name


def test_every_part_has_a_content_type(book: Book) -> None:
    types = book.parse("[Content_Types].xml")
    named = {each.get("PartName") for each in types.iter(f"{TYPES}Override")}
    endings = {each.get("Extension") for each in types.iter(f"{TYPES}Default")}
    for name in book.parts:
        assert f"/{name}" in named or name.rsplit(".", 1)[-1] in endings - {"xml"} or "[" in name
    assert all(str(name).removeprefix("/") in book.parts for name in named)


def test_every_relationship_leads_to_a_part_and_every_part_is_led_to(book: Book) -> None:
    led_to = set()
    for name in book.parts:
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for each in book.parse(name).iter(f"{RELATIONSHIPS}Relationship"):
                assert each.get("TargetMode") != "External"
                led_to.add(posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))))
    parts = {f"/{name}" for name in book.parts if not name.endswith((".rels", "Types].xml"))}
    assert led_to == parts


def test_every_id_that_a_sheet_uses_is_one_of_its_relationships(book: Book) -> None:
    ids = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    for number, sheet in enumerate(book.sheets, 1):
        used = {each.get(ids) for each in sheet.xml.iter()} - {None}
        rels = f"xl/worksheets/_rels/sheet{number}.xml.rels"
        found = book.parse(rels) if rels in book.parts else ()
        assert {each.get("Id") for each in found} == used, sheet.name


def test_table_columns_are_the_header_cells(book: Book) -> None:
    """Excel offers to repair a file in which they differ."""
    for sheet in book.sheets:
        for table in sheet.tables:
            assert [column.name for column in table.tableColumns] == sheet.headers
            assert [column.id for column in table.tableColumns] == [
                index + 1 for index in range(len(sheet.headers))
            ]


def test_every_style_that_a_cell_bears_exists(book: Book) -> None:
    formats = book.parse("xl/styles.xml").find(f"{MAIN}cellXfs")
    assert formats is not None
    for sheet in book.sheets:
        for cell in sheet.xml.iter(f"{MAIN}c"):
            assert int(cell.get("s", "0")) < len(formats)


# The order in which Excel wants a sheet's elements; it offers to repair one in another order.
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "hyperlinks"),
    *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("ignoredErrors", "drawing", "tableParts"),
)


def test_the_elements_of_a_sheet_stand_in_the_order_of_the_standard(book: Book) -> None:
    for sheet in book.sheets:
        places = [ORDER.index(element.tag.removeprefix(MAIN)) for element in sheet.xml]
        assert places == sorted(set(places)), sheet.name


def test_labels_that_look_like_numbers_bear_no_warning(book: Book) -> None:
    for sheet in book.sheets:
        (ignored,) = sheet.xml.iter(f"{MAIN}ignoredError")
        assert ignored.attrib.pop("numberStoredAsText") == "1"
        (dimension,) = sheet.xml.iter(f"{MAIN}dimension")
        assert ignored.get("sqref") == dimension.get("ref") == sheet.cells.dimensions


def test_rows_and_cells_stand_in_order_and_none_twice(book: Book) -> None:
    for sheet in book.sheets:
        numbers = [int(row.get("r", "")) for row in sheet.xml.iter(f"{MAIN}row")]
        assert numbers == sorted(set(numbers))
        places = [cell.get("r") for cell in sheet.xml.iter(f"{MAIN}c")]
        assert len(places) == len(set(places))


def test_the_same_scorecard_gives_the_same_bytes(content: bytes) -> None:
    assert write_index_workbook(read_merton(NOVEMBER)) == content


# --- safe whatever it holds ---

NASTY = {
    "a formula": '=HYPERLINK("http://example.org","click")',
    "a command": "+cmd|' /C calc'!A0",
    "a function": "@SUM(A1:A9)",
    "a difference": "-2+3",
    "an error's name": "#N/A",
    "an address": "http://example.org/",
    "markup": "<c r='A1'><f>1+1</f></c> & ]]>",
    "an escape of Excel's": "_x000D_ and _x005F_",
    "an emoji": "👩🏽‍🏫 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "right to left": "مؤشر الأداء",
    "spaces": "  kept   as they are  ",
}


def make_card(words: str) -> Scorecard:
    """A scorecard whose one red indicator has these words for its title, note and commentary."""
    entry = {
        "number": "1",
        "title": words,
        "unit": "number",
        "frequency": "monthly",
        "target": {"at_least": 50},
    }
    sections = [{"title": "All", "indicators": [entry]}]
    text = HEAD + "sections: " + json.dumps(sections, ensure_ascii=False)
    catalogue, issues = read_catalogue(text, "indicators.yaml")
    assert catalogue is not None, issues
    month = Month(2020, 4)
    observation = Observation(
        indicator="1",
        month=month,
        known=month,
        place=Place(file="any.csv", line=2),
        value=Decimal(40),
        note=words,
        commentary=words,
    )
    return score(catalogue, [observation], month)


def unescape(words: str) -> str:
    """Excel's way to read what it escaped."""
    return words.replace("_x005F_", "_")


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
def test_whatever_stands_in_a_title_is_text(words: str) -> None:
    book = Book(write_index_workbook(make_card(words)))
    shown = [
        *book["Performance index"].column("Indicator"),
        *book["Exceptions"].column("Service commentary"),
        *book["Notes"].column("Meaning"),
    ]
    told = [cell for cell in shown if words in unescape(cell.value)]
    assert len(told) == 3
    assert {(cell.data_type, cell.hyperlink) for cell in told} == {("s", None)}
    for sheet in book.sheets:
        assert sheet.xml.find(f".//{MAIN}f") is None


def draw(words: str, width: int = 20) -> Book:
    table = Table(
        name="Words_said",
        columns=(Column(header="No.", width=6), Column(header="Words", width=width)),
        rows=(("1", words), ("2", "short")),
    )
    sheet = compose_sheet(table, name="Words", title="Words", about="")
    moment = datetime(2020, 11, 30)
    return Book(write_workbook([sheet], title="t", author="a", keywords="k", moment=moment))


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        (
            "a bell \x07",
            "the workbook: error: cell A1: the character U+0007 cannot be written; "
            "take it out of the words 'a bell ?'",
        ),
        (
            "half a pair \ud800",
            "the workbook: error: cell A1: the character U+D800 cannot be written; "
            "take it out of the words 'half a pair ?'",
        ),
        (
            "x" * 32_768,
            "the workbook: error: cell A1: 32,768 characters are more than the 32,767 that a "
            f"cell can hold; shorten the words '{'x' * 40}'",
        ),
        (
            "😀" * 16_384,
            "the workbook: error: cell A1: 32,768 characters are more than the 32,767 that a "
            f"cell can hold; shorten the words '{'😀' * 40}'",
        ),
    ],
    ids=["a control character", "half a surrogate pair", "too long", "too long in UTF-16"],
)
def test_what_cannot_be_written_is_an_issue(title: str, sentence: str) -> None:
    sheet = Sheet(name="Words", title=title, notices=("One.",))
    with pytest.raises(BuildStoppedError) as stop:
        write_workbook([sheet], title="t", author="a", keywords="k", moment=datetime(2020, 11, 30))
    assert [str(issue) for issue in stop.value.issues] == [sentence]


def test_no_temporary_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    draw("any words")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_temporary_folder_is_an_issue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    with pytest.raises(BuildStoppedError) as stop:
        draw("any words")
    assert list_codes(stop.value.issues) == ["unwritable_file"]
    messages(stop.value.issues)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("lxml", ["True", "False"])
def test_a_disk_that_is_full_is_an_issue_and_no_temporary_file_is_left(
    lxml: str, tmp_path: Path
) -> None:
    """A limit on the size of files stands for a full disk; openpyxl uses lxml where it can."""
    if lxml == "True":
        pytest.importorskip("lxml", reason="lxml is not installed: pip install '.[readers]'")
    program = (
        "import resource; from merton_kpi.__main__ import main; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)); main()"
    )
    (tmp_path / "temporary").mkdir()
    environment = os.environ | {"OPENPYXL_LXML": lxml, "TMPDIR": str(tmp_path / "temporary")}
    line = [sys.executable, "-c", program, "build", "--month", "2020-11", "--out", str(tmp_path)]
    run = subprocess.run(
        line,
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert run.returncode == 1
    (sentence,) = run.stderr.splitlines()
    assert sentence.startswith("the workbook: error: a temporary file cannot be written (")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_openpyxl_writes_a_cell_as_its_row_is_appended() -> None:
    """`StyledCells` gives one cell object a new value for each use."""
    book = Workbook(write_only=True)
    add_styles(book)
    sheet = book.create_sheet("One cell")
    cell = StyledCells(sheet).select_cell(BODY)

    def list_uses() -> Iterator[XlsxCell]:
        for value in ("first", "second"):
            cell.value = value
            yield cell

    sheet.append(list_uses())
    cell.value = "third"
    sheet.append([cell])
    buffer = io.BytesIO()
    book.save(buffer)
    rows = Book(buffer.getvalue())["One cell"].cells.iter_rows(values_only=True)
    assert list(rows) == [("first", "second"), ("third", None)]


def test_words_that_cannot_be_written_stop_the_build_before_a_sheet_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    with pytest.raises(BuildStoppedError) as stop:
        draw("a bell \x07")
    assert [issue.subject for issue in stop.value.issues] == ["cell B4"]


def test_a_missing_month_is_a_gap_in_the_chart_and_a_blank_in_its_table() -> None:
    catalogue = make_catalogue(
        """\
        - number: "1"
          title: Calls answered in time
          unit: percent
          frequency: monthly
          target: {at_least: 90}
        """
    )
    observations = [
        Observation(
            indicator="1",
            month=Month(2020, month),
            known=Month(2020, 7),
            place=Place(file="any.csv", line=2),
            value=Decimal(90),
        )
        for month in (4, 7)
    ]
    book = Book(write_index_workbook(score(catalogue, observations, Month(2020, 7))))
    figures = [row[4].value for row in book["Trend data"].rows]
    assert figures == [0.9, None, None, 0.9]
    (chart,) = book.find_charts()
    points = next(chart.iter(f"{CHART}val")).iter(f"{CHART}pt")
    assert [point.get("idx") for point in points] == ["0", "3"]


# --- another program reads it ---


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_every_figure_and_word_of_the_index(
    content: bytes, book: Book, tmp_path: Path
) -> None:
    (tmp_path / "index.xlsx").write_bytes(content)
    number = book.cells.sheetnames.index("Performance index") + 1
    # Commas, quotes, UTF-8, and cells as they are shown, of this sheet.
    options = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,{number}"
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", options, "index.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    (path,) = tmp_path.glob("*.csv")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    sheet = book["Performance index"]
    table = rows[sheet.top - 1 :]
    assert table[0] == sheet.headers
    assert len(table) == 40
    for read, row in zip(table[1:], sheet.rows, strict=True):
        for shown, cell in zip(read, row, strict=True):
            if isinstance(cell.value, str) or cell.value is None:
                assert shown == (cell.value or ""), cell.coordinate
            else:
                assert shown == show_number(cell), cell.coordinate
