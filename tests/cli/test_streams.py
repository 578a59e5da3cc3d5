"""Streams that are closed, full or a broken pipe: the work is done, and the exit code says it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT

from merton_kpi.core.vocabulary import Edition

if TYPE_CHECKING:
    from collections.abc import Callable

    Messages = Callable[..., None]

CLOSED = pytest.mark.skipif(sys.platform == "win32", reason="the shell's ways to close a stream")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no such device")
BUILD = "build --month 2020-11"
UNPRINTED = [
    pytest.param(">&-", True, marks=CLOSED),
    pytest.param("<&- >&-", True, marks=CLOSED),
    pytest.param("<&- >&- 2>&-", False, marks=CLOSED),
    pytest.param(">/dev/full", True, marks=FULL),
    pytest.param(">/dev/full 2>/dev/full", False, marks=FULL),
]


def run_in_shell(command: str, out: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with a folder for its papers, if it writes any."""
    command = command.replace("build", f"build --out {out}")
    return subprocess.run(
        f"{sys.executable} -m merton_kpi {command}",
        shell=True,
        cwd=ROOT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


def read_papers(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".kpi.lock"}


@pytest.mark.parametrize(("redirection", "is_said"), UNPRINTED)
def test_a_build_writes_the_same_papers_where_it_cannot_print(
    redirection: str, tmp_path: Path, *, is_said: bool
) -> None:
    """No paper is opened as a standard descriptor that is closed, where it would be printed to."""
    done = run_in_shell(f"{BUILD} {redirection}", tmp_path)
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (3, "", False)
    assert ("kpi: error: cannot write to stdout: " in done.stderr) == is_said
    papers = read_papers(tmp_path)
    assert len(papers) == len(Edition) + 1  # the manifest
    assert run_in_shell(BUILD, tmp_path).returncode == 0
    assert read_papers(tmp_path) == papers


@CLOSED
@pytest.mark.parametrize(
    "command",
    [
        "--help",
        "--version",
        "changes --since 2020-09 --month 2020-11",
        "check",
        "check --format json",
        "due --month 2020-11",
        "explain 3 --month 2020-11",
        "meetings",
        "schema",
        "show --month 2020-11",
    ],
)
def test_any_result_that_cannot_be_printed_is_exit_code_3(command: str, tmp_path: Path) -> None:
    done = run_in_shell(f"{command} >&-", tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert done.stderr.splitlines()[-1].startswith("kpi: error: cannot write to stdout: ")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (BUILD, 3),
        (f"{BUILD} --quiet", 3),
        ("build --month 2021-11", 1),
        ("build --nonsense", 2),
        ("check", 3),
        ("check --catalogue nowhere.yaml", 1),
        ("show --month 2020-11", 0),
    ],
)
@pytest.mark.parametrize(
    "redirection",
    [
        pytest.param("2>&-", marks=CLOSED),
        pytest.param("2>/dev/full", marks=FULL),
        pytest.param(">&- 2>/dev/full", marks=[CLOSED, FULL]),
    ],
)
def test_problems_that_cannot_be_printed_change_no_exit_code_but_0(
    command: str, code: int, redirection: str, tmp_path: Path
) -> None:
    """The result is printed all the same; where it cannot be printed either, there is no 0."""
    done = run_in_shell(f"{command} {redirection}", tmp_path)
    has_stdout = not redirection.startswith(">")
    assert done.returncode == (code if has_stdout else code or 3)
    is_result = code in (0, 3) and "--quiet" not in command
    assert bool(done.stdout) == (has_stdout and is_result)
    assert bool(list(tmp_path.glob("*.xlsx"))) == (command.startswith("build") and code == 3)


@CLOSED
def test_closed_streams_are_no_fault_where_nothing_is_printed(tmp_path: Path) -> None:
    """As under a program of Windows' that has no console."""
    begin = "from merton_kpi.cli.console import open_streams\nwith open_streams(): "
    for code, lines in ((0, "pass"), (0, "print(end='')"), (3, "print(1)")):
        done = subprocess.run(
            f'{sys.executable} -c "{begin}{lines}" >&- 2>&-', shell=True, check=False
        )
        assert done.returncode == code, lines


@FULL
def test_output_to_a_full_disk_is_an_error(tmp_path: Path, messages: Messages) -> None:
    messages(run_in_shell("--version >/dev/full", tmp_path).stderr)


@CLOSED
def test_output_to_a_closed_stream_is_an_error(tmp_path: Path, messages: Messages) -> None:
    messages(run_in_shell("--version >&-", tmp_path).stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="the shell's pipes")
@pytest.mark.parametrize("command", ["show --month 2020-11", f"{BUILD} 2>&-"])
def test_a_pipe_that_its_reader_closes_needs_no_sentence(command: str, tmp_path: Path) -> None:
    """As in `kpi show | head -1`."""
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        f"{sys.executable} -m merton_kpi {command.replace('build', f'build --out {tmp_path}')}",
        shell=True,
        cwd=ROOT,
        check=False,
        stdout=theirs,
        stderr=subprocess.PIPE,
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (3, b"")
