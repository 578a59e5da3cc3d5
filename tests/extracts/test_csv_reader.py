"""A CSV file's bytes are read as Excel saves them, or the fault is an issue on its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.messages import list_codes

from merton_kpi.core.issues import Severity
from merton_kpi.extracts.columns import Record
from merton_kpi.extracts.csv_reader import (
    MOST_BYTES,
    MOST_FAULTS,
    MOST_RECORDS,
    CsvFile,
    read_csv,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, end: str) -> None:
    text = end.join(["", "a; b", "", '"é"" £";"1', '2"', ""])
    assert read_csv(text.encode(encoding), "f.csv") == (
        CsvFile(
            delimiter=";",
            records=(
                Record(line=2, cells=("a", "b")),
                Record(line=4, cells=('é" £', "1\n2")),
            ),
        ),
        (),
    )


def test_windows_1252_is_read_with_a_warning(messages: Callable[..., None]) -> None:
    table, (issue,) = read_csv("a,b\n1,£5\n".encode("cp1252"), "f.csv")
    assert table.records[1].cells == ("1", "£5")
    assert (issue.code, issue.severity, issue.place.line) == ("windows_1252", Severity.WARNING, 2)
    messages(issue)


UNCERTAIN = {
    "workbook": (b"PK\x03\x04", "encoding"),
    "no text": (b"a\0b", "encoding"),
    "UTF-8": (b"\xef\xbb\xbfa\n\xff", "encoding 2"),
    "Windows-1252": (b"a\n\x81\xff", "encoding 2"),
    "UTF-16": (b"\xff\xfea", "encoding 1"),
    "delimiter": (b"\n\na,b;c\n", "delimiter 3"),
    "size": (b"a" * (MOST_BYTES + 1), "file_size"),
}


@pytest.mark.parametrize(("content", "code"), UNCERTAIN.values(), ids=UNCERTAIN)
def test_a_file_that_is_not_certain_gives_an_error_and_no_records(
    content: bytes, code: str
) -> None:
    table, issues = read_csv(content, "f.csv")
    assert table == CsvFile()
    assert list_codes(issues) == [code]


def test_a_file_that_is_not_certain_is_explained(messages: Callable[..., None]) -> None:
    for content, _ in UNCERTAIN.values():
        messages(read_csv(content, "f.csv")[1])


def test_a_broken_record_is_an_error_and_hides_no_other(messages: Callable[..., None]) -> None:
    table, issues = read_csv(b'a,b\n"1"x,2\n3,4\n"5,6\n', "f.csv")
    assert [record.cells for record in table.records] == [("a", "b"), ("3", "4")]
    assert table.broken == 2
    assert list_codes(issues) == ["csv 2", "csv 4"]
    messages(issues)


def test_reading_stops_at_the_limit_of_records(messages: Callable[..., None]) -> None:
    table, issues = read_csv(b"1\n" * (MOST_RECORDS + 5), "f.csv")
    assert len(table.records) == MOST_RECORDS + 1
    assert list_codes(issues) == [f"file_size {MOST_RECORDS + 1}"]
    messages(issues)


def test_reading_stops_at_the_limit_of_faults() -> None:
    table, issues = read_csv(b'"1"x\n' * (MOST_FAULTS + 5), "f.csv")
    assert table.broken == MOST_FAULTS
    assert len(issues) == MOST_FAULTS + 1
    assert list_codes(issues[-1:]) == [f"file_size {MOST_FAULTS}"]
