"""Workbooks as services send them, for the tests that read them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HEADER = ("Indicator", "Period", "Value", "Note")


def make_book(
    rows: Iterable[Iterable[Any]], change: Callable[[Any], object] | None = None
) -> bytes:
    """A workbook with these rows on its one sheet, Return; `change` is given the sheet."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Return"
    for row in rows:
        sheet.append(tuple(row))
    if change:
        change(sheet)
    return save(book)


def save(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def replace_parts(content: bytes, **parts: Callable[[bytes], bytes]) -> bytes:
    """The workbook with parts changed; a part is named by the end of its name, without `.xml`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            key = name.rpartition("/")[2].removesuffix(".xml")
            change = parts.get(key, bytes)
            new.writestr(name, change(old.read(name)))
    return buffer.getvalue()


def add_part(content: bytes, name: str, part: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a", 8) as package:
        package.writestr(name, part)
    return buffer.getvalue()


def fill_in(content: bytes, fills: Iterable[dict[str, Any]]) -> bytes:
    """The return with its rows filled in, a mapping of headers to values for each row."""
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Return"]
    header, *rows = sheet[sheet.tables["Return"].ref]
    names = [cell.value for cell in header]
    for row, fill in zip(rows, fills, strict=True):
        for name, value in fill.items():
            cell = row[names.index(name)]
            assert not cell.protection.locked
            cell.value = value
            if isinstance(value, str) and value.endswith("%"):
                cell.value, cell.number_format = float(value[:-1]) / 100, "0.0%"
    return save(book)


def type_in_excel(text: str) -> bytes:
    """A workbook whose sheet has the cells of a CSV text, as British Excel takes what is typed.

    A percentage, an amount in pounds, a number with thousands and a date become numbers with a
    format, and the rest is text.
    """
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in csv.reader(text.splitlines()):
        sheet.append([_convert_typed(cell)[0] for cell in row])
        for column, cell in enumerate(row, 1):
            if number_format := _convert_typed(cell)[1]:
                sheet.cell(sheet.max_row, column).number_format = number_format
    return save(book)


def _convert_typed(cell: str) -> tuple[Any, str]:
    """What a typed cell holds, and the format that it has."""
    plain = cell.replace(",", "")
    if re.fullmatch(r"[0-9.]+%", cell):
        return float(Decimal(cell[:-1]) / 100), "0.00%"
    if re.fullmatch(r"£[0-9]+", plain):
        return int(plain[1:]), '"£"#,##0'
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", plain):
        return float(plain) if "." in plain else int(plain), "#,##0" if "," in cell else ""
    if re.fullmatch(r"[0-9]{2}/[0-9]{2}/[0-9]{4}", cell):
        return datetime.strptime(cell, "%d/%m/%Y").date(), "dd/mm/yyyy"
    return cell or None, ""
