"""A CSV file's bytes to records with their lines, and every fault of its writing.

Reads what Excel saves: UTF-8 and UTF-16 by their marks, Windows-1252 with a warning, and commas,
semicolons or tabs by the header. What cannot be told for certain is an error, never a guess.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass, field

from merton_kpi.core.issues import Issue, Place, Severity, shorten

MOST_BYTES = 8 * 2**20
MOST_RECORDS = 100_000
MOST_FAULTS = 1_000
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_ADVICE = "save it in Excel as 'CSV UTF-8'"


@dataclass(frozen=True, kw_only=True, slots=True)
class CsvRecord:
    """The cells of one record, without the spaces around them, and the line it begins on."""

    line: int
    cells: tuple[str, ...]


@dataclass(kw_only=True)
class CsvFile:
    """What was read: the records, header first and without blank ones, and the issues.

    `broken` counts the records that could not be taken apart; each of them has its issue.
    """

    file: str
    delimiter: str = ","
    records: list[CsvRecord] = field(default_factory=list)
    broken: int = 0
    issues: list[Issue] = field(default_factory=list)

    def add(
        self, code: str, line: int | None, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Add an issue about this line (`None`: about the file)."""
        place = Place(file=self.file, line=line)
        self.issues.append(Issue(severity=severity, code=code, place=place, message=message))


def read_csv(content: bytes, file: str) -> CsvFile:
    """Take a CSV file apart; `file` is the name that its issues give."""
    read = CsvFile(file=file)
    text = _decode(content, read)
    if text is not None:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _find_delimiter(text, read):
            _read_records(text, read)
    return read


def _decode(content: bytes, read: CsvFile) -> str | None:
    if len(content) > MOST_BYTES:
        message = f"it has {len(content):,} bytes, more than the {MOST_BYTES:,} that are read"
        read.add("file_size", None, f"{message}; is this the right file?")
        return None
    if content.startswith(b"PK\x03\x04"):
        read.add("encoding", None, f"this is an Excel workbook and not a CSV file; {_ADVICE}")
        return None
    encoding = "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in content[:1000]:
        read.add("encoding", None, f"this is not text, or UTF-16 without its mark; {_ADVICE}")
        return None
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        return _decode_windows(content, encoding, error.start, read)


def _decode_windows(content: bytes, encoding: str, fault: int, read: CsvFile) -> str | None:
    """Read bytes that are no Unicode as Windows-1252, which Excel's plain 'CSV' is in Britain."""
    line = content.count(b"\n", 0, fault) + 1
    try:
        if encoding == "utf-16" or content.startswith(codecs.BOM_UTF8):
            raise ValueError
        text = content.decode("cp1252")
    except ValueError:
        name = "UTF-16" if encoding == "utf-16" else "UTF-8"
        read.add("encoding", line, f"byte {fault + 1} of the file is not {name}; {_ADVICE}")
        return None
    message = f"this is not UTF-8 and was read as Windows-1252; check accents and £, or {_ADVICE}"
    read.add("windows_1252", line, message, Severity.WARNING)
    return text


def _find_delimiter(text: str, read: CsvFile) -> bool:
    """Tell the delimiter by the header, and say so where it has several."""
    stripped = text.lstrip("\n")
    header = re.sub(r'"[^"]*"', "", stripped[:100_000]).partition("\n")[0]
    found = [delimiter for delimiter in DELIMITERS if delimiter in header]
    if len(found) > 1:
        names = " and ".join(DELIMITERS[delimiter] for delimiter in found)
        line = text[: len(text) - len(stripped)].count("\n") + 1
        read.add("delimiter", line, f"the header has {names}; separate all columns by one of them")
        return False
    read.delimiter = found[0] if found else ","
    return True


def _read_records(text: str, read: CsvFile) -> None:
    reader = csv.reader(io.StringIO(text), delimiter=read.delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = tuple(map(str.strip, next(reader)))
        except StopIteration:
            return
        except csv.Error as error:
            read.broken += 1
            read.add("csv", line, _tell(error, line, reader.line_num))
        else:
            if any(cells):
                read.records.append(CsvRecord(line=line, cells=cells))
        if read.broken >= MOST_FAULTS or len(read.records) > MOST_RECORDS:
            message = "the file is too long or too faulty to read on; the rest was not read"
            read.add("file_size", line, message)
            return


def _tell(error: csv.Error, first: int, last: int) -> str:
    if "unexpected end" in str(error):
        return f"a quote opens here and never closes; close it (lines {first} to {last})"
    if "field larger" in str(error):
        return "a cell of this row is longer than 131,072 characters; is a quote left open?"
    return 'text follows a closing quote; write a quote within a cell twice, as in ""this""'


def format_record(record: CsvRecord, delimiter: str) -> str:
    """A record in one short line, for a message."""
    return shorten(delimiter.join(record.cells))
