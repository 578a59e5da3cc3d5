"""A workbook's file: whether it is one that can be read, within limits of size and in plain XML.

Everything is checked before openpyxl reads any of it. A zip file can hold a thousand times its own
size, and XML can define entities that grow when they are read, or name files to fetch. A workbook
that Excel saves has neither.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 8 * 2**20
MOST_UNPACKED = 64 * 2**20  # bytes of all parts together
_MOST_PARTS = 1_000
_CHUNK = 2**20
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and what Office protects by a password
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (".bin", ".emf", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".vml", ".wmf")
SAVE_AS = "save it in Excel as 'Excel Workbook (.xlsx)'"
_UNREADABLE = "open it in Excel and save it as 'Excel Workbook (.xlsx)'"
BROKEN = f"this workbook is damaged, or no spreadsheet program wrote it; {_UNREADABLE}"
# What the errors of a damaged zip file may be, by the standard library's own words and its parts.
ZIP_ERRORS = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_OTHER_KINDS = {  # by a part that only this kind has
    "xl/workbook.bin": f"this is a binary workbook; {_UNREADABLE}",
    "word/document.xml": f"this is a Word document, not a workbook; copy its table to Excel, and "
    f"{SAVE_AS}",
    "content.xml": f"this is an OpenDocument file, not an Excel workbook; {SAVE_AS}, or in "
    "LibreOffice as 'Excel 2007-365 (.xlsx)'",
}


class UnreadableError(Exception):
    """The workbook cannot be read; its text is a sentence on why, and what to do."""

    def __init__(self, message: str, code: str = "workbook") -> None:
        super().__init__(message)
        self.code = code


class _DoctypeError(Exception):
    """A part has a document type, which may define entities."""


def open_package(content: bytes) -> ZipFile:
    """Open a workbook's bytes as a zip file whose parts were checked.

    Raises:
        UnreadableError: It is none that can be read.
    """
    if len(content) > MOST_BYTES:
        message = f"the file has {len(content):,} bytes; the limit is {MOST_BYTES:,}"
        raise UnreadableError(f"{message}; is this the right file?", "file_size")
    if content.startswith(_OLD_OFFICE):
        raise UnreadableError(_explain_old_office(content))
    try:
        package = ZipFile(io.BytesIO(content))
        _check_parts(package)
        for name in package.namelist():
            if not name.lower().endswith((*_PICTURES, "/")):
                _check_xml(package, name)
    except ZIP_ERRORS:
        raise UnreadableError(BROKEN) from None
    return package


def _explain_old_office(content: bytes) -> str:
    if _PROTECTED in content:
        message = "the workbook is protected by a password"
        return f"{message}; save it in Excel without one: File, Info, Protect Workbook"
    return f"this is a workbook of Excel 97 to 2003 (.xls); {_UNREADABLE}"


def _check_parts(package: ZipFile) -> None:
    """Raise UnreadableError for a file of another kind, and for one that is too large unpacked."""
    parts = package.infolist()
    names = {each.filename for each in parts}
    for part, message in _OTHER_KINDS.items():
        if part in names:
            raise UnreadableError(message)
    if "xl/vbaProject.bin" in names:
        raise UnreadableError(f"the workbook has macros, which kpi never runs; {SAVE_AS}", "macros")
    is_usual = all(each.compress_type in (ZIP_STORED, ZIP_DEFLATED) for each in parts)
    is_plain = not any(each.flag_bits & 1 for each in parts)  # not encrypted
    if not is_usual or not is_plain or len(names) != len(parts):
        raise UnreadableError(BROKEN)
    size = sum(each.file_size for each in parts)
    if size > MOST_UNPACKED or len(parts) > _MOST_PARTS:
        message = f"the workbook has {size:,} bytes unpacked, in {len(parts):,} parts; the limits"
        message += f" are {MOST_UNPACKED:,} and {_MOST_PARTS:,}; is this the right file?"
        raise UnreadableError(message, "file_size")


def _check_xml(package: ZipFile, name: str) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _check_doctype
    read_part(package, name, parser)


def _check_doctype(*_: object) -> NoReturn:
    raise _DoctypeError


def read_part(package: ZipFile, name: str, parser: expat.XMLParserType) -> None:
    """Parse a part, a piece at a time.

    Raises:
        UnreadableError: It is no XML, it has a document type, or it is longer than it says.
    """
    try:
        with package.open(name) as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by its place only
        parser.Parse(b"", True)  # noqa: FBT003
    except _DoctypeError:
        message = f"'{name}' in it has a document type, which no spreadsheet program writes"
        raise UnreadableError(f"{message}; {_UNREADABLE}") from None
    except (expat.ExpatError, KeyError, *ZIP_ERRORS):
        raise UnreadableError(BROKEN) from None


def create_parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    """A parser that calls a function for each element; its names are without namespaces."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = lambda name, values: start(name.rpartition("}")[2], values)
    return parser
