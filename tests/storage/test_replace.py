"""Papers are replaced all together or not at all, wherever the run is stopped."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock
from helpers.messages import list_codes

from merton_kpi.core.issues import BuildStoppedError, Severity
from merton_kpi.storage import replace
from merton_kpi.storage.files import MOVE, check_not_interrupted, hash_bytes
from merton_kpi.storage.replace import (
    LOCK,
    NEW,
    Replacement,
    replace_papers,
    restore_papers,
    write_superseded,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

# The latest set has a new paper, and no longer one that the old set has.
OLD = {"index.xlsx": b"old index", "report.md": b"old report", "table.csv": b"old table"}
LATEST = {"index.xlsx": b"new index", "report.md": b"new report", "manifest.json": b"first one"}
OBSOLETE = {name: hash_bytes(content) for name, content in OLD.items()}

# The audit event that Python raises before each operation on a file.
OPERATIONS = (
    "open",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.scandir",
    "fcntl.flock",
)

KILLED = f"""
import os, sys
from pathlib import Path
folder, last = Path(sys.argv[1]), int(sys.argv[2])
from merton_kpi.storage.replace import replace_papers
count = 0
def stop(event, arguments):
    global count
    if event in {OPERATIONS!r}:
        count += 1
        if count > last:
            os._exit(9)
sys.addaudithook(stop)
replace_papers(folder, {LATEST!r}, list_obsolete=lambda: {OBSOLETE!r})
"""


def replace_old_set(folder: Path) -> Replacement | None:
    """Write the latest set in place of the old one."""
    return replace_papers(folder, LATEST, list_obsolete=lambda: OBSOLETE)


def read_papers(folder: Path) -> dict[str, bytes]:
    """The content of each file in the folder but the locks."""
    files = (path for path in folder.iterdir() if path.is_file() and LOCK not in path.name)
    return {path.name: path.read_bytes() for path in files}


def list_leftovers(folder: Path) -> set[str]:
    """The names of the folders in it, which a finished run has removed."""
    return {path.name for path in folder.iterdir() if path.is_dir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    replace_papers(tmp_path / "out", OLD)
    return tmp_path / "out"


def test_a_run_leaves_its_papers_and_nothing_else(folder: Path) -> None:
    assert read_papers(folder) == OLD
    done = replace_old_set(folder)
    assert read_papers(folder) == LATEST
    assert not list_leftovers(folder)
    assert done == Replacement(
        written=tuple(folder / name for name in LATEST), removed=(folder / "table.csv",), left=()
    )


def test_an_obsolete_paper_that_somebody_changed_is_left_and_named(folder: Path) -> None:
    (folder / "table.csv").write_bytes(b"corrected by hand")
    done = replace_old_set(folder)
    assert done
    assert (done.removed, done.left) == ((), (folder / "table.csv",))
    assert read_papers(folder) == LATEST | {"table.csv": b"corrected by hand"}


def test_an_obsolete_paper_that_is_missing_is_nothing_to_remove(folder: Path) -> None:
    (folder / "table.csv").unlink()
    done = replace_old_set(folder)
    assert done
    assert (done.removed, done.left) == ((), ())
    assert read_papers(folder) == LATEST


def test_nothing_outside_the_folder_is_removed(folder: Path) -> None:
    """Nor the folder's own lock, nor a folder, whatever an earlier manifest lists."""
    (folder.parent / "data.csv").write_bytes(b"data")
    (folder / "sub").mkdir()
    (folder / "sub" / "data.csv").write_bytes(b"data")
    names = ("../data.csv", "sub/data.csv", str(folder.parent / "data.csv"), "sub", "..", LOCK)
    hashes = dict.fromkeys(names, hash_bytes(b"data")) | {LOCK: hash_bytes(b"")}
    done = replace_papers(folder, LATEST, list_obsolete=lambda: hashes)
    assert done
    assert (done.removed, done.left) == ((), ())
    assert (folder.parent / "data.csv").exists()
    assert (folder / "sub" / "data.csv").exists()


def test_a_link_is_removed_and_not_followed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where a run is stopped and the link is to be restored."""
    other = folder.parent / "other.csv"
    (folder / "table.csv").replace(other)
    (folder / "table.csv").symlink_to("../other.csv")
    replace_and_stop(folder, monkeypatch)
    restore_papers(folder)
    assert (folder / "table.csv").is_symlink()
    replace_old_set(folder)
    assert not (folder / "table.csv").is_symlink()
    assert other.read_bytes() == OLD["table.csv"]


def test_nothing_is_replaced_where_the_folder_is_to_be_kept(folder: Path) -> None:
    assert replace_papers(folder, LATEST, list_obsolete=lambda: None) is None
    assert read_papers(folder) == OLD


@pytest.mark.slow
def test_killed_before_any_operation_it_leaves_one_set_whole(tmp_path: Path) -> None:
    """The process ends at once, before its first, second ... last operation on a file.

    Then the papers in place are the old set or the new one; or, between the first replacement and
    the last, `.kpi-move` is there, and the next run restores the whole old set.
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
            assert read_papers(folder) in (OLD, LATEST)
        restore_papers(folder)
        if is_marked:
            assert read_papers(folder) == OLD
        replace_papers(folder, {"index.xlsx": b"next"})  # a later run works as usual
        assert not list_leftovers(folder)
        if code == 0:
            break
        assert code == 9
        stops += 1
    print(f"stopped before {stops} operations, in {interrupted} of them while replacing")
    assert stops >= 20
    assert interrupted >= len(LATEST) + 1  # with the one that is removed


class Fault:
    """Raises an error at one operation on a file, the `last`, or at each from then on."""

    def __init__(self) -> None:
        self.last, self.count, self.goes_on, self.armed = 0, 0, False, False
        self.error: Callable[[], BaseException] = lambda: OSError(errno.ENOSPC, "No space")

    def arm(self, last: int, error: Callable[[], BaseException], *, goes_on: bool) -> None:
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
    tmp_path: Path, fault: Fault, *, goes_on: bool, error: Callable[[], BaseException]
) -> None:
    """What fails once is undone at once; what goes on failing is undone by the next run."""
    last, raised = 0, 0
    while True:
        last += 1
        folder = tmp_path / str(last)
        replace_papers(folder, OLD)
        fault.arm(last, error, goes_on=goes_on)
        try:
            replace_old_set(folder)
            failed = False
        except (BuildStoppedError, KeyboardInterrupt):
            failed = True
        reached = fault.count >= last
        fault.armed = False
        if failed and not goes_on and error is not KeyboardInterrupt:
            assert read_papers(folder) == OLD
        raised += failed
        restore_papers(folder)
        assert read_papers(folder) in (OLD, LATEST)
        replace_old_set(folder)
        assert read_papers(folder) == LATEST
        if not reached:
            break
    assert raised >= 15


class OpenFile:
    """Refuses to rename, replace or remove a file by any of its names, as Windows does.

    It does so while a program has the file open, and for as long as it has.
    """

    def __init__(self) -> None:
        self.file: os.stat_result | None = None

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.file is None or event not in ("os.rename", "os.remove"):
            return
        paths = arguments[:2] if event == "os.rename" else arguments[:1]
        folder = arguments[-1] if arguments[-1] != -1 else None
        for path in paths:
            with suppress(FileNotFoundError):
                if os.path.samestat(self.file, os.stat(path, dir_fd=folder)):
                    raise PermissionError(errno.EACCES, "Permission denied")


OPEN_FILE = OpenFile()
sys.addaudithook(OPEN_FILE)


@pytest.fixture
def open_file() -> Iterator[OpenFile]:
    yield OPEN_FILE
    OPEN_FILE.file = None


@pytest.mark.parametrize("name", OLD)
def test_a_paper_that_stays_open_hinders_only_its_own_replacement(
    folder: Path, open_file: OpenFile, name: str
) -> None:
    """Nothing is left to restore, so that later runs are not refused for it."""
    open_file.file = (folder / name).stat()
    with pytest.raises(BuildStoppedError) as stop:
        replace_old_set(folder)
    (issue,) = stop.value.issues
    assert (issue.code, issue.place.file) == ("unwritable_file", f"{folder.as_posix()}/{name}")
    assert read_papers(folder) == OLD
    check_not_interrupted(folder)
    replace_papers(folder, {"other.md": b"another month"})
    assert not list_leftovers(folder)
    open_file.file = None
    replace_old_set(folder)
    assert read_papers(folder) == LATEST | {"other.md": b"another month"}


@pytest.mark.parametrize("name", LATEST)
def test_a_paper_that_is_open_when_it_is_to_be_restored_is_named(
    folder: Path, open_file: OpenFile, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A run was stopped after the last replacement, and then somebody opened a new paper."""
    replace_and_stop(folder, monkeypatch)
    open_file.file = (folder / name).stat()
    with pytest.raises(BuildStoppedError) as stop:
        restore_papers(folder)
    (issue,) = stop.value.issues
    assert (issue.code, issue.place.file) == ("unwritable_file", f"{folder.as_posix()}/{name}")
    open_file.file = None
    restore_papers(folder)
    assert read_papers(folder) == OLD


def replace_and_stop(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop a run when all papers are in their places, before its last step."""
    move = type(folder).replace

    def stop_before_the_last_step(path: Path, target: Path) -> Path:
        if path.name == MOVE:
            raise KeyboardInterrupt
        return move(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(type(folder), "replace", stop_before_the_last_step)
        patch.setattr(replace, "_restore_earlier_set", lambda _: True)
        with pytest.raises(KeyboardInterrupt):
            replace_old_set(folder)
    assert read_papers(folder) == LATEST


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "No space left on device"),
        (errno.EACCES, "Permission denied"),
        (errno.EIO, "Input/output error"),
    ],
    ids=["disk full", "open elsewhere", "disk broken"],
)
def test_a_paper_that_cannot_be_replaced_is_named(
    number: int,
    reason: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    messages: Messages,
) -> None:
    move = type(folder).replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "report.md" and path.parent.name == MOVE:
            raise OSError(number, reason)
        return move(path, target)

    monkeypatch.setattr(type(folder), "replace", refuse)
    with pytest.raises(BuildStoppedError) as stop:
        replace_old_set(folder)
    (issue,) = stop.value.issues
    assert (issue.code, issue.place.file) == ("unwritable_file", f"{folder.as_posix()}/report.md")
    messages(issue)
    assert read_papers(folder) == OLD


@pytest.mark.parametrize("parent", ["", "new"], ids=["in a folder", "in a new folder"])
def test_a_folder_with_a_name_that_is_too_long_is_an_error(
    parent: str, tmp_path: Path, messages: Messages
) -> None:
    folder = tmp_path / parent / ("x" * 300)
    with pytest.raises(BuildStoppedError) as stop:
        restore_papers(folder)
        replace_papers(folder, LATEST)
    assert [issue.code for issue in stop.value.issues] == ["unwritable_file"]
    messages(stop.value.issues)


def test_a_second_run_waits_for_the_first(folder: Path) -> None:
    with FileLock(folder / LOCK):
        run = threading.Thread(target=replace_old_set, args=(folder,))
        run.start()
        time.sleep(0.2)
        assert read_papers(folder) == OLD
    run.join()
    assert read_papers(folder) == LATEST


def test_a_run_that_waits_too_long_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages
) -> None:
    monkeypatch.setattr(replace, "WAIT", 0.1)
    with FileLock(folder / LOCK), pytest.raises(BuildStoppedError) as stop:
        replace_old_set(folder)
    (issue,) = stop.value.issues
    assert (issue.code, issue.place.file) == ("busy", folder.as_posix())
    messages(issue)
    assert read_papers(folder) == OLD


def test_the_lock_of_a_process_that_ends_at_once_is_released(folder: Path) -> None:
    code = (
        "import os, sys; from filelock import FileLock; "
        "held = FileLock(sys.argv[1]).acquire(); os._exit(9)"
    )
    command = [sys.executable, "-c", code, str(folder / LOCK)]
    assert subprocess.run(command, check=False).returncode == 9
    replace_old_set(folder)
    assert read_papers(folder) == LATEST


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
    replace_old_set(folder)
    assert read_papers(folder) == LATEST


@pytest.mark.parametrize("kind", ["folder", "link to a file", "link to a folder", "broken link"])
def test_what_is_no_lock_is_replaced_by_one(folder: Path, tmp_path: Path, kind: str) -> None:
    """Whatever it leads to, nothing outside the folder is changed."""
    lock, other = folder / LOCK, tmp_path / "other"
    lock.unlink(missing_ok=True)
    if kind == "folder":
        lock.mkdir()
    else:
        lock.symlink_to(other)
    if kind == "link to a file":
        other.write_bytes(b"not a lock")
    if kind == "link to a folder":
        other.mkdir()
    replace_old_set(folder)
    assert (lock.is_file(), lock.is_symlink()) == (True, False)
    assert read_papers(folder) == LATEST
    assert other.exists() == (kind.startswith("link"))
    assert not other.is_file() or other.read_bytes() == b"not a lock"
    assert not other.is_dir() or not list(other.iterdir())


def test_two_runs_that_meet_a_link_do_not_mix(folder: Path, tmp_path: Path) -> None:
    """Neither removes the lock that the other has made in the link's place."""
    (folder / LOCK).unlink(missing_ok=True)
    (folder / LOCK).symlink_to(tmp_path / "nowhere")
    sets = [{name: bytes([each]) * 50_000 for name in OLD} for each in range(8)]
    runs = [threading.Thread(target=replace_papers, args=(folder, each)) for each in sets]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert read_papers(folder) in sets


def test_a_folder_in_the_locks_place_that_holds_something_is_left(
    folder: Path, messages: Messages
) -> None:
    (folder / LOCK).unlink(missing_ok=True)
    (folder / LOCK / "kept").mkdir(parents=True)
    with pytest.raises(BuildStoppedError) as stop:
        replace_old_set(folder)
    assert (folder / LOCK / "kept").is_dir()
    messages(stop.value.issues)


def test_a_lock_that_may_not_be_opened_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages
) -> None:
    """As one that another person's run has made, who lets nobody else write it."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with pytest.raises(BuildStoppedError) as stop:
        replace_old_set(folder)
    (issue,) = stop.value.issues
    assert (issue.code, issue.place.file) == ("unwritable_file", f"{folder.as_posix()}/{LOCK}")
    messages(issue)
    assert read_papers(folder) == OLD


def test_a_link_that_takes_the_locks_place_at_the_last_moment_is_not_followed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"not a lock")
    (folder / LOCK).unlink(missing_ok=True)
    (folder / LOCK).symlink_to(other)
    monkeypatch.setattr(type(folder), "is_symlink", lambda _: False)
    with pytest.raises(BuildStoppedError) as stop:
        replace_old_set(folder)
    assert list_codes(stop.value.issues) == ["unwritable_file"]
    assert other.read_bytes() == b"not a lock"
    assert read_papers(folder) == OLD


def test_a_link_in_the_folder_is_replaced_and_not_followed(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"not a paper")
    (folder / "manifest.json").symlink_to(other)
    replace_old_set(folder)
    assert other.read_bytes() == b"not a paper"
    assert not (folder / "manifest.json").is_symlink()


@pytest.mark.parametrize("name", ["../x", "a/b", "/x", "", "..", "c:x", "a\\b", "a\nb", ".x"])
def test_a_name_that_leads_out_of_the_folder_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a plain file name"):
        replace_papers(folder, {name: b""})


def test_a_build_first_restores_the_papers_that_an_interrupted_one_left(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
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
    outcome = kpi("verify", "--month", "2020-04")
    assert outcome.code == 1
    assert outcome.err.startswith("output/.kpi-move: error: ")
    messages(outcome.err)
    (council / "data/2020-04.csv").write_text("indicator,value\n1,x\n")
    assert kpi("build", "--month", "2020-04").code == 1
    assert read_papers(out) == before


def stop_with_list(folder: Path, content: bytes) -> None:
    """Leave the folder as a run does that was stopped, with this list of its papers."""
    (folder / MOVE / "old").mkdir(parents=True)
    (folder / MOVE / "names.txt").write_bytes(content)
    (folder / "report.md").replace(folder / MOVE / "old" / "report.md")
    (folder / "report.md").write_bytes(b"half of a newer set")


DAMAGED = {
    "a folder above": b"again report.md\nfirst ../data.csv\nagain ../data.csv\n",
    "a folder below": b"again report.md\nfirst sub/data.csv\n",
    "an absolute name": b"first %s\nagain report.md\n",
    "bad bytes": b"again report.md\nfirst \xff\xfe\n",
    "no space": b"again\nagain report.md\nindex.xlsx\n",
    "no name": b"first \nagain report.md\n",
    "another word": b"again report.md\nlast index.xlsx\n",
    "the lock": b"again report.md\nfirst .kpi.lock\nfirst .\nfirst ..\n",
    "empty": b"",
    "a paper is left out": b"again index.xlsx\n",
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_list_changes_no_file_outside_and_stops_no_build(
    folder: Path, content: bytes
) -> None:
    """What there is of the earlier papers is restored all the same."""
    outside = folder.parent / "data.csv"
    outside.write_bytes(b"data")
    (folder / "sub").mkdir()
    (folder / "sub" / "data.csv").write_bytes(b"data")
    content = content.replace(b"%s", str(outside).encode())
    stop_with_list(folder, content)
    (issue,) = restore_papers(folder)
    assert (issue.code, issue.severity) == ("damaged_list", Severity.WARNING)
    assert issue.place.file == f"{folder.as_posix()}/{MOVE}"
    assert read_papers(folder) == OLD
    assert outside.read_bytes() == (folder / "sub" / "data.csv").read_bytes() == b"data"
    assert list_leftovers(folder) == {"sub"}
    replace_old_set(folder)
    assert read_papers(folder) == LATEST


def test_the_warning_of_a_damaged_list_says_what_to_do(folder: Path, messages: Messages) -> None:
    stop_with_list(folder, b"")
    messages(restore_papers(folder))


@pytest.mark.parametrize("kind", ["missing", "folder", "link"])
def test_a_list_that_is_no_file_is_not_read(folder: Path, kind: str) -> None:
    stop_with_list(folder, b"")
    names, outside = folder / MOVE / "names.txt", folder.parent / "names.txt"
    names.unlink()
    outside.write_bytes(b"first index.xlsx\n")
    if kind == "folder":
        names.mkdir()
    if kind == "link":
        names.symlink_to(outside)
    assert list_codes(restore_papers(folder)) == ["damaged_list"]
    assert read_papers(folder) == OLD
    assert outside.exists()


@pytest.mark.parametrize("place", [MOVE, f"{MOVE}/old", NEW])
def test_a_link_in_the_place_of_a_folder_is_removed_and_not_followed(
    folder: Path, place: str
) -> None:
    other = folder.parent / "other"
    (other / "old").mkdir(parents=True)
    for path in (other / "names.txt", other / "report.md", other / "old/report.md"):
        path.write_bytes(b"first index.xlsx\nagain report.md\n")
    before = sorted(other.rglob("*"))
    if place == f"{MOVE}/old":
        (folder / MOVE).mkdir()
        (folder / MOVE / "names.txt").write_bytes(b"again report.md\n")
    (folder / place).symlink_to(other, target_is_directory=True)
    restore_papers(folder)
    assert read_papers(folder) == OLD
    replace_old_set(folder)
    assert read_papers(folder) == LATEST
    assert sorted(other.rglob("*")) == before
    assert not list_leftovers(folder)


@pytest.mark.parametrize("name", [MOVE, NEW])
def test_a_file_in_the_place_of_a_folder_is_no_obstacle(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    restore_papers(folder)
    replace_old_set(folder)
    assert read_papers(folder) == LATEST


def test_a_folder_with_a_papers_name_is_left(folder: Path) -> None:
    stop_with_list(folder, b"first sub\nagain report.md\n")
    (folder / "sub").mkdir()
    assert restore_papers(folder) == ()
    assert (folder / "sub").is_dir()


def test_superseded_papers_are_kept_once_and_whole(folder: Path, fault: Fault) -> None:
    """A run that cannot write them all leaves none, and a later run is not hindered."""
    kept = None
    for last in range(1, 30):
        fault.arm(last, ERRORS["disk full"], goes_on=True)
        try:
            kept = write_superseded(folder, "2020-11", OLD)
        except BuildStoppedError:
            fault.armed = False
            assert {path.name for path in (folder / "superseded").glob("2020*")} == set()
        fault.armed = False
        if kept:
            break
    assert kept
    assert read_papers(kept) == OLD
    assert write_superseded(folder, "2020-11", OLD) == kept
    assert write_superseded(folder, "2020-11", LATEST) != kept
    assert list_leftovers(folder / "superseded") == {
        kept.name,
        write_superseded(folder, "2020-11", LATEST).name,
    }
