"""Files, one at a time: read whole and within a limit, listed, hashed and written."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import copymode
from typing import TYPE_CHECKING

from merton_kpi.core.issues import BuildStoppedError, Issue, Place, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 32 * 2**20
MOVE = ".kpi-move"  # in the papers' folder while `replace` moves new papers to their places
_CHANGED = "the file was changed while it was read; run this again when the change is finished"


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """A file that the papers were made from.

    `path` is where it was read from, with slashes. `rows` counts an extract's rows or a catalogue's
    indicators, and `used` those of them with something filled in for the catalogue's year;
    `of_other_years` counts those that another year's papers use. An extract that `is_earlier` is of
    an earlier year, and its rows are used for what the papers say of that. `sha256` is in
    hexadecimal.
    """

    path: str
    rows: int
    used: int
    sha256: str
    of_other_years: int = 0
    is_earlier: bool = False

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.rpartition("/")[2]


def read_bytes(path: Path, advice: str = "") -> bytes:
    """Read a whole file, of at most MOST_BYTES.

    Args:
        path: The file.
        advice: What to do if the file is missing; it ends the sentence. Not needed for a file that
            was listed, but one that is a link may lead nowhere.

    Raises:
        BuildStoppedError: The file cannot be read, is too large, or was changed meanwhile.
    """
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            content = file.read(MOST_BYTES + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        raise _explain_missing(path, advice) from None
    except OSError as error:
        raise explain_unreadable(path, error) from None
    if len(content) > MOST_BYTES:
        message = f"it has more than {MOST_BYTES:,} bytes, the limit; is it the right file?"
        raise compose_stop(path, "file_size", message)
    is_file = stat.S_ISREG(before.st_mode)  # what comes from a pipe may be written meanwhile
    if is_file and (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise compose_stop(path, "changed_meanwhile", _CHANGED)
    return content


def check_unchanged(sources: Iterable[SourceFile]) -> tuple[Issue, ...]:
    """An error for each file that has another content than when it was read, or is gone.

    What is no file, such as a pipe, can be read only once, so it is not compared.
    """
    paths = {each: Path(each.path) for each in sources}
    return tuple(
        Issue(code="changed_meanwhile", place=Place(file=each.path), message=_CHANGED)
        for each, path in paths.items()
        if (path.is_file() and hash_bytes(read_bytes(path)) != each.sha256) or not path.exists()
    )


def read_files(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Read those of the names that are plain files of the folder, by their names."""
    plain = (name for name in names if is_plain_name(name))
    return {name: read_bytes(folder / name) for name in plain if (folder / name).is_file()}


def has_file(folder: Path, pattern: str) -> bool:
    """Whether a folder has a file whose name is like a pattern, such as `manifest-*.json`."""
    return any(path.is_file() for path in folder.glob(pattern))


def is_plain_name(name: str) -> bool:
    """Whether it is a visible file's name that leads to no other folder, on any system."""
    return name.isprintable() and name[:1] not in ("", ".") and not set(name) & set("/\\:")


def decode_text(content: bytes, path: Path) -> str:
    """Decode a text file: UTF-8 with or without a byte order mark, lines ended by CRLF or LF.

    Raises BuildStoppedError for another encoding, or for a line ended by a carriage return alone.
    """
    try:  # as "utf-8-sig", Python would count the faulty byte from after the mark
        text = content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} is not UTF-8 (line {line}); save the file as UTF-8"
        raise compose_stop(path, "encoding", message) from None
    if "\r" in text:  # some programs count a line there, and others do not
        line = text.count("\n", 0, text.index("\r")) + 1
        message = f"line {line} has a carriage return without a newline; save the file with"
        message += " Windows (CRLF) or Unix (LF) line ends"
        raise compose_stop(path, "line_ends", message)
    return text


def hash_bytes(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return sha256(content).hexdigest()


def create_file(path: Path, content: bytes, advice: str) -> None:
    """Write a new file, and its folder if it is missing.

    Args:
        path: The file.
        content: Its bytes.
        advice: What to do if the file exists; it ends the sentence.

    Raises:
        BuildStoppedError: The file exists, or it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("xb")
    except OSError as error:
        if path.exists():
            raise compose_stop(path, "file_exists", f"the file already exists; {advice}") from None
        raise _explain_unwritable(path, error) from None
    try:
        with file:
            file.write(content)
    except OSError as error:
        path.unlink()  # the next run would refuse to replace an unfinished file
        raise _explain_unwritable(path, error) from None


def check_absent(paths: Iterable[Path], advice: str) -> None:
    """Raise BuildStoppedError for the files that exist already; `advice` is as in create_file."""
    there = [path for path in paths if path.exists()]
    if there:
        message = f"the file already exists; {advice}"
        raise BuildStoppedError(
            Issue(code="file_exists", place=Place(file=path.as_posix()), message=message)
            for path in there
        )


def overwrite_file(path: Path, content: bytes) -> None:
    """Write a file, new or not. Raises BuildStoppedError where it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _explain_unwritable(path, error) from None


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file that is there by a new one with the same rights, or leave it as it was.

    Raises BuildStoppedError where it cannot be written.
    """
    target = path.resolve()  # a link stays a link
    new = target.with_name(f".{target.name}.new")
    try:
        try:
            new.write_bytes(content)
            copymode(target, new)
            new.replace(target)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise _explain_unwritable(path, error) from None


def is_there(path: Path) -> bool:
    """Whether there is a file, a folder or a link, one that leads nowhere too.

    Raises OSError where no path can be like this, as a name that is too long.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def check_not_interrupted(folder: Path) -> None:
    """Raise BuildStoppedError where a run was stopped while it replaced the papers in a folder.

    Or where there can be no such folder.
    """
    try:
        is_interrupted = is_there(folder / MOVE)
    except OSError as error:  # its name is too long
        raise explain_unreadable(folder, error) from None
    if is_interrupted:
        message = "a run was stopped while it replaced papers"
        message += "; the next 'kpi build' restores the earlier papers"
        raise compose_stop(folder / MOVE, "interrupted", message)


def _explain_missing(path: Path, advice: str) -> BuildStoppedError:
    message = "there is no such file"
    twin = path.with_name(f"{path.name}.txt")
    if twin.exists():  # Notepad adds .txt to the name it is given
        advice = f"rename '{twin.name}' to '{path.name}'"
    elif path.is_symlink():
        message, advice = "this is a link to a file that does not exist", "correct or remove it"
    if advice:
        message += f"; {advice}"
    return compose_stop(path, "missing_file", message)


def explain_unreadable(path: Path, error: OSError) -> BuildStoppedError:
    """The exception for a file or folder that the system does not let us read."""
    file = shorten_refused_path(path, error)
    return BuildStoppedError.at(file, "unreadable_file", f"it cannot be read: {error.strerror}")


def _explain_unwritable(path: Path, error: OSError) -> BuildStoppedError:
    file = shorten_refused_path(path, error)
    return BuildStoppedError.at(file, "unwritable_file", f"it cannot be written: {error.strerror}")


def shorten_refused_path(path: Path, error: OSError) -> str:
    """A path that the system refuses, as an issue names it: cut where it is too long."""
    name = path.as_posix()
    return shorten(name) if error.errno == errno.ENAMETOOLONG else name


def compose_stop(path: Path, code: str, message: str) -> BuildStoppedError:
    """The exception for a single error in a whole file or folder."""
    return BuildStoppedError.at(path.as_posix(), code, message)
