"""Replace papers all together or not at all, whatever stops the run.

No system can replace several files in one step, but every system can rename a folder in one:

1. The new papers are written in full to `.kpi-new`, with a copy of each paper they replace. If the
   run stops here, the papers in place are unchanged.
2. `.kpi-new` is renamed `.kpi-move`. From now on that folder holds the whole earlier set, so that
   it can be restored.
3. Each earlier paper that the new set does not have is moved into `.kpi-move`, and each new paper
   replaces the earlier one, the manifest last. If the run stops here, `.kpi-move` is still there,
   and the next run restores the earlier set before it does anything else. If a paper cannot be
   moved or replaced, because Excel holds it open, say, the same run restores the set. A paper whose
   new copy is still in `.kpi-move` was not replaced, and is left alone.
4. `.kpi-move` is renamed `.kpi-new`: there is nothing to restore any more. Then it is removed.

A lock on the file `.kpi.lock` lets one run at a time do this. The operating system releases the
lock when a process ends, however it ends, so that it is never stale; the empty file may stay.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.storage.files import MOVE, hash_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

LOCK, NEW = ".kpi.lock", ".kpi-new"
WAIT = 10.0  # seconds for another run to finish; replacing its papers takes a fraction of one
_NAMES = "names.txt"  # a line for each paper: whether it is new, replaced or removed; its name
_ADVICE = {
    errno.ENAMETOOLONG: "name a folder with a shorter name with --out",
    errno.ENOSPC: "free some disk space and build again",
    errno.EACCES: "close it if it is open in Excel, or use --out",
    errno.EPERM: "close it if it is open in Excel, or use --out",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Replacement:
    """What replace_papers did in a folder.

    `written` are the new papers; `removed` the earlier ones that do not belong to them; `left`
    those of the latter that have another content than was given, so that they stay.
    """

    written: tuple[Path, ...]
    removed: tuple[Path, ...]
    left: tuple[Path, ...]


def replace_papers(
    folder: Path,
    papers: Mapping[str, bytes],
    *,
    list_obsolete: Callable[[], Mapping[str, str] | None] = dict,
) -> Replacement | None:
    """Write the papers into a folder, in place of the earlier ones of their names.

    Args:
        folder: The folder, which is created if it is missing.
        papers: Each paper's content by its plain file name; the last is replaced last.
        list_obsolete: Called when this run has the lock. Returns the SHA-256 of each file that is
            to be removed together with the replacement, by its name; a file with another content is
            left. Where it returns None, nothing is replaced.

    Returns:
        What was written, removed and left; None where nothing was replaced.

    Raises:
        BuildStoppedError: A paper cannot be written or removed, or another run has the lock for
            longer than WAIT. The earlier papers are unchanged, or the next run restores them.
        ValueError: A paper's name is not a plain file name.
    """
    for name in papers:
        if not is_plain_name(name):
            raise ValueError(f"'{name}' is not a plain file name")
    with _explain_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _lock_folder(folder):
            _restore_earlier_set(folder)
            obsolete = list_obsolete()
            if obsolete is None:
                return None
            others = {name: obsolete[name] for name in obsolete if name not in papers}
            present = [name for name in others if is_plain_name(name) and (folder / name).is_file()]
            removed = [name for name in present if _has_hash(folder / name, others[name])]
            _remove_folder(folder / NEW)
            _write_new_set(folder, papers, removed)
            _replace_set(folder, papers, removed)
            with suppress(OSError):
                _remove_folder(folder / NEW)
    return Replacement(
        written=tuple(folder / name for name in papers),
        removed=tuple(folder / name for name in removed),
        left=tuple(folder / name for name in present if name not in removed),
    )


def is_plain_name(name: str) -> bool:
    """Whether it is a visible file's name that leads to no other folder, on any system."""
    return name.isprintable() and name[:1] not in ("", ".") and not set(name) & set("/\\:")


def _has_hash(path: Path, sha256: str) -> bool:
    with _explain_errors(path):
        return hash_bytes(path.read_bytes()) == sha256


def restore_papers(folder: Path) -> None:
    """Restore the earlier papers where a run was stopped while it replaced them.

    Raises BuildStoppedError as replace_papers does.
    """
    with _explain_errors(folder):  # a name may be too long even to be looked for
        is_interrupted = (folder / MOVE).exists()
    if is_interrupted:
        with _explain_errors(folder / MOVE), _lock_folder(folder):
            _restore_earlier_set(folder)


def _write_new_set(folder: Path, papers: Mapping[str, bytes], removed: Iterable[str]) -> None:
    """Write the new papers to `.kpi-new`, with all that is needed to restore the earlier ones."""
    new, old = folder / NEW, folder / NEW / "old"
    old.mkdir(parents=True)
    lines = []
    for name, content in papers.items():
        with _explain_errors(folder / name):
            _write_durably(new / name, content)
            replaces = (folder / name).exists()
            if replaces:
                # A hard link to a paper that is open cannot be removed on Windows.
                _write_durably(old / name, (folder / name).read_bytes())
        lines.append(f"{'again' if replaces else 'first'} {name}\n")
    lines.extend(f"gone {name}\n" for name in removed)
    _write_durably(new / _NAMES, "".join(lines).encode("utf-8"))


def _replace_set(folder: Path, names: Iterable[str], removed: Iterable[str]) -> None:
    """Move the new papers to their places, and those that are removed away.

    Where one cannot be moved, restore the earlier ones.
    """
    (folder / NEW).replace(folder / MOVE)
    try:
        for name in removed:
            with _explain_errors(folder / name):
                (folder / name).replace(folder / MOVE / "old" / name)
        for name in names:
            with _explain_errors(folder / name):
                (folder / MOVE / name).replace(folder / name)
        (folder / MOVE).replace(folder / NEW)
    except BaseException:
        with suppress(OSError, BuildStoppedError):  # then the next run restores them
            _restore_earlier_set(folder)
        raise


def _restore_earlier_set(folder: Path) -> None:
    """Undo an interrupted replacement, if there is one; this can itself be stopped at any step.

    Raises BuildStoppedError where a paper that was replaced cannot be restored.
    """
    moving = folder / MOVE
    if not moving.exists():
        return
    for line in (moving / _NAMES).read_text(encoding="utf-8").splitlines():
        kind, name = line.split(" ", 1)
        if (moving / name).exists():  # not replaced: it may still be open, and cannot be moved
            continue
        with _explain_errors(folder / name):
            if kind == "first":
                (folder / name).unlink(missing_ok=True)
            elif os.path.lexists(moving / "old" / name):  # else it is in its place already
                (moving / "old" / name).replace(folder / name)
    _remove_folder(folder / NEW)
    moving.replace(folder / NEW)
    _remove_folder(folder / NEW)


def _write_durably(path: Path, content: bytes) -> None:
    """Write a file to the disk before going on, so that it survives a power cut."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _remove_folder(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


@contextmanager
def _explain_errors(path: Path) -> Iterator[None]:
    """Turn an OSError into a BuildStoppedError about this path, with what to do."""
    try:
        yield
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "name another folder with --out")
        message = f"it cannot be written ({error.strerror}); {advice}"
        raise BuildStoppedError.at(path.as_posix(), "unwritable_file", message) from error


@contextmanager
def _lock_folder(folder: Path) -> Iterator[None]:
    """Hold the folder's lock.

    Raises BuildStoppedError where another run holds it for longer than WAIT, or where its file is
    a link or a folder.
    """
    path = folder / LOCK
    if path.is_symlink() or path.is_dir():  # filelock refuses them too, but less clearly
        message = "this is not a plain file, so it cannot be locked; remove it and build again"
        raise BuildStoppedError.at(path.as_posix(), "unwritable_file", message)
    # Without fallback_to_soft=False, a disk that has no locks would get one that can be stale.
    lock = FileLock(path, timeout=WAIT, fallback_to_soft=False)
    with _explain_errors(path):
        try:
            held = lock.acquire()
        except Timeout:
            message = "another run is writing here; wait until it ends, or use --out"
            raise BuildStoppedError.at(folder.as_posix(), "busy", message) from None
    with held:
        yield
