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

from merton_kpi.core.issues import BuildStoppedError, Issue, Place, Severity
from merton_kpi.storage.files import (
    MOVE,
    hash_bytes,
    is_plain_name,
    is_there,
    shorten_refused_path,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

LOCK, NEW = ".kpi.lock", ".kpi-new"
SUPERSEDED = "superseded"  # in the papers' folder: the final papers that were replaced
WAIT = 10.0  # seconds for another run to finish; replacing its papers takes a fraction of one
_REPAIR = f"{LOCK}.repair"  # held while something that is no lock is removed from the lock's place
_NAMES = "names.txt"  # a line for each paper: whether it is new, replaced or removed; its name
_KINDS = ("first", "again", "gone")
_JUNCTION = 0xA0000003  # the tag that Windows gives it
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
        with lock_folder(folder):
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


def _has_hash(path: Path, sha256: str) -> bool:
    with _explain_errors(path):
        return hash_bytes(path.read_bytes()) == sha256


def write_superseded(folder: Path, span: str, papers: Mapping[str, bytes]) -> Path:
    """Keep papers that are to be replaced, in a folder of their own below SUPERSEDED.

    The folder's name has what the papers cover (`span`), and the beginning of a hash of them all,
    so that it is never overwritten, and the same papers are kept once. To be called by a run that
    has the lock. Raises BuildStoppedError where they cannot be written.
    """
    digests = "".join(f"{hash_bytes(papers[name])} {name}\n" for name in sorted(papers))
    kept = folder / SUPERSEDED / f"{span}-{hash_bytes(digests.encode('utf-8'))[:12]}"
    new = kept.with_name(NEW)
    with _explain_errors(kept):
        if not kept.is_dir():
            _remove_folder(new)
            new.mkdir(parents=True)
            for name, content in papers.items():
                _write_durably(new / name, content)
            new.replace(kept)
    return kept


def restore_papers(folder: Path) -> tuple[Issue, ...]:
    """Restore the earlier papers where a run was stopped while it replaced them.

    Returns a warning where the list of those papers was damaged. Raises BuildStoppedError as
    replace_papers does.
    """
    with _explain_errors(folder):  # a name may be too long even to be looked for
        is_interrupted = is_there(folder / MOVE)
    if not is_interrupted:
        return ()
    with _explain_errors(folder / MOVE), lock_folder(folder):
        is_whole = _restore_earlier_set(folder)
    if is_whole:
        return ()
    message = "this did not list the papers that an interrupted run replaced, as kpi writes it"
    message += "; what it has of the earlier ones was restored: check them with 'kpi verify'"
    place = Place(file=(folder / MOVE).as_posix())
    return (Issue(severity=Severity.WARNING, code="damaged_list", place=place, message=message),)


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


def _restore_earlier_set(folder: Path) -> bool:
    """Undo an interrupted replacement, if there is one; this can itself be stopped at any step.

    Changes only files of the folder itself, whatever `.kpi-move` says. Returns whether its list of
    papers was as `_write_new_set` writes it; where it was not, each earlier paper that is there is
    restored. Raises BuildStoppedError where a paper that was replaced cannot be restored.
    """
    moving = folder / MOVE
    if not os.path.lexists(moving):
        return True
    is_whole = False
    if not _is_link(moving) and moving.is_dir():
        names, is_whole = _read_names(moving)
        for name, kind in names.items():
            _restore_paper(folder, name, kind)
    if is_whole:
        _remove_folder(folder / NEW)
        moving.replace(folder / NEW)
        _remove_folder(folder / NEW)
    else:
        _remove_folder(moving)
    return is_whole


def _read_names(moving: Path) -> tuple[dict[str, str], bool]:
    """What is to be done with each paper by its name, and whether the list of them is whole."""
    path, old = moving / _NAMES, moving / "old"
    names: dict[str, str] = {}
    if _is_link(old):  # the papers that it leads to are others
        return names, False
    if old.is_dir():
        names = {each.name: "again" for each in old.iterdir() if is_plain_name(each.name)}
    text = ""
    if path.is_file() and not _is_link(path):
        # A byte that is not UTF-8 becomes a character that no plain name has.
        text = path.read_bytes().decode("utf-8", errors="surrogateescape")
    lines = [line.partition(" ") for line in text.splitlines()]
    good = {name: kind for kind, _, name in lines if kind in _KINDS and is_plain_name(name)}
    return names | good, bool(lines) and len(good) == len(lines) and good.keys() >= names.keys()


def _restore_paper(folder: Path, name: str, kind: str) -> None:
    """Restore an earlier paper, or remove a new one that had no earlier one (kind `first`)."""
    new, old, path = folder / MOVE / name, folder / MOVE / "old" / name, folder / name
    if os.path.lexists(new):  # not replaced: it may still be open, and cannot be moved
        return
    if path.is_dir() and not _is_link(path):  # no paper
        return
    with _explain_errors(path):
        if kind == "first":
            path.unlink(missing_ok=True)
        elif _is_link(old) or old.is_file():  # else it is in its place already
            old.replace(path)


def _is_link(path: Path) -> bool:
    """Whether it is a link to a file or folder; a junction, which is Windows' other kind, too."""
    if path.is_symlink():
        return True
    # Path.is_junction came with Python 3.12. Only on Windows does a file have such a tag.
    is_there = os.path.lexists(path)
    return is_there and getattr(path.lstat(), "st_reparse_tag", 0) == _JUNCTION


def _write_durably(path: Path, content: bytes) -> None:
    """Write a file to the disk before going on, so that it survives a power cut."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it; or a link or a file of its name, never followed."""
    if _is_link(folder) or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


@contextmanager
def _explain_errors(path: Path) -> Iterator[None]:
    """Turn an OSError into a BuildStoppedError about this path, with what to do."""
    try:
        yield
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "name another folder with --out")
        message = f"it cannot be written ({error.strerror}); {advice}"
        file = shorten_refused_path(path, error)
        raise BuildStoppedError.at(file, "unwritable_file", message) from error


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold the folder's lock.

    Raises BuildStoppedError where another run holds it for longer than WAIT, or where its file
    cannot be opened, or is a folder with something in it.
    """
    path = folder / LOCK
    try:
        with _explain_errors(path):
            _remove_false_lock(path)
            held = _open_lock(path).acquire()
    except BuildStoppedError as stop:
        if isinstance(stop.__cause__, Timeout):
            message = "another run is writing here; wait until it ends, or use --out"
            raise BuildStoppedError.at(folder.as_posix(), "busy", message) from None
        if isinstance(stop.__cause__, PermissionError):
            message = f"it cannot be written ({stop.__cause__.strerror}), so no paper can be"
            message += "; get the right to write to this folder and file, or use --out"
            raise BuildStoppedError.at(path.as_posix(), "unwritable_file", message) from None
        raise
    with held:
        yield


def _remove_false_lock(path: Path) -> None:
    """Remove a link, which is never followed, or an empty folder from the lock's place.

    Two runs could do so at once, and the second one remove the lock that the first has just made.
    So a run does it while it holds another lock.
    """
    if not _is_link(path) and not path.is_dir():
        return
    with _open_lock(path.with_name(_REPAIR)):
        if _is_link(path):
            path.unlink()
            return
        with suppress(OSError):
            path.rmdir()
    if path.is_dir():
        message = "this is a folder in the place of a file that kpi needs; move it elsewhere"
        raise BuildStoppedError.at(path.as_posix(), "unwritable_file", message)


def _open_lock(path: Path) -> FileLock:
    # Without fallback_to_soft=False, a disk that has no locks would get one that can be stale.
    return FileLock(path, timeout=WAIT, fallback_to_soft=False)
