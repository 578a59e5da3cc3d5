"""The papers read with the standard library alone, by the names of their columns.

Nothing here comes from `merton_kpi` or from a library that writes workbooks, so that a fault of
theirs cannot hide itself.
"""

from __future__ import annotations

import csv
import posixpath
import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Cell = Decimal | str  # a figure in the unit that is printed, 96 for 96%; words; or empty
Record = dict[str, Cell]

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BUILT_IN_PERCENTAGES = {"9", "10"}  # the numbers of the formats 0% and 0.00%
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_workbook(path: Path) -> dict[str, list[Record]]:
    """The table of each sheet that has one: a record a row, by the sheet's name."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheets = {}
    targets = _read_links(parts, "xl/workbook.xml")
    for sheet in ElementTree.fromstring(parts["xl/workbook.xml"]).iter(f"{MAIN}sheet"):
        part = targets[sheet.attrib[LINK]]
        tables = [each for each in _read_links(parts, part).values() if "/tables/" in each]
        if tables:
            (table,) = tables
            sheets[sheet.attrib["name"]] = list(_read_table(parts, part, table))
    return sheets


def _read_links(parts: dict[str, bytes], part: str) -> dict[str, str]:
    """The parts that a part refers to, by the identifiers it has for them."""
    folder, name = posixpath.split(part)
    links = parts.get(f"{folder}/_rels/{name}.rels", b"<none/>")
    return {
        each.attrib["Id"]: posixpath.normpath(posixpath.join(folder, each.attrib["Target"]))
        for each in ElementTree.fromstring(links)
    }


def _read_table(parts: dict[str, bytes], sheet: str, table: str) -> Iterator[Record]:
    """The records of a marked-up table; its headers are the cells of its first row."""
    marked = ElementTree.fromstring(parts[table])
    names = [each.attrib["name"] for each in marked.iter(f"{MAIN}tableColumn")]
    first, last = (_read_place(each) for each in marked.attrib["ref"].split(":"))
    cells = dict(_read_cells(parts, sheet))
    columns = range(first[1], last[1] + 1)
    assert [cells[first[0], column] for column in columns] == names
    for row in range(first[0] + 1, last[0] + 1):
        values = (cells.get((row, column), "") for column in columns)
        yield dict(zip(names, values, strict=True))


def _read_place(name: str) -> tuple[int, int]:
    """The row and the column of a cell's name, counted from 1: 9 and 28 for AB9."""
    letters, digits = re.findall(r"[A-Z]+|[0-9]+", name)
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits), column


def _read_cells(parts: dict[str, bytes], sheet: str) -> Iterator[tuple[tuple[int, int], Cell]]:
    percentages = _list_percentage_styles(parts["xl/styles.xml"])
    shared = [
        "".join(text.text or "" for text in item.iter(f"{MAIN}t"))
        for item in ElementTree.fromstring(parts.get("xl/sharedStrings.xml", b"<none/>"))
    ]
    for cell in ElementTree.fromstring(parts[sheet]).iter(f"{MAIN}c"):
        value, kind = cell.findtext(f"{MAIN}v"), cell.get("t", "n")
        place = _read_place(cell.attrib["r"])
        if kind == "inlineStr":
            yield place, "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
        elif kind == "s":
            yield place, shared[int(value or "")]
        elif value is not None:
            assert kind == "n", f"{sheet}: {cell.attrib}"
            scale = 100 if int(cell.get("s", "0")) in percentages else 1
            yield place, Decimal(value) * scale


def _list_percentage_styles(styles: bytes) -> set[int]:
    """The cell styles whose numbers are shown as percentages."""
    root = ElementTree.fromstring(styles)
    formats = {
        each.attrib["numFmtId"]
        for each in root.iter(f"{MAIN}numFmt")
        if each.attrib["formatCode"].endswith("%")
    }
    cells = root.find(f"{MAIN}cellXfs")
    assert cells is not None
    known = formats | BUILT_IN_PERCENTAGES
    return {place for place, each in enumerate(cells) if each.get("numFmtId") in known}


def read_table(path: Path) -> list[dict[str, str]]:
    """The records of the CSV; an apostrophe that keeps words from being a formula is removed."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {name: re.sub(r"^'(?=[=+\-@\t\r\n])", "", value) for name, value in record.items()}
            for record in csv.DictReader(file, strict=True)
        ]


def read_report(path: Path) -> list[list[dict[str, str]]]:
    """The tables of the report that have rows, each a record a row."""
    tables: list[list[list[str]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            tables[-1].append(_split_cells(line))
        elif tables[-1]:
            tables.append([])
    return [
        [dict(zip(header, row, strict=True)) for row in rows]
        for header, _, *rows in filter(None, tables)
    ]


def read_report_lines(path: Path) -> list[str]:
    """The report's headings, as `#### …`, its list items, as `- …`, and its paragraphs."""
    lines = filter(None, path.read_text(encoding="utf-8").splitlines())
    return [ESCAPED.sub(r"\1", line.replace("**", "").replace("<br>", "\n")) for line in lines]


def read_document_lines(path: Path) -> list[str]:
    """The same of the Word document."""
    with ZipFile(path) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))[0]
    lines = []
    for paragraph in body.findall(f"{WORD}p"):
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        name = style.attrib[f"{WORD}val"] if style is not None else ""
        words = "".join(
            "\n" if each.tag == f"{WORD}br" else each.text or ""
            for each in paragraph.iter()
            if each.tag in (f"{WORD}t", f"{WORD}br")
        )
        if name.startswith("Heading"):
            lines.append(f"{'#' * int(name[-1])} {words}")
        elif words:
            lines.append(f"- {words}" if name == "ListBullet" else words)
    return lines


def read_exceptions(lines: list[str]) -> dict[str, dict[str, str]]:
    """The facts of each exception by its number, from the lines of either edition of the report.

    `Heading` is its whole heading; what stands before a colon, or a question, names every other
    fact.
    """
    found: dict[str, dict[str, str]] = {}
    first = lines.index("### Exception report") + 1
    number = ""
    for line in lines[first:]:
        if line.startswith(("### ", "## ")):
            break
        if line.startswith("#### "):
            number = line.partition("indicator ")[2].partition(",")[0]
            found[number] = {"Heading": line.removeprefix("#### ")}
        elif number:
            named = re.fullmatch(r"(?:- )?(.*?)(?:(?<=\?)|:) (.*)", line)
            name, words = named.groups() if named else (line, "")
            found[number][name] = words
    return found


def _split_cells(line: str) -> list[str]:
    cells = re.split(r"(?<!\\)\|", line.strip())[1:-1]
    return [ESCAPED.sub(r"\1", cell.strip().replace("<br>", "\n")) for cell in cells]


class _PageReader(HTMLParser):
    """A page as the tables, and the lines of text between them, that a browser would have."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.lines: list[str] = []
        self._words: list[str] = []
        self._rows: list[list[str]] = []
        self._caption = ""
        self._is_code = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "svg"):
            self._is_code = True
        elif tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        if tag in _BLOCKS:
            self._words = []

    def handle_data(self, data: str) -> None:
        if not self._is_code:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        words = " ".join("".join(self._words).split())
        if tag in ("style", "script", "svg"):
            self._is_code = False
        elif tag in ("th", "td"):
            self._rows[-1].append(words)
        elif tag == "caption":
            self._caption = words
        elif tag == "table":
            self.tables[self._caption] = self._rows
        elif tag in _BLOCKS and words:
            self.lines.append(f"{'#' * int(tag[1])} {words}" if tag in _HEADINGS else words)
        if tag in _BLOCKS:
            self._words = []


_HEADINGS = ("h1", "h2", "h3", "h4")
_BLOCKS = (*_HEADINGS, "p", "li", "dt", "dd", "th", "td", "caption")


def read_page(path: Path) -> tuple[dict[str, list[dict[str, str]]], list[str]]:
    """The tables of the web page by their captions, a record a row, and its other lines."""
    page = _PageReader(path.read_text(encoding="utf-8"))
    tables = {}
    for caption, (header, *rows) in page.tables.items():
        whole = [row for row in rows if len(row) == len(header)]  # others name a section
        tables[caption] = [dict(zip(header, row, strict=True)) for row in whole]
    return tables, page.lines
