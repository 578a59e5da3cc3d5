"""The commands for ODS and PDF run as the page has them, and keep and lose what it says.

Slow. They need LibreOffice, and the PDF's checks poppler's pdfinfo and pdftotext.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from helpers.councils import NOVEMBER, ROOT, read_merton
from helpers.xlsx import Book

from merton_kpi.papers.build import write_index_workbook

PAGE = (ROOT / "docs/how-to/other-formats.md").read_text(encoding="utf-8")
NAME = "performance-index-2020-11"
TRIED = "LibreOffice 7.4"  # the version whose losses the page lists
TABLE, TEXT, OFFICE, STYLE, FO, SVG, DC, XLINK = (
    f"{{{name}}}"
    for name in (
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "http://purl.org/dc/elements/1.1/",
        "http://www.w3.org/1999/xlink",
    )
)

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)
needs_poppler = pytest.mark.skipif(
    shutil.which("pdfinfo") is None or shutil.which("pdftotext") is None,
    reason="poppler-utils is not installed",
)


def list_commands(language: str) -> list[str]:
    """The commands of the page's blocks in a language, a line each."""
    return re.findall(rf"^```{language}\n(.*)\n```$", PAGE, re.MULTILINE)


def test_the_commands_of_all_systems_have_the_same_options() -> None:
    linux, mac = (
        [shlex.split(line) for line in list_commands(language)] for language in ("bash", "zsh")
    )
    assert [each[1] for each in linux] == ["soffice", "soffice"]
    assert [each[1:] for each in mac] == [each[2:] for each in linux]
    for line, expected in zip(list_commands("bat"), linux, strict=True):
        program, rest = re.fullmatch(r'"([^"]+)" (.*)', line).groups()  # type: ignore[union-attr]
        assert PureWindowsPath(program).name == "soffice.com"
        options = shlex.split(rest.replace("output\\", "output/"))
        assert options == expected[2:]


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with Merton's workbook and what the commands for Linux make of it."""
    folder = tmp_path_factory.mktemp("formats")
    (folder / "output").mkdir()
    (folder / f"output/{NAME}.xlsx").write_bytes(write_index_workbook(read_merton(NOVEMBER)))
    environment = os.environ | {"HOME": str(folder)}  # a profile of its own, as if it were closed
    for command in list_commands("bash"):
        subprocess.run(
            command, shell=True, check=True, cwd=folder, env=environment, capture_output=True
        )
    return folder / "output"


@pytest.fixture(scope="module")
def workbook(converted: Path) -> Book:
    return Book((converted / f"{NAME}.xlsx").read_bytes())


def read_ods(converted: Path, part: str) -> ElementTree.Element:
    with ZipFile(converted / f"{NAME}.ods") as package:
        return ElementTree.fromstring(package.read(part))


def list_rows(sheet: ElementTree.Element) -> list[list[ElementTree.Element]]:
    """The cells of each row of a sheet of the ODS; one that stands for several is there as often.

    Rows and cells without an end, which fill the sheet, are cut at 200.
    """
    rows: list[list[ElementTree.Element]] = []
    for row in sheet.iter(f"{TABLE}table-row"):
        cells: list[ElementTree.Element] = []
        for cell in row.iter(f"{TABLE}table-cell"):
            cells += [cell] * min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), 200)
        rows += [cells] * min(int(row.get(f"{TABLE}number-rows-repeated", "1")), 200)
    return rows


def read_cell(cell: ElementTree.Element) -> Decimal | str:
    """A cell's figure, or else its words; each `text:s` is a space or several."""
    if value := cell.get(f"{OFFICE}value"):
        return Decimal(value)
    for space in cell.iter(f"{TEXT}s"):
        space.text = " " * int(space.get(f"{TEXT}c", "1"))
    return "\n".join("".join(each.itertext()) for each in cell.iter(f"{TEXT}p"))


def read_fills(content: ElementTree.Element, styles: ElementTree.Element) -> dict[str, str]:
    """The fill of each cell style that has one, its own or that of the style it is made from."""
    own, parents = {}, {}
    for style in (*styles.iter(f"{STYLE}style"), *content.iter(f"{STYLE}style")):
        name = style.get(f"{STYLE}name", "")
        parents[name] = style.get(f"{STYLE}parent-style-name", "")
        for properties in style.iter(f"{STYLE}table-cell-properties"):
            if colour := properties.get(f"{FO}background-color"):
                own[name] = colour.strip("#").upper()
    return {name: own.get(name, own.get(parents[name], "")) for name in parents}


@pytest.mark.slow
@needs_libreoffice
def test_the_ods_keeps_each_cell_with_its_colour(converted: Path, workbook: Book) -> None:
    content, styles = read_ods(converted, "content.xml"), read_ods(converted, "styles.xml")
    sheets, fills = list(content.iter(f"{TABLE}table")), read_fills(content, styles)
    assert [each.get(f"{TABLE}name") for each in sheets] == [each.name for each in workbook.sheets]
    numbers, coloured = 0, Counter[str]()
    for sheet, ours in zip(sheets, workbook.sheets, strict=True):
        rows = list_rows(sheet)
        for cell in (each for row in ours.cells.iter_rows() for each in row):
            if cell.value is None:
                continue
            kept = rows[cell.row - 1][cell.column - 1]
            if isinstance(cell.value, str):
                assert read_cell(kept) == cell.value
            else:
                assert read_cell(kept) == Decimal(str(cell.value))
                numbers += 1
            fill = cell.fill.fgColor.rgb[-6:] if cell.fill.fill_type else ""
            assert fills[kept.get(f"{TABLE}style-name", "")].replace("TRANSPARENT", "") == fill
            coloured[fill] += 1
    assert numbers > 300
    assert len(coloured) >= 3


@pytest.mark.slow
@needs_libreoffice
def test_the_ods_keeps_titles_links_tables_and_charts(converted: Path, workbook: Book) -> None:
    content, meta = read_ods(converted, "content.xml"), read_ods(converted, "meta.xml")
    properties = workbook.cells.properties
    assert [next(meta.iter(f"{DC}{name}")).text for name in ("title", "creator", "language")] == [
        properties.title,
        properties.creator,
        "en-GB",
    ]
    parents = {
        style.get(f"{STYLE}name"): style.get(f"{STYLE}parent-style-name", "")
        for style in content.iter(f"{STYLE}style")
    }
    for sheet in content.iter(f"{TABLE}table"):
        title = list_rows(sheet)[0][0]
        assert parents[title.get(f"{TABLE}style-name")].endswith("Heading_20_1")
    ranges = {
        each.get(f"{TABLE}name"): each.get(f"{TABLE}target-range-address", "").replace("'", "")
        for each in content.iter(f"{TABLE}database-range")
    }
    assert ranges == {
        table.name: ":".join(f"{sheet.name}.{corner}" for corner in table.ref.split(":"))
        for sheet in workbook.sheets
        for table in sheet.tables
    }
    with_titles = [sheet for sheet in workbook.sheets if sheet.cells.print_title_rows]
    assert len(list(content.iter(f"{TABLE}table-header-rows"))) == len(with_titles)
    links = [each.get(f"{XLINK}href", "") for each in content.iter(f"{TEXT}a")]
    names = {link.removeprefix("#").rpartition(".")[0].strip("'") for link in links}
    assert names >= {sheet.name for sheet in workbook.sheets[2:]}
    drawings = [text.decode("utf-8") for name, text in workbook.parts.items() if "drawing" in name]
    described = [each.text for each in content.iter(f"{SVG}desc")]
    assert len(described) == "".join(drawings).count("descr=") == len(list(workbook.find_charts()))
    assert all(described)


@pytest.mark.slow
@needs_libreoffice
@needs_poppler
def test_the_pdf_keeps_words_bookmarks_and_links_and_is_tagged(
    converted: Path, workbook: Book
) -> None:
    file = converted / f"{NAME}.pdf"
    printed = run_program("pdfinfo", file)
    facts = dict(re.findall(r"^([^:]+): +(.*)$", printed, re.MULTILINE))
    assert (facts["Tagged"], facts["Title"]) == ("yes", workbook.cells.properties.title)
    assert facts["Author"] == workbook.cells.properties.creator
    content = file.read_bytes()
    assert re.findall(rb"/Lang ?\(([^)]*)\)", content) == [b"en-GB"]
    titles = re.findall(rb"/Title ?<([0-9A-F]+)>", content)
    bookmarks = {bytes.fromhex(each.decode()).decode("utf-16") for each in titles}
    assert bookmarks >= {sheet.name for sheet in workbook.sheets}
    assert content.count(b"/Subtype/Link") >= len(workbook.sheets) - 2
    text = " ".join(run_program("pdftotext", file, "-").split())
    missing = [word for word in ("Red (Q1)", "[x]", "54.6%", "[note 1]") if word not in text]
    assert missing == []


@pytest.mark.slow
@needs_libreoffice
@needs_poppler
def test_what_the_page_says_is_lost_is_lost_in_the_version_that_was_tried(converted: Path) -> None:
    if TRIED not in run_program("soffice", "--version"):
        pytest.skip(f"the page was written for {TRIED}")
    assert TRIED in PAGE
    assert "Split" not in str(ElementTree.tostring(read_ods(converted, "settings.xml")))
    structure = run_program("pdfinfo", "-struct", converted / f"{NAME}.pdf")
    kinds = set(re.findall(r"^ *([A-Za-z0-9]+)", structure, re.MULTILINE))
    assert kinds & {"P", "Figure", "Table", "TH", "H1", "H"} == {"P", "Figure"}
    content = (converted / f"{NAME}.pdf").read_bytes()
    assert b"/Alt" not in content


def run_program(*arguments: str | Path) -> str:
    """What a program prints."""
    command = [str(each) for each in arguments]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
