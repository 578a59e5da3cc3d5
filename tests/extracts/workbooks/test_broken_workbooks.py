"""Files that are no workbook, that are damaged, or that would cost a reader too much."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from helpers.return_books import HEADER, add_part, make_book, replace_parts, save

from merton_kpi.core.periods import Month
from merton_kpi.extracts.quoting import Quotable
from merton_kpi.extracts.reader import Extract, read_extract

if TYPE_CHECKING:
    from collections.abc import Callable

BOOK = make_book([HEADER, ("1", "", 96, "")])
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "x">]>'
SECONDS = 30  # on a slow machine; a second and less on an ordinary one
BYTES = 300 * 2**20


def read(content: bytes) -> Extract:
    return read_extract(content, "2025-07.xlsx", Month(2025, 7), Quotable(is_all=True))


def pack(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), part)
    return buffer.getvalue()


def change_sheet(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    return replace_parts(content, sheet1=change)


def put_cells(cells: bytes) -> bytes:
    """The workbook with these rows below its own."""
    return change_sheet(BOOK, lambda part: part.replace(b"</sheetData>", cells + b"</sheetData>"))


KINDS = {
    "empty": b"",
    "text": b"indicator,value\n1,96\n",
    "old workbook": OLD_OFFICE,
    "password": OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"),
    "macros": add_part(BOOK, "xl/vbaProject.bin", b"x"),
    "binary workbook": pack(xl__workbook_bin=b"x"),
    "word": pack(word__document_xml=b"<a/>"),
    "opendocument": pack(mimetype=b"x", content_xml=b"<a/>"),
    "other zip": pack(readme_txt=b"<a/>"),
    "cut": BOOK[: len(BOOK) // 2],
    "broken xml": change_sheet(BOOK, lambda part: part[: len(part) // 2]),
    "doctype": change_sheet(BOOK, lambda part: DOCTYPE + part),
    "doctype in utf-16": change_sheet(
        BOOK, lambda part: (DOCTYPE + part).decode().encode("utf-16")
    ),
    "rows in disorder": put_cells(b'<row r="1"><c r="A1"><v>1</v></c></row>'),
    "not a number": put_cells(b'<row r="3"><c r="A3"><v>1 pupil</v></c></row>'),
    "no such style": put_cells(b'<row r="3"><c r="A3" s="999"><v>1</v></c></row>'),
    "no such words": put_cells(b'<row r="3"><c r="A3" t="s"><v>999</v></c></row>'),
    "columns": put_cells(b'<row r="3"><c r="XFD3"><v>1</v></c></row>'),
    "no sheets": replace_parts(BOOK, workbook=lambda _: b"<workbook/>"),
    "link to a missing sheet": replace_parts(
        BOOK, **{"workbook.xml.rels": lambda part: part.replace(b"sheet1", b"sheet9")}
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_that_cannot_be_read_is_one_sentence(
    kind: str, messages: Callable[..., None]
) -> None:
    extract = read(KINDS[kind])
    assert [str(each.place) for each in extract.issues] == ["2025-07.xlsx"]
    assert extract.observations == ()
    messages(extract.issues)


BOMBS = {
    "declared size": pack(xl__workbook_xml=b" " * (65 * 2**20)),
    "cells": put_cells(b'<row r="3">' + b"<c/>" * 1_100_000 + b"</row>"),
    "parts": pack(**{f"a{number}_xml": b"<a/>" for number in range(1_001)}),
    "too long": bytes(8 * 2**20 + 1),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_what_would_fill_the_memory_is_refused(kind: str, messages: Callable[..., None]) -> None:
    start = time.process_time()
    extract = read(BOMBS[kind])
    assert time.process_time() - start < SECONDS
    assert [each.code for each in extract.issues] == ["file_size"]
    messages(extract.issues)


def test_a_part_longer_than_it_says_is_refused() -> None:
    """Each size in a zip file is given twice, and both may be wrong."""
    book = put_cells(b'<row r="3">' + b"<c/>" * 100_000 + b"</row>")
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size
    shorter = book.replace(size.to_bytes(4, "little"), (2_000).to_bytes(4, "little"))
    assert shorter != book
    assert [each.code for each in read(shorter).issues] == ["workbook"]


@pytest.mark.slow
def test_a_large_package_is_refused_within_bounds() -> None:
    tracemalloc.start()
    extract = read(put_cells(b'<row r="3">' + b"<c/>" * 1_100_000 + b"</row>"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < BYTES
    assert [each.code for each in extract.issues] == ["file_size"]


def test_a_row_at_the_end_of_the_sheet_is_not_reached() -> None:
    extract = read(put_cells(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))
    assert len(extract.observations) == 1


def test_a_link_to_another_workbook_is_not_followed() -> None:
    """Its formulas count by the values that Excel saved with them."""
    cell = b'<c r="A3"><v>2</v></c><c r="C3"><f>[1]Sheet1!A1</f><v>18</v></c>'
    book = put_cells(b'<row r="3">' + cell + b"</row>")
    target = b'<Relationships><Relationship Target="http://192.0.2.1/a.xlsx"/></Relationships>'
    book = add_part(book, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    book = add_part(book, "xl/externalLinks/_rels/externalLink1.xml.rels", target)
    extract = read(book)
    assert [str(each.value) for each in extract.observations] == ["96", "18"]


def test_bytes_changed_at_random_raise_no_other_error() -> None:
    chance = random.Random(19)
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Return")
    for row in (HEADER, *((str(number), "", number, "words") for number in range(20))):
        sheet.append(row)
    whole = save(book)
    plain = replace_parts(whole)
    parts = {}
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _ in range(300):
        name = chance.choice(list(parts))
        part = bytearray(parts[name])
        for _ in range(chance.randint(1, 8)):
            part[chance.randrange(len(part))] = chance.choice(b'<>/"=0129azAZ& ')
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            for each, content in parts.items():
                package.writestr(each, bytes(part) if each == name else content)
        extract = read(buffer.getvalue())
        assert extract.observations or extract.issues
    for _ in range(100):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        extract = read(bytes(damaged))
        assert extract.observations or extract.issues


@pytest.mark.slow
@pytest.mark.parametrize(("more", "codes"), [(-1, []), (0, ["file_size"])])
def test_a_hundred_thousand_rows_are_read_in_bounded_time(more: int, codes: list[str]) -> None:
    """One more is one sentence, and none of the rows is read."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c><c r="B%d" t="str"><v>2025-07</v></c>'
        b'<c r="C%d"><v>96.5</v></c></row>' % ((number,) * 4)
        for number in range(3, 100_003 + more)
    )
    start = time.process_time()
    extract = read(put_cells(rows))
    assert time.process_time() - start < SECONDS
    assert [each.code for each in extract.issues] == codes
    assert extract.rows == (0 if codes else 100_000)
