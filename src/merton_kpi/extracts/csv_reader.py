"""A CSV file's bytes to records with their line numbers, and every fault in how it is written.

Reads what Excel saves: UTF-8 and UTF-16 by their byte order marks, Windows-1252 with a warning, and
commas, semicolons or tabs by the header. What is not certain is an error, never a guess.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass, replace

from merton_kpi.core.issues import Issue, Place, Severity, shorten
from merton_kpi.extracts.columns import Record

MOST_BYTES = 8 * 2**20
MOST_RECORDS = 100_000
MOST_FAULTS = 1_000
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_ADVICE = "save it in Excel as 'CSV UTF-8'"
_LONGEST_HEADER = 100_000  # characters in which the delimiter is looked for
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, kw_only=True, slots=True)
class CsvFile:
    """A file's records, header first and without blank ones.

    `broken` counts the records that could not be split into cells; each of them has an issue.
    """

    delimiter: str = ","
    records: tuple[Record, ...] = ()
    broken: int = 0


def read_csv(content: bytes, file: str) -> tuple[CsvFile, tuple[Issue, ...]]:
    """Read a CSV file.

    Args:
        content: The file's bytes; more than MOST_BYTES are an error.
        file: The name that its issues give.

    Returns:
        The records, which are the header and at most MOST_RECORDS rows, and the issues. There are
        no records where the encoding or the delimiter is not certain.
    """
    text, issues = _decode(content, file)
    if any(issue.severity is Severity.ERROR for issue in issues):
        return CsvFile(), issues
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter, faults = _read_delimiter(text, file)
    if faults:
        return CsvFile(), (*issues, *faults)
    table, faults = _read_records(text, delimiter, file)
    return table, (*issues, *faults)


def _decode(content: bytes, file: str) -> tuple[str, tuple[Issue, ...]]:
    """A file's text; empty where an issue is an error."""
    if len(content) > MOST_BYTES:
        message = f"the file has {len(content):,} bytes; the limit is {MOST_BYTES:,}"
        return "", (_compose_error("file_size", file, f"{message}; is this the right file?"),)
    if content.startswith(b"PK\x03\x04"):
        message = f"this is an Excel workbook, not a CSV file; {_ADVICE}"
        return "", (_compose_error("encoding", file, message),)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_marked(content, "utf-16", file)
    if b"\0" in content[:1000]:
        message = f"this is not text, or it is UTF-16 without a byte order mark; {_ADVICE}"
        return "", (_compose_error("encoding", file, message),)
    if content.startswith(codecs.BOM_UTF8):
        return _decode_marked(content, "utf-8", file)
    return _decode_unmarked(content, file)


def _decode_marked(content: bytes, encoding: str, file: str) -> tuple[str, tuple[Issue, ...]]:
    """Decode a file that names its encoding by a byte order mark."""
    try:  # as "utf-8-sig", Python would count the faulty byte from after the mark
        return content.decode(encoding).removeprefix("\ufeff"), ()
    except UnicodeDecodeError as error:
        return "", (_compose_encoding_error(content, error.start, encoding.upper(), file),)


def _decode_unmarked(content: bytes, file: str) -> tuple[str, tuple[Issue, ...]]:
    """Decode UTF-8, else Windows-1252, in which Excel in Britain saves its plain 'CSV'."""
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        fault = error.start
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return "", (_compose_encoding_error(content, fault, "UTF-8", file),)
    message = (
        f"the file is not UTF-8, so it was read as Windows-1252; check accents and £, or {_ADVICE}"
    )
    place = Place(file=file, line=_count_line(content, fault))
    warning = Issue(severity=Severity.WARNING, code="windows_1252", place=place, message=message)
    return text, (warning,)


def _compose_encoding_error(content: bytes, fault: int, name: str, file: str) -> Issue:
    message = f"byte {fault + 1} of the file is not valid {name}; {_ADVICE}"
    return _compose_error("encoding", file, message, _count_line(content, fault))


def _count_line(content: bytes, position: int) -> int:
    """The number of the line that a byte is on."""
    return content.count(b"\n", 0, position) + 1


def _read_delimiter(text: str, file: str) -> tuple[str, tuple[Issue, ...]]:
    """The delimiter that the header has, or a comma; an error where the header has several."""
    stripped = text.lstrip("\n")
    header = _QUOTED.sub("", stripped[:_LONGEST_HEADER]).partition("\n")[0]
    used = [delimiter for delimiter in DELIMITERS if delimiter in header]
    if len(used) > 1:
        names = " and ".join(DELIMITERS[delimiter] for delimiter in used)
        line = len(text) - len(stripped) + 1  # only line ends come before the header
        message = f"the header has {names}; separate the columns by only one of them"
        return "", (_compose_error("delimiter", file, message, line),)
    return (used[0] if used else ","), ()


def _read_records(text: str, delimiter: str, file: str) -> tuple[CsvFile, tuple[Issue, ...]]:
    """The records, up to the limits of the file's length and faults; and an issue a fault."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    records: list[Record] = []
    issues: list[Issue] = []
    while len(records) <= MOST_RECORDS and len(issues) < MOST_FAULTS:
        line = reader.line_num + 1
        try:
            cells = tuple(map(str.strip, next(reader)))
        except StopIteration:
            break
        except csv.Error as error:
            message = _explain_csv_error(error, line, reader.line_num)
            issues.append(_compose_error("csv", file, message, line))
        else:
            if any(cells):
                records.append(Record(line=line, cells=cells))
    if records and not text.endswith("\n"):
        records[-1] = replace(records[-1], is_unended=True)
    table = CsvFile(delimiter=delimiter, records=tuple(records), broken=len(issues))
    if len(records) > MOST_RECORDS or len(issues) >= MOST_FAULTS:
        message = "the file is too long or has too many errors; the rest was not read"
        issues.append(_compose_error("file_size", file, message, line))
    return table, tuple(issues)


def _explain_csv_error(error: csv.Error, first: int, last: int) -> str:
    """A sentence on a record from line `first` to line `last`.

    The kinds of `csv.Error` differ in nothing but their text, so that it has to be read.
    """
    if "unexpected end" in str(error):
        lines = f" (lines {first} to {last})" if last > first else ""
        return f"a quote opens here and is not closed{lines}; close it"
    if "field larger" in str(error):
        return "a cell of this row has more than 131,072 characters; is a quote not closed?"
    return 'text follows a closing quote; write each quote within a cell twice, like ""this""'


def _compose_error(code: str, file: str, message: str, line: int | None = None) -> Issue:
    return Issue(code=code, place=Place(file=file, line=line), message=message)


def format_record(record: Record, delimiter: str) -> str:
    """A record in one short line, for a message."""
    return shorten(delimiter.join(record.cells))
