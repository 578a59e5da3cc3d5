"""Whether a paper says of itself that it is final, whatever its manifest says.

The workbook says so on its cover, the report in its line Status, the page in its last comment, and
the data package in its description. The CSV says nothing, nor does a report whose template has no
such line.
"""

from __future__ import annotations

import io
import json
import re
import zlib
from contextlib import suppress
from html import unescape
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from merton_kpi.core.vocabulary import Edition
from merton_kpi.papers.html.status import read_page_status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_STATUS = re.compile(
    r"^[* ]*(?:Status:[* ]*)?(Final|Draft: not yet signed off)[* ]*$", re.MULTILINE
)
_ENDS = re.compile(r"</(?:w:p|c|si)>")  # of a paragraph, a cell, a shared string
_TAGS = re.compile(r"<[^>]*>")
_PARTS = {
    # Excel keeps texts in the shared strings where it has saved the workbook.
    Edition.WORKBOOK: ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"),
    Edition.WORD: ("word/document.xml",),
}
# What the standard library raises for a package that is damaged.
DAMAGED = (
    BadZipFile,
    NotImplementedError,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    zlib.error,
)
_MOST_BYTES = 32 * 2**20  # of a part, which may be packed much smaller


def read_status(edition: Edition, content: bytes) -> bool | None:
    """Whether a paper says that it is final; None where it does not say, or cannot be read."""
    match edition:
        case Edition.CSV:
            return None
        case Edition.DATA_PACKAGE:
            return _read_description(content)
        case Edition.WEB_PAGE:
            return read_page_status(content)
        case Edition.REPORT:
            return _read_line(content.decode("utf-8", errors="replace"))
        case Edition.WORKBOOK | Edition.WORD:
            said = (_read_line(text) for text in _read_parts(content, _PARTS[edition]))
            return next((each for each in said if each is not None), None)


def list_statuses(span: str, files: Mapping[str, bytes]) -> tuple[tuple[str, bool | None], ...]:
    """Each paper's name, with whether it says that it is final, in the order of the editions."""
    names = {edition.format_name(span): edition for edition in Edition}
    return tuple(
        (name, read_status(edition, files[name]))
        for name, edition in names.items()
        if name in files
    )


def _read_description(content: bytes) -> bool | None:
    with suppress(ValueError, RecursionError):
        package = json.loads(content)
        words = package.get("description") if isinstance(package, dict) else None
        if isinstance(words, str) and words.startswith(("Final papers.", "Draft papers.")):
            return words.startswith("Final papers.")
    return None


def _read_line(text: str) -> bool | None:
    """The first line that is a status decides: what follows may be an officer's words."""
    line = _STATUS.search(text.replace("\r\n", "\n"))
    return line and line[1] == "Final"


def _read_parts(content: bytes, names: Collection[str]) -> Iterator[str]:
    """The text of those parts of a package that it has, each paragraph or cell on a line."""
    with suppress(*DAMAGED), ZipFile(io.BytesIO(content)) as package:
        for name in names:
            if name in package.namelist():
                with package.open(name) as part:
                    text = part.read(_MOST_BYTES).decode("utf-8", errors="replace")
                yield unescape(_TAGS.sub("", _ENDS.sub("\n", text)))
