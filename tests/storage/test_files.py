"""Which files of a folder are extracts, which are errors, and which are ignored."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers.messages import list_codes

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.core.periods import Month
from merton_kpi.papers import build as papers
from merton_kpi.storage import files
from merton_kpi.storage.files import decode_text, has_file, read_bytes, replace_file
from merton_kpi.storage.inputs import list_extracts

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]


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
def test_a_file_with_a_month_in_its_name_is_never_ignored(
    kpi: Kpi, council: Path, name: str
) -> None:
    (council / "data" / name).write_bytes(b"")
    outcome = kpi("check", "--data", "data")
    assert outcome.code == 1
    assert outcome.out.startswith("The check fails: ")
    errors = [line for line in outcome.err.splitlines() if ": error: " in line]
    assert [line.split(": ")[:2] for line in errors] == [[f"data/{name}", "error"]]
    assert "CSV" in errors[0] or "Excel" in errors[0] or "spreadsheet program" in errors[0]


@pytest.mark.parametrize(
    "name", ["~$2020-04.xlsx", "~$2020-04.csv", ".2020-04.csv", "._2020-04.csv", "notes.docx"]
)
def test_locks_hidden_files_and_other_names_are_ignored(tmp_path: Path, name: str) -> None:
    (tmp_path / "2020-04.csv").write_bytes(b"")
    (tmp_path / name).write_bytes(b"")
    assert list_extracts(tmp_path) == (((Month(2020, 4), tmp_path / "2020-04.csv"),), ())


def test_folders_are_ignored(tmp_path: Path) -> None:
    for name in ("2019-20", "2019-12 returns", "2020-04.csv"):
        (tmp_path / name).mkdir()
    assert list_extracts(tmp_path) == ((), ())


def test_a_folder_that_cannot_be_listed_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "iterdir", refuse)
    with pytest.raises(BuildStoppedError) as stop:
        list_extracts(tmp_path)
    (issue,) = stop.value.issues
    assert (issue.code, issue.place.file) == ("unreadable_file", tmp_path.as_posix())
    messages(issue)


def test_all_wrong_names_are_reported_together(tmp_path: Path, messages: Messages) -> None:
    names = ("2020-04.ods", "2020-04.txt", "2020-04.xlsm", "2020-13.CSV", "april.csv")
    for name in names:
        (tmp_path / name).write_bytes(b"")
    extracts, issues = list_extracts(tmp_path)
    assert extracts == ()
    folder = tmp_path.as_posix()
    assert [(issue.code, issue.place.file) for issue in issues] == [
        ("file_name", f"{folder}/{name}") for name in names
    ]
    messages(issues)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
def test_a_byte_that_is_not_utf_8_is_named_with_its_line(mark: bytes, messages: Messages) -> None:
    assert decode_text(mark + b"a\r\nb", Path("f.yaml")) == "a\nb"
    with pytest.raises(BuildStoppedError) as stop:
        decode_text(mark + b"a\n\xff", Path("f.yaml"))
    assert list_codes(stop.value.issues) == ["encoding"]
    assert f"byte {len(mark) + 3} is not UTF-8 (line 2)" in str(stop.value)
    messages(stop.value.issues)


def test_a_file_larger_than_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 5_000)
    (tmp_path / "f.csv").write_bytes(b"1" * 5_000)
    assert len(read_bytes(tmp_path / "f.csv")) == 5_000
    (tmp_path / "f.csv").write_bytes(b"1" * 5_001)
    with pytest.raises(BuildStoppedError) as stop:
        read_bytes(tmp_path / "f.csv")
    assert list_codes(stop.value.issues) == ["file_size"]
    messages(stop.value.issues)


def test_a_missing_file_is_an_error_with_advice_or_without(
    tmp_path: Path, messages: Messages
) -> None:
    for advice in ((), ("name it with --catalogue",)):
        with pytest.raises(BuildStoppedError) as stop:
            read_bytes(tmp_path / "f.yaml", *advice)
        assert list_codes(stop.value.issues) == ["missing_file"]
        messages(stop.value.issues)


def test_an_extract_that_is_a_link_to_no_file_is_an_error(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    (council / "data/2020-05.csv").symlink_to(council / "2020-05.csv")
    outcome = kpi("check", "--data", "data")
    assert outcome.code == 1
    assert "data/2020-05.csv: error: " in outcome.err
    messages(line for line in outcome.err.splitlines() if " error: " in line)


def test_a_folder_has_a_file_of_a_pattern_only_where_it_is_a_file(tmp_path: Path) -> None:
    assert not has_file(tmp_path / "missing", "manifest-*.json")
    (tmp_path / "manifest-2020-11.json").mkdir()
    assert not has_file(tmp_path, "manifest-*.json")
    (tmp_path / "manifest-2020-12.json").touch()
    assert has_file(tmp_path, "manifest-*.json")
    assert not has_file(tmp_path / "manifest-2020-12.json", "manifest-*.json")


def test_a_replaced_file_keeps_its_rights_and_its_link(tmp_path: Path) -> None:
    file, link = tmp_path / "indicators.yaml", tmp_path / "link.yaml"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["indicators.yaml", "link.yaml"]


def test_a_file_that_cannot_be_replaced_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "indicators.yaml"
    file.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(BuildStoppedError, match="cannot be written: Permission denied"):
        replace_file(file, b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["indicators.yaml"]
    assert file.read_bytes() == b"old"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
@pytest.mark.parametrize("name", ["2020-04-sen.csv", "2020-05.csv", "april.csv", "pipe"])
def test_a_pipe_among_the_extracts_is_named_and_not_read(
    kpi: Kpi, council: Path, name: str
) -> None:
    os.mkfifo(council / "data" / name)
    outcome = kpi("check", "--data", "data")
    line = next(line for line in outcome.err.splitlines() if line.startswith(f"data/{name}: "))
    assert line.startswith(f"data/{name}: warning: ")
    assert kpi("build", "--month", "2020-04").code == 0
    assert kpi("verify", "--month", "2020-04").code == 0
    (council / "data/2020-04.csv").unlink()
    assert "no extract for April 2020" in kpi("build", "--month", "2020-04").err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
def test_a_link_to_a_device_is_not_read(kpi: Kpi, council: Path, messages: Messages) -> None:
    (council / "data/2020-04-b.csv").symlink_to("/dev/zero")
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, "data/2020-04-b.csv: warning: " in outcome.err) == (0, True)
    messages(outcome.err)


def test_a_file_that_is_written_while_it_is_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages
) -> None:
    path = tmp_path / "2020-04.csv"
    path.write_bytes(b"indicator,value\n")
    look, count = os.fstat, 0

    def write_first(descriptor: int) -> os.stat_result:
        nonlocal count
        count += 1
        if count == 2:
            with path.open("ab") as file:
                file.write(b"1,93\n")
        return look(descriptor)

    monkeypatch.setattr(os, "fstat", write_first)
    with pytest.raises(BuildStoppedError) as stop:
        read_bytes(path)
    assert list_codes(stop.value.issues) == ["changed_meanwhile"]
    messages(stop.value.issues)


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_build_whose_extracts_change_before_its_end_leaves_the_earlier_papers(
    kpi: Kpi, council: Path, monkeypatch: pytest.MonkeyPatch, *, is_gone: bool
) -> None:
    file = "data/2020-04.csv"
    write = papers.write_papers

    def write_slowly(*arguments: Any) -> dict[str, bytes]:
        if is_gone:
            (council / file).unlink()
        else:
            (council / file).write_text("indicator,value\n")
        return write(*arguments)

    monkeypatch.setattr(papers, "write_papers", write_slowly)
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"{file}: error: the file was changed while it was read")
    assert not [path for path in (council / "output").iterdir() if path.name != ".kpi.lock"]
