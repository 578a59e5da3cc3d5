"""Papers go to the disk all together or not at all, whatever stops the run.

No system can replace several files in one step, but every system can rename a folder in one:

1. The new papers are written in full to `.kpi-new`, and those they replace are kept there too.
   Stopped here, the papers in place have not been touched.
2. `.kpi-new` is renamed `.kpi-move`. From now on the folder of that name holds the earlier set
   whole, so that it can be put back.
3. Each new paper replaces its predecessor, the manifest last. Stopped here, `.kpi-move` is still
   there, and the next run puts the earlier set back before it does anything else. So does this
   run where it can, as when Excel holds one of the papers open.
4. `.kpi-move` is renamed `.kpi-new`: there is nothing to put back any more. Then it is removed.

A lock that the system itself gives up when a process ends, however it ends, lets one run at a time
do this. It never gets stale.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from merton_kpi.core.issues import BuildStoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

if sys.platform == "win32":  # pragma: no cover - the other branch runs where the tests do
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


LOCK, NEW, MOVE = ".kpi.lock", ".kpi-new", ".kpi-move"
_NAMES = "names.txt"  # in the folder, for each paper: whether it replaces one
WAIT = 10.0  # seconds for another run to finish; its papers take it a fraction of one
_ADVICE = {
    errno.ENOSPC: "make room on the disk and build again",
    errno.EACCES: "close it where it is open, such as in Excel, or use --out",
    errno.EPERM: "close it where it is open, such as in Excel, or use --out",
}


def replace_papers(
    folder: Path, papers: Mapping[str, bytes], *, unless: Callable[[], bool] = lambda: False
) -> tuple[Path, ...]:
    """Write the papers, the last of them replaced last; returns where they are.

    `unless` is asked once no other run can write: the earlier papers may be such that they stay;
    nothing is returned then. Raises BuildStoppedError, with the earlier papers as they were, where
    one cannot be written.
    """
    for name in papers:
        if not name or any(mark in name for mark in "/\\:"):
            raise ValueError(f"'{name}' is not a plain file name")
    with _telling(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _hold(folder):
            undo_replacement(folder)
            if unless():
                return ()
            _discard(folder / NEW)
            _stage(folder, papers)
            (folder / NEW).replace(folder / MOVE)
            try:
                for name in papers:
                    with _telling(folder / name):
                        (folder / MOVE / name).replace(folder / name)
                (folder / MOVE).replace(folder / NEW)
            except BaseException:
                with suppress(OSError):
                    undo_replacement(folder)
                raise
            with suppress(OSError):
                _discard(folder / NEW)
    return tuple(folder / name for name in papers)


def restore_papers(folder: Path) -> None:
    """Put the earlier papers back where a run was stopped while it replaced them."""
    if (folder / MOVE).exists():
        with _telling(folder / MOVE), _hold(folder):
            undo_replacement(folder)


def check_not_interrupted(folder: Path) -> None:
    """Raise BuildStoppedError where a run was stopped while it replaced the papers."""
    if (folder / MOVE).exists():
        message = "a run was stopped while it replaced papers; the next 'kpi build' puts them back"
        raise BuildStoppedError.at((folder / MOVE).as_posix(), "interrupted", message)


def undo_replacement(folder: Path) -> None:
    """Undo an interrupted replacement, if there is one; it can itself be stopped at any step."""
    moving = folder / MOVE
    if not moving.exists():
        return
    for line in (moving / _NAMES).read_text(encoding="utf-8").splitlines():
        kind, name = line.split(" ", 1)
        if kind == "first":
            (folder / name).unlink(missing_ok=True)
        elif (moving / "old" / name).exists():  # else it is back already
            (moving / "old" / name).replace(folder / name)
    _discard(folder / NEW)
    moving.replace(folder / NEW)
    _discard(folder / NEW)


def _stage(folder: Path, papers: Mapping[str, bytes]) -> None:
    """Write all that the replacement and its undoing need."""
    new, old = folder / NEW, folder / NEW / "old"
    old.mkdir(parents=True)
    kinds = []
    for name, content in papers.items():
        with _telling(folder / name):
            _write(new / name, content)
            replaces = (folder / name).exists()
            if replaces:
                _keep(folder / name, old / name)
        kinds.append(f"{'again' if replaces else 'first'} {name}\n")
    _write(new / _NAMES, "".join(kinds).encode("utf-8"))


def _keep(paper: Path, copy: Path) -> None:
    """Keep a paper by a second name, which outlasts its replacement; else by a copy."""
    try:
        copy.hardlink_to(paper)
    except OSError:  # not every file system has second names
        _write(copy, paper.read_bytes())


def _write(path: Path, content: bytes) -> None:
    """Write a file that outlives a power cut."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _discard(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Tell an error of the disk as one about this path, in a sentence that says what to do."""
    try:
        yield
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "name another folder with --out")
        message = f"it cannot be written ({error.strerror}); {advice}"
        raise BuildStoppedError.at(path.as_posix(), "unwritable_file", message) from error


@contextmanager
def _hold(folder: Path) -> Iterator[None]:
    """Hold the folder's lock. Raises BuildStoppedError where another run keeps it too long."""
    path = folder / LOCK
    with _take(path):
        try:
            yield
        finally:
            # While it is held: later it may be another run's. Windows keeps an open file, which
            # then stays, empty and in nobody's way.
            with suppress(OSError):
                path.unlink()


def _take(path: Path) -> IO[bytes]:
    until = time.monotonic() + WAIT
    while True:
        file = path.open("ab")
        with suppress(OSError):
            _lock(file.fileno())
            # The run before may have removed the very file that this one had opened.
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        file.close()
        if time.monotonic() > until:
            message = "another run is writing here; wait for it to end, or use --out"
            raise BuildStoppedError.at(path.parent.as_posix(), "busy", message)
        time.sleep(0.05)
