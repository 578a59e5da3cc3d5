"""Which files of a folder are extracts, which are faults, and which are none of ours."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.core.periods import Month
from merton_kpi.storage.files import decode_text, list_extracts

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]


def test_a_csv_is_an_extract_whatever_the_case_of_its_ending(tmp_path: Path) -> None:
    for name in ("2020-05.csv", "2020-04.CSV", "2020-04-sen.Csv"):
        (tmp_path / name).write_bytes(b"")
    assert [(str(month), path.name) for month, path in list_extracts(tmp_path)[0]] == [
        ("2020-04", "2020-04-sen.Csv"),
        ("2020-04", "2020-04.CSV"),
        ("2020-05", "2020-05.csv"),
    ]


@pytest.mark.parametrize(
    "name", ["2020-04.xlsx", "2020-04.xls", "2020-04.csv.txt", "2020-04-sen.ods", "2020-04"]
)
def test_a_file_with_a_month_in_its_name_is_never_left_unread(
    kpi: Kpi, council: Path, name: str
) -> None:
    (council / "data" / name).write_bytes(b"")
    outcome = kpi("check", "--data", "data")
    assert (outcome.code, outcome.out) == (1, "")
    errors = [line for line in outcome.err.splitlines() if ": error: " in line]
    assert errors == [
        f"data/{name}: error: this is not a CSV file: "
        "save it in Excel as 'CSV UTF-8', or move it away"
    ]


@pytest.mark.parametrize(
    "name", ["~$2020-04.xlsx", "~$2020-04.csv", ".2020-04.csv", "._2020-04.csv", "notes.docx"]
)
def test_locks_hidden_files_and_other_names_are_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "2020-04.csv").write_bytes(b"")
    (tmp_path / name).write_bytes(b"")
    assert list_extracts(tmp_path) == (((Month(2020, 4), tmp_path / "2020-04.csv"),), ())


def test_folders_are_passed_over(tmp_path: Path) -> None:
    for name in ("2019-20", "2019-12 returns", "2020-04.csv"):
        (tmp_path / name).mkdir()
    assert list_extracts(tmp_path) == ((), ())


def test_a_folder_that_cannot_be_listed_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "iterdir", refuse)
    with pytest.raises(BuildStoppedError) as stop:
        list_extracts(tmp_path)
    folder = tmp_path.as_posix()
    assert str(stop.value) == f"{folder}: error: it cannot be read: Permission denied"


def test_all_wrong_names_are_reported_together(tmp_path: Path) -> None:
    for name in ("2020-04.xlsx", "april.csv", "2020-13.CSV"):
        (tmp_path / name).write_bytes(b"")
    extracts, issues = list_extracts(tmp_path)
    assert extracts == ()
    advice = "an extract's name begins with its month, like 2020-11.csv; rename or move it"
    folder = tmp_path.as_posix()
    assert [str(issue) for issue in issues] == [
        f"{folder}/2020-04.xlsx: error: this is not a CSV file: "
        "save it in Excel as 'CSV UTF-8', or move it away",
        f"{folder}/2020-13.CSV: error: {advice}",
        f"{folder}/april.csv: error: {advice}",
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
def test_a_byte_that_is_not_utf_8_is_named_with_its_line(mark: bytes) -> None:
    assert decode_text(mark + b"a\r\nb", Path("f.yaml")) == "a\nb"
    with pytest.raises(BuildStoppedError) as stop:
        decode_text(mark + b"a\n\xff", Path("f.yaml"))
    byte = len(mark) + 3
    sentence = f"byte {byte} is not UTF-8 (line 2); save the file as UTF-8"
    assert str(stop.value) == f"f.yaml: error: {sentence}"
