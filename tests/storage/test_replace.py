"""Papers are replaced all together or not at all, wherever the run is stopped."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.storage import replace as writing
from merton_kpi.storage.replace import LOCK, MOVE, NEW, replace_papers, restore_papers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]

OLD = {"index.xlsx": b"old index", "report.md": b"old report"}
LATEST = {"index.xlsx": b"new index", "report.md": b"new report", "manifest.json": b"first one"}
SET = {LOCK, NEW, MOVE}

# What Python tells an audit hook before it does it: one for each operation on a file.
OPERATIONS = (
    "open",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.scandir",
    "os.link",
    "fcntl.flock",
)

KILLED = f"""
import os, sys
from pathlib import Path
folder, last = Path(sys.argv[1]), int(sys.argv[2])
from merton_kpi.storage.replace import write_papers
count = 0
def stop(event, arguments):
    global count
    if event in {OPERATIONS!r}:
        count += 1
        if count > last:
            os._exit(9)
sys.addaudithook(stop)
write_papers(folder, {LATEST!r})
"""


def read_papers(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def visible(folder: Path) -> dict[str, bytes]:
    """The papers that a reader sees."""
    return {name: content for name, content in read_papers(folder).items() if name[0] != "."}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    replace_papers(tmp_path / "out", OLD)
    return tmp_path / "out"


def test_a_run_leaves_its_papers_and_nothing_else(folder: Path) -> None:
    assert read_papers(folder) == OLD
    paths = replace_papers(folder, LATEST)
    assert read_papers(folder) == LATEST
    assert not {path.name for path in folder.iterdir()} & SET
    assert [path.name for path in paths] == list(LATEST)


@pytest.mark.slow
def test_killed_before_any_operation_it_leaves_one_set_whole(tmp_path: Path) -> None:
    """The process ends at once, before its first, second ... last operation on a file.

    Then the papers in place are the old set or the new one; or, between the first replacement and
    the last, `.kpi-move` says so, and the next run puts the old set back whole.
    """
    stops = interrupted = 0
    while True:
        folder = tmp_path / str(stops)
        replace_papers(folder, OLD)
        command = [sys.executable, "-c", KILLED, str(folder), str(stops)]
        code = subprocess.run(command, check=False).returncode
        is_marked = (folder / MOVE).exists()
        interrupted += is_marked
        if not is_marked:
            assert visible(folder) in (OLD, LATEST)
        restore_papers(folder)
        if is_marked:
            assert visible(folder) == OLD
        replace_papers(folder, {"index.xlsx": b"next"})  # nothing is in its way
        assert not {path.name for path in folder.iterdir()} & SET
        if code == 0:
            break
        assert code == 9
        stops += 1
    print(f"stopped before {stops} operations, in {interrupted} of them while replacing")
    assert stops >= 20
    assert interrupted >= len(LATEST)


class Fault:
    """Refuses one operation on a file, the `last`, or each from then on."""

    def __init__(self) -> None:
        self.last, self.count, self.goes_on, self.armed = 0, 0, False, False
        self.error: Callable[[], BaseException] = lambda: OSError(errno.ENOSPC, "No space")

    def arm(self, last: int, goes_on: bool, error: Callable[[], BaseException]) -> None:
        self.last, self.count, self.goes_on, self.error, self.armed = last, 0, goes_on, error, True

    def __call__(self, event: str, arguments: object) -> None:
        if self.armed and event in OPERATIONS and event != "fcntl.flock":
            self.count += 1
            if self.count == self.last or (self.goes_on and self.count > self.last):
                raise self.error()


FAULT = Fault()
sys.addaudithook(FAULT)


@pytest.fixture
def fault() -> Iterator[Fault]:
    yield FAULT
    FAULT.armed = False


ERRORS: dict[str, Callable[[], BaseException]] = {
    "disk full": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "open in Excel": lambda: PermissionError(errno.EACCES, "Permission denied"),
    "control-C": KeyboardInterrupt,
}


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
@pytest.mark.parametrize("goes_on", [False, True], ids=["once", "from then on"])
def test_an_error_at_any_operation_leaves_one_set_whole(
    tmp_path: Path, fault: Fault, goes_on: bool, error: Callable[[], BaseException]
) -> None:
    """What fails once is undone at once; what goes on failing is undone by the next run."""
    last, raised = 0, 0
    while True:
        last += 1
        folder = tmp_path / str(last)
        replace_papers(folder, OLD)
        fault.arm(last, goes_on, error)
        try:
            replace_papers(folder, LATEST)
            failed = False
        except (BuildStoppedError, KeyboardInterrupt):
            failed = True
        reached = fault.count >= last
        fault.armed = False
        if failed and not goes_on and error is not KeyboardInterrupt:
            assert visible(folder) == OLD
        raised += failed
        restore_papers(folder)
        assert visible(folder) in (OLD, LATEST)
        replace_papers(folder, LATEST)
        assert read_papers(folder) == LATEST
        if not reached:
            break
    assert raised >= 12


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "No space left on device); make room on the disk and build again"),
        (errno.EACCES, "Permission denied); close it where it is open, such as in Excel, or use"),
        (errno.EIO, "Input/output error); name another folder with --out"),
    ],
)
def test_the_message_names_the_paper_and_says_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    replace = type(folder).replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "report.md" and path.parent.name == MOVE:
            raise OSError(number, os.strerror(number))
        return replace(path, target)

    monkeypatch.setattr(type(folder), "replace", refuse)
    with pytest.raises(BuildStoppedError) as stop:
        replace_papers(folder, LATEST)
    assert str(stop.value).startswith(
        f"{folder.as_posix()}/report.md: error: it cannot be written ({sentence}"
    )
    assert read_papers(folder) == OLD


def test_without_second_names_the_earlier_papers_are_copied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(type(folder), "hardlink_to", refuse)
    replace_papers(folder, LATEST)
    assert read_papers(folder) == LATEST


def test_a_second_run_waits_for_the_first(folder: Path) -> None:
    with writing._hold(folder):
        run = threading.Thread(target=replace_papers, args=(folder, LATEST))
        run.start()
        time.sleep(0.2)
        assert visible(folder) == OLD
    run.join()
    assert visible(folder) == LATEST


def test_a_run_that_waits_too_long_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "WAIT", 0.1)
    with writing._hold(folder), pytest.raises(BuildStoppedError) as stop:
        replace_papers(folder, LATEST)
    assert str(stop.value).endswith("another run is writing here; wait for it to end, or use --out")


def test_two_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    sets = [{name: bytes([each]) * 50_000 for name in "abcd"} for each in range(8)]
    runs = [threading.Thread(target=replace_papers, args=(tmp_path, each)) for each in sets]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert read_papers(tmp_path) in sets


def test_a_lock_left_by_a_run_that_was_killed_is_no_obstacle(folder: Path) -> None:
    (folder / LOCK).write_bytes(b"")
    replace_papers(folder, LATEST)
    assert read_papers(folder) == LATEST


def test_a_link_in_the_folder_is_replaced_and_not_followed(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"not a paper")
    (folder / "manifest.json").symlink_to(other)
    replace_papers(folder, LATEST)
    assert other.read_bytes() == b"not a paper"
    assert not (folder / "manifest.json").is_symlink()


@pytest.mark.parametrize("name", ["../x", "a/b", "/x", ""])
def test_a_name_that_leads_out_of_the_folder_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a plain file name"):
        replace_papers(folder, {name: b""})


def test_a_build_first_puts_back_what_an_interrupted_one_left(kpi: Kpi, council: Path) -> None:
    """Even where it then finds a fault: the last good papers are whole."""
    kpi("build", "--month", "2020-04")
    out = council / "output"
    before = read_papers(out)
    (out / MOVE / "old").mkdir(parents=True)
    (out / MOVE / "names.txt").write_text("again exception-report-2020-04.md\nfirst x.csv\n")
    report = out / "exception-report-2020-04.md"
    report.replace(out / MOVE / "old" / report.name)
    report.write_text("half of a newer set")
    (out / "x.csv").write_text("half of a newer set")
    told = kpi("verify", "--month", "2020-04")
    assert (told.code, told.err) == (
        1,
        "output/.kpi-move: error: a run was stopped while it replaced papers; "
        "the next 'kpi build' puts them back\n",
    )
    (council / "data/2020-04.csv").write_text("indicator,value\n1,x\n")
    assert kpi("build", "--month", "2020-04").code == 1
    assert read_papers(out) == before
